"""Ways through pandoc's tree: nodes are `{"t": type, "c": content}` (pandoc-types 1.23)."""

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
Attributes = list[Any]
"""Identifier, classes, pairs of keys and values."""


def attribute(attributes: Attributes, key: str) -> str | None:
    """Return the value of a key."""
    for name, value in attributes[2]:
        if name == key:
            return str(value)
    return None


def nodes(value: Any, note: Node | None = None) -> Iterator[tuple[Node, Node | None]]:
    """Yield every node in the order of the tree, with the innermost note it stands in."""
    stack: list[tuple[Iterator[Any], Node | None]] = [(iter((value,)), note)]
    while stack:
        # Most items are words and spaces, and every pass over a brief goes by here.
        rest, inside = stack[-1]
        for item in rest:
            content = item
            within = inside
            if isinstance(item, dict):
                if "t" in item:
                    yield item, inside
                content = item.get("c")
                within = item if item.get("t") == "Note" else inside
            if isinstance(content, list):
                stack.append((iter(content), within))
                break
            if isinstance(content, dict):
                stack.append((iter((content,)), within))
                break
        else:
            stack.pop()


def plain_text(value: Any) -> str:
    """Return the text of inlines on one line, notes left out."""
    parts: list[str] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            match item["t"]:
                case "Str":
                    parts.append(item["c"])
                case "Code":
                    parts.append(item["c"][1])
                case "Space" | "SoftBreak" | "LineBreak":
                    parts.append(" ")
                case "Note" | "RawInline" | "Math":
                    pass
                case "Quoted" | "Link" | "Image" | "Span" | "Cite":
                    stack.append(item["c"][1])
                case _:
                    stack.append(item.get("c"))
    return " ".join("".join(parts).split())


def depth(value: Any) -> int:
    """Return how many levels of lists and records lie in one another."""
    deepest = 0
    stack = [(value, 1)]
    while stack:
        item, level = stack.pop()
        deepest = max(deepest, level)
        children = item.values() if isinstance(item, dict) else item
        stack += [(child, level + 1) for child in children if isinstance(child, (dict, list))]
    return deepest


def drop_repeated_calls(blocks: Any) -> None:
    """Take the notes out of pictures in figures: pandoc repeats the caption as their content."""
    for node, _ in nodes(blocks):
        if node["t"] == "Figure":
            _drop_notes(node["c"][2])


def _drop_notes(items: list[Any]) -> None:
    items[:] = [item for item in items if not (isinstance(item, dict) and item.get("t") == "Note")]
    for item in items:
        inner = item.get("c") if isinstance(item, dict) else item
        if isinstance(inner, list):
            _drop_notes(inner)
