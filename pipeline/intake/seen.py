"""What a second reader sees in a manuscript, in a form that can be compared with a brief."""

from dataclasses import dataclass

CALL = "\ue000"
"""Stands on both sides of the number of a note where the note is called."""
BULLET = "\u2022"
"""Stands for the sign before an item of a list, whatever it was; numerals stand as they are."""

ANY = "\ue002"
"""Stands for a sign of a font of symbols, which the first reader turns into a character."""


def call_mark(number: int) -> str:
    """Return what stands in a text for a call of a note."""
    return f"{CALL}{number}{CALL}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text in its place: a line, a paragraph, a cell."""

    text: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class SeenNote:
    """A note by its number, with its whole text."""

    number: int
    text: str
    line: int = 1
    is_open: bool = False
    """Whether its end is not marked: its last paragraphs may be running text."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A manuscript as it is read aloud, from the first word to the last, but for its notes.

    Calls stand in the text as `call_mark`, with the number that the manuscript gives the note.
    """

    passages: tuple[Passage, ...]
    notes: tuple[SeenNote, ...] = ()
    is_marked: bool = True
    """Whether the signs and numerals before items of lists are text; else the program counts."""
