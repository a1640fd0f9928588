"""Builds briefs that were spoiled at random, as many as one likes: make fuzz COUNT=1000 SEED=7.

Each input is a real brief, or its JSON, that was cut, doubled, mixed with another or sprinkled
with what is known to be hard. It must come to one of two ends, within limits of time and memory:
problems that name a place in it, or all outputs, read back and proved. Anything else is a fault:
its input is kept in a folder, with what happened. An input depends on the seed and its number
alone.
"""

import argparse
import random
import resource
import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from pipeline import build, codec, workers
from pipeline.manifest import FORMATS, Format
from pipeline.model import Brief
from pipeline.problems import BriefError, Problem, errors
from pipeline.renderers.carried import carried
from pipeline.renderers.epub import render_epub
from pipeline.renderers.jats import render_jats
from pipeline.renderers.mail import render_mail
from pipeline.theme import load_theme
from pipeline.verify import verify_epub, verify_jats
from pipeline.verify.mail import verify_mail
from pipeline.workers import Died, Limits, Slow
from tests import hard

LIMITS = Limits(seconds=60, megabytes=512, attempts=1)
TEXTS = shutil.ignore_patterns("*.md", "*.json", "*.txt")
"""What lies beside a brief and is no picture."""
OURS = ("internal", "verify")
"""Families of problems that are never the author's."""


@dataclass(frozen=True, slots=True)
class Input:
    """One spoiled brief: the folder of its pictures, and its text or its JSON."""

    number: int
    data: bytes
    pictures: Path
    is_json: bool = False

    @property
    def name(self) -> str:
        """The name of its file."""
        return "brief.json" if self.is_json else "brief.md"


@dataclass(frozen=True, slots=True)
class End:
    """What became of an input: the codes of its problems, or none; and what is wrong with that."""

    kind: str
    codes: tuple[str, ...] = ()
    fault: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass(slots=True)
class Count:
    """What became of all of them."""

    ends: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    most: float = 0.0

    def add(self, end: End) -> None:
        """Count one more."""
        self.ends[end.kind] += 1
        self.codes.update(set(end.codes))
        if end.fault:
            self.faults[end.fault.splitlines()[-1][:160]] += 1
        self.longest, self.most = max(self.longest, end.seconds), max(self.most, end.megabytes)

    def __str__(self) -> str:
        """Say it in lines."""
        told = ", ".join(f"{self.ends[kind]} {kind}" for kind in sorted(self.ends))
        lines = [
            f"{self.ends.total()} inputs: {told}",
            f"longest {self.longest:.1f} s, most memory of a process {self.most:.0f} MB, "
            f"{len(self.codes)} codes of problems",
        ]
        lines += [f"{count:6} {what}" for what, count in self.faults.most_common()]
        return "\n".join(lines)


def inputs(seed: int, first: int, count: int) -> Iterator[Input]:
    """Yield inputs by their numbers."""
    documents = hard.documents()
    for number in range(first, first + count):
        chance = random.Random(f"{seed}:{number}")
        if chance.random() < 0.12:
            data, pictures = hard.spoiled_json(chance, documents)
            yield Input(number, data, pictures, is_json=True)
        else:
            data, pictures = hard.spoiled(chance)
            yield Input(number, data, pictures)


def end_of(given: Input) -> End:
    """Build an input, and say what became of it."""
    start = monotonic()
    try:
        with TemporaryDirectory() as folder:
            home = Path(folder) / "brief"
            shutil.copytree(given.pictures, home, ignore=TEXTS)
            (home / given.name).write_bytes(given.data)
            kind, codes, fault = _built(given, home / given.name)
    except Exception:
        kind, codes, fault = "faults", (), traceback.format_exc()
    seconds = monotonic() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return End(kind, codes, fault, seconds, most)


def _built(given: Input, file: Path) -> tuple[str, tuple[str, ...], str]:
    theme = load_theme()
    try:
        if given.is_json:
            found = codec.load(given.data, str(file))
            brief, problems = build.checked(found, (), file, theme)
        else:
            brief, problems = build.read_checked(file, theme)
        if brief is not None:
            problems = (*problems, *_proved(brief, file))
    except BriefError as error:
        brief, problems = None, error.problems
    fault = "\n".join(filter(None, (_fault(one, given) for one in problems)))
    if brief is None and not errors(problems):
        fault = "it was refused, and nobody was told why"
    kind = "faults" if fault else "problems" if errors(problems) else "proved"
    return kind, tuple(one.code for one in problems), fault


def _proved(brief: Brief, file: Path) -> list[Problem]:
    """Make every output there is, read it back, and return what is wrong."""
    theme = load_theme()
    assert codec.load(codec.dump(brief), "brief.json") == brief, "the JSON is another brief"
    paths: dict[Format, str] = {form: f"out.{form}" for form in FORMATS if form != "json"}
    build.render(brief, theme, paths, str(file))
    article = render_jats(brief, theme)
    beside = {one.path: one.data for one in carried(brief.images)}
    return [
        *verify_epub(brief, render_epub(brief, theme), "out.epub"),
        *verify_jats(brief, article, "out.xml", beside),
        *verify_mail(brief, render_mail(brief, theme), "out.txt"),
    ]


def _fault(found: Problem, given: Input) -> str:
    """Return what is wrong with a problem itself: it is ours, or it has no place in the input."""
    if found.family in OURS:
        return str(found)
    if given.is_json or not found.path.endswith(".md"):
        return ""
    text = given.data.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line, column = max(found.line, 1), max(found.column, 1)
    if "\n" in str(found) or line > len(lines) or column > len(lines[line - 1]) + 1:
        return f"its place is not in the input: {found}"
    return ""


def run(seed: int, first: int, count: int, jobs: int, keep: Path) -> Count:
    """Build inputs, keep those that end in a fault, and count."""
    total = Count()
    work = workers.work(end_of, inputs(seed, first, count), jobs, LIMITS, "pipeline.rendering")
    for given, answer in work:
        end = answer if isinstance(answer, End) else _lost(answer)
        total.add(end)
        if end.kind == "faults":
            _keep(keep / f"{seed}-{given.number}", given, end)
        if sys.stderr.isatty() and total.ends.total() % 10 == 0:
            print(f"\r{total.ends.total()} of {count}", end="", file=sys.stderr)
    return total


def _lost(answer: Slow | Died) -> End:
    match answer:
        case Slow():
            return End("faults", fault=f"it took more than {LIMITS.seconds} s", seconds=60)
        case Died():
            return End("faults", fault="its process died")


def _keep(folder: Path, given: Input, end: End) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(given.pictures, folder, ignore=TEXTS, dirs_exist_ok=True)
    (folder / given.name).write_bytes(given.data)
    (folder / "fault.txt").write_text(f"{end.fault}\n{end.seconds:.1f} s\n", encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Run, and say what came of it; 1 when there were faults."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("count", type=int)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--first", type=int, default=0, help="number of the first input")
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--keep", type=Path, required=True, help="folder for what ends in a fault")
    given = asked.parse_args(words)
    total = run(given.seed, given.first, given.count, given.jobs, given.keep)
    print(total)
    if total.faults:
        print(f"The inputs are in {given.keep}")
    return 1 if total.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
