"""The list of references: where the author asks for it, or as the last section."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.reader.anchors import free_name, highest_level, identifiers
from pipeline.reader.tree import Node

PLACE = "refs"
"""The anchor of the division that says where the list stands."""
CLASS = "references"


def anchors_for(keys: Sequence[str]) -> dict[str, str]:
    """Return an anchor for each entry, made of its key."""
    found: dict[str, str] = {}
    for key in keys:
        plain = "".join(one if one.isalnum() or one in "-_" else "-" for one in key)
        found[key] = free_name(f"ref-{plain}", set(found.values()))
    return found


def asked_for(blocks: Any) -> Node | None:
    """Return the division in which the list is to stand."""
    stack = list(reversed(blocks))
    while stack:
        block = stack.pop()
        if block["t"] == "Div":
            if block["c"][0][0] == PLACE:
                found: Node = block
                return found
            stack += reversed(block["c"][1])
    return None


def fill(division: Node, entries: Sequence[Node]) -> None:
    """Put the entries into the division of the author."""
    (_, classes, _), content = division["c"]
    if CLASS not in classes:
        classes.append(CLASS)
    content += entries


def entry(anchor: str, inlines: Sequence[Node]) -> Node:
    """Return an entry as a block."""
    return {"t": "Div", "c": [[anchor, [], []], [{"t": "Para", "c": list(inlines)}]]}


def section(blocks: Sequence[Node], heading: str, entries: Sequence[Node]) -> list[Node]:
    """Return a last section with the list, on the level of the other sections."""
    name = free_name(CLASS, set(identifiers(blocks)))
    words: list[Node] = [{"t": "Str", "c": heading}]
    title = {"t": "Header", "c": [highest_level(blocks), [name, ["unnumbered"], []], words]}
    return [title, {"t": "Div", "c": [["", [CLASS], []], list(entries)]}]


def linked(inlines: Any, anchors: Mapping[str, str]) -> None:
    """Lead the links of citations to the anchors of the entries."""
    stack = [inlines]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += item
        elif isinstance(item, dict):
            content: Any = item.get("c")
            if item.get("t") == "Link" and content[2][0].startswith("#ref-"):
                key = content[2][0].removeprefix("#ref-")
                content[2] = [f"#{anchors.get(key, key)}", content[2][1]]
            stack.append(content)
