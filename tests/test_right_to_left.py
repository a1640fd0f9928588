"""Pins the order of text from right to left: what a PDF draws is what it reads."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import model as m
from pipeline.renderers.pdf import render_pdf
from pipeline.renderers.print.righttoleft import Texts
from pipeline.theme import load_theme
from pipeline.verify import verify_pdf
from pipeline.verify.bidi import Side, draws, visual
from tests import samples
from tests.examples import examples

THEME = load_theme()
WORDS = st.sampled_from(
    [
        *"נהר מפלס שָׁלוֹם المقياس مُحَمَّد لا الله gauge fi Zürich 2025 3.10 14–15 12% -5".split(),  # noqa: SIM905
        *'1,000 ٣٫١ (א) (b) [7] «ج» "x" · / ? ؟ ، , :'.split(),  # noqa: SIM905
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)


@pytest.mark.parametrize(
    ("text", "base", "drawn"),
    [
        ("abc", "L", "abc"),
        ("אבג", "R", "גבא"),
        ("אבג 12 דה", "R", "הד 12 גבא"),
        ("a אב c", "L", "a בא c"),
        ("(אב)", "R", "(בא)"),
        ("אב (cd) 3.10", "R", "3.10 (cd) בא"),
        ("ابج ١٢٪", "R", "٪١٢ جبا"),
        ("אב 14–15.", "R", ".15–14 בא"),
        ("car is אב (cd) ef", "L", "car is בא (cd) ef"),
    ],
)
def test_a_line_is_drawn_as_unicode_says(text: str, base: Side, drawn: str) -> None:
    assert visual(text, base) == drawn
    assert draws(list(drawn), text)


@given(text=TEXTS, at=st.integers(0, 500))
def test_a_line_with_two_letters_exchanged_is_not_what_it_says(text: str, at: int) -> None:
    drawn = visual(text, "R")
    at %= max(1, len(drawn) - 1)
    first, second = drawn[at : at + 1], drawn[at + 1 : at + 2]
    swapped = drawn[:at] + second + first + drawn[at + 2 :]
    letters = {first, second} <= set("אבגדהולמנספרשתgauge")
    assert draws(list(drawn), text)
    assert not (letters and first != second and draws(list(swapped), text))


@st.composite
def turned(draw: st.DrawFn) -> m.Brief:
    """Draw a brief in a language from the right, with passages in a language from the left."""
    lang = draw(st.sampled_from(("ar", "he", "en")))
    body: list[m.Block] = []
    for line in range(1, draw(st.integers(1, 4)) + 1):
        other = draw(st.sampled_from(("en", "he", "ar")))
        span = m.Span(lang=other, content=samples.inlines(draw(TEXTS)))
        strong = m.Strong(content=samples.inlines(draw(TEXTS)))
        parts = (f"{draw(TEXTS)} ", span, " ", strong, f" {draw(TEXTS)}")
        body.append(samples.p(*parts, line=line))
    brief = samples.minimal()
    metadata = brief.metadata.model_copy(update={"lang": lang})
    return brief.model_copy(update={"metadata": metadata, "body": tuple(body), "notes": ()})


@settings(max_examples=examples(12), deadline=None)
@given(brief=turned())
def test_a_pdf_of_both_directions_reads_back(brief: m.Brief) -> None:
    assert verify_pdf(brief, render_pdf(brief, THEME), "brief.pdf") == ()


def test_a_line_that_says_what_it_does_not_draw_is_not_believed() -> None:
    """The text of the brief stands in the file, but the page shows it in another order."""
    brief = samples.minimal()
    metadata = brief.metadata.model_copy(update={"lang": "he"})
    drawn, said = "מפלס נהר", "נהר מפלס"
    made = brief.model_copy(update={"metadata": metadata, "body": (samples.p(drawn),)})
    wanted = made.model_copy(update={"body": (samples.p(said),)})
    with pikepdf.open(io.BytesIO(render_pdf(made, THEME))) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        before, after = (text.encode("utf-16-be").hex().encode() for text in (drawn, said))
        assert before in content
        pdf.pages[0].Contents.write(content.replace(before, after))
        spoiled = io.BytesIO()
        pdf.save(spoiled)
    codes = {fault.code for fault in verify_pdf(wanted, spoiled.getvalue(), "brief.pdf")}
    assert "verify-text-missing" in codes


def test_glyphs_of_one_place_stand_for_what_they_draw() -> None:
    texts = Texts({7: "\u0301"}, lambda: {1: "e", 2: "D"})
    assert 1 not in texts
    texts[1] = ""  # A letter, of which WeasyPrint says that the mark behind it is the text.
    assert 7 in texts
    assert (texts[1], texts[7]) == ("e", "\u0301")
    texts[2] = ""  # The first of two letters that are drawn for one sign.
    assert 3 not in texts
    texts[3] = "\u01c5"
    assert 7 in texts
    assert (texts[2], texts[3]) == ("", "\u01c5")
    assert 2 not in texts  # Elsewhere it is a letter.
    texts[2] = "D"
    assert texts[2] == "D"
