"""One brief, from source to proved outputs: what is stale is planned, then written whole."""

import errno
import os
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic, time_ns
from typing import TypeVar

from pipeline import codec, files, manifest, stages, walk
from pipeline.checks import check
from pipeline.fonts import coverage
from pipeline.manifest import ABOUT, Format, Manifest, Output, Proof
from pipeline.model import Brief, Heading
from pipeline.problems import BriefError, Problem, errors, problem
from pipeline.reader import bytes_of, read
from pipeline.stages import Workshop
from pipeline.theme import Theme, load_theme
from pipeline.workers import Died, Limits, Slow

Kept = TypeVar("Kept")


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
    """The JSON of a brief with its key, and the files it was read from.

    `stale` are the formats that have to be made from it; then the brief itself is there too.
    `began` is the time of the clock before anything was read, `newest` that of the file of the
    brief that was changed last, in nanoseconds.
    """

    document: bytes
    key: str
    inputs: Mapping[str, str]
    brief: Brief | None = None
    problems: tuple[Problem, ...] = ()
    stale: tuple[Format, ...] = ()
    began: int = field(default=0, compare=False)
    newest: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is to be written for a brief; the JSON is written if it is another one."""

    draft: Draft
    made: Mapping[Format, bytes] = field(default_factory=dict)
    proof: Proof | None = None
    notes: int = 0


def build(job: Job) -> Result:
    """Bring one brief up to date: all its outputs, or, when anything is wrong, none of them."""
    start = monotonic()
    try:
        with files.only_writer(job.shop.lock_file(job.slug)):
            result = write(job, plan(job))
    except Exception as error:
        result = failure(job, error)
    return replace(result, seconds=monotonic() - start)


def failure(job: Job, error: Exception) -> Result:
    """Return what is told of a brief that this stopped."""
    path = str(job.shop.brief_file(job.slug))
    match error:
        case BriefError():
            return Result(job.slug, problems=error.problems)
        case MemoryError() | OSError(errno=errno.ENOMEM):
            found = problem("structure-memory", path)
        case RecursionError():
            found = problem("structure-depth", path, what="brief")
        case OSError() if no_room := files.no_room(error, Path(path)):
            found = no_room
        case _:
            if os.environ.get("BRIEFWRIGHT_DEBUG"):
                traceback.print_exception(error)
            found = problem("internal-error", path, what=f"{type(error).__name__}: {error}")
    return Result(job.slug, problems=(found,))


def unanswered(job: Job, answer: Slow | Died, limits: Limits) -> Result:
    """Return what is told of a brief whose process did not finish."""
    path = str(job.shop.brief_file(job.slug))
    match answer:
        case Slow():
            found = problem("structure-time", path, seconds=limits.seconds)
        case Died():
            found = problem("internal-worker", path, megabytes=limits.megabytes)
    return Result(job.slug, problems=(found,))


def is_current(job: Job) -> bool:
    """Tell whether every output asked for is on the disk and made from what is there now."""
    known = manifest.load(job.shop.manifest_file(job.slug), job.slug)
    if not known.inputs or files.leftovers(job.shop.output / job.slug):
        return False
    document = stages.intact(job.shop, known, "json")
    if document is None:
        return False
    if known.outputs["json"].key != stages.json_key(job.shop, stages.inputs_now(job.shop, known)):
        return False
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


def plan(job: Job) -> Plan:
    """Read, check, render and prove what is stale of a brief; the disk stays as it is.

    Raises BriefError with every problem when anything is wrong.
    """
    drafted = draft(job)
    return planned(drafted, make(job, drafted, drafted.stale))


def planned(drafted: Draft, made: Mapping[Format, bytes]) -> Plan:
    """Return what is to be written of a brief, with the outputs that were made of it."""
    brief = drafted.brief
    if brief is None:
        return Plan(drafted)
    return Plan(drafted, made, proof(brief) if made else None, len(brief.notes))


def make(job: Job, drafted: Draft, formats: Sequence[Format]) -> dict[Format, bytes]:
    """Return outputs of a brief that was read, proved; raises BriefError when one is not right."""
    if drafted.brief is None or not formats:
        return {}
    theme = load_theme(job.shop.templates, job.shop.theme)
    paths = {form: str(job.shop.output_file(job.slug, form)) for form in formats}
    return render(drafted.brief, theme, paths, str(job.shop.brief_file(job.slug)))


def write(job: Job, done: Plan) -> Result:
    """Put what was planned on the disk, whole; raises BriefError when it cannot be written."""
    shop = job.shop
    files.sweep(shop.output / job.slug)
    known = manifest.load(shop.manifest_file(job.slug), job.slug)
    document = done.draft.document
    made = dict(done.made)
    if files.digest(document) != files.digest_of(shop.output_file(job.slug, "json")):
        made["json"] = document
    outputs = dict(known.outputs)
    outputs["json"] = Output(key=done.draft.key, sha256=files.digest(document))
    for form, data in done.made.items():
        key = stages.output_key(shop, form, document)
        # What is made from the front matter is not made again with the text that the counts are of.
        counts = None if form in ABOUT else done.proof
        outputs[form] = Output(key=key, sha256=files.digest(data), proof=counts)
    record = Manifest(
        slug=job.slug, inputs=done.draft.inputs, tools=dict(shop.tools), outputs=_in_order(outputs)
    )
    written = {shop.output_file(job.slug, form): made[form] for form in _in_order(made)}
    if written or record != known:
        written[shop.manifest_file(job.slug)] = manifest.dump(record)
    files.write_all(written, done.draft.began)
    touch(job, done.draft.newest)
    return Result(job.slug, tuple(_in_order(made)), done.draft.problems, done.notes)


def _in_order(by_format: Mapping[Format, Kept]) -> dict[Format, Kept]:
    return {form: by_format[form] for form in manifest.FORMATS if form in by_format}


def draft(job: Job) -> Draft:
    """Return the brief's JSON: the one on the disk where it is current, a new one otherwise.

    Raises BriefError with every problem when the brief is wrong.
    """
    began, newest = time_ns() - files.GRAIN, newest_input(job)
    known = manifest.load(job.shop.manifest_file(job.slug), job.slug)
    drafted = _read_draft(job, known)
    stale = _stale(job, known, drafted.document)
    brief = drafted.brief
    if stale and brief is None:
        brief = codec.load(drafted.document, str(job.shop.output_file(job.slug, "json")))
    return replace(drafted, stale=stale, brief=brief, began=began, newest=newest)


def _read_draft(job: Job, known: Manifest) -> Draft:
    shop = job.shop
    now = stages.inputs_now(shop, known)
    key = stages.json_key(shop, now)
    document = stages.intact(shop, known, "json") if known.inputs else None
    if document is not None and known.outputs["json"].key == key:
        return Draft(document, key, now)
    file = shop.brief_file(job.slug)
    text = bytes_of(file)
    citing = stages.citing_inputs(file.parent)
    brief, problems = read_checked(file, load_theme(shop.templates, shop.theme), text)
    if brief is None:
        raise BriefError(problems)
    # Digests of what was read: a file that is changed meanwhile is another one for the next run.
    pictures = {one.file: one.sha256 for one in brief.images}
    inputs = {"brief.md": files.digest(text), **pictures, **citing}
    key = stages.json_key(shop, inputs)
    return Draft(codec.dump(brief), key, inputs, brief, problems)


def read_checked(
    file: Path, theme: Theme, text: bytes | None = None
) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read a brief and check it; no brief comes back when anything in it is an error.

    `text` is what the file holds, where that is known.
    """
    return checked(*read(file, text), file, theme)


