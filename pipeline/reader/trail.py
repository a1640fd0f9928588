"""The words of a document tree in reading order, and with which word each node begins and ends."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from pipeline.reader.tree import Node

WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Visit:
    """A node, a list item, a term or a table row, with the words it has: from `first` to `last`."""

    node: Any
    kind: str
    first: int
    last: int = 0
    in_table: bool = False


@dataclass(slots=True)
class Trail:
    """What a walk over a tree leaves behind, without what stands elsewhere in the source."""

    apart: Container[int]
    in_table: bool = False
    words: list[str] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    captions: list[tuple[Visit, Any]] = field(default_factory=list)


def trail(value: Any, apart: Container[int]) -> Trail:
    """Walk over blocks or inlines; `apart` are notes whose text stands elsewhere."""
    made = Trail(apart)
    _walk_all(made, value)
    return made


def _walk_all(made: Trail, items: Any) -> None:
    for item in items:
        _walk(made, item)


def _part(made: Trail, node: Any, kind: str, content: Any) -> Visit:
    visit = Visit(node, kind, len(made.words), in_table=made.in_table)
    made.visits.append(visit)
    _walk_all(made, content)
    visit.last = len(made.words)
    return visit


def _walk(made: Trail, node: Node) -> None:
    kind = node["t"]
    content: Any = node.get("c")
    match kind:
        case "Str":
            made.words += WORD.findall(content)
        case "Space" | "SoftBreak" | "LineBreak":
            pass
        case "RawInline" | "RawBlock" if content[1].lstrip().startswith("<!--"):
            _part(made, node, kind, [])
        case "Code" | "CodeBlock" | "RawInline" | "RawBlock":
            _part(made, node, kind, [{"t": "Str", "c": content[1]}])
        case "Note" if id(node) in made.apart:
            _part(made, node, kind, [])
        case "Header":
            _part(made, node, kind, content[2])
        case "Link" | "Image" | "Span" | "Div" | "Quoted" | "Cite":
            _part(made, node, kind, content[1])
        case "LineBlock":
            _part(made, node, kind, [inline for line in content for inline in line])
        case "BulletList":
            _list(made, node, content)
        case "OrderedList":
            _list(made, node, content[1])
        case "DefinitionList":
            _definitions(made, node, content)
        case "Figure":
            _figure(made, node)
        case "Table":
            _table(made, node)
        case _:
            _part(made, node, kind, content if isinstance(content, list) else [])


def _open(made: Trail, node: Node) -> Visit:
    visit = Visit(node, node["t"], len(made.words))
    made.visits.append(visit)
    return visit


def _list(made: Trail, node: Node, items: Any) -> None:
    visit = _open(made, node)
    for item in items:
        _part(made, item, "item", item)
    visit.last = len(made.words)


def _definitions(made: Trail, node: Node, entries: Any) -> None:
    visit = _open(made, node)
    for entry in entries:
        _part(made, entry, "item", entry[0])
        for definition in entry[1]:
            _walk_all(made, definition)
    visit.last = len(made.words)


def _figure(made: Trail, node: Node) -> None:
    """The caption is what stands in the source; pandoc repeats it as the content of the picture."""
    visit = _open(made, node)
    _, caption, blocks = node["c"]
    for block in blocks:
        for inline in block["c"] if block["t"] in {"Plain", "Para"} else []:
            _part(made, inline, inline["t"], [])
    _walk_all(made, caption[1])
    visit.last = len(made.words)


def _table(made: Trail, node: Node) -> None:
    """The caption may stand above or below the table, so it is looked for afterwards."""
    visit = _open(made, node)
    _, caption, _, head, bodies, foot = node["c"]
    rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
    made.in_table = True
    for row in rows:
        row_visit = Visit(row, "row", len(made.words))
        made.visits.append(row_visit)
        for cell in row[1]:
            _walk_all(made, cell[4])
        row_visit.last = len(made.words)
    made.in_table = False
    visit.last = len(made.words)
    made.captions.append((visit, caption[1]))
