"""Many briefs in a pool of processes: only what is stale, with what became of each."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from pipeline import glance, workers
from pipeline.build import Job, Result, build, is_current, newest_input, touch, unanswered
from pipeline.glance import Found
from pipeline.halves import PRINTS, build_halves, can_be_halved
from pipeline.workers import Limits

Watch = Callable[[Sequence[str], int], None]
"""Told of a running build: the slugs in hand, and how many are left with them."""
Look = Callable[[Sequence[Job]], None]
"""Told of the work that is in hand."""
Way = Callable[[Iterator[Job], Look], Iterator[Result]]
"""Builds what is stale, somewhere, and yields the results as they come."""


def unwatched(_: Sequence[str], __: int) -> None:
    """Let a build run without looking at it."""


def build_all(
    jobs: Sequence[Job],
    count: int,
    limits: Limits = workers.LIMITS,
    watch: Watch = unwatched,
    way: Way | None = None,
) -> Iterator[Result]:
    """Bring every brief up to date, and yield each result when it is there.

    Without another `way` that is done on this machine, `count` briefs at a time.
    """
    known = glance.load(jobs[0].shop) if jobs else {}
    found = dict(known)
    current: deque[Result] = deque()
    built: list[Job] = []
    stale = _kept(stale_jobs(jobs, found, current), built)
    yield from _built(stale, len(jobs), current, way or _here(count, limits), watch)
    for job in built:
        _is_current(job, found)
    if found != known:
        glance.save(jobs[0].shop, found)


def _kept(jobs: Iterable[Job], where: list[Job]) -> Iterator[Job]:
    """Yield jobs, and put them down."""
    for job in jobs:
        where.append(job)
        yield job


def _built(
    stale: Iterator[Job], left: int, current: deque[Result], way: Way, watch: Watch
) -> Iterator[Result]:
    """Build what is stale, and yield the results with those of what is current meanwhile."""

    def look(at_hand: Sequence[Job]) -> None:
        watch([job.slug for job in at_hand], left - len(current))

    for result in way(stale, look):
        left -= 1 + len(current)
        while current:
            yield current.popleft()
        yield result
    yield from current


def _here(count: int, limits: Limits) -> Way:
    """Build on this machine: a brief alone in two halves, several at once in processes."""

    def way(stale: Iterator[Job], look: Look) -> Iterator[Result]:
        first = list(islice(stale, 2))
        if len(first) == 1 and count > 1 and can_be_halved(first[0]):
            yield build_halves(first[0], limits, lambda: look(first))
            return
        renders = any(set(job.formats) != {"json"} for job in first)
        preload = PRINTS if renders else ""
        for job, answer in workers.work(build, chain(first, stale), count, limits, preload, look):
            yield answer if isinstance(answer, Result) else unanswered(job, answer, limits)

    return way


def stale_jobs(
    jobs: Iterable[Job], found: dict[str, Found], current: deque[Result]
) -> Iterator[Job]:
    """Yield the jobs that have something to do, and put the results of the others aside.

    What is found current is noted in `found`.
    """
    for job in jobs:
        newest = newest_input(job)
        if _is_current(job, found):
            touch(job, newest)
            current.append(Result(job.slug))
        else:
            yield job


def _is_current(job: Job, found: dict[str, Found]) -> bool:
    """Tell whether a brief is current, as is noted of its files or as they say themselves."""
    state = glance.state_of(job.shop, job.slug)
    if glance.knows(found, job.slug, state, job.formats):
        return True
    if not is_current(job):
        return False
    if state:
        found[job.slug] = Found(state, job.formats)
    return True
