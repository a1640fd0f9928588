"""Many briefs in a pool of processes: only what is stale, with what became of each."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline import workers
from pipeline.build import Job, Result, build, is_current, touch
from pipeline.problems import problem
from pipeline.workers import Died, Limits, Slow

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

    renders = any(set(job.formats) != {"json"} for job in jobs)
    preload = "pipeline.rendering" if renders else ""
    stale = stale_jobs(jobs, current)
    for job, answer in workers.work(build, stale, count, limits, preload, look):
        left -= 1 + len(current)
        while current:
            yield current.popleft()
        yield answer if isinstance(answer, Result) else unanswered(job, answer, limits)
    yield from current


def stale_jobs(jobs: Iterable[Job], current: deque[Result]) -> Iterator[Job]:
    """Yield the jobs that have something to do, and put the results of the others aside."""
    for job in jobs:
        if is_current(job):
            touch(job)
            current.append(Result(job.slug))
        else:
            yield job


def unanswered(job: Job, answer: Slow | Died, limits: Limits) -> Result:
    """Return what is told of a brief whose process did not finish."""
    path = str(job.shop.brief_file(job.slug))
    match answer:
        case Slow():
            found = problem("structure-time", path, seconds=limits.seconds)
        case Died():
            found = problem("internal-worker", path, megabytes=limits.megabytes)
    return Result(job.slug, problems=(found,))
