"""Pins the way of a manuscript to a brief: nothing lost, nothing moved, everything told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import model as m
from pipeline import walk
from pipeline.__main__ import main
from pipeline.intake.plain.inlines import inlines
from pipeline.intake.said import said
from pipeline.problems import errors
from pipeline.reader import read
from pipeline.rules import RULES
from tests.examples import examples

FOLDERS = sorted((Path(__file__).parent / "intake").glob("*/manuscript.txt"))
EXAMPLES = examples(40)
Import = Callable[..., tuple[int, m.Brief | None, list[str]]]


@pytest.fixture
def bring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Import:
    """Import a text; return the exit code, the brief, and the lines of the report."""
    monkeypatch.chdir(tmp_path)

    def run(text: str | bytes, *options: str) -> tuple[int, m.Brief | None, list[str]]:
        data = text.encode() if isinstance(text, str) else text
        Path("paper.txt").write_bytes(data)
        code = main(["import", "paper.txt", "--slug", "a-brief", *options])
        file = Path("source/a-brief/brief.md")
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        lines = [line for line in told.err.splitlines() if not line.startswith("    hint: ")]
        brief, problems = read(file) if file.exists() else (None, ())
        assert not errors(problems)
        return code, brief, lines

    return run


HEAD = "A Title\n\nPublished on March 4, 2024\n\n"


@pytest.mark.parametrize("fixed", [False, True], ids=["kept", "fixed"])
@pytest.mark.parametrize("file", FOLDERS, ids=lambda file: file.parent.name)
def test_a_manuscript_becomes_its_brief(
    file: Path,
    fixed: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`brief.md` and `report.txt`, or `fixed.md` and `fixed.txt`, hold what comes of it."""
    monkeypatch.chdir(file.parent)
    options = ["--source", str(tmp_path), "--slug", "a-brief", *(["--fix"] if fixed else [])]
    assert main(["import", file.name, *options]) == 0
    told = capsys.readouterr()
    report = told.err.replace(str(tmp_path), "source")
    text = (tmp_path / "a-brief" / "brief.md").read_text(encoding="utf-8")
    names = ("fixed.md", "fixed.txt") if fixed else ("brief.md", "report.txt")
    assert text == (file.parent / names[0]).read_text(encoding="utf-8")
    assert report == (file.parent / names[1]).read_text(encoding="utf-8")


