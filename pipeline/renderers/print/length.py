"""Blocks too long to be kept whole: they begin where they stand, not on a page of their own."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from pipeline.renderers.print.boxtree import Box

GAPING = ("aside", "tr")
"""Boxes and rows of tables: kept whole, they leave a gap long before they fill a page."""
LONGEST = 0.5
"""Share of a page that such a block may take and yet be kept whole."""
LONG = "too-long"
"""The class of a block that may be broken although its kind is kept together."""


def let_break(pages: Sequence[Box]) -> bool:
    """Mark the blocks that cannot be kept together; return whether there are any new ones."""
    begun: dict[Element, int] = {}
    changed = False
    for number, page in enumerate(pages):
        for box in _flowing(page):
            kept = box.element is not None and box.style["break_inside"] == "avoid"
            if kept and (begun.setdefault(box.element, number) != number or _gapes(box, page)):
                changed |= _mark(box.element)
    return changed


def _gapes(box: Box, page: Box) -> bool:
    return box.element.tag in GAPING and bool(box.height > LONGEST * page.height)


def _flowing(parent: Box) -> Iterator[Box]:
    """Yield all boxes below another, but not the heads of tables, which are repeated."""
    for child in parent.children:
        yield child
        if not (isinstance(child, boxes.TableRowGroupBox) and child.is_header):
            yield from _flowing(child)


def _mark(element: Element) -> bool:
    classes = (element.get("class") or "").split()
    if LONG in classes:
        return False
    element.set("class", " ".join([*classes, LONG]))
    return True
