"""What `make dist` makes beside the pages is valid for the judges of its format."""

from pathlib import Path

import pytest

from pipeline.reader import read
from pipeline.renderers.epub import render_epub
from pipeline.theme import load_theme
from tests import matrix
from tests.conformance import tools
from tests.samples import minimal, sample
from tests.spoiling import in_part, unpacked

pytestmark = pytest.mark.conformance
SOURCES = sorted(
    [*Path("source").glob("*/brief.md"), *Path("tests").glob("languages/*/brief.md")]
) + sorted(Path("tests/cases").glob("*/source.md"))


def books(folder: Path) -> list[Path]:
    """Return the books of all sample briefs, and of one with every kind of node."""
    briefs = {"everything": sample(), "little": minimal()}
    for file in SOURCES:
        brief, _ = read(file)
        assert brief is not None
        briefs[file.parent.name] = brief
    files = []
    for name, brief in briefs.items():
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
