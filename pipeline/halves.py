"""A brief alone, in two processes at once: its PDF takes as long as all its other outputs.

Who waits for one brief, the first time or after a change, waits little more than half as long.
While the brief is read, what prints it is loaded. All work is done in processes with limits, as in
a batch; this one only hands it out, and writes what comes back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from time import monotonic

from pipeline import build, files, workers
from pipeline.build import Draft, Job, Result, unanswered
from pipeline.manifest import Format
from pipeline.workers import Limits

PRINTS = "pipeline.rendering"
"""What makes and proves all outputs; to load it takes half a second."""


@dataclass(frozen=True, slots=True)
class Half:
    """Some of the outputs of a brief that was read."""

    job: Job
    draft: Draft
    formats: tuple[Format, ...]


def can_be_halved(job: Job) -> bool:
    """Tell whether there is work for two: a PDF, and another file that takes its time."""
    return "pdf" in job.formats and not {"html", "docx"}.isdisjoint(job.formats)


def build_halves(job: Job, limits: Limits, watch: Callable[[], None]) -> Result:
    """Bring a brief up to date as `build.build` does, in two processes."""
    start = monotonic()
    try:
        with files.only_writer(job.shop.lock_file(job.slug)):
            result = _build(job, limits, watch)
    except Exception as error:
        result = build.failure(job, error)
    return replace(result, seconds=monotonic() - start)


def _build(job: Job, limits: Limits, watch: Callable[[], None]) -> Result:
    """Have the brief read, then both halves made; write them when nothing is wrong."""

    def load(_: Sequence[Job]) -> None:
        watch()
        import_module(PRINTS)

    def look(_: Sequence[Half]) -> None:
        watch()

    drafted = next(answer for _, answer in workers.work(read, [job], 1, limits, watch=load))
    if not isinstance(drafted, Draft):
        return drafted if isinstance(drafted, Result) else unanswered(job, drafted, limits)
    made: dict[Format, bytes] = {}
    failed: list[Result] = []
    for _, answer in workers.work(_make, _halves(job, drafted), 2, limits, PRINTS, look):
        if isinstance(answer, dict):
            made |= answer
        else:
            told = answer if isinstance(answer, Result) else unanswered(job, answer, limits)
            failed.append(told)
    if failed:
        return Result(job.slug, problems=tuple(item for one in failed for item in one.problems))
    return build.write(job, build.planned(drafted, made))


def _halves(job: Job, drafted: Draft) -> list[Half]:
    pdf = tuple(form for form in drafted.stale if form == "pdf")
    others = tuple(form for form in drafted.stale if form != "pdf")
    return [Half(job, drafted, formats) for formats in (pdf, others) if formats]


def read(job: Job) -> Draft | Result:
    """Read a brief, in a process of its own."""
    try:
        return build.draft(job)
    except Exception as error:
        return build.failure(job, error)


def _make(half: Half) -> dict[Format, bytes] | Result:
    """Make half of the outputs, in a process of its own."""
    try:
        return build.make(half.job, half.draft, half.formats)
    except Exception as error:
        return build.failure(half.job, error)
