"""The compared document: what two versions of a brief hold, each part and word marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline import model as m

Mark = Literal["kept", "inserted", "deleted"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Running text of one mark; what is kept is as the new version has it."""

    mark: Mark
    text: m.Inlines


@dataclass(frozen=True, slots=True)
class Compared:
    """A part of the document: one that was inserted, deleted, or kept and perhaps changed inside.

    `facts` and `was` say how it is set, now and before: the level of a heading, the numerals of a
    list. `place` counts the parts of the document that differ, from 1, in reading order.
    """

    kind: str
    mark: Mark
    pieces: tuple[Piece, ...] = ()
    parts: tuple["Compared", ...] = ()
    facts: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    ident: str = ""
    place: int = 0

    @property
    def is_reset(self) -> bool:
        """Whether it is kept, and set in another way."""
        return self.mark == "kept" and self.facts != self.was

    @property
    def is_changed(self) -> bool:
        """Whether anything about it differs."""
        return self.differs or self.mark != "kept" or any(part.is_changed for part in self.parts)

    @property
    def differs(self) -> bool:
        """Whether its own words or its setting differ."""
        return self.is_reset or any(piece.mark != "kept" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class NotePair:
    """A note in both versions, or in one of them; its number and label there."""

    key: str
    old: m.Note | None
    new: m.Note | None


@dataclass(frozen=True, slots=True)
class ComparedNote:
    """A note with its parts."""

    pair: NotePair
    parts: tuple[Compared, ...]

    @property
    def mark(self) -> Mark:
        """Whether it is in both versions, new or dropped."""
        if self.pair.old is None:
            return "inserted"
        return "kept" if self.pair.new else "deleted"

    @property
    def is_renumbered(self) -> bool:
        """Whether both versions have it, under other numbers."""
        old, new = self.pair.old, self.pair.new
        return old is not None and new is not None and old.number != new.number

    @property
    def is_reworded(self) -> bool:
        """Whether both versions have it, and it says something else."""
        return self.mark == "kept" and any(part.is_changed for part in self.parts)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a brief and how they differ, in reading order.

    `front` stands before the text, `closing` after it, `end` behind the notes.
    """

    old: m.Brief
    new: m.Brief
    front: tuple[Compared, ...]
    body: tuple[Compared, ...]
    closing: tuple[Compared, ...]
    notes: tuple[ComparedNote, ...]
    end: tuple[Compared, ...]

    @property
    def is_equal(self) -> bool:
        """Whether nothing that is printed differs."""
        parts = (*self.front, *self.body, *self.closing, *self.end)
        noted = any(one.mark != "kept" or one.is_renumbered for one in self.notes)
        return not noted and not any(
            part.is_changed
            for part in (*parts, *(part for note in self.notes for part in note.parts))
        )


def within(parts: tuple[Compared, ...]) -> Iterator[Compared]:
    """Yield the parts and all that they hold, parents first."""
    for part in parts:
        yield part
        yield from within(part.parts)
