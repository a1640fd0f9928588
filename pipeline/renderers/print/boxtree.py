"""Questions about WeasyPrint's boxes, before and after they are laid out."""

from collections.abc import Iterator
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes

Box = Any
"""A box; WeasyPrint is not typed."""


def element_id(box: Box) -> str:
    """Return the id of the element a box was made of, or an empty text."""
    return "" if box.element is None else box.element.get("id") or ""


def pairs(parent: Box) -> Iterator[tuple[Box, Box]]:
    """Yield every box below `parent` behind the box that holds it."""
    for child in parent.children:
        yield parent, child
        yield from pairs(child)


def has_text(box: Box) -> bool:
    """Return whether there is a line or a picture in a box, beside its floats."""
    return any(
        isinstance(child, boxes.LineBox | boxes.ReplacedBox)
        or (not child.is_floated() and has_text(child))
        for child in box.children
    )


def line_count(box: Box) -> int:
    """Return the number of lines in a box."""
    return sum(isinstance(part, boxes.LineBox) for part in box.descendants())


def ink_bottom(box: Box) -> float:
    """Return where the lowest line, picture, border or ground ends; minus infinity without any.

    Boxes that only hold others do not count: a broken one reaches to the end of its page.
    """
    return max((_bottom(part) for part in box.descendants() if _has_ink(part)), default=-inf)


def _has_ink(box: Box) -> bool:
    if isinstance(box, boxes.LineBox | boxes.BlockReplacedBox):
        return True
    if not isinstance(box, boxes.BlockBox | boxes.TableCellBox):
        return False
    return bool(box.border_bottom_width or box.style["background_color"].alpha)


def _bottom(box: Box) -> float:
    height = box.height if isinstance(box, boxes.LineBox) else box.margin_height()
    return float(box.position_y + height)
