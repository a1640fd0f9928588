"""Tables that are wider than the page: set closer, then with broken words, then given up."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from pipeline.renderers.print.boxtree import Box, pairs

CLOSER = ("dense", "broken")
"""Classes of a table, each for one that is too wide with those before it."""
NARROWEST = 24.0
"""CSS pixels of a column in which the parts of broken words can be read."""
SLACK = 0.5


def too_wide(pages: Sequence[Box]) -> list[Box]:
    """Return the tables that stand out of what holds them, or whose words are broken to bits."""
    return [
        table
        for page in pages
        for parent, wrapper in pairs(page)
        if wrapper.is_table_wrapper
        for table in wrapper.children
        if isinstance(table, boxes.TableBox)
        and (_stands_out(wrapper, parent) or any(_in_bits(table)))
    ]


def set_closer(tables: Sequence[Box]) -> bool:
    """Mark tables to be set closer the next time; return whether any of them can be."""
    changed = False
    for table in tables:
        left = [name for name in CLOSER if name not in _classes(table.element)]
        if left:
            _mark(table.element, left[0])
            changed = True
        if left == ["broken"]:
            _mark_words(table.element)
    return changed


def _mark_words(table: Element) -> None:
    """Mark the cells with words; a number that is broken is another number."""
    for cell in (*table.iter("th"), *table.iter("td")):
        if any(map(str.isalpha, "".join(cell.itertext()))):
            _mark(cell, "words")


def _mark(element: Element, name: str) -> None:
    element.set("class", " ".join([*_classes(element), name]))


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _stands_out(wrapper: Box, parent: Box) -> bool:
    margin = wrapper.style["margin_right"]
    outside = 0 if margin == "auto" else max(0, -margin.value)
    right = wrapper.border_box_x() + wrapper.border_width()
    return bool(right > parent.content_box_x() + parent.width + outside + SLACK)


def _in_bits(table: Box) -> Iterator[bool]:
    """Tell of each cell whether its words had to be broken in a column too narrow for that."""
    for box in table.descendants():
        if isinstance(box, boxes.TableCellBox) and "words" in _classes(box.element):
            yield box.width < NARROWEST
