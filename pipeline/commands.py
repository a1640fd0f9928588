"""What each command of `briefwright` does. Each returns every problem it found."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import batch, build, codec, manifest, schema, stages
from pipeline.batch import Watch, Way
from pipeline.build import Job, Result
from pipeline.files import no_writer, write_all
from pipeline.front_schema import FRONT_SCHEMA_FILE, front_text
from pipeline.manifest import FORMATS, Format
from pipeline.model import Brief
from pipeline.problems import BriefError, Problem, errors, problem
from pipeline.theme import TEMPLATES, Theme, load_theme

if TYPE_CHECKING:
    from pipeline.intake.desk import Imported
    from pipeline.intake.draft import Tracked
    from pipeline.merge import Merged
    from pipeline.publish import Published
    from pipeline.redline.desk import Redline


def build_briefs(
    source: Path,
    output: Path,
    slugs: Sequence[str],
    formats: Sequence[Format],
    workers: int,
    theme: str = "",
    watch: Watch = batch.unwatched,
    scheduler: str = "",
) -> Iterator[Result]:
    """Bring the outputs of the briefs up to date in a theme, whose name is empty for the default.

    With the address of a scheduler its workers make them. Raises BriefError when a slug or the
    theme is unknown, or the cluster cannot be worked with.
    """
    wanted = tuple(form for form in FORMATS if not formats or form in formats)
    chosen = chosen_slugs(source, slugs)
    load_theme(TEMPLATES, theme)
    shop = stages.open_workshop(source, output, TEMPLATES, theme)
    jobs = [Job(shop, slug, wanted) for slug in chosen]
    way = _way_over(scheduler, workers) if scheduler else None
    yield from batch.build_all(jobs, workers, watch=watch, way=way)


def _way_over(scheduler: str, workers: int) -> Way:
    try:
        from pipeline.cluster import way_over
    except ModuleNotFoundError as error:
        raise BriefError([problem("setup-cluster", "briefwright", name=error.name)]) from None
    return way_over(scheduler, workers)


def check_briefs(
    source: Path, targets: Sequence[str], theme: str = ""
) -> Iterator[tuple[Path, tuple[Problem, ...]]]:
    """Yield every problem of each brief. A target is a slug, a `brief.md` or a brief's JSON."""
    house = load_theme(TEMPLATES, theme)
    for file in _files(source, targets):
        try:
            yield file, _load(file, house)[1]
        except BriefError as error:
            yield file, error.problems


def verify_briefs(
    source: Path, output: Path, slugs: Sequence[str], watch: Watch = batch.unwatched
) -> Iterator[Result]:
    """Read the finished files of the briefs back again and compare them with their JSON."""
    shop = stages.open_workshop(source, output, TEMPLATES)
    chosen = chosen_slugs(source, slugs)
    for done, slug in enumerate(chosen):
        watch([slug], len(chosen) - done)
        with no_writer(shop.lock_file(slug)):
            result = _verify(shop, slug)
        yield result


def _verify(shop: stages.Workshop, slug: str) -> Result:
    from pipeline import rendering

    known = manifest.load(shop.manifest_file(slug), slug)
    path = str(shop.output_file(slug, "json"))
    if not known.outputs:
        return Result(slug, problems=(problem("verify-unbuilt", path),))
    found = [
        problem("verify-changed", str(shop.output_file(slug, form)))
        for form in known.outputs
        if not stages.is_intact(shop, known, form)
    ]
    try:
        brief = codec.load(_bytes(Path(path)), path)
    except BriefError as error:
        return Result(slug, problems=(*found, *error.problems))
    for form in known.outputs:
        file = shop.output_file(slug, form)
        if form != "json" and file.is_file():
            found += rendering.verify(brief, file.read_bytes(), form, str(file))
    proved = tuple(known.outputs) if not errors(found) else ()
    return Result(slug, proved, tuple(found), len(brief.notes))


def publish_briefs(
    source: Path, output: Path, slugs: Sequence[str], target: Path, address: str, theme: str = ""
) -> "Published":
    """Make the folder to publish, of all briefs or of some, for a site of this address.

    Raises BriefError with every problem; then the folder is as it was.
    """
    from pipeline import publish

    place = publish.site(target, address, load_theme(TEMPLATES, theme))
    shop = stages.open_workshop(source, output, TEMPLATES, theme)
    return publish.publish(shop, chosen_slugs(source, slugs), place)


