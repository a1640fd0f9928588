"""What must be found on a web page."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.verify.found import Block, Contents, Document
from pipeline.verify.seen import HEADS, Profile, outline, renamed, with_blocks


def _in_html(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield renamed(block, HEADS)


def _html_document(document: Document) -> Document:
    """A web page lists the headings when there is more than one."""
    entries = outline(document.blocks)
    listed = (Contents("the list of contents", entries),) if len(entries) > 1 else ()
    return replace(with_blocks(document, _in_html), contents=listed)


HTML = Profile("HTML", "every call", False, _html_document)
