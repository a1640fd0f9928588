"""Finds captions of tables without text: pandoc takes the word or the colon and prints nothing."""

import re
from collections.abc import Iterator, Sequence

from pipeline.problems import Problem, problem
from pipeline.reader.labels import Reading
from pipeline.reader.tree import Node, nodes

EMPTY = re.compile(r"[ \t>]*(?:\[\^[^\]\s]+\]:[ \t]*)?((?:[Tt]able)?:)[ \t]*")
BLANK = re.compile(r"[ \t>]*")


def empty_captions(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each line that is a caption and nothing more."""
    lines = reading.source.text.split("\n")
    for part in reading.parts:
        for node, _ in nodes(part.blocks):
            if node["t"] == "Table" and not node["c"][1][1]:
                first, last = _rows(reading, node)
                for number in (_beside(lines, first, -1), _beside(lines, last, 1)):
                    match = EMPTY.fullmatch(lines[number - 1]) if number else None
                    if match:
                        place = number, match.start(1) + 1
                        yield problem(
                            "structure-caption", reading.source.path, *place, text=match[1]
                        )


def _rows(reading: Reading, table: Node) -> tuple[int, int]:
    """Return the lines of the first and the last row."""
    _, _, _, head, bodies, foot = table["c"]
    rows = [*head[1], *(row for body in bodies for part in body[2:] for row in part), *foot[1]]
    numbers = [reading.place_of(row)[0] for row in rows]
    return min(numbers, default=0), max(numbers, default=0)


def _beside(lines: Sequence[str], number: int, step: int) -> int:
    """Return the line that may be the caption of a table with a row in a line; 0 if none is."""
    while 0 < number <= len(lines) and not BLANK.fullmatch(lines[number - 1]):
        number += step
        if 0 < number <= len(lines) and EMPTY.fullmatch(lines[number - 1]):
            return number
    while 0 < number <= len(lines) and BLANK.fullmatch(lines[number - 1]):
        number += step
    return number if 0 < number <= len(lines) else 0
