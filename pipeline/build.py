"""From source to proved outputs: one brief as a pure plan and one write, many briefs in a pool."""

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from pipeline import codec, files, manifest, stages, walk, workers
from pipeline.checks import check
from pipeline.fonts import coverage
from pipeline.manifest import Format, Manifest, Output, Proof
from pipeline.model import Brief, Heading
from pipeline.problems import BriefError, Problem, errors, problem
from pipeline.reader import read
from pipeline.stages import Workshop
from pipeline.theme import Theme, load_theme
from pipeline.workers import Died, Limits, Slow

Watch = Callable[[Sequence[str], int], None]
"""Told of a running build: the slugs in hand, and how many are left with them."""


@dataclass(frozen=True, slots=True)
class Job:
    """One brief to bring up to date, in the formats asked for."""

    shop: Workshop
    slug: str
    formats: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one brief."""

    slug: str
    built: tuple[Format, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: int = 0
    seconds: float = field(default=0.0, compare=False)
    """What it took, by the clock."""

    @property
    def failed(self) -> bool:
        """Whether its outputs are still the old ones because something is wrong."""
        return bool(errors(self.problems))


@dataclass(frozen=True, slots=True)
class Draft:
    """The JSON of a brief, and the brief itself where it had to be read."""

    document: bytes
    key: str
    inputs: dict[str, str]
    brief: Brief | None = None
    problems: tuple[Problem, ...] = ()


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
    stale = _stale_jobs(jobs, current)
    for job, answer in workers.work(build, stale, count, limits, preload, look):
        left -= 1 + len(current)
        while current:
            yield current.popleft()
        yield answer if isinstance(answer, Result) else _unanswered(job, answer, limits)
    yield from current


def _stale_jobs(jobs: Iterable[Job], current: deque[Result]) -> Iterator[Job]:
    """Yield the jobs that have something to do, and put the results of the others aside."""
    for job in jobs:
        if is_current(job):
            _touch(job)
            current.append(Result(job.slug))
        else:
            yield job


def _unanswered(job: Job, answer: Slow | Died, limits: Limits) -> Result:
    """Return what is told of a brief whose process did not finish."""
    path = str(job.shop.brief_file(job.slug))
    match answer:
        case Slow():
            found = problem("structure-time", path, seconds=limits.seconds)
        case Died():
            found = problem("internal-worker", path, megabytes=limits.megabytes)
    return Result(job.slug, problems=(found,))


def build(job: Job) -> Result:
    """Bring one brief up to date: all its outputs, or, when anything is wrong, none of them."""
    start = monotonic()
    result = _build_or_fail(job)
    return replace(result, seconds=monotonic() - start)


def _build_or_fail(job: Job) -> Result:
    path = str(job.shop.brief_file(job.slug))
    try:
        with files.only_writer(job.shop.lock_file(job.slug)):
            return _build(job)
    except BriefError as error:
        return Result(job.slug, problems=error.problems)
    except MemoryError:
        return Result(job.slug, problems=(problem("structure-memory", path),))
    except RecursionError:
        return Result(job.slug, problems=(problem("structure-depth", path, what="brief"),))
    except Exception as error:
        if os.environ.get("BRIEFWRIGHT_DEBUG"):
            traceback.print_exc()
        what = f"{type(error).__name__}: {error}"
        return Result(job.slug, problems=(problem("internal-error", path, what=what),))


def is_current(job: Job) -> bool:
    """Tell whether every output asked for is on the disk and made from what is there now."""
    known = manifest.load(job.shop.manifest_file(job.slug), job.slug)
    if not known.inputs or not stages.is_intact(job.shop, known, "json"):
        return False
    if known.outputs["json"].key != stages.json_key(job.shop, stages.inputs_now(job.shop, known)):
        return False
    document = job.shop.output_file(job.slug, "json").read_bytes()
    return not _stale(job, known, document)


def _stale(job: Job, known: Manifest, document: bytes) -> tuple[Format, ...]:
    """Return the formats asked for, but JSON, whose output is missing, spoiled or outdated."""
    return tuple(
        form
        for form in job.formats
        if form != "json"
        and not (
            stages.is_intact(job.shop, known, form)
            and known.outputs[form].key == stages.output_key(job.shop, form, document)
        )
    )


def _build(job: Job) -> Result:
    shop = job.shop
    known = manifest.load(shop.manifest_file(job.slug), job.slug)
    draft = _draft(job, known)
    if draft.brief is None and errors(draft.problems):
        return Result(job.slug, problems=draft.problems)
    stale = _stale(job, known, draft.document)
    outputs: dict[Format, Output] = dict(known.outputs)
    written: dict[Path, bytes] = {}
    json_file = shop.output_file(job.slug, "json")
    if files.digest(draft.document) != files.digest_of(json_file):
        written[json_file] = draft.document
    outputs["json"] = Output(key=draft.key, sha256=files.digest(draft.document))
    brief = draft.brief
    if stale and brief is None:
        brief = codec.load(draft.document, str(json_file))
    if brief is not None and stale:
        made, proved = _render(job, brief, stale)
        for form, data in made.items():
            key = stages.output_key(shop, form, draft.document)
            outputs[form] = Output(key=key, sha256=files.digest(data), proof=proved)
            written[shop.output_file(job.slug, form)] = data
    record = Manifest(
        slug=job.slug, inputs=draft.inputs, tools=dict(shop.tools), outputs=_in_order(outputs)
    )
    if written or record != known:
        written[shop.manifest_file(job.slug)] = manifest.dump(record)
    files.write_all(written)
    _touch(job)
    built = tuple(form for form in manifest.FORMATS if shop.output_file(job.slug, form) in written)
    return Result(job.slug, built, draft.problems, len(brief.notes) if brief else 0)


def _in_order(outputs: dict[Format, Output]) -> dict[Format, Output]:
    return {form: outputs[form] for form in manifest.FORMATS if form in outputs}


def _draft(job: Job, known: Manifest) -> Draft:
    """Return the brief's JSON: the one on the disk where it is current, a new one otherwise."""
    shop = job.shop
    now = stages.inputs_now(shop, known)
    key = stages.json_key(shop, now)
    if known.inputs and stages.is_intact(shop, known, "json") and known.outputs["json"].key == key:
        return Draft(shop.output_file(job.slug, "json").read_bytes(), key, now)
    brief, problems = read_checked(
        shop.brief_file(job.slug), load_theme(shop.templates, shop.theme)
    )
    if brief is None:
        return Draft(b"", "", {}, None, problems)
    names = ["brief.md", *(image.file for image in brief.images)]
    inputs = {name: files.digest_of(shop.source / job.slug / name) or "missing" for name in names}
    return Draft(codec.dump(brief), stages.json_key(shop, inputs), inputs, brief, problems)


