"""What of an edited file belongs to what of the brief, and which words of it differ."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.merge.atoms import Atom, Atoms, is_space, text_of
from pipeline.merge.story import Note, Unit, Where

Pair = tuple[int | None, int | None]
LIKE = 0.4
"""Share of their words that two paragraphs have in common, to be one paragraph that was edited."""
LARGEST = 10_000
"""Pairs of paragraphs that are compared in one place; more are paired in their order."""
FIRST = 5
BEGUN = 0.4
"""What a beginning of so many words and spaces counts: a paragraph cut in two stays the first."""
WORD = re.compile(r"\w+|[\s\S]")


class Edit(NamedTuple):
    """Atoms from `first` up to `last` become others."""

    first: int
    last: int
    new: Atoms


def paired(base: Sequence[Unit], edited: Sequence[Unit]) -> list[Pair]:
    """Return the pairs of paragraphs in order; new and lost ones have none."""
    keys = [[(one.kind, one.atoms) for one in side] for side in (base, edited)]
    texts = [[text_of(one.atoms) for one in side] for side in (base, edited)]
    cells = [[one.where for one in side] for side in (base, edited)]
    return _pairs(keys[0], keys[1], texts[0], texts[1], cells)


def paired_notes(base: Sequence[Note], edited: Sequence[Note]) -> list[Pair]:
    """Return the pairs of notes in the order of their first calls."""
    keys = [[tuple(map(_without_keys, note)) for note in side] for side in (base, edited)]
    texts = [
        ["\n".join(text_of(one.atoms) for one in note) for note in side] for side in (base, edited)
    ]
    return _closed(_pairs(keys[0], keys[1], texts[0], texts[1]))


def _closed(pairs: Sequence[Pair]) -> list[Pair]:
    """Pair a lost note with the new one that alone stands in its place: it was written anew."""
    made: list[Pair] = []
    for at, (i, j) in enumerate(pairs):
        around = [*pairs[max(0, at - 2) : at], *pairs[at + 1 : at + 2]]
        is_alone = sum(None in one for one in around) == 1
        if made and None in made[-1] and None in (i, j) and is_alone:
            before = made[-1]
            if (before[0] is None) != (i is None):
                made[-1] = (i if before[0] is None else before[0], before[1] if j is None else j)
                continue
        made.append((i, j))
    return made


def _without_keys(unit: Unit) -> Atoms:
    """Return what a paragraph says, references without what they lead to: notes have no names."""
    return tuple(one._replace(text="") if one.kind == "reference" else one for one in unit.atoms)


def with_marks_of(base: Atoms, edited: Atoms) -> Atoms:
    """Return a text with the marks that the words of its links have in another one."""
    old, new = _tokens(base), _tokens(edited)
    words = [[text_of(one) for one in side] for side in (old, new)]
    places = [_starts(old), _starts(new)]
    made = list(edited)
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for first, start, size in matcher.get_matching_blocks():
        low, high = places[1][start], places[1][start + size]
        for at in range(low, high):
            one = base[places[0][first] + at - low]
            if _link(one) and _link(one) == _link(made[at]):
                made[at] = made[at]._replace(marks=one.marks)
    return tuple(made)


def _link(atom: Atom) -> str:
    return next((one for one in atom.marks if one.startswith("link:")), "")


def _pairs(
    before: Sequence[object],
    after: Sequence[object],
    old: Sequence[str],
    new: Sequence[str],
    cells: Sequence[Sequence[Where | None]] = ((), ()),
) -> list[Pair]:
    made: list[Pair] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "equal":
            made += zip(range(first, last), range(start, end), strict=True)
        else:
            beside = (cells[0][first:last], cells[1][start:end])
            gap = _in_gap(old[first:last], new[start:end], beside)
            made += [
                (None if i is None else first + i, None if j is None else start + j) for i, j in gap
            ]
    return made


def _in_gap(
    old: Sequence[str], new: Sequence[str], cells: tuple[Sequence[Where | None], ...]
) -> list[Pair]:
    """Pair what is alike or stands in one cell, by the best sum of likenesses in order."""
    if len(old) * len(new) > LARGEST:
        shared = min(len(old), len(new))
        both: list[Pair] = [(one, one) for one in range(shared)]
        rest: list[Pair] = [(one, None) for one in range(shared, len(old))]
        return both + rest + [(None, one) for one in range(shared, len(new))]
    words = [[WORD.findall(one) for one in side] for side in (old, new)]
    like = [[_likeness(one, other) for other in words[1]] for one in words[0]]
    if len(old) == len(new) == 1 and like[0][0] < LIKE:
        like[0][0] = LIKE  # There is nothing else that either could be.
    for i, one in enumerate(cells[0]):
        for j, other in enumerate(cells[1]):
            if one and one == other:
                like[i][j] = max(like[i][j], LIKE)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both_ = like[i][j] + best[i + 1][j + 1] if like[i][j] >= LIKE else 0.0
            best[i][j] = max(both_, best[i + 1][j], best[i][j + 1])
    return _way(like, best)


def _way(like: Sequence[Sequence[float]], best: Sequence[Sequence[float]]) -> list[Pair]:
    made: list[Pair] = []
    i = j = 0
    rows, columns = len(best) - 1, len(best[0]) - 1
    while i < rows or j < columns:
        is_pair = i < rows and j < columns and like[i][j] >= LIKE
        if is_pair and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            made.append((i, j))
            i, j = i + 1, j + 1
        elif j >= columns or (i < rows and best[i][j] == best[i + 1][j]):
            made.append((i, None))
            i += 1
        else:
            made.append((None, j))
            j += 1
    return made


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    if not one or not other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    begins = BEGUN if one[:FIRST] == other[:FIRST] else 0.0
    if not begins and matcher.quick_ratio() < LIKE:
        return 0.0
    shared = sum(block.size for block in matcher.get_matching_blocks())
    return shared / min(len(one), len(other)) * 0.5 + matcher.ratio() * 0.5 + begins


def edits(base: Atoms, edited: Atoms) -> list[Edit]:
    """Return the edits that turn one text into the other, by whole words."""
    old, new = _tokens(base), _tokens(edited)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    places = [_starts(old), _starts(new)]
    made: list[Edit] = []
    for what, first, last, start, end in matcher.get_opcodes():
        if what != "equal":
            low, high = places[1][start], places[1][end]
            made.append(Edit(places[0][first], places[0][last], edited[low:high]))
    return _joined(made, base)


def _tokens(atoms: Atoms) -> list[Atoms]:
    made: list[Atoms] = []
    at = 0
    for word in WORD.findall(text_of(atoms)):
        made.append(atoms[at : at + len(word)])
        at += len(word)
    return made


def _starts(tokens: Sequence[Atoms]) -> list[int]:
    made = [0]
    for one in tokens:
        made.append(made[-1] + len(one))
    return made


def _joined(found: Sequence[Edit], base: Atoms) -> list[Edit]:
    """Join edits with nothing but a space between them: they are one."""
    made: list[Edit] = []
    for one in found:
        between: Sequence[Atom] = base[made[-1].last : one.first] if made else ()
        if made and len(between) <= 1 and all(map(is_space, between)):
            before = made.pop()
            one = Edit(before.first, one.last, (*before.new, *between, *one.new))
        made.append(one)
    return made
