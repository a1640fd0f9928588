"""Heading levels and identifiers, which depend on the whole body."""

import re
from collections.abc import Iterator, Sequence

from pipeline.reader.blocks import BOX_KINDS
from pipeline.reader.tree import Node, nodes, plain_text

NOT_LETTERS = re.compile(r"^[\W\d_]+")


def highest_level(body: Sequence[Node]) -> int:
    """Return the level of the highest section heading; titles of boxes do not count."""
    return min((node["c"][0] for node in _section_headings(body)), default=1)


def numbered_headings(body: Sequence[Node]) -> list[tuple[Node, int]]:
    """Return the section headings that may be numbered, each with its level from 1."""
    highest = highest_level(body)
    return [
        (node, min(node["c"][0] - highest + 1, 3))
        for node in _section_headings(body)
        if "unnumbered" not in node["c"][1][1] and plain_text(node["c"][2])
    ]


def _section_headings(blocks: Sequence[Node]) -> list[Node]:
    found: list[Node] = []
    for block in blocks:
        if block["t"] == "Header":
            found.append(block)
        elif block["t"] == "Div" and not set(BOX_KINDS) & set(block["c"][0][1]):
            found += _section_headings(block["c"][1])
    return found


def replaced_anchors(body: Sequence[Node], source: str) -> dict[str, str]:
    """Return new identifiers for headings with calls: pandoc makes the labels part of theirs."""
    taken = set(identifiers(body))
    replaced: dict[str, str] = {}
    for node, _ in nodes(body):
        if node["t"] != "Header":
            continue
        _, (identifier, _, _), content = node["c"]
        calls = any(one["t"] == "Note" for one, _ in nodes(content))
        if calls and f"#{identifier}" not in source:
            wanted = identifier_for(plain_text(content))
            free = free_name(wanted, taken - {identifier})
            taken = (taken - {identifier}) | {free}
            replaced[identifier] = free
    return replaced


def identifiers(body: Sequence[Node]) -> Iterator[str]:
    """Yield every identifier in the body, chosen or made."""
    for node, _ in nodes(body):
        if node["t"] == "Header":
            yield node["c"][1][0]
        elif node["t"] in {"Div", "Span", "Figure", "Table"}:
            yield node["c"][0][0]


def identifier_for(text: str) -> str:
    """Return the identifier that pandoc makes of a heading (manual, extension auto_identifiers)."""
    kept = "".join(one for one in text if one.isalnum() or one in "_-. \t").lower()
    return NOT_LETTERS.sub("", "-".join(kept.split())) or "section"


def free_name(wanted: str, taken: set[str]) -> str:
    """Return a name that is not taken, with a number behind it where it has to be."""
    name, number = wanted, 0
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
