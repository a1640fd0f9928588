"""One folder for each code: a source that shows the problem, and every line that is printed.

A folder holds `source.md` or, for what only a JSON document can have, `brief.json`; beside it may
lie pictures, a bibliography, a citation style, `slug.txt` (the name of the brief's folder),
`repeat.txt` (how often the last line of the source is repeated) and `limits.txt` (seconds and
megabytes that pandoc has).
"""

import re
import shutil
from pathlib import Path

import pytest

from pipeline import codec, pandoc
from pipeline import model as m
from pipeline.checks import check
from pipeline.fonts import coverage
from pipeline.problems import BriefError, Problem, report
from pipeline.reader import read
from pipeline.rules import RULES
from pipeline.theme import TEMPLATES
from tests.samples import image_file, minimal

FOLDERS = Path(__file__).parent / "checks"
FAMILIES = ("structure", "meta", "note", "cite", "link", "image", "language")
ELSEWHERE = {
    "structure-memory": "the process itself runs out of memory; test_build.py",
    "structure-time": "the process itself is stopped; test_build.py",
    "structure-unknown": "pandoc's tree has what its Markdown cannot make; test_reader.py",
    "image-cut": "known only when the picture is printed; test_pictures.py",
    "structure-wide": "known only when the page is laid out; test_pdf.py",
    "note-too-tall": "known only when the page is laid out; test_pdf.py",
}
CODES = sorted(code for code in RULES if code.split("-")[0] in FAMILIES and code not in ELSEWHERE)


def test_every_folder_shows_a_code() -> None:
    assert sorted(folder.name for folder in FOLDERS.iterdir()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_code(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = FOLDERS / code
    limits = _text(folder / "limits.txt").split()
    if limits:
        monkeypatch.setattr(pandoc, "SECONDS", float(limits[0]))
        monkeypatch.setattr(pandoc, "MEMORY_MB", int(limits[1]))
    brief = tmp_path / (_text(folder / "slug.txt").strip() or "brief")
    shutil.copytree(folder, brief)
    monkeypatch.chdir(brief)
    found = _from_json(Path("brief.json")) if Path("brief.json").exists() else _from_source()
    assert report(found) == _text(folder / "problems.txt")
    assert code in {problem.code for problem in found}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _from_source() -> tuple[Problem, ...]:
    """Read `source.md` as `brief.md`, and check it."""
    source, file = Path("source.md"), Path("brief.md")
    if source.exists():
        data = source.read_bytes()
        times = int(_text(Path("repeat.txt")) or 1)
        *before, last = data.splitlines(keepends=True) or [b""]
        file.write_bytes(b"".join([*before, last * times]))
    brief, problems = read(file)
    if brief is not None:
        problems = (*problems, *check(brief, str(file), coverage(TEMPLATES / "fonts")))
    return problems


def _from_json(file: Path) -> tuple[Problem, ...]:
    try:
        brief = codec.load(file.read_bytes(), str(file))
    except BriefError as error:
        return error.problems
    return check(brief, str(file), coverage(TEMPLATES / "fonts"))


def test_a_heading_of_a_json_document_has_words_too() -> None:
    picture = m.Image(file="chart.png", alt="", line=1, column=1)
    heading = m.Heading(level=1, id="a", content=(picture,), line=1)
    brief = minimal().model_copy(update={"body": (heading,), "images": (image_file(),)})
    found = check(brief, "brief.json", coverage(TEMPLATES / "fonts"))
    assert [problem.code for problem in found] == ["structure-heading-empty"]


def found_in(**changes: object) -> list[str]:
    """The codes of what is wrong with a small JSON document that was edited by hand."""
    brief = minimal().model_copy(update=changes)
    edited = codec.load(codec.dump(brief), "brief.json")
    found = check(edited, "brief.json", coverage(TEMPLATES / "fonts"))
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("meta-empty", {"title": (m.Text(text="\u00a0"),)}),
        ("meta-empty", {"keywords": (" ",)}),
        ("meta-empty", {"authors": (m.Author(name=" "),)}),
        ("meta-doi", {"doi": "example/7"}),
        ("meta-doi", {"doi": "https://doi.org/10.1234/7"}),
        ("meta-orcid", {"authors": (m.Author(name="A", orcid="0000-0002-1825-0098"),)}),
    ],
)
def test_what_front_matter_demands_a_json_document_must_have(
    code: str, change: dict[str, object]
) -> None:
    assert found_in(metadata=minimal().metadata.model_copy(update=change)) == [code]


@pytest.mark.parametrize(("levels", "wrong"), [(11, []), (12, ["structure-depth"])])
def test_a_json_document_is_nested_no_deeper_than_markdown(levels: int, wrong: list[str]) -> None:
    inner: m.Inlines = (m.Text(text="Text."),)
    blocks: m.Blocks = (m.Paragraph(content=inner, line=7),)
    for _ in range(levels):
        blocks = (m.BlockQuote(blocks=blocks, line=7),)
    assert found_in(body=blocks) == wrong
    for _ in range(levels + 9):
        inner = (m.Emphasis(content=inner),)
    assert found_in(body=(m.Paragraph(content=inner, line=7),)) == wrong


GUIDE = Path(__file__).parent.parent / "docs" / "checks.md"


def _entries() -> dict[str, str]:
    """The entries of docs/checks.md by code."""
    parts = re.split(r"^### `([a-z-]+)`\n", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_guide_has_every_code_and_no_other() -> None:
    assert sorted(_entries()) == sorted(code for code in RULES if code.split("-")[0] in FAMILIES)


@pytest.mark.parametrize("code", sorted(_entries()))
def test_entry(code: str) -> None:
    sentence, *rest = _entries()[code].strip().split("\n\n")
    warning = " *(warning)*" if RULES[code].severity == "warning" else ""
    assert sentence == RULES[code].sentence + warning
    shown = re.findall(r"^```\n(.*)\n```$", "\n\n".join(rest), flags=re.MULTILINE)
    assert len(shown) == (code not in ELSEWHERE)
    for line in shown:
        assert line in _text(FOLDERS / code / "problems.txt").splitlines()
    assert rest[len(shown) :], "how to mend it"