def checked(
    brief: Brief | None, problems: Sequence[Problem], file: Path, theme: Theme
) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Check a brief that was read; no brief comes back when anything in it is an error."""
    if brief is not None:
        problems = (*problems, *check(brief, str(file), coverage(theme.folder / "fonts")))
    return (None if errors(problems) else brief), tuple(sorted(set(problems)))


def render(
    brief: Brief, theme: Theme, paths: Mapping[Format, str], path: str
) -> dict[Format, bytes]:
    """Return the outputs that `paths` names by format, each read back and equal to the brief.

    The paths, and `path` of the source, are for problems only: no file is read or written. Raises
    BriefError when a format cannot be made or differs from the brief.
    """
    # WeasyPrint takes half a second to import: only a process that renders pays for it.
    from pipeline import rendering

    made: dict[Format, bytes] = {}
    found: list[Problem] = []
    for form in paths:
        try:
            made[form] = rendering.render(brief, theme, form, path)
        except BriefError as error:
            found += error.problems
            continue
        found += rendering.verify(brief, made[form], form, paths[form])
    if errors(found):
        raise BriefError(found)
    return made


def proof(brief: Brief) -> Proof:
    """Return the counts of what was compared between the brief and its outputs."""
    blocks = list(walk.blocks_within((*brief.body, *brief.references)))
    return Proof(
        notes=len(brief.notes),
        calls=len(walk.calls(brief)),
        headings=sum(isinstance(block, Heading) for block in blocks),
        characters=walk.count_characters(brief),
    )


def newest_input(job: Job) -> int:
    """Return when a file of the brief was changed last; asked for before any of them is read."""
    return files.newest([job.shop.source / job.slug])


def touch(job: Job, own: int) -> None:
    """Give current outputs that are older than an input its time, so that Make lets them be.

    `own` is the time of the newest file of the brief that they are made of.
    """
    shop = job.shop
    for form in manifest.FORMATS:
        if form != "json" and form not in job.formats:
            continue
        time = max(own, shop.times[form])
        files.touch_if_older(shop.output_file(job.slug, form), time)
        own = max(own, files.newest([shop.output_file(job.slug, "json")]))
