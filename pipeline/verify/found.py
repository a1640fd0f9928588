"""What a reader of a finished file finds, as plain data. The same records say what must be found.

Text is kept as one string per block. Things in it that are not characters, calls and pictures, are
marks between two noncharacters (Unicode 16, section 23.7), which no text of a brief can contain by
the time it is compared: `clean` replaces them, so that no author can write a mark.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import ImageFile

Sample = tuple[int, ...]
"""A picture by its width, its height, and the colours of some of its points."""
OPEN, CLOSE = "\ufdd0", "\ufdd1"
_MARKS = {ord(char): "\ufffd" for char in (OPEN, CLOSE)}
_SOFT_HYPHEN = "\u00ad"
_SPACES = re.compile(" {2,}")
_UNDRAWN = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, *range(0xFE00, 0xFE10)))
"""Spaces without width, joiners, and selectors of a glyph's form."""


def clean(text: str) -> str:
    """Return text that was read, with noncharacters of our own replaced."""
    return text.translate(_MARKS) if OPEN in text or CLOSE in text else text


def normal(text: str) -> str:
    """Return text as it is compared: NFC, no soft hyphens, white space made one space."""
    return " ".join(unicodedata.normalize("NFC", text.replace(_SOFT_HYPHEN, "")).split())


def as_drawn(text: str) -> str:
    """Return text without the characters that shape it or let it break, but draw nothing.

    A page that is drawn holds glyphs, and none for these. Where characters are kept, they count.
    The spaces on both sides of one are a single space then.
    """
    return _SPACES.sub(" ", text.translate(_UNDRAWN))


def call_mark(number: str) -> str:
    """Return the mark that stands for a call of note `number` in running text."""
    return f"{OPEN}call {clean(number)}{CLOSE}"


def reference_mark(number: str) -> str:
    """Return the mark that stands for a cross-reference to note `number` in running text."""
    return f"{OPEN}see {clean(number)}{CLOSE}"


def picture_mark(alt: str) -> str:
    """Return the mark that stands for a picture in running text."""
    return f"{OPEN}picture {clean(normal(alt))}{CLOSE}"


def without_calls(text: str) -> str:
    """Return text of a block without its call marks, as contents lists and bookmarks have it."""
    pieces = text.split(OPEN)
    kept = [pieces[0]]
    for piece in pieces[1:]:
        mark, _, rest = piece.partition(CLOSE)
        kept.append(rest if mark.startswith("call ") else f"{OPEN}{mark}{CLOSE}{rest}")
    return normal("".join(kept))


def spoken(text: str) -> str:
    """Return text of a block as plain words: no calls, and the words of pictures."""
    words = without_calls(text)
    for mark in ("see ", "picture "):
        words = words.replace(f"{OPEN}{mark}", "")
    return normal(words.replace(CLOSE, ""))


def shown(text: str, limit: int = 60) -> str:
    """Return text for a message: marks readable, shortened in the middle."""
    plain = text.replace(OPEN, "⟦").replace(CLOSE, "⟧")
    half = limit // 2
    return plain if len(plain) <= limit else f"{plain[:half].rstrip()} … {plain[-half:].lstrip()}"


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text that stands by itself: a paragraph, a heading, a cell, a line of code.

    `within` names what it stands in, outermost first; `label` is the number or bullet of the list
    item it opens; `ids` are the anchors that lead to it. `place` says where it is, in words for a
    message. Only a paged file has pages.
    """

    kind: str
    text: str
    within: tuple[str, ...] = ()
    label: str = ""
    ids: tuple[str, ...] = ()
    place: str = ""
    page: int = 0
    last_page: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A call as printed. `lands` is the number of the note that its link leads to."""

    number: str
    lands: str
    place: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A note as printed. `back` has the ordinal, from 1, of each call that its backlinks lead to.

    In a paged file `page` is where it starts, and `full` has the pages right before that which had
    no room for it, last first; `gathered` says that it stands among the notes at the end.
    """

    number: str
    blocks: tuple[Block, ...]
    back: tuple[int, ...] = ()
    place: str = ""
    page: int = 0
    full: tuple[int, ...] = ()
    gathered: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its text, and its URL or, after a number sign, the text of the block it leads to."""

    text: str
    target: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is shown: its text alternative, and as much of it as the format keeps.

    `digests` are of the files it is made of, `data` is the file that is shown where that may be a
    conversion, and `sample` what it looks like where there is no file. `file` is what it should be.
    """

    alt: str
    digests: tuple[str, ...] = ()
    data: bytes = b""
    sample: Sample = ()
    place: str = ""
    file: ImageFile | None = None
    description: str = ""
    """What else must be said of it, where there is no other place for that than the alternative."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Text in a language that is not the document's own."""

    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Property:
    """One property of the whole file, such as its title."""

    name: str
    value: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a contents list or of the bookmarks: depth from 1, and where it leads to."""

    depth: int
    text: str
    lands: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of contents: which one it is, and its entries."""

    place: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is carried inside: its name and its relation to the document."""

    name: str
    relation: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a reader found that is wrong in itself, whatever the brief says."""

    code: str
    what: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file, or what it must hold."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    calls: tuple[Call, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    properties: tuple[Property, ...] = ()
    passages: tuple[Passage, ...] = ()
    contents: tuple[Contents, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    placement: str = ""
    """Where notes stand: `foot` or `end`; empty where there are none, or it is left open."""
    faults: tuple[Fault, ...] = ()


class Unreadable(Exception):
    """The file is not what its name says; the message says why."""


def grid(rows: Iterable[Sequence[tuple[int, int]]]) -> Iterator[list[int]]:
    """Yield the column, from 1, of each cell in each row, from the cells' row and column spans."""
    busy: dict[int, int] = {}
    for row in rows:
        column, places, fresh = 1, [], {}
        for row_span, column_span in row:
            while busy.get(column, 0) > 0:
                column += 1
            places.append(column)
            fresh.update(dict.fromkeys(range(column, column + column_span), row_span))
            column += column_span
        yield places
        busy = {at: left - 1 for at, left in {**busy, **fresh}.items() if left > 1}


def cell_place(row: int, column: int, is_head: bool, head: str = "head") -> tuple[str, ...]:
    """Return where a table cell stands, and whether it is a heading of its row or column."""
    place = f"row {row}, column {column}"
    return (place, head) if is_head else (place,)
