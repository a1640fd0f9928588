"""The one text that pandoc reads for a brief, and the way back from what pandoc made of it.

The fields of the front matter that hold Markdown come first, then the body: an unclosed box in
the body then swallows no field. Each piece begins with a stamp, an empty span of a class that the
source does not contain, and so does each note: pandoc forgets labels, but keeps spans.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pipeline.reader.marks import Definition, Marks
from pipeline.reader.pieces import Piece
from pipeline.reader.source import Source
from pipeline.reader.tree import Node, attribute, nodes

NoteKey = tuple[int, int]
"""A definition: the index of its piece and its index there."""


@dataclass(frozen=True, slots=True)
class Document:
    """Markdown for pandoc. `lines` gives for each of its lines the line of the source."""

    markdown: str
    lines: tuple[int, ...]

    def source_line(self, line: int) -> int:
        """Return the line of the source for a line that pandoc names; 0 when it names none."""
        return self.lines[min(line, len(self.lines)) - 1] if line else 0


@dataclass(frozen=True, slots=True)
class Stamps:
    """How stamps are written and recognised."""

    word: str

    def piece(self, index: int) -> str:
        """Return the stamp that begins a piece."""
        return f'[]{{.{self.word} piece="{index}"}}'

    def note(self, piece: int, definition: int) -> str:
        """Return the stamp that begins a note."""
        return f'[]{{.{self.word} note="{piece}-{definition}"}}'

    def missing(self, index: int) -> str:
        """Return the stamp of the stand-in for a note that is called but not defined."""
        return f'[]{{.{self.word} missing="{index}"}}'

    def of(self, node: Node, kind: str) -> str | None:
        """Return what a node stamps, when it is a stamp of this kind."""
        if node["t"] != "Span" or self.word not in node["c"][0][1]:
            return None
        return attribute(node["c"][0], kind)


def stamps_for(text: str) -> Stamps:
    """Return stamps with a word that does not occur in the text."""
    word = "briefwright-stamp"
    while word in text:
        word += "-"
    return Stamps(word)


class _Writer:
    """Markdown in the making, with the line of the source for each of its lines."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines: list[int] = [1]

    def add(self, text: str, line_of: Callable[[int], int]) -> None:
        """Add text; `line_of` gives the line of the source for an index in it."""
        self.parts.append(text)
        end = text.find("\n")
        while end >= 0:
            self.lines.append(line_of(end + 1))
            end = text.find("\n", end + 1)


def write(
    source: Source,
    pieces: Sequence[Piece],
    marks: Sequence[Marks],
    missing: Sequence[str],
    stamps: Stamps,
    unstamped: AbstractSet[NoteKey] = frozenset(),
) -> Document:
    """Return the text for pandoc; the last piece is the body.

    Labels in `missing` are given notes, so that pandoc tells which of their calls are calls and not
    code. Definitions in `unstamped` have turned out not to be any.
    """
    writer = _Writer()
    for index, (piece, found) in enumerate(zip(pieces, marks, strict=True)):
        last = index == len(pieces) - 1
        if last:
            for number, label in enumerate(missing):
                writer.add(f"[^{label}]: {stamps.missing(number)}\n\n", lambda _: 1)
        line, _ = source.place(piece.offset(0))
        separator = " " if piece.one_paragraph else "\n\n"
        writer.add(stamps.piece(index) + separator, _always(line))
        definitions = [
            (stamps.note(index, number), definition)
            for number, definition in enumerate(found.definitions)
            if (index, number) not in unstamped
        ]
        _write_piece(writer, source, piece, definitions)
        writer.add("\n\n", _always(line))
    return Document("".join(writer.parts), tuple(writer.lines))


def _always(line: int) -> Callable[[int], int]:
    return lambda _: line


def _write_piece(
    writer: _Writer, source: Source, piece: Piece, definitions: Sequence[tuple[str, Definition]]
) -> None:
    def line_of(offset: int) -> int:
        return source.place(piece.offset(offset))[0]

    def copy(start: int, end: int) -> None:
        writer.add(piece.text[start:end], lambda index: line_of(start + index))

    position = 0
    for stamp, definition in definitions:
        colon = definition.start + len(f"[^{definition.label}]:")
        copy(position, colon)
        stamped = f" {stamp}" + ("" if definition.empty else _new_paragraph(definition.prefix))
        writer.add(stamped, _always(line_of(definition.content)))
        position = definition.content
    copy(position, len(piece.text))


def _new_paragraph(prefix: str) -> str:
    """The stamp stands in a paragraph of its own, so that a note may begin with a list or code."""
    return f"\n{prefix.rstrip()}\n{prefix}    "


def split(blocks: Sequence[Node], stamps: Stamps) -> dict[int, list[Node]]:
    """Return the blocks of each piece by its index, without the stamps.

    A piece is missing when the one before it swallowed its stamp.
    """
    found: dict[int, list[Node]] = {}
    current: list[Node] = []
    for block in blocks:
        index = _stamped(block, stamps)
        if index is not None:
            current = found.setdefault(index, [])
        if block["t"] == "Para" and index is not None:
            del block["c"][0]
            while block["c"] and block["c"][0]["t"] in {"Space", "SoftBreak"}:
                del block["c"][0]
        if block["t"] != "Para" or block["c"]:
            current.append(block)
    for node, _ in nodes(blocks):
        if stamps.of(node, "piece"):
            node.update(t="Str", c="")
    return found


def _stamped(block: Node, stamps: Stamps) -> int | None:
    """Return the piece that begins with a block.

    A field that is no paragraph, such as a heading, has its stamp deeper in; a box that holds the
    stamp of another piece has swallowed it.
    """
    within = block["c"][:1] if block["t"] == "Para" else [] if block["t"] == "Div" else block
    indices = (stamps.of(node, "piece") for node, _ in nodes(within))
    return next((int(index) for index in indices if index is not None), None)
