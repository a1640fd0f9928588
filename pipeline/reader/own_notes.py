"""Tables that keep their notes to themselves: which those are, and which notes they keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from pipeline.notes import Numbering, TableLetter
from pipeline.reader.elements import frame_of
from pipeline.reader.labels import Called
from pipeline.reader.tree import Node, nodes

OWN_NOTES = "own-notes"
"""The class of the frame of such a table."""


@dataclass(frozen=True, slots=True)
class Keepers:
    """The ordinals, from 1, of such tables by their frames, and by the notes called in them."""

    by_frame: Mapping[int, int]
    by_note: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note that a table keeps: its letter, the ids of its calls, and its first call."""

    place: TableLetter
    calls: Sequence[str]
    called: Called


def keepers(body: Sequence[Node]) -> Keepers:
    """Find the tables that keep their notes; of one in a cell of another, the inner one does."""
    by_frame: dict[int, int] = {}
    by_note: dict[int, int] = {}
    ordinals = count(1)
    for frame, around in nodes(body):
        if around is None and frame["t"] == "Div" and keeps_notes(frame):
            ordinal = by_frame[id(frame)] = next(ordinals)
            inner = (node for node, note in nodes(frame["c"]) if note is None)
            by_note |= {id(node): ordinal for node in inner if node["t"] == "Note"}
    return Keepers(by_frame, by_note)


def keeps_notes(division: Node) -> bool:
    """Tell whether a division is the frame of a table that keeps its notes."""
    return frame_of(division) == "table" and OWN_NOTES in division["c"][0][1]


def kept_notes(
    found: Keepers, called: Sequence[Called], numbering: Numbering
) -> Mapping[int, Sequence[KeptNote]]:
    """Return the notes of each such table, by the identity of its frame, in their order."""
    first: dict[str, Called] = {}
    for one, ident in zip(called, numbering.call_ids, strict=True):
        if ident:
            first.setdefault(one.label, one)
    return {
        frame: [
            KeptNote(place, numbering.calls_of(label), first[label])
            for label, place in numbering.letters.items()
            if place.table == table
        ]
        for frame, table in found.by_frame.items()
    }
