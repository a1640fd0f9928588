"""Pins the text for e-mail: its lines, its notes, and that what is lost from it is seen."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline import model as m
from pipeline.reader import read
from pipeline.renderers.mail import COLUMNS, render_mail, width
from pipeline.renderers.numerals import numeral
from pipeline.theme import load_theme
from pipeline.verify.mail import verify_mail
from tests.random_briefs import briefs
from tests.samples import sample
from tests.web import brief_with

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""To make a failing brief smaller takes minutes."""
SOURCES = sorted(
    [
        *Path("tests/cases").glob("*/source.md"),
        *Path("tests/languages").glob("*/brief.md"),
        *Path("source").glob("*/brief.md"),
    ]
)


def made(brief: m.Brief) -> str:
    return render_mail(brief, load_theme()).decode()


def proved(brief: m.Brief, text: str) -> list[str]:
    return [one.code for one in verify_mail(brief, text.encode(), "x.txt")]


def said(*inlines: m.Inline) -> str:
    """Return the lines between the opening and the imprint of a brief of one paragraph."""
    text = made(brief_with(body=(m.Paragraph(content=inlines, line=7),), notes=()))
    return text.split("━\n")[2].rsplit("╺", 1)[0].strip()


def words(text: str) -> m.Text:
    return m.Text(text=text)


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.parent.name)
def test_every_sample_is_proved_and_no_line_is_too_long(file: Path) -> None:
    brief, _ = read(file)
    assert brief is not None
    text = made(brief)
    assert proved(brief, text) == []
    assert made(brief) == text
    long = [line for line in text.splitlines() if width(line) > COLUMNS]
    # An address, a long word and a line of code stay whole.
    assert [line for line in long if " " in line.strip() and not line.startswith("    ")] == []


@settings(max_examples=15, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(briefs())
def test_any_brief_is_proved(brief: m.Brief) -> None:
    assert proved(brief, made(brief)) == []


@settings(max_examples=8, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(briefs(), st.data())
def test_a_character_more_or_less_is_seen(brief: m.Brief, data: st.DataObject) -> None:
    text = made(brief)
    start, end = text.index("━\n") + 2, text.rindex("╺")
    places = [at for at in range(start, end) if text[at].isalnum() and text[at].isascii()]
    lines = {at: text.rfind("\n", 0, at) + 1 for at in places}
    own = [at for at in places if not text[lines[at] :].lstrip().startswith("╶")]
    at = data.draw(st.sampled_from(own))
    assert proved(brief, text[:at] + text[at + 1 :]) == ["verify-mail"]
    assert proved(brief, text[:at] + "x" + text[at:]) == ["verify-mail"]


def test_notes_stand_at_the_end_with_the_numbers_of_their_calls() -> None:
    brief = sample()
    text = made(brief)
    ending = text.split("╶─ Notes ")[1]
    heads = [line.split("]")[0] + "]" for line in ending.splitlines() if line.startswith("[")]
    assert heads == [f"[{note.number}]" for note in brief.notes]
    renumbered = text.replace("[1]", "[9]", 1)
    assert proved(brief, renumbered) == ["verify-mail"]


def test_a_note_that_is_lost_or_moved_is_named_with_its_place() -> None:
    brief = sample()
    [found] = verify_mail(brief, made(replace_first_note(brief)).encode(), "x.txt")
    assert found.code == "verify-mail"
    assert "[1]" in found.message


def replace_first_note(brief: m.Brief) -> m.Brief:
    block = m.Paragraph(content=(words("Something else."),), line=1)
    first = brief.notes[0].model_copy(update={"blocks": (block,)})
    return brief.model_copy(update={"notes": (first, *brief.notes[1:])})


def test_links_are_written_out_once() -> None:
    def link(target: str, text: str) -> m.Link:
        return m.Link(target=target, content=(words(text),), line=7, column=1)

    assert said(link("https://a.example/", "here")) == "here <https://a.example/>"
    assert said(link("https://a.example/", "https://a.example/")) == "https://a.example/"
    assert said(link("mailto:a@b.example", "a@b.example")) == "a@b.example"
    assert said(link("#part", "a part")) == "a part"


def test_a_power_stays_a_power() -> None:
    assert said(words("10"), m.Superscript(content=(words("3"),))) == "10^3"
    assert said(words("1"), m.Superscript(content=(words("st"),))) == "1st"


def test_long_words_stay_whole_and_a_list_runs_on_below_its_text() -> None:
    item = m.ListItem(blocks=(m.Paragraph(content=(words("word " * 20),), line=8),), line=8)
    text = made(brief_with(body=(m.BulletList(tight=True, items=(item,), line=8),), notes=()))
    first, second = [line for line in text.splitlines() if "word word" in line]
    assert first.startswith("• word") and second.startswith("  word")
    assert said(words("x" * 90)) == "x" * 90


@pytest.mark.parametrize("drawn", ["╶─ Notes", "╺━━━━", "  ╶─ x"])
def test_what_an_author_draws_like_a_rule_is_text(drawn: str) -> None:
    code = m.CodeBlock(text=drawn, line=7)
    for block in (code, m.Paragraph(content=(words(drawn.strip()),), line=7)):
        brief = brief_with(body=(block,), notes=())
        assert proved(brief, made(brief)) == []
        assert proved(brief, made(brief_with(body=(), notes=()))) == ["verify-mail"]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"no bars"])
def test_a_file_that_is_no_text_of_ours_is_named(data: bytes) -> None:
    assert [one.code for one in verify_mail(sample(), data, "x.txt")] == ["verify-unreadable"]


def test_numerals() -> None:
    assert [numeral(n, "lower-roman") for n in (1, 4, 9, 14, 40, 1999)] == [
        *("i", "iv", "ix", "xiv", "xl", "mcmxcix")
    ]
    assert [numeral(n, "upper-alpha") for n in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
    assert [numeral(0, style) for style in ("lower-alpha", "upper-roman", "decimal")] == ["0"] * 3
