"""Gives pandoc's notes their labels and the places of their calls back.

pandoc says what is a note; the scan says which one and where. What the two do not agree on is a
problem, never a guess.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import count

from pipeline.problems import Problem, problem
from pipeline.reader.marks import Mark, Marks
from pipeline.reader.pieces import Piece
from pipeline.reader.places import Places
from pipeline.reader.source import Source
from pipeline.reader.stamped import RAW, Recovered
from pipeline.reader.tree import Node, nodes


@dataclass(frozen=True, slots=True)
class Part:
    """A piece, what the scan found in it, and what pandoc made of it."""

    piece: Piece
    marks: Marks
    blocks: Sequence[Node]


@dataclass(frozen=True, slots=True)
class Reading:
    """A source with all its parts, and where everything in them stands."""

    source: Source
    parts: Sequence[Part]
    places: Places
    recovered: Recovered
    missing: Sequence[str]
    """Labels that are called but not defined."""
    made_labels: Mapping[int, str] = field(default_factory=dict)
    """The labels of notes that were made of citations, by the identity of their nodes."""
    references: Sequence[Node] = ()
    """The list of references under a heading, where the author did not place it in the body."""

    def place(self, part: Part, index: int) -> tuple[int, int]:
        """Return the line and column of an index in a piece."""
        return self.source.place(part.piece.offset(index))

    def place_of(self, node: object) -> tuple[int, int]:
        """Return the line and column of a node."""
        return self.source.place(self.places.get(id(node), 0))

    def author_label(self, note: Node) -> str | None:
        """Return the author's label of a note; an inline note has none."""
        if (key := self.recovered.keys.get(id(note))) is not None:
            return self.parts[key[0]].marks.definitions[key[1]].label
        if (index := self.recovered.missing.get(id(note))) is not None:
            return self.missing[index]
        return None

    def stray_labels(self) -> set[str]:
        """Return the labels whose definitions pandoc read as running text."""
        strays = self.recovered.strays
        return {self.parts[piece].marks.definitions[number].label for piece, number in strays}

    def labels_called_in(self, part: Part) -> set[str]:
        """Return the author's labels that are called anywhere in a part."""
        found = (self.author_label(node) for node, _ in nodes(part.blocks) if node["t"] == "Note")
        return {label for label in found if label is not None}

    def defined_at(self, called: "Called") -> tuple[int, int]:
        """Return the line and column of a note's definition; an inline note stands at its call."""
        key = self.recovered.keys.get(id(called.node))
        if key is None:
            return called.line, called.column
        part = self.parts[key[0]]
        return self.place(part, part.marks.definitions[key[1]].start)

    def unused_labels(self, stem: str) -> Iterator[str]:
        """Yield labels for notes without one, none of which the author uses."""
        defined = (one.label for part in self.parts for one in part.marks.definitions)
        taken = {*defined, *self.missing}
        return (label for n in count(1) if (label := f"{stem}-{n}") not in taken)


@dataclass(frozen=True, slots=True)
class Called:
    """A note where it is called: pandoc's node, the label, the place of the call.

    `inline` notes stand where they are called; those made of citations do too.
    """

    node: Node
    label: str
    line: int
    column: int
    inline: bool


def called_notes(
    reading: Reading, part: Part, names: Iterator[str]
) -> tuple[list[Called], list[Problem]]:
    """Return the notes that are called in a part, in reading order, without those inside notes.

    `names` are labels for inline notes.
    """
    outer = [node for node, note in nodes(part.blocks) if node["t"] == "Note" and note is None]
    by_label: dict[str | None, list[Node]] = {}
    written = [node for node in outer if id(node) not in reading.made_labels]
    for node in written:
        by_label.setdefault(reading.author_label(node), []).append(node)
    marks = _marks_by_label(part.marks.marks)
    spots = {
        id(node): reading.places[id(node)] for node in outer if id(node) in reading.made_labels
    }
    for label, group in by_label.items():
        starts = [part.piece.offset(mark.start) for mark in marks.get(label, ())]
        spots |= _match(group, starts, reading.places)
    inline = {part.piece.offset(mark.start) for mark in marks.get(None, ())}
    problems = [
        *_unlabelled(reading, by_label.get(None, []), spots, inline),
        *_unread(reading, part, marks, set(spots.values())),
    ]
    return [_called(reading, node, names, spots) for node in outer], problems


def _marks_by_label(marks: Sequence[Mark]) -> dict[str | None, list[Mark]]:
    """Return the marks that stand in no note; inline notes under None."""
    found: dict[str | None, list[Mark]] = {}
    for mark in marks:
        if mark.inside is None and not mark.nested and mark.kind in {"call", "inline"}:
            found.setdefault(mark.text if mark.kind == "call" else None, []).append(mark)
    return found


def _match(group: Sequence[Node], starts: Sequence[int], places: Places) -> dict[int, int]:
    """Return for each note of one label where it is called: in order, or else the nearest mark."""
    if len(starts) == len(group):
        return {id(node): start for node, start in zip(group, starts, strict=True)}
    about = {id(node): places.get(id(node), 0) for node in group}
    return {name: _nearest(starts, at) for name, at in about.items()}


def _nearest(starts: Sequence[int], at: int) -> int:
    """Return the nearest of some rising offsets; the offset itself when there is none."""
    index = bisect_left(starts, at)
    return min(starts[max(index - 1, 0) : index + 1], key=lambda one: abs(one - at), default=at)


def _called(reading: Reading, node: Node, names: Iterator[str], spots: Mapping[int, int]) -> Called:
    label = reading.author_label(node)
    line, column = reading.source.place(spots[id(node)])
    shown = label or reading.made_labels.get(id(node)) or next(names)
    return Called(node, shown, line, column, inline=label is None)


def _unlabelled(
    reading: Reading, notes: Sequence[Node], spots: Mapping[int, int], inline: AbstractSet[int]
) -> Iterator[Problem]:
    """Notes without a label must be inline notes that the scan saw."""
    for node in notes:
        if spots[id(node)] not in inline:
            yield problem("note-unclear", reading.source.path, *reading.place_of(node))


def _unread(
    reading: Reading,
    part: Part,
    marks: Mapping[str | None, Sequence[Mark]],
    taken: AbstractSet[int],
) -> Iterator[Problem]:
    """What the scan saw as a call must have become one, unless it is code after all."""
    left = [
        mark
        for group in marks.values()
        for mark in group
        if part.piece.offset(mark.start) not in taken
    ]
    raw = [node["c"][1] for node, _ in nodes(part.blocks) if node["t"] in RAW] if left else []
    strays = reading.stray_labels()
    for mark in left:
        text = f"[^{mark.text}]" if mark.kind == "call" else mark.text
        if mark.text not in strays and not any(text in one for one in raw):
            place = reading.place(part, mark.start)
            yield problem("note-leftover", reading.source.path, *place, text=text)
