"""A plain text as chunks: what stands between empty lines, joined where lines were wrapped.

Mail programs break lines at about 72 characters; web pages have a line for each paragraph. What a
manuscript does shows in its lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.intake.sheet import Sheet

WIDEST = 100
"""Characters of a line that was still broken by a program, and not by its author."""
NARROWEST = 50
ITEM = re.compile(
    r"(?P<sign>[-*•–·‣◦])[ \t]+(?=\S)|(?P<numeral>\(?(?:\d{1,3}|[a-z])[.)])[ \t]+(?=\S)"
)
"""The sign of a bullet list, or the numeral of an item, at the beginning of a line."""
QUOTED = re.compile(r"(?:>[ ]?)+")
HYPHEN = re.compile(r"\w-$")
"""The end of a line that was broken within a word."""
RULE = re.compile(r"[ \t]*([-*_=~—–])(?:[ \t]*\1){2,}[ \t]*")
"""A line of nothing but strokes or stars."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the spaces around it; `start` is where its text begins."""

    start: int
    text: str
    indent: int
    quotes: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines that make one paragraph, heading or item. `offsets` are where they begin."""

    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """Where it begins in the manuscript."""
        return self.lines[0].start

    @property
    def text(self) -> str:
        """Its text on one line; a line that ends with a hyphen goes on without a space."""
        made = ""
        for line in self.lines:
            joint = "" if not made or HYPHEN.search(made) else " "
            made += joint + line.text
        return made

    @property
    def quotes(self) -> int:
        """How deep it is quoted, by the signs of mail programs."""
        return self.lines[0].quotes


def chunks(sheet: Sheet) -> list[Chunk]:
    """Return the chunks of a text in their order."""
    groups = list(_groups(sheet))
    width = _width(groups)
    return [chunk for group in groups for chunk in _divided(group, width)]


def _groups(sheet: Sheet) -> Iterator[list[Line]]:
    """Yield the lines between empty lines."""
    group: list[Line] = []
    position = 0
    for raw in sheet.text.split("\n"):
        line = _line(raw, position)
        position += len(raw) + 1
        if not line.text or (group and line.quotes != group[-1].quotes):
            if group:
                yield group
            group = []
        if line.text:
            group.append(line)
    if group:
        yield group


def _line(raw: str, position: int) -> Line:
    quoted = QUOTED.match(raw)
    marks = quoted[0] if quoted else ""
    rest = raw[len(marks) :]
    text = rest.strip()
    indent = len(rest) - len(rest.lstrip())
    return Line(position + len(marks) + indent, text, indent, marks.count(">"))


def _width(groups: list[list[Line]]) -> int:
    """Return the width at which lines were wrapped; 0 where each line is a paragraph."""
    wrapped = [len(line.text) + line.indent for group in groups for line in group[:-1]]
    if not wrapped:
        return 0
    longest = max(len(line.text) + line.indent for group in groups for line in group)
    usual = sorted(wrapped)[len(wrapped) * 3 // 4]
    return usual if longest <= 2 * WIDEST and NARROWEST <= usual <= WIDEST else 0


def _divided(group: list[Line], width: int) -> Iterator[Chunk]:
    """Yield the paragraphs of a group: one line each, or as many as were wrapped from one."""
    lines: list[Line] = []
    for line in group:
        if lines and not _goes_on(lines, line, width):
            yield Chunk(tuple(lines))
            lines = []
        lines.append(line)
    yield Chunk(tuple(lines))


def _goes_on(lines: list[Line], line: Line, width: int) -> bool:
    """Tell whether a line was broken off the one before it because it did not fit there."""
    before = lines[-1]
    if width and HYPHEN.search(before.text):
        return True
    if not width or is_entry(line.text) or RULE.fullmatch(line.text):
        return False
    if ITEM.match(line.text) and (line.indent <= before.indent or ITEM.match(lines[0].text)):
        return False
    first = line.text.split()[0]
    room = width - before.indent - len(before.text)
    return len(first) + 1 > room - width // 8


ENTRY = re.compile(
    r"(?:\[\^?(?P<bracket>\d{1,3})\]:?|(?P<raised>[¹²³⁰⁴-⁹]{1,3})|\^(?P<caret>\d{1,3})\^?"
    r"|\((?P<round>\d{1,3})\)|(?P<dot>\d{1,3})[.)])[ \t\u00a0]*"
)
"""The number before a note."""


def is_entry(text: str) -> bool:
    """Tell whether a line begins with a number in brackets, or a raised one, as notes do."""
    found = ENTRY.match(text)
    return found is not None and found.lastgroup in ("bracket", "raised", "caret")
