"""The proof of an import: what a second reader saw in the manuscript is what the brief says.

The running text is compared character by character, but for white space, with the calls in it;
notes are compared one by one. Texts of the front matter stand before the body or behind it, each of
them once. What is kept as a value must say what the brief says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from pipeline import model as m
from pipeline.intake.draft import Value
from pipeline.intake.said import Said, said
from pipeline.intake.seen import ANY, BULLET, CALL, Passage, Seen, call_mark
from pipeline.intake.values import agrees
from pipeline.problems import Problem, problem

SPACES = re.compile(r"\s+")
SIGN = re.compile(r"(?<!\S)[-*•–—·‣◦](?!\S)")
CALLS = re.compile(f"{CALL}(\\d+){CALL}")
SHOWN = 40
"""Characters of a text that are shown where it differs."""


def prove(brief: m.Brief, seen: Seen, values: Sequence[Value], path: str) -> tuple[Problem, ...]:
    """Return an error for every difference between a brief and its manuscript, at its place."""
    numbers = _order(seen)
    told = said(brief, seen.is_marked)
    seen = _closed(seen, told, numbers)
    text = _Text(seen, numbers)
    return (
        *_compare_text(text, told, values, path),
        *_compare_notes(seen, told, numbers, path),
        *_compare_values(brief, values, path),
    )


def _order(seen: Seen) -> dict[int, int]:
    """Return the numbers of the brief, which are the order of first calls, by the manuscript's."""
    called: list[int] = []
    for passage in seen.passages:
        called += map(int, CALLS.findall(passage.text))
    return {number: index for index, number in enumerate(dict.fromkeys(called), 1)}


def _closed(seen: Seen, told: Said, numbers: dict[int, int]) -> Seen:
    """Return what was seen with the end of an open note where the brief has it.

    What stands behind that end is running text.
    """
    texts = dict(told.notes)
    passages, notes = list(seen.passages), []
    for note in seen.notes:
        kept = bare(texts.get(numbers.get(note.number, 0), ""))
        whole = bare(note.text)
        if note.is_open and kept and whole.startswith(kept) and len(kept) < len(whole):
            passages.append(Passage(whole[len(kept) :], note.line))
            note = replace(note, text=kept)
        notes.append(note)
    return replace(seen, passages=tuple(passages), notes=tuple(notes))


def bare(text: str) -> str:
    """Return a text without its white space; a dash or a star that stands alone is any sign."""
    return SPACES.sub("", SIGN.sub(BULLET, text))


class _Text:
    """The running text of the manuscript without spaces, and where its characters stand."""

    def __init__(self, seen: Seen, numbers: dict[int, int]) -> None:
        self.parts: list[str] = []
        self.starts: list[tuple[int, int, int]] = []
        length = 0
        for passage in seen.passages:
            counted = CALLS.sub(lambda one: call_mark(numbers[int(one[1])]), passage.text)
            self.parts.append(bare(counted))
            self.starts.append((length, passage.line, passage.column))
            length += len(self.parts[-1])
        self.text = "".join(self.parts)

    def line(self, index: int) -> int:
        """Return the line of a character."""
        return next((line for start, line, _ in reversed(self.starts) if start <= index), 1)


@dataclass(slots=True)
class _Piece:
    """A text that stands outside the body; `what` says where in the brief it is kept."""

    what: str
    text: str


def _compare_text(text: _Text, told: Said, values: Sequence[Value], path: str) -> Iterator[Problem]:
    body = bare(told.body)
    pieces = [_Piece(key, bare(one)) for key, one in told.front if bare(one)]
    pieces += [_Piece(value.field, bare(value.text)) for value in values if bare(value.text)]
    start = _strip(text.text, 0, pieces)
    end = start + len(body)
    found = _with_signs(text.text[start:end], body)
    if found != body:
        same = _same(found, body)
        yield _difference(path, text, start + same, body[same:])
        return
    rest = _strip(text.text, end, pieces)
    if rest < len(text.text):
        yield _difference(path, text, rest, "")
    for piece in pieces:
        yield problem("intake-proof-added", path, what=piece.what, text=piece.text[:SHOWN])


def _strip(text: str, start: int, pieces: list[_Piece]) -> int:
    """Pass over the pieces that follow one another from an index on, and use them up."""
    while True:
        fits = [piece for piece in pieces if text.startswith(piece.text, start)]
        if not fits:
            return start
        longest = max(fits, key=lambda piece: len(piece.text))
        pieces.remove(longest)
        start += len(longest.text)


def _difference(path: str, text: _Text, index: int, brief: str) -> Problem:
    manuscript = text.text[index : index + SHOWN]
    return problem(
        "intake-proof-text",
        path,
        text.line(min(index, max(0, len(text.text) - 1))),
        1,
        manuscript=_shown(manuscript),
        brief=_shown(brief[:SHOWN]),
    )


def _with_signs(seen: str, brief: str) -> str:
    """Return what was seen with the characters that the brief has for signs of other fonts."""
    if ANY not in seen:
        return seen
    pairs = zip_longest(seen, brief[: len(seen)], fillvalue="")
    return "".join(sign if one == ANY else one for one, sign in pairs)


def _same(one: str, other: str) -> int:
    """Return how many characters two texts begin with that are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _shown(text: str) -> str:
    return CALLS.sub(lambda one: f"[{one[1]}]", text).replace(CALL, "") or "nothing more"


def _compare_notes(seen: Seen, told: Said, numbers: dict[int, int], path: str) -> Iterator[Problem]:
    texts = dict(told.notes)
    for note in seen.notes:
        number = numbers.get(note.number)
        text = texts.pop(number, None) if number else None
        if text is None:
            yield problem("intake-proof-note-lost", path, note.line, 1, number=note.number)
        elif bare(text) != (whole := _with_signs(bare(note.text), bare(text))):
            same = _same(bare(text), whole)
            yield problem(
                "intake-proof-note",
                path,
                note.line,
                1,
                number=note.number,
                manuscript=_shown(whole[same : same + SHOWN]),
                brief=_shown(bare(text)[same : same + SHOWN]),
            )
    for number in texts:
        yield problem("intake-proof-note-added", path, number=number)


def _compare_values(brief: m.Brief, values: Sequence[Value], path: str) -> Iterator[Problem]:
    for value in values:
        if not agrees(brief.metadata, value):
            yield problem("intake-proof-value", path, key=value.field, text=value.text)