def render_file(
    file: Path, form: Format, target: Path | None, theme: str = ""
) -> tuple[Path, tuple[Problem, ...]]:
    """Render one brief, given as Markdown or JSON, and prove the result before it is written."""
    from pipeline import rendering

    house = load_theme(TEMPLATES, theme)
    brief, problems = _load(file, house)
    if brief is None:
        raise BriefError(problems)
    made = target or file.with_name(f"{brief.slug}.{manifest.suffix(form)}")
    if form == "json":
        write_all({made: codec.dump(brief)})
        return made, problems
    data = rendering.render(brief, house, form, str(file))
    found = rendering.verify(brief, data, form, str(made))
    if errors(found):
        raise BriefError(found)
    write_all({made: data})
    return made, (*problems, *found)


def import_manuscript(
    file: Path, source: Path, slug: str, fix: bool, track: "Tracked"
) -> "Imported":
    """Turn a manuscript into a brief; raises BriefError when nothing was written."""
    from pipeline.intake.desk import bring_in

    return bring_in(file, source, slug, load_theme(TEMPLATES, ""), fix, track)


def draw_redline(slug: str, since: str, source: Path, target: Path, theme: str = "") -> "Redline":
    """Write what changed in a brief since an older version, in a theme.

    Raises BriefError with every problem when nothing was written.
    """
    from pipeline.redline import desk

    if not slug:
        raise BriefError([problem("redline-brief", "briefwright")])
    [chosen] = chosen_slugs(source, [slug])
    return desk.redline(chosen, since, source, target, load_theme(TEMPLATES, theme))


def merge_edits(file: Path, source: Path, slug: str, apply: bool) -> "Merged":
    """Bring the edits of a Word file into its brief, or only show them.

    Raises BriefError when one of them cannot be read, or the proof fails; nothing is written then.
    """
    from pipeline.merge import merge

    for what, given in (("Word file", file.name), ("brief", slug)):
        if not given:
            raise BriefError([problem("merge-file", "briefwright", what=what)])
    (name,) = chosen_slugs(source, [slug])
    return merge(file, source / name / "brief.md", load_theme(TEMPLATES, ""), apply)


def _load(file: Path, theme: Theme) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read a brief from its Markdown or its JSON, and check it either way: neither is trusted."""
    if file.suffix == ".json":
        return build.checked(codec.load(_bytes(file), str(file)), (), file, theme)
    return build.read_checked(file, theme)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        what = error.strerror or str(error)
        raise BriefError([problem("usage-unreadable", str(file), what=what)]) from None


def publish_schema(only_check: bool) -> tuple[Problem, ...]:
    """Write the published JSON Schema, or only tell whether it is the model's."""
    if only_check:
        published = {schema.SCHEMA_FILE: schema.text(), FRONT_SCHEMA_FILE: front_text()}
        stale = [str(file) for file, text in published.items() if _text(file) != text]
        return tuple(problem("internal-schema", path) for path in stale)
    write_all(
        {schema.SCHEMA_FILE: schema.text().encode(), FRONT_SCHEMA_FILE: front_text().encode()}
    )
    return ()


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def slugs_in(source: Path) -> list[str]:
    """Return the names of all briefs in a folder."""
    return sorted(file.parent.name for file in source.glob("*/brief.md"))


def chosen_slugs(source: Path, slugs: Sequence[str]) -> list[str]:
    """Return the slugs asked for, or all there are."""
    known = slugs_in(source)
    if not known:
        raise BriefError([problem("usage-no-briefs", str(source))])
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        raise BriefError([_unknown(source, slug, known) for slug in unknown])
    return sorted(set(slugs)) or known


def _unknown(source: Path, slug: str, known: Sequence[str]) -> Problem:
    near = get_close_matches(slug, known, n=1)
    meant = f"did you mean '{near[0]}'?" if near else "the briefs are: " + ", ".join(known[:8])
    return problem("usage-no-brief", str(source), slug=slug, meant=meant)


def _files(source: Path, targets: Sequence[str]) -> list[Path]:
    """Return the files that targets name: themselves, or the `brief.md` of a slug."""
    named = [Path(target) for target in targets if target.endswith((".md", ".json"))]
    slugs = [target for target in targets if not target.endswith((".md", ".json"))]
    if targets and not slugs:
        return named
    return [*named, *(source / slug / "brief.md" for slug in chosen_slugs(source, slugs))]
