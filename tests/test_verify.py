"""The parts of the proof, one by one, and what must not fool it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from pipeline import model as m
from pipeline import verify
from pipeline.problems import Problem
from pipeline.renderers.docx import render_docx
from pipeline.renderers.html import render_html
from pipeline.renderers.pdf import render_pdf
from pipeline.rules import RULES
from pipeline.theme import Theme, load_theme
from pipeline.verify import verify_docx, verify_html, verify_pdf
from pipeline.verify.align import Pair, align
from pipeline.verify.compare_notes import compare_notes
from pipeline.verify.compare_text import window
from pipeline.verify.expected import expected_document
from pipeline.verify.fields import fields_text, first_difference, holds_fields
from pipeline.verify.found import (
    Block,
    Call,
    Document,
    Note,
    call_mark,
    clean,
    grid,
    normal,
    picture_mark,
    reference_mark,
    spoken,
)
from pipeline.verify.numerals import letters, repeated_letters, roman
from pipeline.verify.pdf_fonts import Characters, Font
from pipeline.verify.pdf_glyphs import tokens
from pipeline.verify.reflow import reflow
from pipeline.verify.seen_pdf import PDF
from tests.samples import call, heading, inlines, item, minimal, note, p, row, sample
from tests.samples import cell as table_cell

Render = Callable[[m.Brief, Theme], bytes]
Verify = Callable[[m.Brief, bytes, str], tuple[Problem, ...]]
OUTPUTS: dict[str, tuple[Render, Verify]] = {
    "html": (render_html, verify_html),
    "docx": (render_docx, verify_docx),
    "pdf": (render_pdf, verify_pdf),
}


def problems(output: str, brief: m.Brief, printed: m.Brief | None = None) -> tuple[Problem, ...]:
    """What is found when one brief is printed and another, or the same, is expected."""
    render, prove = OUTPUTS[output]
    return prove(brief, render(printed or brief, load_theme()), f"x.{output}")


def brief(*body: m.Block, notes: tuple[m.Note, ...] = (), **metadata: object) -> m.Brief:
    told = minimal().metadata.model_copy(update=metadata)
    return minimal().model_copy(update={"body": body, "notes": notes, "metadata": told})


def house_words() -> m.Brief:
    """A brief that says what the outputs themselves say."""
    table = m.Table(
        caption=inlines("1"),
        columns=(m.Column(), m.Column()),
        head=(row(table_cell("Notes"), table_cell("1")),),
        body=(row(table_cell("1 / 4"), table_cell()), row(table_cell("Notes"), table_cell("1"))),
        line=1,
    )
    return brief(
        heading(1, "notes", "Notes"),
        p("Notes"),
        p("1"),
        p("[1]"),
        p("Contents"),
        p("1", call("a", 1), "1 ", call("b", 2), " 2"),
        heading(1, "contents", "Contents"),
        p("Key findings"),
        m.BulletList(tight=True, items=(item(p("•")), item(p("1.")), item(p("1"))), line=1),
        m.OrderedList(tight=True, items=(item(p("1.")), item(p("2."))), line=1),
        table,
        p("Updated June 18, 2025"),
        p("[call 1]"),
        p("↑ Back to the call of note 1"),
        p("1 / 1"),
        notes=(note(1, "a", p("1")), note(2, "b", p("Notes"))),
        authors=(m.Author(name="Updated", role="1"), m.Author(name="Notes")),
        keywords=("Keywords", "1"),
        series="Policy Brief",
        number="1",
    )


@pytest.mark.parametrize("output", OUTPUTS)
def test_words_of_the_house_in_the_text_fool_nobody(output: str) -> None:
    told = house_words()
    assert problems(output, told) == ()
    for lost in range(len(told.body)):
        if lost != 5:  # A paragraph with calls cannot go alone.
            less = told.model_copy(update={"body": told.body[:lost] + told.body[lost + 1 :]})
            assert problems(output, told, less) != (), told.body[lost]


@pytest.mark.parametrize("output", ["html", "docx"])
def test_marks_of_our_own_in_the_text_fool_nobody(output: str) -> None:
    told = brief(p(f"a {call_mark('1')} b"), p("c", call("a", 1)), notes=(note(1, "a", p("n")),))
    other = brief(p("a ", call("a", 1), " b"), p("c"), notes=(note(1, "a", p("n")),))
    assert problems(output, told) == ()
    assert problems(output, told, other) != ()


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize(
    "text",
    [
        "naïve naïve",  # composed and decomposed
        "soft\u00adhyphen and super\u00adcali\u00adfragi\u00adlistic",
        "thin\u2009space, no\u00a0break, figure\u2007space",
        "well-known cross‑border re‐sign – en — em",
        "office fluff ffi ﬁ affix",
        "Ελληνικά Кириллица Łódź Šiauliai Ő",
        "a < b && c > d \"quoted\" 'single' \\ / {{ braces }} {% raw %} ${x}",
        "H₂O x² ½ № § † ‡ … ‰ €",
        "https://www.example.org/a-very-long-address/that/must/break?somewhere=1&because=it-is-longer#than-a-line",
    ],
)
def test_characters_of_many_kinds_are_read_back(output: str, text: str) -> None:
    words = " ".join([text] * 12)
    told = brief(
        p(words, call("a", 1)), heading(1, "h", text), p(words), notes=(note(1, "a", p(words)),)
    )
    assert problems(output, told) == ()


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_long_brief_is_read_back(output: str) -> None:
    random = Random(7)
    words = [
        "river",
        "border",
        "well-known",
        "treaty",
        "cross-border",
        "neighbourhood",
        "1990–2020",
        "Łódź",
    ]

    def text(count: int) -> str:
        return " ".join(random.choice(words) for _ in range(count))

    body: list[m.Block] = []
    notes: list[m.Note] = []
    for number in range(1, 61):
        body.append(p(text(60), call(f"n{number}", number), f" {text(40)}."))
        notes.append(note(number, f"n{number}", p(text(random.choice((3, 20, 90))))))
        if number % 10 == 0:
            rows = tuple(row(table_cell(text(2)), table_cell(text(9))) for _ in range(25))
            head = (row(table_cell("Who"), table_cell("What")),)
            columns = (m.Column(), m.Column())
            body.append(m.Table(columns=columns, head=head, body=rows, line=1))
            body.append(heading(1, f"h{number}", text(4)))
            body.append(p(text(900)))
    assert problems(output, brief(*body, notes=tuple(notes))) == ()


# The parts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("one two\nthree", "one two three"),
        ("neigh\u2010\nbour", "neighbour"),
        ("neigh-\nbour", "neighbour"),
        ("well-\nknown", "well-known"),
        ("well-\nknown", "well- known"),
        ("example.org/\npath", "example.org/path"),
        (f"word\n{call_mark('4')}", f"word{call_mark('4')}"),
        ("a\n\nb", "a b"),
    ],
)
def test_line_ends_are_resolved_as_the_text_has_them(printed: str, expected: str) -> None:
    assert reflow(printed, expected) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("one two\nthre", "one two three"),
        ("one two\nthree", "one twothree x"),
        ("neigh\u2010bour", "neighbour"),
        ("wellknown", "well-known"),
        ("well\nknown", "well-known"),
        ("3.1\n4", "3.4"),
        ("one\ntwo three", "one two, three"),
        ("onetwo\nthree", "one two three"),
    ],
)
def test_nothing_else_is_forgiven(printed: str, expected: str) -> None:
    assert reflow(printed, expected) != expected


def test_values_of_front_matter_stand_in_order_between_separators() -> None:
    band = fields_text(["Policy Brief", "7", date(2025, 6, 18)])
    for good in (
        "Policy Brief 7 June 18, 2025",
        "POLICY BRIEF · 7\n18. Juni 2025",
        "Policy Brief | 7 | 2025-06-18",
    ):
        assert holds_fields(band, good)
    for bad in (
        "Policy Brief 7 June 19, 2025",
        "Policy Brief 8 June 18, 2025",
        "7 Policy Brief June 18, 2025",
        "Policy Brief 7 June 18, 2025 x",
        "Policy Brief no. 7 June 18, 2025",
        "Policy Brief June 18, 2025",
        "Policy Brief 7 June 18, 2024",
        "Policy Brief 7 May 8, 2025",
    ):
        assert not holds_fields(band, bad), bad
    assert first_difference(band, "Policy Brief 8 June 18, 2025")[0] == "7"


def test_marks_cannot_be_written_by_an_author() -> None:
    assert clean(call_mark("4")) != call_mark("4")
    assert spoken(f"See {reference_mark('4')}{call_mark('5')} {picture_mark('map')}") == "See 4 map"


def test_normal_text_forgets_only_spaces_and_soft_hyphens() -> None:
    assert normal(" a\u00a0\u2009b\u00adc\n ") == "a bc"
    assert normal("e\u0301") == "é"
    assert normal("ﬁ") == "ﬁ"


def test_cells_are_placed_around_those_that_span() -> None:
    rows = [[(2, 1), (1, 2)], [(1, 1), (1, 1)], [(1, 3)]]
    assert list(grid(rows)) == [[1, 2], [2, 3], [1]]


def test_numerals() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 703)] == ["a", "z", "aa", "az", "aaa"]
    assert [repeated_letters(n) for n in (1, 26, 27, 52)] == ["a", "z", "aa", "zz"]
    assert [roman(n) for n in (1, 4, 9, 14, 1990)] == ["i", "iv", "ix", "xiv", "mcmxc"]


def test_the_window_shows_the_first_difference() -> None:
    before, after = window("x" * 80 + "cat" + "y" * 80, "x" * 80 + "cut" + "y" * 80)
    assert "cat" in before and "cut" in after and len(before) < 70


def test_a_block_that_lies_across_a_page_break_is_one() -> None:
    wanted = Block("text", "one two three four")
    parts = [
        Block("text", "one two", page=1, last_page=1),
        Block("text", "three four", page=2, last_page=2),
    ]
    (pair,) = align([wanted], parts)
    assert pair.expected == wanted and pair.found is not None and pair.found.last_page == 2
    same_page = [replace(part, page=1, last_page=1) for part in parts]
    assert Pair(wanted, None) in align([wanted], same_page) or len(align([wanted], same_page)) > 1


@pytest.mark.parametrize(
    ("page", "full", "gathered", "faulty"),
    [
        (4, (), False, False),
        (5, (4,), False, False),
        (5, (), False, True),
        (6, (5,), False, True),
        (6, (5, 4), False, False),
        (3, (2, 1), False, True),
        (9, (), True, False),
    ],
)
def test_a_note_starts_on_the_page_of_its_first_call(
    page: int, full: tuple[int, ...], gathered: bool, faulty: bool
) -> None:
    blocks = (Block("text", "A note."),)
    expected = Document((), (Note("1", blocks, (1,)),), (Call("1", "1"),))
    printed = Note("1", blocks, (1,), page=page, full=full, gathered=gathered)
    found = Document((), (printed,), (Call("1", "1", page=4),))
    codes = [problem.code for problem in compare_notes(expected, found, PDF, "x")]
    assert codes == (["verify-note-page"] if faulty else [])


def test_content_streams_are_read_token_by_token() -> None:
    content = rb"""/Span <</MCID 3>> BDC % a comment (not text)
        BT [<0041>-12.5 <00420043> 7] TJ (a\(b\)\\ (nested) \101\
c) Tj <4> Tj ET BI /W 1 ID (x) Tj EI EMC"""
    found = list(tokens(content))
    assert [value for kind, value in found if kind == "string"] == [
        b"\x00A\x00B\x00C",
        b"a(b)\\ (nested) Ac",
        b"\x40",
    ]
    assert [value for kind, value in found if kind == "word"] == [
        b"BDC",
        b"BT",
        b"TJ",
        b"Tj",
        b"Tj",
        b"ET",
        b"BI",
        b"EMC",
    ]
    font = Font(2, Characters({0x41: "fi"}))
    assert font.texts(b"\x00A\x00B") == ("fi", "\ufffd")


def test_every_code_has_its_wording() -> None:
    rooms = Path(verify.__file__).parent.glob("*.py")
    used = {code for room in rooms for code in re.findall(r'"(verify-[-a-z]+)"', room.read_text())}
    assert used and used <= set(RULES)


def test_every_inline_with_a_target_is_expected_as_a_link() -> None:
    links = expected_document(sample()).links
    assert ("a link", "https://www.example.org/report?a=1&b=2") in [
        (one.text, one.target) for one in links
    ]
    assert ("8", "#note 8") in [(one.text, one.target) for one in links]
    assert any(one.target.startswith("#1 Numbers and notes") for one in links)


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_damaged_file_is_a_problem_and_never_an_accident(output: str) -> None:
    render, prove = OUTPUTS[output]
    good = render(sample(), load_theme())
    random = Random(5)
    for _ in range(40):
        data = bytearray(good)
        for _ in range(random.choice((1, 3, 20))):
            data[random.randrange(len(data))] = random.randrange(256)
        start = random.randrange(len(data))
        del data[start : start + random.choice((0, 0, 50))]
        assert isinstance(prove(sample(), bytes(data), "x"), tuple)
