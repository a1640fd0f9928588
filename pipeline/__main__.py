"""The command `briefwright`: reads what the user typed, calls it, words what came of it."""

import argparse
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from datetime import date
from time import monotonic
from typing import cast

from pipeline import commands, fresh, walk
from pipeline.arguments import parser
from pipeline.build import Result
from pipeline.problems import BriefError, Exit, Format, Problem, exit_code, problem, report
from pipeline.progress import Manner, Teller, count, summary, telling
from pipeline.theme import TEMPLATES, load_theme


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; no traceback reaches the user."""
    options = parser().parse_args(arguments)
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


if __name__ == "__main__":
    sys.exit(main())
