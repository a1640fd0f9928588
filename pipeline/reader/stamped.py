"""What became of the stamps in pandoc's tree: which note is which definition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.reader.document import NoteKey, Stamps
from pipeline.reader.tree import Node, nodes

KEY = re.compile(r'note="(\d+)-(\d+)"')
RAW = {"Code", "CodeBlock", "RawInline", "RawBlock"}


@dataclass(slots=True)
class Recovered:
    """Notes are named by the identity of their nodes."""

    keys: dict[int, NoteKey] = field(default_factory=dict)
    """The definition of each note."""
    missing: dict[int, int] = field(default_factory=dict)
    """For each note that stands in for an undefined one, its index among the missing labels."""
    strays: set[NoteKey] = field(default_factory=set)
    """Definitions that pandoc read as running text."""
    code: set[NoteKey] = field(default_factory=set)
    """Definitions that pandoc read as code or raw text: they are none."""


def recover(blocks: Sequence[Node], stamps: Stamps) -> Recovered:
    """Find the stamps in the tree and take them out."""
    found = Recovered()
    for node, _ in nodes(blocks):
        if node["t"] == "Note":
            _take(node, stamps, found)
        elif key := stamps.of(node, "note"):
            found.strays.add(_as_key(key))
            node.update(t="Str", c="")
        elif stamps.of(node, "missing"):
            node.update(t="Str", c="")
        elif node["t"] in RAW and stamps.word in node["c"][1]:
            found.code |= set(_keys_in(node["c"][1]))
    return found


def _take(note: Node, stamps: Stamps, found: Recovered) -> None:
    """Take the stamp out of the first paragraph of a note; an inline note has none."""
    blocks = note["c"]
    inlines = blocks[0]["c"] if blocks and blocks[0]["t"] in {"Para", "Plain"} else []
    if not inlines:
        return
    if key := stamps.of(inlines[0], "note"):
        found.keys[id(note)] = _as_key(key)
    elif index := stamps.of(inlines[0], "missing"):
        found.missing[id(note)] = int(index)
    else:
        return
    del blocks[0]


def _as_key(text: str) -> NoteKey:
    piece, definition = text.split("-")
    return int(piece), int(definition)


def _keys_in(text: str) -> Iterator[NoteKey]:
    for match in KEY.finditer(text):
        yield int(match[1]), int(match[2])
