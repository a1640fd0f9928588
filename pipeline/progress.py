"""How a build is told of while it runs and when it ends.

On a terminal a bar stands in place of the lines, with what is being built, the rate and the time
that is left. Elsewhere, and in CI, each brief gets a line.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from pipeline.batch import Watch, unwatched
from pipeline.build import Result
from pipeline.problems import printable

Manner = Literal["quiet", "plain", "verbose"]
"""Nothing but problems; what is done; every brief, with what it took."""

SLOWEST = 3
"""How many of the slowest briefs are named at the end."""
FEW = 10
"""How many of those that failed are named at the end."""
SHOWN = 3
"""How many of those in hand are named beside the bar."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Where a running build is told of."""

    watch: Watch
    """Called with the briefs in hand, and with how many are left with them."""
    tell: Callable[[Result], None]
    """Called with each brief that is finished."""


@contextmanager
def telling(done: str, manner: Manner) -> Iterator[Teller]:
    """Tell of a build on standard output, in the way that suits where that goes."""
    if manner != "quiet" and is_live():
        with _bar(done, manner) as teller:
            yield teller
    else:
        yield Teller(unwatched, _teller_of_lines(done, manner))


def is_live() -> bool:
    """Tell whether a person watches: a terminal that can go back in a line, and no CI."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


def _teller_of_lines(done: str, manner: Manner) -> Callable[[Result], None]:
    def tell(result: Result) -> None:
        line = line_of(result, done, manner)
        if line:
            print(line, flush=True)

    return tell


def line_of(result: Result, done: str, manner: Manner) -> str:
    """Return the line for a finished brief, or nothing where it gets none."""
    took = f" in {result.seconds:.1f} s" if manner == "verbose" and result.seconds else ""
    match state(result, done):
        case _ if manner == "quiet":
            return ""
        case "failed":
            return f"   failed  {printable(result.slug)}{took} (the earlier outputs are untouched)"
        case "unchanged":
            return f"unchanged  {printable(result.slug)}" if manner == "verbose" else ""
        case _:
            formats = " ".join(result.built)
            notes = count(result.notes, "note")
            return f"{done:>9}  {printable(result.slug)}: {formats} ({notes}){took}"


def state(result: Result, done: str) -> str:
    """Return the word for what became of a brief."""
    return "failed" if result.failed else done if result.built else "unchanged"


@contextmanager
def _bar(done: str, manner: Manner) -> Iterator[Teller]:
    """Keep a bar at the foot of the terminal. Lines go above it, and in the end it is gone."""
    # Rich is imported only where a person waits for it. It respects NO_COLOR.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    bar = Progress(
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        Remaining(),
        TextColumn("{task.fields[names]}", markup=False),
        console=Console(highlight=False),
        auto_refresh=False,  # It would need a thread, and a process with threads cannot be forked.
        transient=True,
    )
    finished = 0

    def watch(names: Sequence[str], left: int) -> None:
        speed = bar.tasks[task].speed
        rate = f"{speed:.1f} a second" if speed else ""
        shown = _some(names, SHOWN)
        bar.update(task, total=finished + left, names=shown, rate=rate, refresh=True)

    def tell(result: Result) -> None:
        nonlocal finished
        what = state(result, done)
        if what != "unchanged":
            finished += 1
            bar.update(task, completed=finished)
        line = line_of(result, done, manner)
        if line and (what == "failed" or manner == "verbose"):
            bar.console.print(line, markup=False, soft_wrap=True)

    with bar:
        task = bar.add_task("", total=None, names="", rate="")
        yield Teller(watch, tell)


def summary(results: Sequence[Result], done: str, where: str, seconds: float) -> str:
    """Return the lines at the end: how many were built, what took long, and where all is."""
    states = [state(result, done) for result in results]
    counts = [f"{n} {one}" for one in (done, "unchanged", "failed") if (n := states.count(one))]
    took = f" in {seconds:.1f} s" if set(states) != {"unchanged"} else ""
    lines = [f"{count(len(results), 'brief')} in {where}: {', '.join(counts)}{took}"]
    slow = sorted((one for one in results if one.built), key=lambda one: -one.seconds)
    if len(slow) > SLOWEST:
        named = (f"{printable(one.slug)} ({one.seconds:.1f} s)" for one in slow[:SLOWEST])
        lines.append(f"  slowest: {', '.join(named)}")
    failed = [one.slug for one in results if one.failed]
    if failed and len(results) > 1:
        lines.append(f"  failed: {_some(failed, FEW)}")
    return "\n".join(lines)


def _some(names: Sequence[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(map(printable, names[:most])) + more


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
