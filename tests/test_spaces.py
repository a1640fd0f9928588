"""Pins that a space between two marked-up words is in the PDF, not only a gap on its paper."""

import pytest
import weasyprint.draw.text as drawing

from pipeline import model as m
from pipeline.renderers.pdf import render_pdf
from pipeline.renderers.print import spaces
from pipeline.theme import load_theme
from pipeline.verify import verify_pdf
from tests.samples import inlines, minimal, p


def two_words() -> m.Brief:
    words = p(m.Code(text="a"), " ", m.Emphasis(content=inlines("b")))
    return minimal().model_copy(update={"body": (words,)})


def test_a_space_between_marked_up_words_is_in_the_file() -> None:
    brief = two_words()
    assert verify_pdf(brief, render_pdf(brief, load_theme()), "x.pdf") == ()


def test_without_the_guard_it_is_lost_and_found_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    brief = two_words()
    monkeypatch.setattr(drawing, "draw_first_line", spaces.DRAW_FIRST_LINE)
    problems = verify_pdf(brief, render_pdf(brief, load_theme()), "x.pdf")
    assert [problem.code for problem in problems] == ["verify-text-changed"]
    assert "“ab”" in problems[0].message
