"""The command `briefwright`: reads what the user typed, calls it, words what came of it."""

import argparse
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from time import monotonic
from typing import cast, get_args

from pipeline import __version__, commands, fresh, walk
from pipeline.build import Result
from pipeline.intake.draft import Tracked
from pipeline.manifest import FORMATS
from pipeline.manifest import Format as Output
from pipeline.problems import BriefError, Exit, Format, Problem, exit_code, problem, report
from pipeline.progress import Manner, Teller, count, summary, telling
from pipeline.theme import TEMPLATES, load_theme


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; no traceback reaches the user."""
    options = _parser().parse_args(arguments)
    form = cast(Format, options.format)
    ending = ""
    try:
        problems, ending = _run(options)
    except BriefError as error:
        problems = error.problems
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.INTERNAL)
    except Exception as error:
        if os.environ.get("BRIEFWRIGHT_DEBUG"):
            traceback.print_exc()
        problems = (
            problem("internal-error", "briefwright", what=f"{type(error).__name__}: {error}"),
        )
    _tell(problems, form)
    if ending:
        print(ending, flush=True)
    return int(exit_code(problems))


def _run(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    """Do what was asked; return all problems, and what is told after them."""
    match options.command:
        case "build":
            return _build(options)
        case "check":
            return _check(options)
        case "verify":
            return _verify(options)
        case "dist":
            return _publish(options)
        case "render":
            made, problems = commands.render_file(
                options.file, options.to, options.o, options.theme
            )
            print(made)
            return problems, ""
        case "new":
            return _new(options)
        case "watch":
            return _watch(options)
        case "import":
            return _import(options)
        case "redline":
            return _redline(options)
        case "merge":
            return _merge(options)
        case "schema":
            return commands.publish_schema(options.check), ""
        case _:
            raise AssertionError(options.command)


def _build(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    with telling("built", _manner(options)) as teller:
        results = commands.build_briefs(
            options.source,
            options.output,
            options.slugs,
            options.to or (),
            options.jobs,
            options.theme,
            teller.watch,
            options.scheduler,
        )
        return _gather(results, "built", options, teller)


def _verify(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    with telling("proved", _manner(options)) as teller:
        results = commands.verify_briefs(
            options.source, options.output, options.slugs, teller.watch
        )
        return _gather(results, "proved", options, teller)


def _publish(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    done = commands.publish_briefs(
        options.source, options.output, options.slugs, options.to, options.site, options.theme
    )
    if _manner(options) == "quiet":
        return done.problems, ""
    told = f"{done.written} of {count(done.files, 'file')} new" if done.written else "up to date"
    return done.problems, f"{count(done.briefs, 'brief')} published in {options.to}/: {told}"


def _gather(
    results: Iterable[Result], done: str, options: argparse.Namespace, teller: Teller
) -> tuple[tuple[Problem, ...], str]:
    """Tell of each brief as it is finished; return all problems, and the summary.

    What stops the whole run is told with the problems of the briefs that were finished until then.
    """
    start = monotonic()
    finished = []
    stopped: tuple[Problem, ...] = ()
    try:
        for result in results:
            finished.append(result)
            teller.tell(result)
    except BriefError as error:
        stopped = error.problems
    problems = (*(item for result in finished for item in result.problems), *stopped)
    if _manner(options) == "quiet" or not finished:
        return problems, ""
    return problems, summary(finished, done, str(options.output), monotonic() - start)


def _manner(options: argparse.Namespace) -> Manner:
    """Return how much is told; where problems go to a machine, nothing is told beside them."""
    if options.quiet or options.format in ("json", "sarif", "gitlab"):
        return "quiet"
    return "verbose" if options.verbose else "plain"


def _check(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    problems: list[Problem] = []
    total = 0
    for _, found in commands.check_briefs(options.source, options.targets, options.theme):
        problems += found
        total += 1
    if options.format != "text" or options.quiet:
        return tuple(problems), ""
    told = count(len(problems), "problem") if problems else "no problems"
    return tuple(problems), f"{count(total, 'brief')} checked: {told}"


def _new(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    """Write the first text of a brief.

    Through the environment a title arrives as it was typed; in a recipe of Make the shell reads it.
    """
    title = options.title or os.environ.get("BRIEFWRIGHT_TITLE", "")
    slug = options.slug or os.environ.get("BRIEFWRIGHT_SLUG", "")
    file = fresh.create(
        options.source,
        load_theme(TEMPLATES, options.theme),
        fresh.Wish(title, slug.strip(), date.today()),
    )
    told = "`make check` names what is wrong in it, `make watch` shows it"
    return (), f"{file} is yours to write in; {told}"


def _watch(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    """Serve the preview until it is ended."""
    slugs = commands.chosen_slugs(options.source, options.slugs) if options.slugs else []
    if not options.source.is_dir():
        raise BriefError([problem("usage-no-briefs", str(options.source))])
    load_theme(TEMPLATES, options.theme)
    try:
        from pipeline.preview.serve import serve
    except ModuleNotFoundError as error:
        raise BriefError([problem("setup-watch", "briefwright", name=error.name)]) from None
    from pipeline.preview.studio import Places

    places = Places(options.source, options.output, TEMPLATES, options.theme, tuple(slugs))
    serve(places, options.port)
    return (), ""


def _import(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    made = commands.import_manuscript(
        options.file, options.source, options.slug, options.fix, options.track
    )
    if options.format != "text":
        return made.problems, ""
    doubts = sum(one.severity != "note" for one in made.problems)
    looked = f"{count(doubts, 'place')} to look at" if doubts else "nothing to look at"
    notes, calls = len(made.brief.notes), len(walk.calls(made.brief))
    counts = f"{count(notes, 'note')}, {count(calls, 'call')}"
    return made.problems, f"{made.file}: {counts}, the same text as the manuscript; {looked}"


def _redline(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    made = commands.draw_redline(
        options.slug, options.since, options.source, options.to, options.theme
    )
    if options.format != "text":
        return made.problems, ""
    files = "\n".join(f"  {file}" for file in made.files)
    return made.problems, f"{made.told}\nWritten, and proved in both directions:\n{files}"


def _merge(options: argparse.Namespace) -> tuple[tuple[Problem, ...], str]:
    """Show the edits of a Word file on the source, or make them there."""
    done = commands.merge_edits(options.file, options.source, options.brief, options.apply)
    if options.format != "text":
        return done.problems, ""
    print(done.diff, end="", flush=True)
    if not done.diff:
        return done.problems, f"{done.file}: the Word file changes nothing"
    told = f"{done.file}: {count(done.made, 'edited passage')}"
    return done.problems, f"{told}, written" if done.written else f"{told}; APPLY=1 writes them"


def _tell(problems: Sequence[Problem], form: Format) -> None:
    """Print the problems: for people on standard error, for machines on standard output."""
    if form == "text":
        sys.stderr.write(report(problems))
    else:
        sys.stdout.write(report(problems, form))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefwright", description="Markdown briefs to web page, print PDF and Word file."
    )
    parser.add_argument("--version", action="version", version=f"briefwright {__version__}")
    verbs = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    make = verbs.add_parser("build", help="bring the outputs of briefs up to date")
    _add_places(make)
    make.add_argument(
        "--to", action="append", choices=FORMATS, help="only this format (repeatable)"
    )
    make.add_argument(
        "--jobs", type=_positive, default=_cores(), help="briefs at a time (default: the cores)"
    )
    make.add_argument(
        "--scheduler", default="", metavar="URL", help="of Dask, whose workers make the outputs"
    )
    make.add_argument("slugs", nargs="*", metavar="SLUG")
    check = verbs.add_parser("check", help="name every problem of briefs, build nothing")
    check.add_argument("--source", type=Path, default=Path("source"))
    check.add_argument("targets", nargs="*", metavar="SLUG|FILE")
    verify = verbs.add_parser("verify", help="read finished files back and compare them again")
    _add_places(verify)
    verify.add_argument("slugs", nargs="*", metavar="SLUG")
    dist = verbs.add_parser("dist", help="make the folder that a web server serves")
    _add_places(dist)
    dist.add_argument("--to", type=Path, default=Path("dist"), metavar="DIR", help="the folder")
    dist.add_argument("--site", default="", metavar="URL", help="where it will be served")
    dist.add_argument("slugs", nargs="*", metavar="SLUG")
    render = verbs.add_parser("render", help="render one brief, Markdown or JSON, to one format")
    render.add_argument("file", type=Path, metavar="FILE")
    render.add_argument("--to", required=True, choices=get_args(Output))
    render.add_argument("-o", type=Path, metavar="FILE", help="where to (default: beside FILE)")
    new = verbs.add_parser("new", help="begin a brief: write a first text that teaches")
    new.add_argument("--source", type=Path, default=Path("source"), help="folder of briefs")
    new.add_argument("--title", default="", help="default: BRIEFWRIGHT_TITLE of the environment")
    new.add_argument("--slug", default="", help="name of its folder (default: made of the title)")
    watch = verbs.add_parser("watch", help="show briefs in a browser, and again at each save")
    _add_places(watch)
    watch.add_argument(
        "--port", type=_port, default=8000, help="at 127.0.0.1 (default: 8000; 0: any)"
    )
    watch.add_argument("slugs", nargs="*", metavar="SLUG")
    bring = verbs.add_parser("import", help="turn a manuscript into source/<slug>/brief.md")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--source", type=Path, default=Path("source"), help="folder of briefs")
    bring.add_argument("--slug", default="", help="name of the brief (default: from its title)")
    bring.add_argument("--fix", action="store_true", help="mend slips that leave no doubt")
    bring.add_argument(
        "--track", choices=get_args(Tracked), default="accept", help="what tracked changes become"
    )
    mark = verbs.add_parser("redline", help="what changed in a brief since an older version")
    mark.add_argument("slug", metavar="SLUG")
    mark.add_argument(
        "--since", default="", metavar="REF|JSON", help="a revision of git, or the older JSON"
    )
    mark.add_argument("--source", type=Path, default=Path("source"), help="folder of briefs")
    mark.add_argument("--to", type=Path, default=Path("redline"), metavar="DIR", help="the folder")
    back = verbs.add_parser("merge", help="bring the edits of a Word file into its brief")
    back.add_argument("file", type=Path, metavar="FILE", help="our Word file, edited")
    back.add_argument("brief", metavar="BRIEF", help="the slug of the brief")
    back.add_argument("--source", type=Path, default=Path("source"), help="folder of briefs")
    back.add_argument("--apply", action="store_true", help="write the edits (default: show them)")
    schema = verbs.add_parser("schema", help="write the published JSON Schema")
    schema.add_argument("--check", action="store_true", help="only tell whether it is current")
    for verb in (make, check, render, new, watch, dist, mark):
        verb.add_argument(
            "--theme", default="", metavar="NAME", help="a folder of templates/themes"
        )
    for verb in (make, check, verify, dist):
        manner = verb.add_mutually_exclusive_group()
        manner.add_argument("--quiet", action="store_true", help="tell of problems only")
        manner.add_argument("--verbose", action="store_true", help="tell of every brief")
    for verb in (make, check, verify, render, new, watch, bring, back, mark, schema, dist):
        verb.add_argument(
            "--format", choices=get_args(Format), default="text", help="form of the problems"
        )
    return parser


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", type=Path, default=Path("source"), help="folder of briefs")
    parser.add_argument("--output", type=Path, default=Path("output"), help="folder of results")


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError(text)
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    sys.exit(main())
