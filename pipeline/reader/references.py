"""Cross-references: links without text to the label of a note."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from pipeline.reader.document import NoteKey
from pipeline.reader.marks import Marks
from pipeline.reader.pieces import Piece
from pipeline.reader.places import Places
from pipeline.reader.tree import Node, nodes

CROSS_REFERENCE = "#fn:"

Group = tuple[str, int | None]
"""The label that is referred to, and the note in which that happens."""


def cross_reference(node: Node) -> str | None:
    """Return the label that a link without text to `#fn:label` names."""
    if node["t"] != "Link" or node["c"][1] or not node["c"][2][0].startswith(CROSS_REFERENCE):
        return None
    return unquote(node["c"][2][0].removeprefix(CROSS_REFERENCE))


def exact_places(
    parts: Sequence[tuple[Piece, Marks, Sequence[Node]]], keys: Mapping[int, NoteKey]
) -> Places:
    """Return the places of cross-references as the scan saw them, where it saw as many.

    They have no words by which they could be found, and cells of several lines mix their order.
    """
    places: Places = {}
    marked = [_marked(piece, marks) for piece, marks, _ in parts]
    for index, (_, _, blocks) in enumerate(parts):
        for (label, note), group in _groups(blocks, keys).items():
            home, inside = keys[note] if note is not None else (index, None)
            starts = marked[home].get((label, inside), [])
            if len(starts) == len(group):
                places |= {id(node): start for node, start in zip(group, starts, strict=True)}
    return places


def _marked(piece: Piece, marks: Marks) -> dict[Group, list[int]]:
    found: dict[Group, list[int]] = {}
    for mark in marks.marks:
        if mark.kind == "reference":
            found.setdefault((mark.text, mark.inside), []).append(piece.offset(mark.start))
    return found


def _groups(blocks: Sequence[Node], keys: Mapping[int, NoteKey]) -> dict[Group, list[Node]]:
    found: dict[Group, list[Node]] = {}
    for label, node, note in _references(blocks):
        apart = id(note) if note and id(note) in keys else None
        found.setdefault((label, apart), []).append(node)
    return found


def _references(blocks: Sequence[Node]) -> Iterator[tuple[str, Node, Node | None]]:
    for node, note in nodes(blocks):
        label = cross_reference(node)
        if label is not None:
            yield label, node, note
