"""Two sequences in one: what stands in both, what is gone, what is new, in reading order."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

LEAST = 0.5
"""How like each other two things are that may be one thing, changed."""
MOST_PAIRS = 250_000
"""Pairs that are weighed in one stretch; in longer ones only what is equal is the same."""
SHORTEST = 3
"""Letters that stay between two changes for themselves; fewer are read as part of the change."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step through both sequences: a place in the old one, in the new one, or in both."""

    old: int | None
    new: int | None

    @property
    def is_kept(self) -> bool:
        """Whether both sequences have it."""
        return self.old is not None and self.new is not None


def common(
    olds: Sequence[Hashable], news: Sequence[Hashable], is_space: Callable[[Hashable], bool]
) -> list[Step]:
    """Return the steps through two sequences of which equal things are the same."""
    start = 0
    while start < min(len(olds), len(news)) and olds[start] == news[start]:
        start += 1
    end = 0
    while end < min(len(olds), len(news)) - start and olds[-1 - end] == news[-1 - end]:
        end += 1
    upto, until = len(olds) - end, len(news) - end
    matcher = SequenceMatcher(is_space, olds[start:upto], news[start:until], autojunk=False)
    steps = [Step(at, at) for at in range(start)]
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = range(start + i1, start + i2), range(start + j1, start + j2)
        if tag == "equal":
            steps += map(Step, gone, come)
        else:
            steps += [*(Step(at, None) for at in gone), *(Step(None, at) for at in come)]
    return [*steps, *map(Step, range(upto, len(olds)), range(until, len(news)))]


def readable(steps: Sequence[Step], weight: Callable[[Step], int | None]) -> list[Step]:
    """Return the steps with each change in one piece: what is gone, and then what came for it.

    A few letters between two changes that happen to be the same would only break the sentence.
    `weight` counts the letters of a step; None keeps it apart in any case.
    """
    done: list[Step] = []
    change: list[Step] = []
    between: list[Step] = []
    for step in steps:
        if not step.is_kept:
            change += [*between, step] if change else [step]
            between = []
            continue
        counted = [weight(one) for one in (*between, step)]
        light = [one for one in counted if one is not None]
        if change and len(light) == len(counted) and sum(light) < SHORTEST:
            between.append(step)
            continue
        done += [*_in_turn(change), *between, step]
        change, between = [], []
    return [*done, *_in_turn(change), *between]


def in_turn(steps: Sequence[Step]) -> list[Step]:
    """Return the steps with all that is gone from a place before all that came there."""
    return [
        step
        for is_kept, group in groupby(steps, key=lambda one: one.is_kept)
        for step in (group if is_kept else _in_turn(list(group)))
    ]


def _in_turn(change: Sequence[Step]) -> list[Step]:
    gone = [Step(step.old, None) for step in change if step.old is not None]
    return [*gone, *(Step(None, step.new) for step in change if step.new is not None)]


def paired(
    olds: Sequence[Hashable],
    news: Sequence[Hashable],
    likeness: Callable[[int, int], float],
) -> list[Step]:
    """Return the steps through two sequences of which things are the same that are like enough."""
    found: list[Step] = []
    gone: list[int] = []
    come: list[int] = []
    for step in common(olds, news, lambda _: False):
        if step.is_kept:
            found += [*_weighed(gone, come, likeness), step]
            gone, come = [], []
        elif step.old is not None:
            gone.append(step.old)
        elif step.new is not None:
            come.append(step.new)
    return [*found, *_weighed(gone, come, likeness)]


def _weighed(
    olds: Sequence[int], news: Sequence[int], likeness: Callable[[int, int], float]
) -> list[Step]:
    """Pair what lies between equal things so that the likeness of all pairs is greatest."""
    if len(olds) * len(news) > MOST_PAIRS:
        return [*(Step(at, None) for at in olds), *(Step(None, at) for at in news)]
    alike = [[_enough(likeness(old, new)) for new in news] for old in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            both = best[i + 1][j + 1] + alike[i][j] if alike[i][j] else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    steps: list[Step] = []
    i = j = 0
    while i < len(olds) or j < len(news):
        if i < len(olds) and j < len(news) and _is_pair(best, alike, i, j):
            steps.append(Step(olds[i], news[j]))
            i, j = i + 1, j + 1
        elif i < len(olds) and (j == len(news) or best[i][j] == best[i + 1][j]):
            steps.append(Step(olds[i], None))
            i += 1
        else:
            steps.append(Step(None, news[j]))
            j += 1
    return steps


def _is_pair(
    best: Sequence[Sequence[float]], alike: Sequence[Sequence[float]], i: int, j: int
) -> bool:
    return bool(alike[i][j]) and best[i][j] == best[i + 1][j + 1] + alike[i][j]


def _enough(likeness: float) -> float:
    return likeness if likeness >= LEAST else 0.0


def shared(olds: Counter[str], news: Counter[str]) -> float:
    """Return how much of all words two texts have in common, from 0 to 1."""
    total = olds.total() + news.total()
    return 2 * (olds & news).total() / total if total else 1.0
