"""What must be found, as each kind of file can show it: only what a format cannot say is left."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipeline.verify.found import Block, Document, Entry, picture_mark, spoken

HEADS: Mapping[str, str] = {"head row": "head", "head column": "head"}
"""Web pages and tags say that a cell is a heading, but share one word for both kinds."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of output is compared: `back` says which calls a note leads back to.

    `see` turns what must be found in every output into what must be found in this one.
    """

    name: Literal["HTML", "EPUB", "JATS", "PDF", "DOCX"]
    back: Literal["every call", "first call", "none"]
    paged: bool
    see: Callable[[Document], Document]


def with_blocks(document: Document, see: Callable[[Iterable[Block]], Iterator[Block]]) -> Document:
    """Return the document with the blocks of its page and its notes as a format shows them."""
    return replace(
        document,
        blocks=tuple(see(document.blocks)),
        notes=tuple(replace(note, blocks=tuple(see(note.blocks))) for note in document.notes),
    )


def renamed(block: Block, names: Mapping[str, str]) -> Block:
    """Return the block in the containers that a format knows, without those it does not."""
    within = (names.get(name, name) for name in block.within)
    return replace(block, within=tuple(name for name in within if name))


def with_long_alternatives(document: Document) -> Document:
    """Return the document with long descriptions as part of the alternatives of their pictures."""
    pictures = (
        replace(one, alt=_long(one.alt, one.description)) if one.description else one
        for one in document.pictures
    )
    return replace(with_blocks(document, _described), pictures=tuple(pictures))


def _long(alt: str, description: str) -> str:
    return ". ".join(filter(None, [alt.rstrip("."), description]))


def _described(blocks: Iterable[Block]) -> Iterator[Block]:
    before: Block | None = None
    for block in blocks:
        if block.kind != "description":
            if before:
                yield before
            before = block
        elif before:
            alt = spoken(before.text)
            before = replace(before, text=picture_mark(_long(alt, block.text)))
    if before:
        yield before


def is_heading(block: Block) -> bool:
    """Tell whether a block is a heading of the text, and not its title."""
    return block.kind.startswith("heading")


def level(block: Block) -> int:
    """Return the level of a heading: 0 for the title, from 1 for the others."""
    return int(block.kind[-1]) if block.kind[-1].isdigit() else 0


def skips(headings: Iterable[Block]) -> bool:
    """Tell whether a heading stands more than one level below the one before it."""
    return any(after > before + 1 for before, after in pairwise([0, *map(level, headings)]))


def outline(blocks: Iterable[Block]) -> tuple[Entry, ...]:
    """Return the headings as a list of contents has them, without their calls.

    Headings in lists, tables, quotations and boxes are their own, and not listed.
    """
    listed = [block for block in blocks if is_heading(block) and not block.within]
    return tuple(Entry(level(block), spoken(block.text), spoken(block.text)) for block in listed)
