"""Lines of Markdown broken to a width, as cells of a grid table need them."""

import re

from pipeline.intake.markdown.signs import OPENING

PREFIX = re.compile(r"(?:> | {4}|- {3}|\(?\w{1,4}[.)] +)*")
"""What stands before the text of a line: signs of quotations and lists."""
GAP = re.compile(r"(?<!\\) +")
"""Spaces at which a line may end."""
FENCE = re.compile(r"`{3}|~{3}|\*+$")
"""What begins a piece of code, or is read as the sign of a list, where it begins a line."""


def wrapped(lines: list[str], width: int) -> list[str]:
    """Return lines of running text that are no longer than a width, as far as words allow."""
    return [
        part for line in lines for part in (_broken(line, width) if len(line) > width else [line])
    ]


def _broken(line: str, width: int) -> list[str]:
    found = PREFIX.match(line)
    first = found[0] if found else ""
    rest = re.sub(r"[^> ]", " ", first)
    words = GAP.split(line[len(first) :].rstrip())
    made = [first + words[0]]
    for word in words[1:]:
        if len(made[-1]) + 1 + len(word) > width and not _begins_something(word):
            made.append(rest + word)
        else:
            made[-1] += f" {word}"
    return made


def _begins_something(word: str) -> bool:
    """Tell whether a word would be read as the beginning of a list or a heading in a new line."""
    return OPENING.match(f"{word} ") is not None or FENCE.match(word) is not None
