"""What only serves the sheet and not the reader: running heads, folios, repeated heads of tables.

Such content is no part of the logical structure (ISO 32000-1, 14.8.2.2).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from pipeline.renderers.print.boxtree import Box

Stream = Any
"""The content stream of a page; WeasyPrint is not typed."""


def silence_repeats(pages: Sequence[Box]) -> None:
    """Take the links out of table heads that are repeated on later pages: a link has one place."""
    seen: set[Any] = set()
    for page in pages:
        for box in page.descendants():
            if isinstance(box, boxes.TableRowGroupBox) and box.is_header:
                box.repeated = box.element in seen
                seen.add(box.element)
                for part in box.descendants() if box.repeated else ():
                    part.link = None


def is_artifact(box: Box) -> bool:
    """Return whether a box is there for the eye only."""
    if isinstance(box, boxes.MarginBox):
        return True
    if isinstance(box, boxes.ReplacedBox):
        return not box.element.get("alt")
    return isinstance(box, boxes.TableRowGroupBox) and getattr(box, "repeated", False)


def nature(box: Box) -> dict[str, str]:
    """Return what kind of artifact a box is (ISO 32000-1, table 330)."""
    if isinstance(box, boxes.MarginBox):
        above = box.at_keyword.startswith("@top")
        return {"Type": "/Pagination", "Subtype": "/Header" if above else "/Footer"}
    return {"Type": "/Layout" if isinstance(box, boxes.ReplacedBox) else "/Pagination"}


def parts(box: Box) -> Iterator[Box]:
    """Yield a box and all boxes in it."""
    for part in box.descendants(placeholders=True):
        yield part._box if isinstance(part, AbsolutePlaceholder) else part


def make_artifacts(stream: Stream, natures: Mapping[int, Mapping[str, str]]) -> None:
    """Turn marked content of a page that has been drawn into artifacts, by its numbers."""
    operators = stream.stream
    for index, operand in enumerate(operators):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in natures:
            operators[index - 1] = b"/Artifact"
            operators[index] = pydyf.Dictionary(natures[operand["MCID"]])
