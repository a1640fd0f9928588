"""What `make dist` makes beside the pages is valid for the judges of its format."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree

from pipeline import model as m
from pipeline.reader import read
from pipeline.renderers.epub import render_epub
from pipeline.renderers.jats import render_jats
from pipeline.theme import load_theme
from tests import matrix
from tests.conformance import tools
from tests.random_briefs import briefs
from tests.samples import minimal, sample
from tests.spoiling import in_part, unpacked

pytestmark = pytest.mark.conformance
SOURCES = sorted(
    [*Path("source").glob("*/brief.md"), *Path("tests").glob("languages/*/brief.md")]
) + sorted(Path("tests/cases").glob("*/source.md"))


def sample_briefs() -> dict[str, m.Brief]:
    """Return all sample briefs, and one with every kind of node, by their names."""
    found = {"everything": sample(), "little": minimal()}
    for file in SOURCES:
        brief, _ = read(file)
        assert brief is not None
        found[file.parent.name] = brief
    return found


def books(folder: Path) -> list[Path]:
    """Return the books of all sample briefs in each theme."""
    files = []
    for name, brief in sample_briefs().items():
        for theme in matrix.themes():
            file = folder / f"{name}-{theme}.epub"
            look = load_theme(name="" if theme == matrix.DEFAULT else theme)
            file.write_bytes(render_epub(brief, look))
            files.append(file)
    return files


@pytest.mark.asks("EPUBCheck")
def test_every_book_is_valid_and_draws_no_warning(tmp_path: Path) -> None:
    files = books(tmp_path)
    told = tools.ask_epubcheck(files)
    assert set(told) == set(files)
    assert {file.name: said for file, said in told.items() if said} == {}


@pytest.mark.asks("EPUBCheck")
def test_epubcheck_sees_a_spoiled_book(tmp_path: Path) -> None:
    good = render_epub(sample(), load_theme())
    assert "EPUB/brief.xhtml" in unpacked(good)
    file = tmp_path / "spoiled.epub"
    file.write_bytes(in_part(good, "EPUB/brief.xhtml", 'href="#fn:1"', 'href="#fn:99"'))
    [said] = tools.ask_epubcheck([file]).values()
    assert any("RSC-012" in one for one in said), said


def faults_of_article(data: bytes) -> list[str]:
    """Return what the DTD has against an article in JATS."""
    dtd = etree.DTD(str(tools.JATS))
    dtd.validate(etree.fromstring(data))
    return str(dtd.error_log).splitlines()


@pytest.mark.asks("JATS DTD")
@pytest.mark.parametrize("name", sample_briefs())
def test_every_article_is_valid(name: str) -> None:
    assert faults_of_article(render_jats(sample_briefs()[name], load_theme())) == []


@pytest.mark.asks("JATS DTD")
@settings(max_examples=60, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(briefs())
def test_the_article_of_any_brief_is_valid(brief: m.Brief) -> None:
    assert faults_of_article(render_jats(brief, load_theme())) == []


@pytest.mark.asks("JATS DTD")
def test_the_dtd_sees_a_spoiled_article() -> None:
    spoiled = render_jats(sample(), load_theme()).replace(b"<title-group>", b"<title-group><sec/>")
    assert any("title-group" in one for one in faults_of_article(spoiled))
