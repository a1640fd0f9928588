"""What must be found in a Word document."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.verify.found import Block, Contents, Document
from pipeline.verify.seen import Profile, outline, with_blocks, with_long_alternatives

LISTS = ("bullet list", "numbered list")
STYLES = (*LISTS, "definition list", "quotation", "pull quote")
"""Containers that are styles of paragraphs in Word."""


def _in_docx(blocks: Iterable[Block]) -> Iterator[Block]:
    """In Word only tables and panels hold others; lists and quotations are styles of paragraphs.

    An item that does not open with a paragraph has an empty one to carry its label.
    """
    for block in blocks:
        if block.label:
            upto = max(at for at, name in enumerate(block.within, start=1) if name in LISTS)
            if block.kind != "text" or upto != len(block.within):
                yield _styled(replace(block, kind="text", text="", within=block.within[:upto]))
                block = replace(block, label="")
        yield _styled(block)


def _styled(block: Block) -> Block:
    """Return the block with the panels and tables it stands in, and what its style tells.

    The caption of a table stands above it.
    """
    panels: list[str] = []
    style = ""
    above = block.kind == "caption" and block.within[-1] == "table"
    for name in block.within[:-1] if above else block.within:
        if name in STYLES:
            style = name
        elif name not in ("figure", "head column"):
            panels.append("head" if name == "head row" else name)
            style = ""
    if style in LISTS and not block.label:
        style = "list"
    told = (style.removesuffix(" list") if style == "definition list" else style,)
    within = (*panels, *(told if style and block.kind == "text" else ()))
    return replace(block, kind="text" if block.kind == "picture" else block.kind, within=within)


PANELS = frozenset(("box", "table"))
"""What Word keeps out of its navigation pane."""


def _docx_document(document: Document) -> Document:
    """Word makes its navigation pane from all headings outside of tables."""
    document = with_long_alternatives(document)
    outside = [
        replace(block, within=()) for block in document.blocks if not PANELS & set(block.within)
    ]
    pane = Contents("the navigation pane", outline(outside))
    return replace(with_blocks(document, _in_docx), contents=(pane,))


DOCX = Profile("DOCX", "none", False, _docx_document)
