"""Many briefs in a pool of processes: only what is stale, with what became of each."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from pipeline import workers
from pipeline.build import Job, Result, build, is_current, newest_input, touch, unanswered
from pipeline.halves import PRINTS, build_halves, can_be_halved
from pipeline.workers import Limits

Watch = Callable[[Sequence[str], int], None]
"""Told of a running build: the slugs in hand, and how many are left with them."""


def unwatched(_: Sequence[str], __: int) -> None:
    """Let a build run without looking at it."""


def build_all(
    jobs: Sequence[Job], count: int, limits: Limits = workers.LIMITS, watch: Watch = unwatched
) -> Iterator[Result]:
    """Bring every brief up to date, `count` at a time, and yield each result when it is there."""
    current: deque[Result] = deque()
    left = len(jobs)

    def look(at_hand: Sequence[Job]) -> None:
        watch([job.slug for job in at_hand], left - len(current))

    stale = stale_jobs(jobs, current)
    first = list(islice(stale, 2))
    if len(first) == 1 and count > 1 and can_be_halved(first[0]):
        yield build_halves(first[0], limits, lambda: look(first))
        yield from current
        return
    renders = any(set(job.formats) != {"json"} for job in jobs)
    preload = PRINTS if renders else ""
    for job, answer in workers.work(build, chain(first, stale), count, limits, preload, look):
        left -= 1 + len(current)
        while current:
            yield current.popleft()
        yield answer if isinstance(answer, Result) else unanswered(job, answer, limits)
    yield from current


def stale_jobs(jobs: Iterable[Job], current: deque[Result]) -> Iterator[Job]:
    """Yield the jobs that have something to do, and put the results of the others aside."""
    for job in jobs:
        newest = newest_input(job)
        if is_current(job):
            touch(job, newest)
            current.append(Result(job.slug))
        else:
            yield job