def test_it_passes_the_checks_and_is_never_overwritten(
    bring: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(FOLDERS[0].read_text(encoding="utf-8"))[0] == 0
    assert main(["check", "--source", "source"]) == 0
    before = Path("source/a-brief/brief.md").read_bytes()
    code, _, lines = bring(HEAD + "Another text.")
    assert code == 1
    assert "there is a brief with this name already [intake-taken]" in lines[-1]
    assert Path("source/a-brief/brief.md").read_bytes() == before
    assert [path.name for path in Path("source").iterdir()] == ["a-brief"]


def test_the_slug_is_made_of_the_title(bring: Import, tmp_path: Path) -> None:
    Path("paper.txt").write_text("Łódź: Who Pays?\n\nSomebody has to.\n", encoding="utf-8")
    assert main(["import", "paper.txt"]) == 0
    assert (tmp_path / "source/lodz-who-pays/brief.md").is_file()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["paper.xyz"], "intake-kind"),
        (["paper"], "intake-kind"),
        ([""], "intake-file"),
        (["none.txt"], "usage-unreadable"),
        (["paper.txt", "--slug", "No Slug"], "intake-slug"),
        (["paper.txt", "--slug", "../out"], "intake-slug"),
    ],
)
def test_what_cannot_be_imported_is_told(
    options: list[str], code: str, bring: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("paper.txt").write_text(HEAD + "Text.", encoding="utf-8")
    assert main(["import", *options]) in (1, 2)
    assert f"[{code}]" in capsys.readouterr().err
    assert not Path("source").exists()


def test_encodings(bring: Import) -> None:
    text = HEAD + "Café “so” — the river of the town.\r\n\r\nMore of it."
    _, brief, _ = bring(b"\xef\xbb\xbf" + text.encode())
    assert brief and "Café “so” — the river" in said(brief).body
    Path("source/a-brief/brief.md").unlink()
    _, again, lines = bring(text.encode("cp1252"))
    assert again and said(again) == said(brief)
    assert any("paper.txt:5:4: warning" in line and "[intake-windows]" in line for line in lines)


@pytest.mark.parametrize(
    "data", [b"", b" \n\n", b"PK\x03\x04\x00\x00", b"Title\n\nText \x07.\n", b"T"]
)
def test_what_is_no_text_is_refused(data: bytes, bring: Import) -> None:
    code, brief, _ = bring(data)
    assert (code, brief) == (1, None)


def notes_of(brief: m.Brief | None) -> list[tuple[int, str]]:
    assert brief is not None
    return list(said(brief).notes)


@pytest.mark.parametrize(
    "heading", ["Notes", "ENDNOTES:", "References", "Anmerkungen", "Przypisy", "Примечания", ""]
)
@pytest.mark.parametrize("form", ["[{}] ", "{}. ", "({}) ", "[{}]\n"])
def test_notes_in_many_forms(heading: str, form: str, bring: Import) -> None:
    if not heading and "[" not in form:
        return
    entries = "\n\n".join(form.format(number) + f"Note {number}." for number in (1, 2))
    body = "One thing.[1] Another,[2] and the first again[1].\n\n"
    code, brief, lines = bring(HEAD + body + (f"{heading}\n\n" if heading else "") + entries)
    assert code == 0, lines
    assert notes_of(brief) == [(1, "Note 1."), (2, "Note 2.")]
    assert brief is not None
    assert [call.number for call in walk.calls(brief)] == [1, 2, 1]


def test_raised_figures_are_calls_when_they_count(bring: Import) -> None:
    _, brief, _ = bring(HEAD + "One.¹ Two,² three.\n\nNotes\n\n¹ First.\n\n² Second.")
    assert notes_of(brief) == [(1, "First."), (2, "Second.")]


def test_exponents_are_none(bring: Import) -> None:
    _, brief, _ = bring(HEAD + "About 40 km² of land.\n\nNotes\n\n1. First.\n\n2. Second.")
    assert notes_of(brief) == []
    assert brief and "40 km² of land." in said(brief).body


def test_several_notes_in_one_pair_of_brackets(bring: Import) -> None:
    entries = "\n\n".join(f"[{number}] Note {number}." for number in range(1, 6))
    _, brief, _ = bring(HEAD + f"One.[1, 2] More.[3–5]\n\nNotes\n\n{entries}")
    assert brief is not None
    assert [call.number for call in walk.calls(brief)] == [1, 2, 3, 4, 5]


def test_what_does_not_fit_together_is_told_and_kept(bring: Import) -> None:
    notes = "[1] One.\n\n[2] Two, see [1].\n\n[3] Three."
    text = f"Two first.[2] Then one.[1] Nobody.[9]\n\nNotes\n\n{notes}"
    code, brief, lines = bring(HEAD + text)
    assert code == 0
    assert notes_of(brief) == [(1, "Two, see [1]."), (2, "One.")]
    assert brief is not None
    assert said(brief).body.endswith("Nobody.[9]\n[3] Three.")
    codes = [line.split("[")[-1].rstrip("]") for line in lines if ": warning: " in line]
    for code_of in (
        "intake-renumbered",
        "intake-call",
        "intake-call-inside",
        "intake-note-uncalled",
    ):
        assert code_of in codes
    assert any(line.startswith("paper.txt:5:35: warning: [9] looks like a call") for line in lines)


@pytest.mark.parametrize(
    ("notes", "code"),
    [("[1] One.\n\n[1] Another.", "intake-note-twice"), ("[1]\n\n[2] Two.", "intake-note-empty")],
)
def test_notes_that_cannot_be_told_apart_are_refused(notes: str, code: str, bring: Import) -> None:
    exit_code, brief, lines = bring(HEAD + f"One.[1] Two.[2]\n\nNotes\n\n{notes}")
    assert (exit_code, brief) == (1, None)
    assert any(f"[{code}]" in line for line in lines)


def test_a_call_in_the_title_is_refused(bring: Import) -> None:
    code, brief, lines = bring("A Title[1]\n\nOne.\n\nNotes\n\n[1] Note.")
    assert (code, brief) == (1, None)
    assert lines == [
        "paper.txt:1:1: error: a note is called in the title, where no call is printed "
        "[intake-title-call]"
    ]


def test_safe_slips_are_mended_when_asked(bring: Import) -> None:
    slips = 'It\'s  "so" , they say. The the end of a, word https://a.example/b--c .'
    _, brief, lines = bring(HEAD + slips + "\n\nMore of the text is in the next.")
    assert brief and said(brief).body.startswith('It\'s "so" , they say. The the end of a, word')
    assert sum(": warning: " in line for line in lines) >= 6
    Path("source/a-brief/brief.md").unlink()
    _, brief, lines = bring(HEAD + slips + "\n\nMore of the text is in the next.", "--fix")
    wanted = "It’s “so”, they say. The the end of a, word https://a.example/b--c."
    assert brief and said(brief).body.startswith(wanted)
    assert any("[intake-mended]" in line for line in lines)


def test_what_the_front_matter_needs_is_told(bring: Import) -> None:
    code, brief, lines = bring("Tytuł\n\nW mieście nie ma wody i nie jest to dla nas nowe.")
    assert code == 0 and brief is not None
    assert brief.metadata.lang == "pl"
    codes = " ".join(lines)
    assert "[intake-date]" in codes and "[intake-authors]" in codes


def test_a_difference_is_an_error_and_nothing_is_written(
    bring: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pipeline.intake.plain.blocks.inlines",
        lambda text, called: inlines(text.replace("cold", "warm"), called),
    )
    code, brief, lines = bring(HEAD + "The water was cold.[1]\n\nNotes\n\n[1] So it was.")
    assert (code, brief) == (1, None)
    wanted = "paper.txt:5:1: error: here the manuscript goes on with 'cold.[1]'"
    assert any(line.startswith(wanted) for line in lines)
    assert not Path("source").exists() or not list(Path("source").iterdir())


def test_the_report_goes_to_machines(bring: Import, capsys: pytest.CaptureFixture[str]) -> None:
    Path("paper.txt").write_text(HEAD + "The text of a brief.", encoding="utf-8")
    assert main(["import", "paper.txt", "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert {record["severity"] for record in records} == {"note", "warning"}


WORDS = st.sampled_from(
    [
        *(
            "river",
            "gauge",
            "treaty",
            "Łódź",
            "3.14",
            "1990–2020",
            "*",
            "_x_",
            "`a`",
            "$5",
            "#1",
            "<b>",
        ),
        *(
            "“so”",
            "it's",
            "&amp;",
            "a–b",
            "@key",
            "[sic]",
            "C:\\dir",
            "~",
            "^",
            "e.g.",
            "–",
            "5",
            "|",
        ),
        *(
            "https://www.example.org/a_b?c=(d)",
            "ada@example.org",
            "U.S.",
            "::",
            "x*y*z",
            "100%",
            "§",
        ),
    ]
)


@st.composite
def manuscripts(draw: st.DrawFn) -> tuple[str, dict[int, str], list[int]]:
    """Draw a manuscript with its notes by number, and its calls."""
    count = draw(st.integers(0, 5))
    calls: list[int] = []
    paragraphs: list[str] = []

    def sentence() -> str:
        words = ["Some", *draw(st.lists(WORDS, min_size=2, max_size=12)), "more."]
        return " ".join(words)

    for number in range(1, count + 1):
        again = [draw(st.integers(1, number))] if draw(st.booleans()) else []
        for one in (number, *again):
            calls.append(one)
            paragraphs.append(f"{sentence()}[{one}] {sentence()}")
        if draw(st.booleans()):
            paragraphs.append(f"Heading {draw(st.sampled_from(['one', 'two', 'of all']))}")
    paragraphs.append(sentence())
    notes = {
        number: "\n\n".join(f"Note {sentence()}" for _ in range(draw(st.integers(1, 3))))
        for number in range(1, count + 1)
    }
    entries = [f"[{number}] {text}" for number, text in notes.items()]
    heading = ["Notes"] if entries else []
    text = "\n\n".join(["A Title", "Published on March 4, 2024", *paragraphs, *heading, *entries])
    return text + "\n", notes, calls


@settings(max_examples=EXAMPLES)
@given(manuscripts())
def test_random_manuscripts_come_through_whole(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[str, dict[int, str], list[int]]
) -> None:
    text, notes, calls = drawn
    folder = tmp_path_factory.mktemp("random")
    (folder / "paper.txt").write_text(text, encoding="utf-8")
    options = ["--source", str(folder / "source"), "--slug", "a-brief", "--format", "json"]
    assert main(["import", str(folder / "paper.txt"), *options]) == 0, text
    brief, _ = read(folder / "source" / "a-brief" / "brief.md")
    assert brief is not None
    assert [call.number for call in walk.calls(brief)] == calls
    found = {number: "".join(one.split()) for number, one in said(brief).notes}
    assert found == {number: "".join(one.split()) for number, one in notes.items()}


GUIDE = Path(__file__).parent.parent / "docs" / "importing.md"


def test_the_guide_has_every_code() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    codes = [code for code in RULES if code.startswith("intake-")]
    assert [code for code in codes if f"`{code}`" not in text] == []