def read_checked(file: Path, theme: Theme) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read a brief and check it; no brief comes back when anything in it is an error."""
    return checked(*read(file), file, theme)


def checked(
    brief: Brief | None, problems: Sequence[Problem], file: Path, theme: Theme
) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Check a brief that was read; no brief comes back when anything in it is an error."""
    if brief is not None:
        problems = (*problems, *check(brief, str(file), coverage(theme.folder / "fonts")))
    return (None if errors(problems) else brief), tuple(sorted(set(problems)))


def _render(job: Job, brief: Brief, formats: Sequence[Format]) -> tuple[dict[Format, bytes], Proof]:
    """Render the formats and read each back; raises BriefError when one differs from the brief."""
    # WeasyPrint takes half a second to import: only a process that renders pays for it.
    from pipeline import rendering

    theme = load_theme(job.shop.templates, job.shop.theme)
    made: dict[Format, bytes] = {}
    found: list[Problem] = []
    for form in formats:
        try:
            made[form] = rendering.render(brief, theme, form, str(job.shop.brief_file(job.slug)))
        except BriefError as error:
            found += error.problems
            continue
        path = str(job.shop.output_file(job.slug, form))
        found += rendering.verify(brief, made[form], form, path)
    if errors(found):
        raise BriefError(found)
    return made, proof(brief)


def proof(brief: Brief) -> Proof:
    """Return the counts of what was compared between the brief and its outputs."""
    blocks = list(walk.blocks_within(brief.body))
    return Proof(
        notes=len(brief.notes),
        calls=len(walk.calls(brief)),
        headings=sum(isinstance(block, Heading) for block in blocks),
        characters=walk.count_characters(brief),
    )


def _touch(job: Job) -> None:
    """Give current outputs that are older than an input its time, so that Make lets them be."""
    shop = job.shop
    own = files.newest([shop.source / job.slug])
    for form in manifest.FORMATS:
        if form != "json" and form not in job.formats:
            continue
        time = max(own, shop.times[form])
        files.touch_if_older(shop.output_file(job.slug, form), time)
        own = max(own, shop.output_file(job.slug, "json").stat().st_mtime_ns)
