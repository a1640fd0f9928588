"""Pins that columns of whole parts are laid out as WeasyPrint would, only in fewer steps."""

from itertools import combinations_with_replacement
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint.layout import block as block_layout

from pipeline.renderers.pdf import render_pdf
from pipeline.renderers.print import columns
from pipeline.theme import load_theme
from tests.examples import examples
from tests.samples import sample

heights = st.lists(st.integers(1, 50), max_size=7)


@given(heights, st.integers(1, 4))
@settings(max_examples=examples(200))
def test_the_least_height_is_that_of_the_best_cuts(parts: list[int], count: int) -> None:
    places = combinations_with_replacement(range(len(parts) + 1), count - 1)
    best = min(
        max(sum(parts[a:b]) for a, b in zip((0, *cuts), (*cuts, len(parts)), strict=True))
        for cuts in places
    )
    assert columns.least_height(parts, count) == best


@pytest.mark.parametrize("theme", ["", "meridian"])
def test_the_end_page_is_as_weasyprint_makes_it(
    theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = {"ours": 0, "theirs": 0}
    who = "ours"
    body = block_layout.block_container_layout

    def counted(*arguments: Any, **named: Any) -> Any:
        steps[who] += 1
        return body(*arguments, **named)

    monkeypatch.setattr(block_layout, "block_container_layout", counted)
    made = render_pdf(sample(), load_theme(name=theme))
    who = "theirs"
    monkeypatch.setattr(block_layout, "columns_layout", columns._columns_layout)
    assert render_pdf(sample(), load_theme(name=theme)) == made
    assert steps["ours"] < steps["theirs"]
