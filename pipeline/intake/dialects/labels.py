"""Notes of Markdown that has none: numbers in the text, and a numbered list at its end.

They become notes of Markdown, `[^n1]`, before the text is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.intake.tongues import is_notes_heading

FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\s]+\]:", re.MULTILINE)
DEFINITION = re.compile(
    r" {0,3}(?:\[(?P<b>\d{1,3})\]:?|\*\*\[?(?P<s>\d{1,3})\]?[.:]?\*\*|(?P<d>\d{1,3})[.)]"
    r"|<sup>\[?(?P<h>\d{1,3})\]?</sup>|\^\[?(?P<r>\d{1,3})\]?\^)(?:[ \t]+|$)"
)
"""A number at the beginning of a line, in the five ways in which people write it."""
CALL = re.compile(
    r"\\.|`[^`\n]+`|(?<![\]!\\])\[(?P<b>\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\](?![(\[:])"
    r"|<sup>\[?(?P<h>\d{1,3}(?:, ?\d{1,3})*)\]?</sup>|\^\[?(?P<r>\d{1,3}(?:, ?\d{1,3})*)\]?\^"
)
HERE = re.compile(
    r"```.*?```|`[^`\n]+`|\\.|\^\[([^\[\]\n]+(?:\[[^\]\n]*\][^\[\]\n]*)*)\]", re.DOTALL
)
FENCE = re.compile(r" {0,3}(?:```|~~~)")
HEADING = re.compile(r" {0,3}(?:#{1,6}[ \t]|\*\*[^*]+\*\*[ \t]*$)")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered note: its number, and its lines without it."""

    number: int
    lines: tuple[str, ...]


def with_labels(text: str) -> str:
    """Return the text with notes that are written where they are called as notes at its end."""
    notes: list[str] = []

    def note(match: re.Match[str]) -> str:
        if not match[1]:
            return match[0]
        notes.append(match[1])
        return f"[^here-{len(notes)}]"

    made = HERE.sub(note, text)
    told = (f"\n[^here-{number}]: {said}\n" for number, said in enumerate(notes, start=1))
    return "".join([made, "\n" if notes else "", *told])


def labelled(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text with its numbered notes as notes of Markdown, and the numbers never called.

    A text that has such notes already, or none, comes back as it was.
    """
    lines = text.split("\n")
    start = _start(lines)
    if FOOTNOTE.search(text) or start is None:
        return text, ()
    heading, first = start
    entries, end = _entries(lines, first)
    known = {entry.number for entry in entries}
    called: set[int] = set()
    before = "\n".join(_called(lines[:heading], known, called))
    after = "\n".join(_called(lines[end:], known, called))
    if not called:
        return text, ()
    made = [before.rstrip("\n"), *(_note(entry) for entry in entries if entry.number in called)]
    lost = tuple(entry for entry in entries if entry.number not in called)
    made += [f"\\[{entry.number}\\] " + "\n".join(entry.lines).strip() for entry in lost]
    return "\n\n".join([*made, after]) + "\n", tuple(entry.number for entry in lost)


def _start(lines: list[str]) -> tuple[int, int] | None:
    """Return the lines of the heading of the notes and of the first of them."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for place in range(len(filled) - 1, 0, -1):
        number, before = filled[place], filled[place - 1]
        if not DEFINITION.match(lines[number]):
            continue
        if UNDERLINE.match(lines[before]) and place > 1:
            before = filled[place - 2]
        if is_notes_heading(lines[before]):
            return before, number
    for number in reversed(filled[1:]):
        found = DEFINITION.match(lines[number])
        if found and found["b"] == "1" and not lines[number - 1].strip():
            return number, number
    return None


def _entries(lines: list[str], first: int) -> tuple[list[Entry], int]:
    """Return the notes from a line on, and the line behind the last of them."""
    entries: list[tuple[int, list[str]]] = []
    opening = DEFINITION.match(lines[first])
    form = opening.lastgroup if opening else None
    number = first
    while number < len(lines) and not (HEADING.match(lines[number]) and number > first):
        found = DEFINITION.match(lines[number])
        value = int(found[found.lastgroup or 0]) if found else 0
        follows = not entries or form != "d" or value == entries[-1][0] + 1
        if found and found.lastgroup == form and follows:
            entries.append((value, [lines[number][found.end() :]]))
        else:
            entries[-1][1].append(lines[number])
        number += 1
    return [Entry(value, tuple(held)) for value, held in entries], number


def _called(lines: list[str], known: set[int], called: set[int]) -> Iterator[str]:
    """Yield lines with their calls in the form of Markdown; code stays as it is."""
    in_code = False

    def mark(match: re.Match[str]) -> str:
        inner = match["b"] or match["h"] or match["r"] or ""
        numbers = [one for part in re.split("[,;]", inner) for one in _meant(part)]
        if not numbers or not set(numbers) <= known:
            return match[0]
        called.update(numbers)
        return "".join(f"[^n{one}]" for one in numbers)

    for line in lines:
        if FENCE.match(line):
            in_code = not in_code
        yield line if in_code else CALL.sub(mark, line)


def _meant(part: str) -> list[int]:
    ends = [int(one) for one in re.findall(r"\d+", part)]
    return list(range(ends[0], ends[-1] + 1)) if ends else []


def _note(entry: Entry) -> str:
    """Return a note of Markdown; its further lines are set in."""
    first, *rest = "\n".join(entry.lines).strip("\n").split("\n")
    lines = (f"    {line.strip()}" if line.strip() else "" for line in rest)
    return "\n".join([f"[^n{entry.number}]: {first.strip()}", *lines]).rstrip()
