"""The citations of a brief in the order in which it is read, each with the number of its note.

Short forms, "ibid." and "see note 3" depend on what was cited before and on the numbers that notes
will have. Both are known before anything is rendered: a note style makes one note of each citation
that stands in none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.reader.labels import Part, Reading
from pipeline.reader.own_notes import keeps_notes
from pipeline.reader.tree import Node, nodes


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation of the text. `number` is that of the note it stands in or becomes.

    `repeats` is the citation of which pandoc made this one: notes that are called twice are there
    twice, and the captions of figures are.
    """

    node: Node
    number: int
    in_note: bool
    in_table: bool
    in_picture: bool
    repeats: Node | None = None


@dataclass(slots=True)
class _Walk:
    """How far the counting has come."""

    reading: Reading
    makes_notes: bool
    number: int = 0
    by_label: dict[str, list[Node]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def next_number(self, in_table: bool) -> int:
        """Return the number of a note that begins here; one with a letter counts for none."""
        self.number += not in_table
        return self.number


def citations(reading: Reading, parts: Sequence[Part], makes_notes: bool) -> list[Citation]:
    """Return the citations of parts that are given in reading order."""
    walk = _Walk(reading, makes_notes)
    return [one for part in parts for one in _in_part(walk, part)]


def _in_part(walk: _Walk, part: Part) -> Iterator[Citation]:
    in_table = set(_within_tables(part.blocks))
    captions = dict(_repeated_captions(part.blocks))
    inside: dict[int, tuple[int, Iterator[Node] | None, list[Node]]] = {}
    for node, note in nodes(part.blocks):
        if node["t"] == "Note":
            inside[id(node)] = _entered(walk, node, id(node) in in_table)
        elif node["t"] != "Cite":
            continue
        elif note is not None:
            number, earlier, found = inside[id(note)]
            found.append(node)
            repeats = next(earlier, None) if earlier is not None else None
            yield Citation(node, number, True, id(node) in in_table, False, repeats)
        elif id(node) in captions:
            yield Citation(node, walk.number, False, False, True, captions[id(node)])
        else:
            in_own = id(node) in in_table
            number = walk.next_number(in_own) if walk.makes_notes else walk.number
            yield Citation(node, number, False, in_own, False)


def _entered(
    walk: _Walk, note: Node, in_table: bool
) -> tuple[int, Iterator[Node] | None, list[Node]]:
    """Return a note's number, the citations of its first copy, and where to put its own."""
    label = walk.reading.author_label(note)
    if label is not None and label in walk.by_label:
        return walk.numbers[label], iter(walk.by_label[label]), []
    number = walk.next_number(in_table)
    found: list[Node] = []
    if label is not None:
        walk.by_label[label], walk.numbers[label] = found, number
    return number, None, found


def _within_tables(blocks: Sequence[Node]) -> Iterator[int]:
    """Yield the nodes in tables that keep their notes to themselves."""
    for frame, note in nodes(blocks):
        if note is None and frame["t"] == "Div" and keeps_notes(frame):
            yield from (id(node) for node, _ in nodes(frame["c"]))


def _repeated_captions(blocks: Sequence[Node]) -> Iterator[tuple[int, Node]]:
    """Yield the citations in the pictures of figures, each with the one in the caption."""
    for figure, _ in nodes(blocks):
        if figure["t"] == "Figure":
            _, caption, content = figure["c"]
            yield from zip(map(id, _cited(content)), _cited(caption[1]), strict=False)


def _cited(value: Any) -> list[Node]:
    return [node for node, note in nodes(value) if node["t"] == "Cite" and note is None]
