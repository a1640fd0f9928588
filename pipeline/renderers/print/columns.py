"""Columns of parts that stay whole, made equally high in two steps.

WeasyPrint lays such columns out again and again, a pixel higher each time, until everything fits:
on a short brief that takes more time than all its pages together. Where no part may be broken, the
heights of the parts say at once how high the columns must be.

One function is replaced: `layout.block.columns_layout`. For every other box it acts as before.
"""

from collections.abc import Sequence
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.layout import LayoutContext
from weasyprint.layout import block as block_layout

from pipeline.renderers.print.boxtree import Box

SLACK = 0.01
"""CSS pixels by which sums of heights may differ from one another."""

Result = tuple[Box, Any, dict[str, Any], list[float], bool]

_columns_layout = block_layout.columns_layout


def _balanced_layout(
    context: LayoutContext,
    box: Box,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Box,
    page_is_empty: bool,
    absolute_boxes: list[Box],
    fixed_boxes: list[Box],
    adjoining_margins: list[float],
    *lines: Any,
) -> Result:
    """Lay out columns as WeasyPrint does, but those of whole parts at the height they need."""

    def lay_out(columns: Box, absolute: list[Box], fixed: list[Box]) -> Result:
        result: Result = _columns_layout(
            *(context, columns, bottom_space, skip_stack, containing_block, page_is_empty),
            *(absolute, fixed, adjoining_margins, *lines),
        )
        return result

    if not skip_stack and _is_of_whole_parts(box):
        filled, rest, *_ = lay_out(_filled(box, "auto"), [], [])
        columns = filled.children if filled else ()
        block_layout.remove_placeholders(context, columns, [], [])
        heights = [part.margin_height() for column in columns for part in column.children]
        if rest is None and len(heights) == len(box.children):
            height = least_height(heights, box.style["column_count"]) + SLACK
            box = _filled(box, Dimension(height, "px"))
    return lay_out(box, absolute_boxes, fixed_boxes)


def _is_of_whole_parts(box: Box) -> bool:
    counted = box.style["column_width"] == "auto" and box.style["height"] == "auto"
    return counted and all(
        part.is_in_normal_flow()
        and part.style["break_inside"] == "avoid"
        and part.style["column_span"] == "none"
        for part in box.children
    )


def _filled(box: Box, height: Any) -> Box:
    """Return a box whose columns are filled one after the other, up to a height."""
    filled = box.copy()
    filled.style = box.style.copy()
    filled.style["column_fill"] = "auto"
    filled.style["height"] = height
    return filled


def least_height(heights: Sequence[float], count: int) -> float:
    """Return how high `count` columns must be to hold parts of these heights in their order."""
    best = [0.0]
    for height in heights:
        best.append(best[-1] + height)
    ends = best
    for _ in range(count - 1):
        best = [
            min(max(best[cut], ends[end] - ends[cut]) for cut in range(end + 1))
            for end in range(len(ends))
        ]
    return best[-1]


block_layout.columns_layout = _balanced_layout
