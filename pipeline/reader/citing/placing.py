"""Puts rendered citations into the text: as notes, raised, in brackets, or as they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pipeline.reader.citing.order import Citation
from pipeline.reader.tree import Node, nodes, plain_text

BEFORE_PUNCTUATION = frozenset({"be", "es", "fr", "pl", "ru", "uk"})
"""Languages in which the call of a note stands before a full stop or comma, not behind it."""
PUNCTUATION = re.compile(r"[.,;:!?…]+")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»“)]*$")
CLAUSE_END = re.compile(r"[:;]$")
UNKNOWN: Node = {"t": "Str", "c": "?"}
"""What stands for a citation that is wrong, so that the rest can still be checked."""
SPACES = {"Space", "SoftBreak"}
RAISED = {"Note", "Superscript"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A citation with what is printed for it."""

    citation: Citation
    inlines: Sequence[Node]


def place_all(value: Any, by_node: Mapping[int, Placed], lang: str) -> None:
    """Replace every citation in a tree by what is printed for it."""
    for items in _lists(value):
        if any(isinstance(one, dict) and one.get("t") == "Cite" for one in items):
            items[:] = _placed(items, by_node, lang)
    for node, _ in nodes(value):
        if node["t"] == "Link":
            _unlink(node["c"][1])


def _unlink(inlines: list[Node]) -> None:
    """Leave nothing of the links of citations within another link but their text."""
    inlines[:] = [
        inner for node in inlines for inner in (node["c"][1] if node["t"] == "Link" else [node])
    ]
    for node in inlines:
        content: Any = node.get("c")
        if node["t"] in ("Quoted", "Span"):
            _unlink(content[1])
        elif (
            node["t"] != "Note"
            and isinstance(content, list)
            and content
            and isinstance(content[0], dict)
        ):
            _unlink(content)


def _lists(value: Any) -> list[list[Any]]:
    """Return every list in a tree, the inner ones of a citation left out."""
    found: list[list[Any]] = []
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            found.append(item)
            stack += item
        elif isinstance(item, dict) and item.get("t") != "Cite":
            stack.append(item.get("c"))
    return found


def _placed(items: Sequence[Node], by_node: Mapping[int, Placed], lang: str) -> list[Node]:
    made: list[Node] = []
    rest = list(items)
    while rest:
        node = rest.pop(0)
        placed = by_node.get(id(node))
        if node["t"] != "Cite":
            made.append(node)
        elif placed and placed.citation.in_note and _has_note(placed):
            made += _in_note(placed, made, rest)
        elif placed and placed.citation.in_picture:
            made += [one for one in deepcopy(list(placed.inlines)) if one["t"] != "Note"]
        elif placed:
            _append(made, list(placed.inlines), rest, lang)
        else:
            made.append(dict(UNKNOWN))
    return made


def _has_note(placed: Placed) -> bool:
    return any(node["t"] == "Note" for node in placed.inlines)


def _append(made: list[Node], inlines: list[Node], rest: list[Node], lang: str) -> None:
    """Add a citation to running text: a raised one goes close to its word, and behind a comma."""
    raised = bool(inlines) and inlines[-1]["t"] in RAISED
    spaced = raised and len(inlines) == 1 and bool(made) and made[-1]["t"] in SPACES
    if spaced:
        made.pop()
    if raised and inlines[-1]["t"] == "Superscript" and made and made[-1]["t"] in RAISED:
        made.append({"t": "Superscript", "c": [{"t": "Str", "c": ","}]})
    made += inlines
    moves = spaced or (raised and len(inlines) > 1)
    if moves and lang.split("-")[0].lower() not in BEFORE_PUNCTUATION:
        at = _first_raised(made)
        made[at:at] = _taken(rest)


def _first_raised(made: Sequence[Node]) -> int:
    """Return where the calls begin that stand side by side at the end."""
    index = len(made)
    while index and made[index - 1]["t"] in RAISED:
        index -= 1
    return index


def _taken(rest: list[Node]) -> Iterator[Node]:
    """Take the punctuation off the beginning of what follows."""
    match = PUNCTUATION.match(rest[0]["c"]) if rest and rest[0]["t"] == "Str" else None
    if match:
        after = rest[0]["c"][match.end() :]
        rest[0:1] = [{**rest[0], "c": after}] if after else []
        yield {"t": "Str", "c": match[0]}


def _in_note(placed: Placed, made: Sequence[Node], rest: list[Node]) -> list[Node]:
    """Return a citation as it stands in a note of the author's, where no other note can be.

    At the beginning of a sentence it is one itself; within one it stands in brackets.
    """
    found = [one for node in placed.inlines for one in _unpacked(node)]
    before = plain_text(list(made))
    begins = not before or bool(SENTENCE_END.search(before)) or made[-1]["t"] == "LineBreak"
    author = [node for node in placed.inlines if node["t"] != "Note"]
    if author:
        return [*author, {"t": "Space"}, *_bracketed(found[len(author) :])]
    if begins or CLAUSE_END.search(before):
        return _ended(_capital(found) if begins else _as_written(placed, found), rest)
    return _bracketed(_as_written(placed, found))


def _unpacked(node: Node) -> list[Node]:
    if node["t"] != "Note":
        return [node]
    found = [one for paragraph in node["c"] for one in paragraph["c"]]
    return found[1:] if found and found[0]["t"] == "Space" else found


def _capital(found: list[Node]) -> list[Node]:
    """Begin with a capital letter, as a note of the style does."""
    first: Any = found[0].get("c") if found else None
    if isinstance(first, str):
        return [{**found[0], "c": first[:1].upper() + first[1:]}, *found[1:]]
    return found


def _as_written(placed: Placed, found: list[Node]) -> list[Node]:
    """Give the author's own word, which a note capitalises, the letter that the author wrote."""
    prefix = placed.citation.node["c"][0][0]["citationPrefix"]
    first = prefix[0] if prefix and prefix[0]["t"] == "Str" else None
    if first and found and found[0]["t"] == "Str" and found[0]["c"].lower() == first["c"].lower():
        return [first, *found[1:]]
    return found


def _bracketed(found: list[Node]) -> list[Node]:
    return [{"t": "Str", "c": "("}, *_without_stop(found), {"t": "Str", "c": ")"}]


def _ended(found: list[Node], rest: list[Node]) -> list[Node]:
    """Return a citation with one full stop at the most between it and what follows."""
    following = plain_text(rest)
    if not following:
        return found
    spaced = rest[0]["t"] in SPACES
    if spaced and following[0].isupper():
        return found
    bare = _without_stop(found)
    if following.startswith(".") and not spaced and plain_text(bare).endswith("."):
        rest[0] = {**rest[0], "c": rest[0]["c"][1:]}
    return bare


def _without_stop(found: list[Node]) -> list[Node]:
    """Leave out the full stop that the style puts behind a note; one of an abbreviation stays."""
    return found[:-1] if found and found[-1] == {"t": "Str", "c": "."} else found
