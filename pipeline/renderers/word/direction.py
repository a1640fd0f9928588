"""Text from right to left, which Word wants told of paragraphs, tables and runs one by one."""

from collections.abc import Iterable

from pipeline.languages import Direction, direction
from pipeline.renderers.word.xml import Element, name, w

P, TABLE, RUN = name("w:p"), name("w:tbl"), name("w:r")
RUN_PROPERTIES, LANG = name("w:rPr"), name("w:lang")


def language(tag: str) -> list[Element]:
    """Return the properties of a run in a language (17.3.2.20, 17.3.2.30)."""
    if direction(tag) == "rtl":
        return [w("rtl"), w("lang", val=tag, bidi=tag)]
    return [w("lang", val=tag)]


def turn_document(root: Element) -> None:
    """Let a part of a document from right to left run so: its tables, and its runs.

    What is in a language from left to right stays as it is. Paragraphs have it from their styles.
    """
    for table in root.iter(TABLE):
        _turn_table(table, "rtl")
    for run in root.iter(RUN):
        properties = run.find(RUN_PROPERTIES)
        if properties is None:
            properties = w("rPr")
            run.insert(0, properties)
        if properties.find(LANG) is None:
            properties.append(w("rtl"))


def turned(blocks: Iterable[Element], way: Direction) -> list[Element]:
    """Return blocks that run another way than the document does."""
    found = list(blocks)
    for block in found:
        for paragraph in block.iter(P):
            paragraph[0].append(w("bidi") if way == "rtl" else w("bidi", val=0))
        for table in block.iter(TABLE):
            _turn_table(table, way)
    return found


def _turn_table(table: Element, way: Direction) -> None:
    """Let the first column stand at the right, or at the left (17.4.1)."""
    properties = table[0]
    if properties.find(name("w:bidiVisual")) is None:
        properties.insert(1, w("bidiVisual") if way == "rtl" else w("bidiVisual", val=0))
