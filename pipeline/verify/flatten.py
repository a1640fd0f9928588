"""The model as runs of text in reading order, for comparison with a finished file.

This room uses none of the text and traversal helpers of the renderers: a fault in those must not
hide itself here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline import model as m
from pipeline.verify.found import (
    Block,
    call_mark,
    cell_place,
    clean,
    grid,
    normal,
    picture_mark,
    reference_mark,
)
from pipeline.verify.numerals import letters, roman

Path = tuple[str, ...]

DELIMITERS = {"period": "{}.", "one-paren": "{})", "two-parens": "({})"}


def running_text(inlines: m.Inlines) -> str:
    """Return the text of inlines with marks for calls and pictures, as it is compared."""
    return normal("".join(map(_characters, inlines)))


def _characters(inline: m.Inline) -> str:
    match inline:
        case m.Text() | m.Code():
            return clean(inline.text)
        case m.LineBreak():
            return " "
        case m.Call():
            return call_mark(str(inline.number))
        case m.TableCall():
            return inline.letter
        case m.ElementReference():
            return str(inline.number)
        case m.CrossReference():
            return reference_mark(str(inline.number))
        case m.Image():
            return picture_mark(inline.alt)
        case _:
            return "".join(map(_characters, inline.content))


def inlines_in(inlines: m.Inlines) -> Iterator[m.Inline]:
    """Yield each inline and, after it, those it contains."""
    for inline in inlines:
        yield inline
        match inline:
            case m.Text() | m.Code() | m.LineBreak() | m.Image():
                pass
            case m.Call() | m.TableCall() | m.CrossReference() | m.ElementReference():
                pass
            case _:
                yield from inlines_in(inline.content)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text as it must be found, and the inlines it was made of.

    One that is `needed` is found even when it is empty: an item or a cell has nothing else.
    """

    block: Block
    inlines: m.Inlines = ()
    needed: bool = False
    lang: str = ""
    """The language of a division it stands in, if that has one of its own."""


def run(
    kind: str, inlines: m.Inlines, line: int, within: Path = (), ids: tuple[str | None, ...] = ()
) -> Piece:
    """Return the piece that a run of inlines makes; anchors of spans and calls in it lead to it."""
    marked = m.Span | m.TableCall
    spans = [inline.id for inline in inlines_in(inlines) if isinstance(inline, marked)]
    anchors = tuple(one for one in (*ids, *spans) if one)
    block = Block(kind, running_text(inlines), within, ids=anchors, place=f"line {line}")
    return Piece(block, inlines)


def _empty(within: Path, line: int) -> Piece:
    return Piece(Block("text", "", within, place=f"line {line}"), needed=True)


def pieces_of(blocks: Iterable[m.Block], within: Path = ()) -> Iterator[Piece]:
    """Yield every run of text in the blocks, in the order in which it is read."""
    return (piece for piece in _pieces_of(blocks, within) if piece.block.text or piece.needed)


def _pieces_of(blocks: Iterable[m.Block], within: Path) -> Iterator[Piece]:
    for block in blocks:
        match block:
            case m.Paragraph():
                yield run("text", block.content, block.line, within)
            case m.Heading():
                yield _heading(block, within)
            case m.BulletList():
                for item in block.items:
                    yield from _item(item, "•", (*within, "bullet list"))
            case m.OrderedList():
                for number, item in enumerate(block.items, start=block.start):
                    label = DELIMITERS[block.delimiter].format(numeral(number, block.style))
                    yield from _item(item, label, (*within, "numbered list"))
            case m.DefinitionList():
                yield from _definitions(block, within)
            case m.BlockQuote():
                yield from pieces_of(block.blocks, (*within, "quotation"))
                yield from _attribution(block.attribution, within)
            case m.PullQuote():
                inside = (*within, "pull quote")
                yield run("text", block.content, block.line, inside)
                yield from _attribution(block.attribution, inside)
            case m.CodeBlock():
                text = normal(clean(block.text))
                yield Piece(Block("code", text, within, place=f"line {block.line}"))
            case m.LineBlock():
                yield _verse(block, within)
            case m.Figure():
                yield from _anchored(_figure(block, within), block.id)
            case m.Table():
                yield from _anchored(_table(block, within), block.id)
            case m.Box():
                yield from _anchored(_box(block, (*within, "box")), block.id)
            case m.Division():
                yield from _spoken(_anchored(pieces_of(block.blocks, within), block.id), block.lang)
            case m.ThematicBreak():
                pass


def _heading(block: m.Heading, within: Path) -> Piece:
    words = (*_number(block.number), *block.content)
    return run(f"heading {block.level}", words, block.line, within, (block.id,))


