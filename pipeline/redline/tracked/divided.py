"""Paragraphs that were divided in two, or joined: a mark that was put in or taken out, no more."""

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Literal

from pipeline.redline.sequence import common, shared
from pipeline.redline.tracked.atoms import Atom, Strip, strip
from pipeline.redline.tracked.items import Item, Pair
from pipeline.redline.tracked.marks import Mark, Reviser
from pipeline.redline.tracked.paragraphs import Woven, content
from pipeline.renderers.word.xml import Element, w

LIKE = 0.6
"""How like the rest of a paragraph another one must be to be that rest."""
FEWEST = 3
"""Words that a half has at least."""
Version = Literal["old", "new"]


def with_halves(pairs: Sequence[Pair], reviser: Reviser) -> list[Pair]:
    """Return the pairs, with a paragraph that was divided or joined as two pairs of halves."""
    found: list[Pair] = []
    at = 0
    while at < len(pairs):
        both = pairs[at : at + 2]
        halves = _halves(both[0], both[1], reviser) if len(both) > 1 else None
        found += halves or [pairs[at]]
        at += 2 if halves else 1
    return found


def _halves(first: Pair, second: Pair, reviser: Reviser) -> list[Pair] | None:
    """Return the two pairs of halves, if one of the two is a whole and the other the rest of it."""
    marks = first.mark, second.mark
    if "kept" not in marks or marks[0] == marks[1]:
        return None
    kept, rest = (first, second) if marks[0] == "kept" else (second, first)
    if kept.old is None or kept.new is None or kept.joint != "kept":
        return None
    side: Version = "old" if rest.mark == "inserted" else "new"
    whole, part = (kept.old, kept.new) if side == "old" else (kept.new, kept.old)
    other = rest.new or rest.old
    if other is None or whole.is_table or part.is_table or other.is_table:
        return None
    if whole.fore or whole.aft:
        return None
    cut = _cut(strip(whole.element), strip(part.element), strip(other.element), kept is first)
    if cut is None:
        return None
    halves = tuple(_half(whole, span, reviser) for span in (slice(0, cut), slice(cut, None)))
    others = (part, other) if kept is first else (other, part)
    return list(_paired(halves, others, side))


def _paired(halves: Sequence[Item], others: Sequence[Item], side: Version) -> Iterator[Pair]:
    joints: tuple[Mark, Mark] = ("inserted" if side == "old" else "deleted", "kept")
    for half, other, joint in zip(halves, others, joints, strict=True):
        yield Pair(half, other, joint) if side == "old" else Pair(other, half, joint)


def _cut(whole: Strip, part: Strip, other: Strip, part_is_first: bool) -> int | None:
    """Return the place between the atoms of the whole at which it was divided."""
    steps = common([one.key for one in whole.atoms], [one.key for one in part.atoms], _is_never)
    kept = [step.old for step in steps if step.old is not None and step.new is not None]
    if not kept:
        return None
    cut = kept[-1] + 1 if part_is_first else kept[0]
    left, right = whole.atoms[:cut], whole.atoms[cut:]
    rest = right if part_is_first else left
    if min(len(rest), len(other.atoms)) < FEWEST or not left or not right:
        return None
    if left[-1].link is not None and left[-1].link is right[0].link:
        return None
    if any(start < cut < end for start, end in whole.bookmarks.values()):
        return None
    return cut if shared(_words(rest), _words(other.atoms)) >= LIKE else None


def _is_never(_: object) -> bool:
    return False


def _words(atoms: Sequence[Atom]) -> Counter[str]:
    return Counter((one.word or str(one.key)).lower() for one in atoms if one.word != " ")


def _half(whole: Item, span: slice, reviser: Reviser) -> Item:
    found = strip(whole.element)
    start, stop, _ = span.indices(len(found.atoms))
    bookmarks = tuple(
        (mark, first - start, last - start)
        for mark, (first, last) in found.bookmarks.items()
        if start <= first and last <= stop and (first < stop or stop == len(found.atoms))
    )
    atoms: tuple[tuple[Mark, Atom], ...] = tuple(("kept", one) for one in found.atoms[span])
    inside = content(Woven(atoms, bookmarks), reviser)
    return replace(whole, element=_paragraph(found, inside), fore=[], aft=[])


def _paragraph(found: Strip, inside: Sequence[Element]) -> Element:
    return w("p", deepcopy(found.properties), *inside)
