"""The note marks of a piece of Markdown as the scan finds them. Offsets count within the piece."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Definition:
    """`[^label]:` at the start of a line. Its text stands from `content` to `end`.

    `prefix` is what stands before the label and has to stand before every line of the note: the
    indent of a list item, the signs of a quote.
    """

    label: str
    start: int
    content: int
    end: int
    prefix: str
    empty: bool


NoteKind = Literal["call", "inline", "reference", "spaced", "number", "leftover", "joined"]
MisreadKind = Literal["label", "colon", "indent"]
MarkupKind = Literal["link", "picture", "attributes", "comment", "strong", "code"]
Kind = NoteKind | MisreadKind | MarkupKind | Literal["deep"]
"""What a mark looks like. What is misread has a label that pandoc does not take, has a space before
its colon, or stands below a note, whose label is the text. Markup mostly turns out to be what it
looks like; what pandoc left in the text is a problem (`leftover.py`)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in running text. `inside` is the index of the definition it stands in."""

    kind: Kind
    text: str
    """The label of a call or cross-reference; of the others, the text or its beginning."""
    start: int
    inside: int | None = None
    nested: bool = False
    """Whether it stands in an inline note."""


@dataclass(frozen=True, slots=True)
class Marks:
    """All that was found in one piece, in the order of the source."""

    definitions: tuple[Definition, ...] = ()
    marks: tuple[Mark, ...] = ()
    comments: tuple[tuple[int, int], ...] = ()
    """Where HTML comments stand: they are not text."""
    addresses: tuple[tuple[int, int], ...] = ()
    """Where the addresses of reference links stand: they are not text either."""
