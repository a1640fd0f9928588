"""What the reader saw of notes in one source."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """A note as the author wrote it.

    `inline` notes have made-up labels and are called where they stand.
    """

    label: str
    line: int
    column: int
    empty: bool = False
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A call of a note, or a cross-reference to it.

    `inside` is the label of the note it stands in; `table` is the ordinal, from 1, of the table it
    stands in, if that keeps its notes to itself.
    """

    label: str
    line: int
    column: int
    inside: str | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything about notes in one source.

    `calls` are in reading order, `definitions` in source order.
    """

    definitions: Sequence[Definition]
    calls: Sequence[Mention]
    references: Sequence[Mention] = ()
