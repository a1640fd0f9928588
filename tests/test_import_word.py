"""Pins that Word files come in whole: text, notes, tables, pictures, comments, tracked changes."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import model as m
from pipeline.build import read_checked
from pipeline.intake.desk import Imported, bring_in
from pipeline.intake.draft import Tracked
from pipeline.problems import BriefError, errors
from pipeline.text import plain
from pipeline.theme import load_theme
from tests.examples import examples
from tests.samples import png
from tests.word_files import (
    PACKAGE,
    RELATIONS,
    TYPES,
    deleted,
    end,
    foot,
    inserted,
    p,
    r,
    table,
    word_file,
)

RIVER = Path(__file__).parent / "intake" / "word" / "river.docx"
THEME = load_theme()
TITLE = p("A title of a paper", style="Titel")
TEXT = p("The river is long, and it is the first of those that are in the book.")
SAID = "The river is long, and it is the first of those that are in the book."
DATED = ' w:author="R" w:date="2025-01-01T00:00:00Z"'


def brought(data: bytes, folder: Path, track: Tracked = "accept") -> tuple[Imported, str]:
    """Import a Word file; return what came of it, and the text behind the front matter."""
    file = folder / "paper.docx"
    file.write_bytes(data)
    made = bring_in(file, folder / "source", "a-brief", THEME, track=track)
    return made, made.file.read_text(encoding="utf-8").split("\n---\n", 1)[1].strip("\n")


def refused(data: bytes, folder: Path) -> list[str]:
    """Import a Word file that cannot be imported; return what is said of it."""
    with pytest.raises(BriefError) as raised:
        brought(data, folder)
    assert not (folder / "source").exists() or not list((folder / "source").iterdir())
    return [str(one) for one in errors(raised.value.problems)]


def told(made: Imported, code: str) -> list[str]:
    return [f"{one.line}: {one.message}" for one in made.problems if one.code == code]


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> tuple[Imported, str]:
    return brought(RIVER.read_bytes(), tmp_path_factory.mktemp("river"), "keep")


def test_a_file_of_libreoffice_comes_with_every_note(river: tuple[Imported, str]) -> None:
    made, text = river
    assert len(made.brief.notes) == 31
    assert [note.number for note in made.brief.notes] == list(range(1, 32))
    said = [plain(note.blocks[0].content) for note in made.brief.notes]  # type: ignore[union-attr]
    assert said[0] == "River Commission, Yearbook of Gauges 1991, p. 3."
    assert said[29] == "River Commission, Yearbook of Gauges 2020, p. 90."
    assert [len(note.blocks) for note in made.brief.notes].index(2) == 6
    assert "now there are two.[^n2][^n3]" in text
    assert "| Mill weir[^n8] | 185          |" in text
    assert "Online at <https://example.org/register>, in two languages." in text
    brief, problems = read_checked(made.file, THEME)
    assert brief is not None
    assert not problems


def test_a_file_of_libreoffice_comes_with_its_front_matter(river: tuple[Imported, str]) -> None:
    metadata = river[0].brief.metadata
    assert plain(metadata.title) == "Who Measures the River?"
    assert plain(metadata.deck).startswith("Two ministries read")
    assert [one.name for one in metadata.authors] == ["Ada Example"]
    assert (str(metadata.date), metadata.lang) == ("2025-05-12", "en-GB")
    headings = [one for one in river[0].brief.body if isinstance(one, m.Heading)]
    assert [one.level for one in headings] == [1, 2, 1, 1, 1, 1, 1]


def test_a_file_of_libreoffice_comes_with_its_picture(river: tuple[Imported, str]) -> None:
    (figure,) = (one for one in river[0].brief.body if isinstance(one, m.Figure))
    assert figure.image.alt == "A staff gauge at the bridge, half under water"
    assert (river[0].file.parent / figure.image.file).read_bytes() == png(96, 48)


def test_comments_and_changes_become_a_list(river: tuple[Imported, str]) -> None:
    made, text = river
    assert told(made, "intake-comment") == [
        "6: Rosa Reviewer on 2025-05-05 says: Is this still true after the reform? "
        "[about: Both offices publish late.]",
        "21: Rosa Reviewer on 2025-05-06 says: Check reach 1. [about: at noon.]",
        "23: Rosa Reviewer on 2025-05-06 says: Check reach 2. [about: at noon.]",
    ]
    assert told(made, "intake-change") == [
        "3: Rosa Reviewer on 2025-05-03 inserted: seldom",
        "3: Rosa Reviewer on 2025-05-04 deleted: hardly ever ",
        "5: Rosa Reviewer on 2025-05-04 deleted: This sentence goes.",
        "14: Rosa Reviewer on 2025-05-03 inserted: A new station was opened in May.[note]",
    ]
    assert "agree seldom on" in text
    assert "sentence goes" not in text and "Check reach" not in text


def test_changes_that_are_accepted_are_counted(tmp_path: Path) -> None:
    made, _ = brought(RIVER.read_bytes(), tmp_path)
    assert told(made, "intake-changes") == [
        "3: 4 tracked changes, of which this is the first, are accepted"
    ]
    assert told(made, "intake-change") == []


NOTE = {2: p("A note.")}
ADDRESS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="h1" Type="{RELATIONS}/hyperlink" '
    'Target="https://example.org/a" TargetMode="External"/></Relationships>'
)
FIELD = "".join(
    (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        "<w:r><w:instrText> REF _x </w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        r("Table 7"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
)
BOX = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
BOXES = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="☐"/></w:lvl></w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="3"/>'
    "</w:num></w:numbering>"
)
TICK = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
AWKWARD = {
    "notes in a table": (
        word_file(TITLE, TEXT, table(("A", "B"), (p("C", foot(2)), "D")), footnotes=NOTE),
        f"{SAID}\n\n| A      | B   |\n|--------|-----|\n| C[^n1] | D   |\n\n[^n1]: A note.",
    ),
    "a table in a table": (
        word_file(TITLE, table(("A", table(("x", "y"), ("z", "w")) + p("")), ("C", "D")), TEXT),
        None,
    ),
    "two notes side by side": (
        word_file(TITLE, p("The word", foot(2), end(1), "."), footnotes=NOTE, endnotes={1: TEXT}),
        f"The word[^n1][^n2].\n\n[^n1]: A note.\n\n[^n2]: {SAID}",
    ),
    "a note of two paragraphs": (
        word_file(TITLE, p("The word", foot(2), "."), footnotes={2: p("One.") + p("Two.")}),
        "The word[^n1].\n\n[^n1]: One.\n\n    Two.",
    ),
    "headings that are only bold": (
        word_file(TITLE, TEXT, p(r("What we know", "<w:b/>"), foot(2)), TEXT, footnotes=NOTE),
        f"{SAID}\n\n# What we know[^n1]\n\n{SAID}\n\n[^n1]: A note.",
    ),
    "a call in a heading": (
        word_file(TITLE, TEXT, p("Scope", foot(2), style="Ueberschrift2"), TEXT, footnotes=NOTE),
        f"{SAID}\n\n# Scope[^n1]\n\n{SAID}\n\n[^n1]: A note.",
    ),
    "a call that was deleted": (
        word_file(
            TITLE,
            p("The water", deleted("gone", foot(3)), foot(2), inserted(r(" flows")), "."),
            footnotes={2: p("A note."), 3: p("Gone.")},
        ),
        "The water[^n1] flows.\n\n[^n1]: A note.",
    ),
    "a paragraph whose end was deleted": (
        word_file(
            TITLE,
            p("One half of it", how=f'<w:rPr><w:del w:id="9"{DATED}/></w:rPr>'),
            p(" and the other half."),
            TEXT,
        ),
        f"One half of it and the other half.\n\n{SAID}",
    ),
    "words that were moved": (
        word_file(
            TITLE,
            p("One ", f'<w:moveFrom w:id="3"{DATED}>{r("moved ")}</w:moveFrom>', "two."),
            p("Three ", f'<w:moveTo w:id="4"{DATED}>{r("moved ")}</w:moveTo>', "four."),
        ),
        "One two.\n\nThree moved four.",
    ),
    "a link in a note": (
        word_file(
            TITLE,
            p("The word", foot(2), "."),
            footnotes={2: p("See ", f'<w:hyperlink r:id="h1">{r("this")}</w:hyperlink>')},
            parts={"word/_rels/footnotes.xml.rels": ADDRESS},
        ),
        "The word[^n1].\n\n[^n1]: See [this](https://example.org/a)",
    ),
    "a call in a link": (
        word_file(
            TITLE,
            p(f'<w:hyperlink r:id="h"><w:r><w:t>one</w:t></w:r>{foot(2)}{r("two")}</w:hyperlink>'),
            TEXT,
            footnotes=NOTE,
            links={"h": "https://example.org/b"},
        ),
        "[one](https://example.org/b)[^n1]<!-- -->[two](https://example.org/b)\n\n"
        f"{SAID}\n\n[^n1]: A note.",
    ),
    "a note that is called twice": (
        word_file(TITLE, p("One", foot(2), " and two", foot(2), "."), footnotes=NOTE),
        "One[^n1] and two[^n1].\n\n[^n1]: A note.",
    ),
    "a note with a sign of its own": (
        word_file(
            TITLE,
            p(
                "One",
                '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>',
                ".",
            ),
            footnotes=NOTE,
        ),
        "One[^n1].\n\n[^n1]: A note.",
    ),
    "a field": (word_file(TITLE, p("See ", FIELD, ".")), "See Table 7."),
    "a sign of a font of symbols": (
        word_file(TITLE, p("At 7", '<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>', "C.")),
        "At 7°C.",
    ),
    "a list of contents": (
        word_file(TITLE, p("Scope\t3", style="Verzeichnis1"), TEXT),
        SAID,
    ),
    "a list of contents with a heading": (
        word_file(
            TITLE,
            "<w:sdt><w:sdtContent>",
            p("Contents", style="Verzeichniskopf"),
            p("Scope\t3", style="Verzeichnis1"),
            "</w:sdtContent></w:sdt>",
            TEXT,
            p("Contents", style="Verzeichniskopf"),
            TEXT,
        ),
        f"{SAID}\n\nContents\n\n{SAID}",
    ),
    "a caption above": (
        word_file(
            TITLE,
            p("Table 1: Gauges", style="Beschriftung"),
            table(("Name", "Flow"), ("Bridge", "7")),
            TEXT,
        ),
        f"| Name   | Flow |\n|--------|------|\n| Bridge | 7    |\n\n: Gauges\n\n{SAID}",
    ),
    "a caption below": (
        word_file(
            TITLE,
            table(("Name", "Flow"), (p("Bridge", foot(2)), "7")),
            p("Table 1. Gauges", foot(3), style="Beschriftung"),
            TEXT,
            footnotes={2: p("A."), 3: p("B.")},
        ),
        None,
    ),
    "captions above two tables": (
        word_file(
            TITLE,
            p("Table 1: First", style="Beschriftung"),
            table(("A", "B"), ("C", "7")),
            p(""),
            p("Table 2: Second", style="Beschriftung"),
            table(("D", "E"), ("F", "8")),
            TEXT,
        ),
        "| A   | B   |\n|-----|-----|\n| C   | 7   |\n\n: First\n\n"
        f"| D   | E   |\n|-----|-----|\n| F   | 8   |\n\n: Second\n\n{SAID}",
    ),
    "captions below two tables": (
        word_file(
            TITLE,
            table(("A", "B"), ("C", "7")),
            "<w:bookmarkEnd/>",
            p("Table 1: First", style="Beschriftung"),
            table(("D", "E"), ("F", "8")),
            p("Table 2: Second", style="Beschriftung"),
            TEXT,
        ),
        "| A   | B   |\n|-----|-----|\n| C   | 7   |\n\n: First\n\n"
        f"| D   | E   |\n|-----|-----|\n| F   | 8   |\n\n: Second\n\n{SAID}",
    ),
    "boxes to tick": (
        word_file(
            TITLE,
            TEXT,
            p("One", how=TICK),
            p("Two", how=TICK),
            parts={"word/numbering.xml": BOXES},
        ),
        f"{SAID}\n\n-   ☐ One\n-   ☐ Two",
    ),
    "what looks like Markdown": (
        word_file(TITLE, p("It costs $5 *now*, _really_ [^x] {#a}."), p("# 1"), p("- no list")),
        "It costs $5 \\*now\\*, \\_really\\_ \\[\\^x\\] \\{#a}.\n\n\\# 1\n\n\\- no list",
    ),
    "elements that hold others": (
        word_file(
            TITLE,
            f"<w:sdt><w:sdtContent>{TEXT}</w:sdtContent></w:sdt>",
            p("In ", f'<w:smartTag w:element="place">{r("Minsk")}</w:smartTag>', "."),
        ),
        f"{SAID}\n\nIn Minsk.",
    ),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_file_comes_in(name: str, tmp_path: Path) -> None:
    data, text = AWKWARD[name]
    made, found = brought(data, tmp_path)
    assert text is None or found == text
    assert plain(made.brief.metadata.title) == "A title of a paper"


@pytest.mark.parametrize(
    ("code", "what", "data"),
    [
        ("intake-left-out", "a text box: In the box.", word_file(TITLE, TEXT, p("A", r(""), BOX))),
        ("intake-hidden", "secret", word_file(TITLE, p("A ", r("secret", "<w:vanish/>"), " b."))),
        (
            "intake-equation",
            "[equation] stands",
            word_file(TITLE, p("So ", "<m:oMath><m:r><m:t>a</m:t></m:r></m:oMath>", " is.")),
        ),
        (
            "intake-left-out",
            "the header 'Draft of May'",
            word_file(
                TITLE,
                TEXT,
                parts={
                    "word/header1.xml": '<w:hdr xmlns:w="http://schemas.openxmlformats.org/'
                    f'wordprocessingml/2006/main">{p("Draft of May")}</w:hdr>'
                },
            ),
        ),
        (
            "intake-reference",
            "NOTEREF _Ref1",
            word_file(TITLE, p("See ", FIELD.replace("REF _x", "NOTEREF _Ref1"), ".")),
        ),
        ("intake-doubled", "the the", word_file(TITLE, TEXT, p("This is the the river."))),
    ],
)
def test_what_needs_a_human_is_told(code: str, what: str, data: bytes, tmp_path: Path) -> None:
    made, _ = brought(data, tmp_path)
    assert any(what in line for line in told(made, code)), told(made, code)


def test_the_first_lines_become_front_matter(tmp_path: Path) -> None:
    data = word_file(
        p(r("A bold title", "<w:b/>")),
        p("Why the river matters to both of its banks"),
        p("By Ada Example and Ben Sample"),
        p("Published on May 5, 2025"),
        TEXT,
        p("The views expressed are those of the authors."),
    )
    made, text = brought(data, tmp_path)
    metadata = made.brief.metadata
    assert plain(metadata.title) == "A bold title"
    assert plain(metadata.deck) == "Why the river matters to both of its banks"
    assert [one.name for one in metadata.authors] == ["Ada Example", "Ben Sample"]
    assert str(metadata.date) == "2025-05-05"
    assert len(metadata.disclaimer) == 1
    assert text == SAID


def test_the_title_may_stand_below_other_lines(tmp_path: Path) -> None:
    data = word_file(
        p("Policy Brief No. 7"), TITLE, p("The deck of it", style="Untertitel"), TEXT, p("End.")
    )
    made, text = brought(data, tmp_path)
    assert plain(made.brief.metadata.title) == "A title of a paper"
    assert plain(made.brief.metadata.deck) == "The deck of it"
    assert text == f"Policy Brief No. 7\n\n{SAID}\n\nEnd."


def packed(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


BOMB = b"<w:document>" + b" " * 90_000_000 + b"</w:document>"
HOSTILE = {
    "no archive": b"no archive at all",
    "cut off": word_file(TITLE, TEXT)[:-200],
    "an old Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "no document": packed({"[Content_Types].xml": TYPES.encode()}),
    "a bomb": packed({"[Content_Types].xml": TYPES.encode(), "word/document.xml": BOMB}),
    "entities": word_file(
        TITLE,
        TEXT,
        parts={
            "word/document.xml": '<!DOCTYPE w [<!ENTITY a "aa">]><w:document xmlns:w="http://'
            'schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
        },
    ),
    "broken XML": word_file(TITLE, TEXT, parts={"word/document.xml": "<w:document>"}),
    "a path outside": word_file(TITLE, TEXT, parts={"../outside.xml": "<a/>"}),
    "thousands of parts": word_file(
        TITLE, TEXT, parts={f"word/media/{n}.png": "" for n in range(5001)}
    ),
    "broken notes": word_file(
        TITLE, p("A", foot(2)), footnotes=NOTE, parts={"word/footnotes.xml": "<w:footnotes>"}
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(name: str, tmp_path: Path) -> None:
    (line,) = refused(HOSTILE[name], tmp_path)
    assert "[intake-word]" in line


def test_a_note_without_text_is_refused(tmp_path: Path) -> None:
    data = word_file(TITLE, p("One", foot(2), "."), TEXT, footnotes={2: p("")})
    assert any("[intake-note-empty]" in line for line in refused(data, tmp_path))


def test_a_call_in_the_title_is_refused(tmp_path: Path) -> None:
    data = word_file(p("A title", foot(2), style="Titel"), TEXT, footnotes=NOTE)
    assert any("[intake-title-call]" in line for line in refused(data, tmp_path))


WORDS = st.text(st.sampled_from("abc äß* _[^]$#-–\u00a0"), min_size=1, max_size=8)


@st.composite
def papers(draw: st.DrawFn) -> tuple[bytes, list[str], list[str]]:
    """A Word file with notes and tracked changes; its accepted paragraphs and its notes."""
    blocks, said, notes = [TITLE], [], []
    footnotes: dict[int, str] = {}
    for _ in range(draw(st.integers(1, 4))):
        runs, words = [r("x")], "x"
        for kind in draw(st.lists(st.sampled_from(["text", "in", "out", "note", "gone"]))):
            word = draw(WORDS)
            if kind in ("note", "gone"):
                ident = len(footnotes) + 2
                footnotes[ident] = p(f"n{word}n")
                runs.append(deleted("", foot(ident)) if kind == "gone" else foot(ident))
                if kind == "note":
                    notes.append(f"n{word}n")
            else:
                made = {"text": r(word), "in": inserted(r(word)), "out": deleted(word)}
                runs.append(made[kind])
                words += "" if kind == "out" else word
        blocks.append(p(*runs))
        said.append(words)
    return word_file(*blocks, footnotes=footnotes), said, notes


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=examples(25), deadline=None)
@given(papers())
def test_random_files_come_in_whole(
    tmp_path_factory: pytest.TempPathFactory, paper: tuple[bytes, list[str], list[str]]
) -> None:
    data, said, notes = paper
    made, _ = brought(data, tmp_path_factory.mktemp("paper"))
    body = [plain(one.content) for one in made.brief.body if isinstance(one, m.Paragraph)]
    assert list(map(squeezed, body)) == list(map(squeezed, said))
    told_notes = [
        squeezed("".join(plain(one.content) for one in note.blocks if isinstance(one, m.Paragraph)))
        for note in made.brief.notes
    ]
    assert told_notes == list(map(squeezed, notes))
