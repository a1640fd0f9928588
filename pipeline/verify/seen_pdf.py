"""What must be found in the tags and on the pages of a PDF."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.verify.found import (
    CLOSE,
    OPEN,
    Block,
    Call,
    Contents,
    Document,
    Entry,
    Link,
    as_drawn,
    normal,
    picture_mark,
    spoken,
)
from pipeline.verify.seen import (
    HEADS,
    Profile,
    is_heading,
    level,
    renamed,
    skips,
    with_blocks,
    with_long_alternatives,
)

IN_PDF = {**HEADS, "box": "", "figure": "", "pull quote": ""}
PICTURE = re.compile(f"{OPEN}picture [^{CLOSE}]*{CLOSE}")
DECORATION = picture_mark("")
"""A picture without a text alternative, which the tags leave out."""
LISTS = frozenset(("bullet list", "numbered list"))
"""Containers whose items have labels of their own."""
TEXT_IN_PDF = frozenset(
    ("code", "verse", "box title", "text", "legend", "table note", "attribution")
)


def _in_pdf(blocks: Iterable[Block]) -> Iterator[Block]:
    """In tags a term is the label of its definition, and a cross-reference a reference.

    A picture without a text alternative is not there; the label of an item that opens with one
    goes to what follows in the item, or stands alone. A cell that holds nothing else is empty.
    """
    alone: Block | None = None
    before: tuple[str, ...] = ()
    for block in blocks:
        seen = _tagged(block)
        cell = _cell(seen)
        is_there = bool(seen.text) or not block.text
        if alone is not None and is_there and _goes_with(seen, alone):
            ids = (*alone.ids, *seen.ids)
            seen = replace(seen, label=seen.label or alone.label, ids=ids)
            alone = None
        elif alone is not None and (_opens(seen) or not _is_in(seen, alone)):
            yield alone
            alone = None
        if seen.kind == "term":
            if seen.label:
                yield replace(seen, kind="text", text="", within=_item(seen))
            alone = replace(seen, kind="text", text="", label=seen.text)
        elif is_there:
            yield from _cut_at_pictures(seen)
        elif seen.label:
            alone = replace(seen, within=_item(seen))
        elif alone is None and cell and before[: len(cell)] != cell:
            alone = replace(seen, within=cell, kind="text")
        before = seen.within
    if alone is not None:
        yield alone


def _item(block: Block) -> tuple[str, ...]:
    """Return the list whose item a labelled block opens, as a path: it is the innermost one."""
    lists = [at for at, name in enumerate(block.within, start=1) if name in LISTS]
    return block.within[: lists[-1]] if lists else block.within


def _cell(block: Block) -> tuple[str, ...]:
    """Return the table cell that a block stands in, as a path; empty if it stands in none."""
    rows = [at for at, name in enumerate(block.within, start=1) if name.startswith("row ")]
    return block.within[: rows[-1]] if rows else ()


def _tagged(block: Block) -> Block:
    """Return the block with the text and the containers that tags can tell."""
    text = block.text.replace(f"{OPEN}see ", f"{OPEN}call ").replace(DECORATION, "")
    kind = "text" if block.kind in TEXT_IN_PDF else block.kind
    return renamed(replace(block, text=normal(text), kind=kind), IN_PDF)


def _goes_with(block: Block, alone: Block) -> bool:
    """Tell whether a block belongs to the item or the cell that something stands alone in."""
    return _is_in(block, alone) and not (_opens(block) and alone.label)


def _opens(block: Block) -> bool:
    """Tell whether a block has a label of its own: that of an item, or, of a definition, itself."""
    return bool(block.label) or block.kind == "term"


def _is_in(block: Block, item: Block) -> bool:
    """Tell whether a block stands in the list that an item stands in."""
    return block.within[: len(item.within)] == item.within


def _cut_at_pictures(block: Block) -> Iterator[Block]:
    """Yield the parts of a block between its pictures, and the pictures, as blocks of their own."""
    parts = [part for part in map(normal, re.split(f"({PICTURE.pattern})", block.text)) if part]
    for part in parts or [""]:
        kind = "picture" if PICTURE.fullmatch(part) else block.kind
        yield replace(block, kind=kind, text=part)
        block = replace(block, label="", ids=())


def _pdf_document(document: Document) -> Document:
    """A PDF has cross-references among its calls: those of the page, then of the notes.

    Its tags cannot skip a level of headings (ISO 14289-1, 7.4.2): if the brief does, or has
    headings in notes, any level will do.
    """
    document = with_long_alternatives(document)
    parts = (document.blocks, *(note.blocks for note in document.notes))
    marks = [mark for blocks in parts for block in blocks for mark in _numbers(block)]
    first = {
        number: index
        for index, (kind, number) in reversed([*enumerate(marks, 1)])
        if kind == "call"
    }
    bookmarks = Contents("the list of bookmarks", tuple(_bookmarks(document.blocks)))
    in_notes = any(is_heading(block) for blocks in parts[1:] for block in blocks)
    if in_notes or skips(filter(is_heading, document.blocks)):
        document = with_blocks(document, _without_levels)
    seen = with_blocks(with_blocks(document, _in_pdf), _drawn)
    return replace(
        seen,
        notes=tuple(replace(note, back=(first.get(note.number, 0),)) for note in seen.notes),
        calls=tuple(Call(number, number) for _, number in marks),
        pictures=tuple(picture for picture in seen.pictures if picture.alt),
        links=tuple(
            _drawn_link(link) for link in seen.links if not link.target.startswith("#note ")
        ),
        passages=tuple(replace(one, text=as_drawn(one.text)) for one in seen.passages),
        contents=(bookmarks,),
    )


def _drawn(blocks: Iterable[Block]) -> Iterator[Block]:
    """A block of nothing but such characters is not there, unless it makes an empty cell."""
    for block in blocks:
        seen = replace(block, text=as_drawn(block.text), label=as_drawn(block.label))
        if seen.text or seen.label or not block.text or _cell(block):
            yield seen


def _drawn_link(link: Link) -> Link:
    """The words of a link are drawn, as is the text that it leads to; an address is kept."""
    target = as_drawn(_as_place(link.target)) if link.target.startswith("#") else link.target
    return replace(link, text=as_drawn(link.text), target=target)


def _without_levels(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield replace(block, kind="heading") if is_heading(block) else block


def _numbers(block: Block) -> Iterator[tuple[str, str]]:
    """Yield kind and number of each mark for a call or a cross-reference."""
    for mark in block.text.split(OPEN)[1:]:
        kind, _, rest = mark.partition(" ")
        if kind in ("call", "see"):
            yield kind, rest.partition(CLOSE)[0]


def _bookmarks(blocks: Iterable[Block]) -> Iterator[Entry]:
    """Yield title and headings as bookmarks: in words alone, and deeper by one than headings are.

    Where the brief skips a level, any depth will do, which is what 0 says.
    """
    listed = [block for block in blocks if not block.within]
    free = skips(filter(is_heading, listed))
    for block in listed:
        words = spoken(PICTURE.sub("", block.text))
        if (is_heading(block) or block.kind == "title") and words:
            place = spoken(_as_place(block.text))
            yield Entry(0 if free else level(block) + 1, words, as_drawn(place))


def _as_place(text: str) -> str:
    """Where something leads, the number of a cross-reference looks like that of a call."""
    return text.replace(f"{OPEN}see ", f"{OPEN}call ")


PDF = Profile("PDF", "first call", True, _pdf_document)
