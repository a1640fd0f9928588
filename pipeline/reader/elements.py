"""What the body numbers, figures, tables and sections, and the anchors that refer to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from pipeline import numbers
from pipeline.reader.tree import Node, nodes

FRAMES: Mapping[str, numbers.Kind] = {"figure": "figure", "table": "table"}
"""Classes of a division that holds a figure or a table with the lines under it."""
KINDS: Mapping[str, numbers.Kind] = {"Figure": "figure", "Table": "table"}
"""Kinds by pandoc's nodes."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A figure, a table or a section with its number."""

    kind: numbers.Kind | Literal["section"]
    number: str


@dataclass(frozen=True, slots=True)
class Elements:
    """What is numbered, by the identity of its node and by its anchor."""

    by_node: Mapping[int, Numbered]
    by_anchor: Mapping[str, Numbered]


def elements(
    body: Sequence[Node],
    headings: Sequence[tuple[Node, int]] = (),
    anchors: Mapping[str, str] = MappingProxyType({}),
) -> Elements:
    """Number the figures and tables of the body, and the headings, each given with its level.

    `anchors` are the identifiers of pandoc that are replaced.
    """
    found = list(_captioned(body))
    counted = numbers.count(KINDS[node["t"]] for node, _ in found)
    by_node: dict[int, Numbered] = {}
    by_anchor: dict[str, Numbered] = {}
    for (node, names), number in zip(found, counted, strict=True):
        one = by_node[id(node)] = Numbered(KINDS[node["t"]], str(number))
        by_anchor |= dict.fromkeys(names, one)
    counted_sections = numbers.sections(level for _, level in headings)
    for (node, _), section in zip(headings, counted_sections, strict=True):
        one = by_node[id(node)] = Numbered("section", section)
        name = node["c"][1][0]
        by_anchor[anchors.get(name, name)] = one
    return Elements(by_node, by_anchor)


def _captioned(body: Sequence[Node]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """Yield figures and tables with captions, each with its anchors: its own, or of its frame."""
    frames: dict[int, str] = {}
    for node, note in nodes(body):
        if node["t"] == "Div" and frame_of(node):
            inner = next((one for one in node["c"][1] if one["t"] in KINDS), None)
            frames[id(inner)] = node["c"][0][0]
        elif node["t"] in KINDS and note is None and node["c"][1][1]:
            names = (node["c"][0][0], frames.get(id(node), ""))
            yield node, tuple(filter(None, names))


def frame_of(division: Node) -> numbers.Kind | None:
    """Return what a division is the frame of, if it is one."""
    return next((FRAMES[name] for name in division["c"][0][1] if name in FRAMES), None)
