"""Which note of the old version is which of the new one: by label and content, not by number."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline import model as m
from pipeline import walk
from pipeline.redline.compared import NotePair
from pipeline.redline.sequence import shared

LIKE = 0.6
"""How like each other two notes are that have no label in common and are one all the same."""
BARELY = 0.2
"""How like each other two notes are that have one label in common and are one."""
MOST_NOTES = 400
"""Notes that are looked for by their words, one with each; among more it would take minutes."""


@dataclass(frozen=True, slots=True)
class Said:
    """A note, and what it says."""

    note: m.Note
    text: str
    words: Counter[str]


IsOne = Callable[[Said, Said], bool]


def pair_notes(olds: Sequence[m.Note], news: Sequence[m.Note]) -> tuple[NotePair, ...]:
    """Return every note once, in the order of the new version; dropped ones follow their neighbour.

    Notes are one when they have the same label and say the same; else the same words under
    another label; else the same label with some words in common; else most words in common.
    """
    left, right = list(map(_said, olds)), list(map(_said, news))
    found: dict[int, Said] = {}

    def take(is_one: IsOne) -> None:
        for new in right:
            if new.note.number in found:
                continue
            near = (old for old in left if is_one(old, new))
            if (old := next(near, None)) is not None:
                left.remove(old)
                found[new.note.number] = old

    take(lambda old, new: old.note.label == new.note.label and old.text == new.text)
    take(lambda old, new: old.text == new.text)
    take(_same_label)
    if len(left) <= MOST_NOTES:
        _take_nearest(left, [one for one in right if one.note.number not in found], found)
    return _in_order(right, found, left)


def _same_label(old: Said, new: Said) -> bool:
    return old.note.label == new.note.label and shared(old.words, new.words) >= BARELY


def _take_nearest(left: list[Said], right: Sequence[Said], found: dict[int, Said]) -> None:
    """Pair the notes that are most like each other first."""
    weighed = sorted(
        (
            (-shared(old.words, new.words), old.note.number, new.note.number, old)
            for old in left
            for new in right
        ),
        key=lambda one: one[:3],
    )
    for likeness, _, number, old in weighed:
        if -likeness >= LIKE and number not in found and old in left:
            left.remove(old)
            found[number] = old


def _in_order(
    news: Sequence[Said], found: dict[int, Said], dropped: Sequence[Said]
) -> tuple[NotePair, ...]:
    """Put a dropped note behind the one that was before it, or in front."""
    after: dict[int, list[NotePair]] = {}
    place = {old.note.number: number for number, old in found.items()}
    for old in dropped:
        nearest = max((number for number in place if number < old.note.number), default=0)
        at = place.get(nearest, 0)
        after.setdefault(at, []).append(NotePair(f"was {old.note.number}", old.note, None))
    pairs = list(after.get(0, []))
    for new in news:
        known = found.get(new.note.number)
        pairs.append(NotePair(f"is {new.note.number}", known.note if known else None, new.note))
        pairs += after.get(new.note.number, [])
    return tuple(pairs)


def _said(note: m.Note) -> Said:
    words: list[str] = []
    for inline in walk.inlines_of(note.blocks):
        match inline:
            case m.Text() | m.Code():
                words += inline.text.split()
            case m.Link():
                words.append(inline.target)
            case m.Image():
                words.append(inline.file)
            case _:
                pass
    words += [
        word
        for block in walk.blocks_within(note.blocks)
        if isinstance(block, m.CodeBlock)
        for word in block.text.split()
    ]
    return Said(note, " ".join(words), Counter(words))