def _number(number: str | int | None) -> m.Inlines:
    """Return a number as it stands before words; the word before the number is the house's."""
    return (m.Text(text=f"{number} "),) if number else ()


def _anchored(pieces: Iterator[Piece], ident: str | None) -> Iterator[Piece]:
    """Let the anchor of a container lead to the first block in it."""
    for index, piece in enumerate(pieces):
        if ident and index == 0:
            block = replace(piece.block, ids=(ident, *piece.block.ids))
            piece = replace(piece, block=block)
        yield piece


def _spoken(pieces: Iterator[Piece], lang: str | None) -> Iterator[Piece]:
    """Let what a container holds be in its language."""
    for piece in pieces:
        yield replace(piece, lang=piece.lang or lang or "")


def labelled(pieces: Iterable[Piece], label: str, empty: Piece) -> Iterator[Piece]:
    """Yield the pieces, the first with the label of a list item.

    The label stands alone before an item that is empty or opens with a list of its own.
    """
    found = tuple(pieces)
    if not found or found[0].block.label:
        found = (empty, *found)
    yield replace(found[0], block=replace(found[0].block, label=label))
    yield from found[1:]


def _item(item: m.ListItem, label: str, within: Path) -> Iterator[Piece]:
    return labelled(pieces_of(item.blocks, within), label, _empty(within, item.line))


def _definitions(block: m.DefinitionList, within: Path) -> Iterator[Piece]:
    for entry in block.entries:
        yield run("term", entry.term, entry.line, (*within, "definition list"))
        for definition in entry.definitions:
            yield from pieces_of(definition, (*within, "definition list"))


def _verse(block: m.LineBlock, within: Path) -> Piece:
    """The lines in one: a line's end is white space like any other."""
    return run("verse", tuple(_with_ends(block.lines)), block.line, within)


def _with_ends(lines: Iterable[m.Inlines]) -> Iterator[m.Inline]:
    for line in lines:
        yield from line
        yield m.LineBreak()


def _figure(block: m.Figure, within: Path) -> Iterator[Piece]:
    inside = (*within, "figure")
    yield from _caption(block, inside)
    yield run("picture", (block.image,), block.line, inside)
    if block.description:
        text = normal(clean(block.description))
        yield Piece(Block("description", text, inside, place=f"line {block.line}"))
    yield from _legend(block, inside)


def _caption(block: m.Figure | m.Table, within: Path) -> Iterator[Piece]:
    if block.caption:
        words = (*_number(block.number), *block.caption)
        yield run("caption", words, block.line, within)


def _legend(block: m.Figure | m.Table, within: Path) -> Iterator[Piece]:
    for line in block.legend:
        yield run("legend", line.content, line.line, within)


def _attribution(said: m.Attribution | None, within: Path) -> Iterator[Piece]:
    if said:
        yield run("attribution", said.content, said.line, within)


def _box(block: m.Box, within: Path) -> Iterator[Piece]:
    if block.title:
        yield run("box title", block.title, block.line, within)
    yield from pieces_of(block.blocks, within)


def _table(block: m.Table, within: Path) -> Iterator[Piece]:
    yield from _caption(block, (*within, "table"))
    rows = (*block.head, *block.body, *block.foot)
    columns = grid([[(cell.row_span, cell.column_span) for cell in row.cells] for row in rows])
    for number, (row, places) in enumerate(zip(rows, columns, strict=True), start=1):
        for cell, column in zip(row.cells, places, strict=True):
            head = "head row" if number <= len(block.head) else "head column"
            is_head = (number <= len(block.head) or column <= block.row_heads) and bool(cell.blocks)
            place = cell_place(number, column, is_head, head)
            yield from _cell(cell, (*within, "table", *place), block.line)
    yield from _legend(block, within)
    for note in block.notes:
        yield _table_note(note, within)


def _table_note(note: m.TableNote, within: Path) -> Piece:
    """Return a table's note as it stands under it: the letter leads back to the first call."""
    letter = (m.Text(text=note.letter),)
    marker = m.Link(target=f"#{note.calls[0]}", content=letter, line=note.line, column=note.column)
    words = (marker, m.Text(text=" "), *note.content)
    return run("table note", words, note.line, within, (note.id,))


def _cell(cell: m.Cell, within: Path, line: int) -> Iterator[Piece]:
    found = tuple(pieces_of(cell.blocks, within))
    yield from found or (_empty(within, line),)


def numeral(number: int, style: str) -> str:
    """Return the number of a list item in letters, Roman numerals or digits."""
    match style:
        case "lower-alpha" | "upper-alpha" if number > 0:
            text = letters(number)
        case "lower-roman" | "upper-roman" if number > 0:
            text = roman(number)
        case _:
            text = str(number)
    return text.upper() if style.startswith("upper") else text
