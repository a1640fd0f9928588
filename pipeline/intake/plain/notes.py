"""The notes of a plain text: where they stand, what each says, and where it is called."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.intake.plain.chunks import ENTRY, Chunk, Line
from pipeline.intake.tongues import DISCLAIMER, is_notes_heading

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
BRACKETS = re.compile(r"\[\^?(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")
SUPERSCRIPT = re.compile(r"([¹²³⁰⁴-⁹]{1,3})")
ADDRESS = re.compile(r"\S*(?:https?://|www\.)\S+")
LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Entry:
    """A note as the manuscript has it; `mark` is its number as it is written there."""

    number: int
    mark: str
    start: int
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A mark that calls notes, at an index of a text."""

    start: int
    end: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """A manuscript taken apart: its text, the notes with their heading, what stands behind them."""

    text: tuple[Chunk, ...]
    heading: Chunk | None
    entries: tuple[Entry, ...]
    rest: tuple[Chunk, ...]
    unsure: Chunk | None = None
    """What was taken for the end of the last note, and may be something else."""
    raised: bool = False
    """Whether calls are raised figures, without brackets."""


def take_apart(chunks: Sequence[Chunk]) -> Apart:
    """Find the notes: behind a heading that says so, or the numbered paragraphs at the end."""
    first = _first_entry(chunks)
    whole = Apart(tuple(chunks), None, (), ())
    if first is None:
        return whole
    has_heading = first > 0 and _is_heading(chunks[first - 1])
    end = first - 1 if has_heading else first
    entries, rest, unsure = _entries(chunks[first:])
    found = Apart(
        tuple(chunks[:end]), chunks[first - 1] if has_heading else None, entries, rest, unsure
    )
    numbers = {entry.number for entry in entries}
    if any(calls_in(chunk.text, numbers, False) for chunk in (*found.text, *rest)):
        return found
    if _counts(found, numbers):
        return replace(found, raised=True)
    return whole


def _is_heading(chunk: Chunk) -> bool:
    return len(chunk.lines) == 1 and is_notes_heading(chunk.text)


def _first_entry(chunks: Sequence[Chunk]) -> int | None:
    """Return where the notes begin: behind the last heading of notes, or at the last [1]."""
    for index in range(len(chunks) - 1, 0, -1):
        if _is_heading(chunks[index - 1]) and ENTRY.match(chunks[index].text):
            return index
    for index in range(len(chunks) - 1, 0, -1):
        found = ENTRY.match(chunks[index].text)
        if found and found.lastgroup in ("bracket", "raised", "caret") and _number(found) == 1:
            return index
    return None


def _number(found: re.Match[str]) -> int:
    return int(str(found[found.lastgroup or 0]).translate(RAISED))


def _entries(
    chunks: Sequence[Chunk],
) -> tuple[tuple[Entry, ...], tuple[Chunk, ...], Chunk | None]:
    """Return the notes, what stands behind the last one, and what may belong there or not."""
    starts = list(_starts(chunks))
    made: list[Entry] = []
    rest: tuple[Chunk, ...] = ()
    unsure: Chunk | None = None
    for number, (index, found) in enumerate(starts):
        is_last = number == len(starts) - 1
        stop = len(chunks) if is_last else starts[number + 1][0]
        if is_last:
            stop, unsure = _end_of_last(chunks, index)
            rest = tuple(chunks[stop:])
        own = (_without(chunks[index], found), *chunks[index + 1 : stop])
        texts = tuple(chunk for chunk in own if chunk.lines)
        made.append(Entry(_number(found), found[0].strip(), chunks[index].start, texts))
    return tuple(made), rest, unsure


def _starts(chunks: Sequence[Chunk]) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the chunks that begin a note; numbers without brackets must follow one another."""
    style, last = None, None
    for index, chunk in enumerate(chunks):
        found = ENTRY.match(chunk.text)
        if found is None or (style and found.lastgroup != style):
            continue
        number = _number(found)
        if found.lastgroup in ("dot", "round") and last is not None and number != last + 1:
            continue
        style, last = found.lastgroup, number
        yield index, found


def _without(chunk: Chunk, found: re.Match[str]) -> Chunk:
    """Return a chunk without the number it begins with."""
    first, *others = chunk.lines
    length = len(found[0])
    if length >= len(first.text):
        return Chunk(tuple(others))
    line = Line(first.start + length, first.text[length:], first.indent, first.quotes)
    return Chunk((line, *others))


def _end_of_last(chunks: Sequence[Chunk], index: int) -> tuple[int, Chunk | None]:
    """Return where the last note ends, and a paragraph of it that may be none of it."""
    unsure = None
    for at in range(index + 1, len(chunks)):
        chunk = chunks[at]
        if is_disclaimer(chunk) or _looks_like_heading(chunk, chunks[at + 1 :]):
            return at, unsure
        if not ADDRESS.fullmatch(chunk.text) and unsure is None:
            unsure = chunk
    return len(chunks), unsure


def is_disclaimer(chunk: Chunk) -> bool:
    """Tell whether a paragraph says whose views the text has."""
    return DISCLAIMER.search(chunk.text) is not None


def _looks_like_heading(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    text = chunk.text
    is_short = len(chunk.lines) == 1 and len(text) <= LONGEST_HEADING
    return bool(following) and is_short and text[-1] not in ".,;:!…)" and not ADDRESS.search(text)


def calls_in(text: str, numbers: set[int], raised: bool) -> list[Call]:
    """Return the calls of notes in a text: [1], [1, 2], [1–3], or raised figures."""
    found = []
    for match in (SUPERSCRIPT if raised else BRACKETS).finditer(text):
        called = called_by(match[1])
        if called and set(called) <= numbers:
            found.append(Call(*match.span(), called))
    return found


def called_by(inner: str) -> tuple[int, ...]:
    """Return the numbers between brackets, a range written out; none if it runs backwards."""
    made: list[int] = []
    for part in re.split(r"\s?[,;]\s?", inner.translate(RAISED)):
        first, *last = map(int, re.split(r"\s?[–-]\s?", part))
        stop = last[-1] if last else first
        if stop < first or stop - first > 20:
            return ()
        made += range(first, stop + 1)
    return tuple(made)


def _counts(found: Apart, numbers: set[int]) -> bool:
    """Tell whether raised figures in the text count from 1 on; exponents do not."""
    highest = 0
    for chunk in (*found.text, *found.rest):
        for call in calls_in(chunk.text, numbers, True):
            if call.numbers[0] > highest + 1:
                return False
            highest = max(highest, call.numbers[0])
    return highest > 0
