"""Finds lines that look like the beginning of something but that pandoc read as running text."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from pipeline.problems import Problem, problem
from pipeline.reader.labels import Reading
from pipeline.reader.tree import Node, nodes, plain_text

BEGINS_BLOCK = re.compile(r"(\#{1,6}|:{3,}|>|\||\+[-=]{3,})(?=\s|$|[-=+:{\w])")
BEGINS_LIST = re.compile(r"([-+*]|\d{1,3}[.)])\s")
MARKED = re.compile(r"[\[<`{&\\@!~^]")
"""What begins something of which not every sign is printed."""
ALONE = re.compile(r"(:{3,}|:(?=\s|$)|\+[-=]{3,}\+|\|[-:|]{3,})")
"""What never begins a paragraph, unless a box, table, caption or definition is malformed."""
SET_IN = ", set it in exactly as far as the text of its list item or note,"


def glued(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each such line."""
    lines = reading.source.text.split("\n")
    for part in reading.parts:
        for paragraph in _paragraphs(part.blocks):
            if not plain_text(paragraph["c"]).strip():
                continue  # A picture alone has no words by which its line could be told.
            first = reading.place_of(paragraph)[0]
            for number in range(first, first + 1 + _breaks(paragraph)):
                line = lines[number - 1] if number <= len(lines) else ""
                found = _sign(line, number == first, lines[first - 1])
                if found and (
                    _has_words(paragraph, found[2])
                    if number > first
                    else _has_sign(paragraph, found[2])
                ):
                    code, column, sign = found
                    near = SET_IN if line[: column - 1].endswith(("  ", "\t")) else ""
                    yield problem(code, reading.source.path, number, column, text=sign, near=near)


def _paragraphs(blocks: Any) -> Iterator[Node]:
    """Yield the paragraphs, notes included, outside of tables, whose cells share their lines."""
    stack = [blocks]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict) and item["t"] in {"Para", "Plain"}:
            yield item
            stack += [node["c"] for node, _ in nodes(item["c"]) if node["t"] == "Note"]
        elif isinstance(item, dict) and item["t"] != "Table":
            stack.append(item.get("c"))


def _has_words(paragraph: Node, beginning: str) -> bool:
    """Tell whether a paragraph has the words of a line, as far as they are sure to be printed.

    Among the same words many times over the place of a paragraph may be mistaken.
    """
    words = "".join(filter(str.isalnum, MARKED.split(beginning)[0]))
    return words in "".join(filter(str.isalnum, plain_text(paragraph["c"])))


def _has_sign(paragraph: Node, sign: str) -> bool:
    """Tell whether a paragraph has the colons of its line, which may begin a box or definition."""
    beginning = plain_text(paragraph["c"][:1])
    return beginning.startswith(":") or not sign.startswith(":")


def _breaks(paragraph: Node) -> int:
    """Return how many lines a paragraph goes on for."""
    return sum(
        node["t"] in {"SoftBreak", "LineBreak"}
        for node, note in nodes(paragraph["c"])
        if note is None
    )


def _sign(line: str, is_first: bool, first: str) -> tuple[str, int, str] | None:
    """Return code, column and text of the sign that a line begins with."""
    start = _content(line, _quotes(first))
    if is_first:
        match = ALONE.match(line, start)
        shown = match[0] if match and match[0] != ":" else line[start : start + 20].strip()
        return ("structure-glued", start + 1, shown) if match else None
    if match := BEGINS_BLOCK.match(line, start):
        return "structure-glued", start + 1, line[start : start + 20].strip()
    if match := BEGINS_LIST.match(line, start):
        return "structure-glued-list", start + 1, line[start : start + 20].strip()
    return None


def _quotes(line: str) -> int:
    return "".join(takewhile(lambda char: char in " \t>", line)).count(">")


def _content(line: str, quotes: int) -> int:
    """Return where the text of a line begins behind at most so many signs of a quote."""
    match = re.match(rf"[ \t]*(?:>[ \t]*){{0,{quotes}}}", line)
    return match.end() if match else 0
