"""What must be found in a book."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.verify.found import Block, Contents, Document
from pipeline.verify.seen import HEADS, Profile, outline, renamed, with_blocks


def _in_epub(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield renamed(block, HEADS)


def _epub_document(document: Document) -> Document:
    """A book has a table of contents, which lists every heading there is."""
    entries = outline(document.blocks)
    listed = (Contents("the list of contents", entries),) if entries else ()
    return replace(with_blocks(document, _in_epub), contents=listed)


EPUB = Profile("EPUB", "every call", False, _epub_document)
