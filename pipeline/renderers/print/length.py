"""Blocks that are longer than a page: they begin where they stand, not on a page of their own."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from pipeline.renderers.print.boxtree import Box

LONG = "too-long"
"""The class of a block that may be broken although its kind is kept together."""


def let_break(pages: Sequence[Box]) -> bool:
    """Mark the blocks that could not be kept together; return whether there are any new ones."""
    begun: dict[Element, int] = {}
    changed = False
    for number, page in enumerate(pages):
        for box in _flowing(page):
            kept = box.element is not None and box.style["break_inside"] == "avoid"
            if kept and begun.setdefault(box.element, number) != number:
                changed |= _mark(box.element)
    return changed


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
