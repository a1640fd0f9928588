"""Pins which columns of a table are aligned on the decimal sign, and by how much."""

import pytest

from pipeline import model as m
from pipeline.renderers.decimals import decimals
from pipeline.theme import TEMPLATES
from pipeline.words import words_for
from tests.samples import call, cell, row


def table(*figures: str, align: m.Alignment | None = "right") -> m.Table:
    body = tuple(row(cell(figure) if figure else m.Cell()) for figure in figures)
    return m.Table(columns=(m.Column(align=align),), body=body, line=1)


def lacking(shown: m.Table, lang: str = "en") -> list[str]:
    found = decimals(shown, words_for(lang, TEMPLATES).decimal_sign)
    return [found.of(line.cells[0]) for line in shown.body]


def test_the_shorter_figures_lack_what_the_longest_has() -> None:
    assert lacking(table("3.10", "−0.5", "12", "–", "")) == ["", "0", ".00", "", ""]
    assert lacking(table("1,234.5 %", "2%")) == ["", ".0"]


def test_the_language_says_what_divides_decimals() -> None:
    assert lacking(table("1.234", "5"), "de") == ["", ""]
    assert lacking(table("1.234,5", "5"), "de") == ["", ",0"]
    assert lacking(table("1\u202f234,5", "5"), "fr") == ["", ",0"]


@pytest.mark.parametrize("align", [None, "left", "center"])
def test_only_a_column_at_the_right_is_aligned(align: m.Alignment | None) -> None:
    assert lacking(table("3.10", "2", align=align)) == ["", ""]


def test_words_among_the_figures_leave_a_column_as_it_is() -> None:
    assert lacking(table("3.10", "two")) == ["", ""]


def test_a_call_behind_a_figure_is_no_part_of_it() -> None:
    noted = m.Table(
        columns=(m.Column(align="right"),),
        body=(row(cell("3.10")), row(cell("2.5", call("n", 1)))),
        line=1,
    )
    assert lacking(noted) == ["", "0"]
