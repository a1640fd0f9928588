"""What is measured, one function a section: each yields rows of the table."""

import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import briefs, peers
from bench.briefs import Size
from bench.measure import Contender, Taken, interleaved, ratios, run
from pipeline import codec
from pipeline.fonts import faces
from pipeline.renderers.pdf import sheet
from pipeline.renderers.print.engine import FONT_CONFIGURATION
from pipeline.theme import load_theme

PROJECT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to work, and how much of everything to do."""

    folder: Path
    rounds: int = 4
    batch: int = 50
    many: int = 1000
    pages: tuple[int, ...] = (4, 20, 50, 100, 200)
    notes: tuple[int, ...] = (7, 50, 200, 500, 1000)
    crowd: tuple[int, ...] = (20, 80, 200, 500)


def quick(folder: Path) -> Plan:
    """Return the plan of the quick form."""
    return Plan(folder, 3, 10, 60, pages=(4, 8, 16), notes=(7, 50, 100), crowd=(20, 50, 80))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, the figures, and the target if there is one."""

    what: str
    ours: str
    beside: str
    ratio: str = ""
    target: str = ""
    met: bool | None = None


def cold(plan: Plan) -> Iterator[Row]:
    """One brief from nothing, beside each peer."""
    source, output = _written(plan, "cold", 1, Size())
    one = next(briefs.sources(source))
    contenders = [_make(plan, "cold", "all")]
    contenders += [
        Contender(peer.name, peers.loop(peer, [one], output))
        for peer in (peers.THREE, *peers.ALONE)
        if peer.is_there
    ]
    runs = interleaved(contenders, plan.rounds, PROJECT)
    yield _against("one brief, all files, proved", runs, "ours", peers.THREE.name, 1.0)
    for peer in peers.ALONE:
        if peer.name in runs:
            yield _against("the same", runs, "ours", peer.name)
        else:
            yield Row("the same", "", f"{peer.name}: {peer.needs} is not installed here")


def batch(plan: Plan) -> Iterator[Row]:
    """Many briefs from nothing, beside loops of the peers."""
    source, output = _written(plan, "batch", plan.batch, Size())
    every = list(briefs.sources(source))
    contenders = [
        _make(plan, "batch", "all"),
        Contender(peers.THREE.name, peers.loop(peers.THREE, every, output)),
    ]
    runs = interleaved(contenders, max(1, plan.rounds // 2), PROJECT)
    what = f"{plan.batch} briefs, all files, proved"
    yield _against(what, runs, "ours", peers.THREE.name, 1 / 3)
    if peers.TYPST.is_there:
        loop = Contender(peers.TYPST.name, peers.loop(peers.TYPST, every, output))
        contenders = [_make(plan, "batch", "pdf"), loop]
        runs = interleaved(contenders, max(1, plan.rounds // 2), PROJECT)
        what = f"{plan.batch} PDFs alone"
        yield _against(what, runs, "ours", peers.TYPST.name, 1.0)
    else:
        yield Row(f"{plan.batch} PDFs alone", "", "typst is not installed here")


def processor(plan: Plan) -> Iterator[Row]:
    """Processor time a brief, beside WeasyPrint alone with the same pages."""
    _written(plan, "processor", plan.batch, Size())
    run(_make(plan, "processor", "json"), PROJECT)
    data = _bare_data(plan)
    ours, bare = [], []
    for _ in range(max(1, plan.rounds // 2)):
        ours.append(run(_make(plan, "processor", "all"), PROJECT).cpu / plan.batch)
        command = [sys.executable, "-m", "bench.bare", str(data)]
        told = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
        bare.append(float(told.stdout))
    ratio = ratios(ours, bare)
    yield Row(
        f"processor time a brief, {plan.batch} briefs, start-up included",
        _seconds(ours),
        f"WeasyPrint alone, warm: {_seconds(bare)}",
        _spread(ratio),
        "≤ 1.8",
        ratio[0] <= 1.8,
    )


def scale(plan: Plan) -> Iterator[Row]:
    """Throughput and memory as the number of briefs grows; the batch runs before and after."""
    speed: dict[int, list[float]] = {}
    largest: dict[int, float] = {}
    for count in (1, plan.batch, plan.many, plan.batch):
        name = f"scale-{count}"
        _written(plan, name, count, Size())
        taken = run(_make(plan, name, "all"), PROJECT)
        speed.setdefault(count, []).append(count / taken.wall)
        largest[count] = max(taken.memory, largest.get(count, 0))
    for count, found in speed.items():
        told = f"{count / median(found):.1f} s, {median(found):.2f} briefs a second"
        if count == plan.many:
            against = median(found) / median(speed[plan.batch])
            ratio = f"{against:.2f} of {plan.batch} briefs"
            yield Row(f"{count} briefs", told, "", ratio, "≥ 0.9", against >= 0.9)
        else:
            yield Row(f"{count} brief" + "s" * (count > 1), told, "")
    for count, memory in largest.items():
        what = f"largest process, {count} brief" + "s" * (count > 1)
        yield Row(what, f"{memory:.0f} MB", "", "", "< 300 MB", memory < 300)


def nothing(plan: Plan) -> Iterator[Row]:
    """A second `make` with nothing changed, and one with one word changed among many."""
    for count, limit in ((2, 0.03), (plan.many, 0.5)):
        name = f"scale-{count}"
        if not (plan.folder / name / "made").exists():
            _written(plan, name, count, Size())
            run(_make(plan, name, "all"), PROJECT)
        again = Contender("again", _command(plan, name, "all"))
        times = [run(again, PROJECT).wall for _ in range(plan.rounds * 2 + 1)][1:]
        what = f"nothing changed, {count} briefs"
        target = f"≤ {limit * 1000:.0f} ms"
        yield Row(what, _milliseconds(times), "", "", target, median(times) <= limit)
        yield _one_changed(plan, name, count, again)


def _one_changed(plan: Plan, name: str, count: int, again: Contender) -> Row:
    file = plan.folder / name / "source" / "brief-0002" / "brief.md"
    times = []
    for number in range(plan.rounds):
        with file.open("a", encoding="utf-8") as stream:
            stream.write(f"\nA sentence more, number {number}.\n")
        times.append(run(again, PROJECT).wall)
    target, met = ("about 1 s", median(times) < 1.5) if count == plan.many else ("", None)
    return Row(f"one of {count} changed", _seconds(times), "", "", target, met)


def pages(plan: Plan) -> Iterator[Row]:
    """One brief as it grows longer."""
    sizes = [(f"{count} pages", count, Size(count)) for count in plan.pages]
    yield from _growing(plan, "pages", sizes)


def notes(plan: Plan) -> Iterator[Row]:
    """One brief of twenty pages as it gets more notes."""
    sizes = [(f"20 pages, {count} notes", count, Size(20, count)) for count in plan.notes]
    yield from _growing(plan, "notes", sizes)


def crowd(plan: Plan) -> Iterator[Row]:
    """One brief whose notes are all called in one paragraph."""
    sizes = [
        (f"{count} notes in one paragraph", count, Size(4, count, in_one_paragraph=True))
        for count in plan.crowd
    ]
    yield from _growing(plan, "crowd", sizes)


SECTIONS: Mapping[str, tuple[str, Callable[[Plan], Iterator[Row]]]] = {
    "cold": ("One brief", cold),
    "batch": ("A batch", batch),
    "processor": ("Processor time", processor),
    "scale": ("From one to many", scale),
    "nothing": ("Again", nothing),
    "pages": ("Pages", pages),
    "notes": ("Notes", notes),
    "crowd": ("Notes in one paragraph", crowd),
}


def _growing(plan: Plan, name: str, sizes: Sequence[tuple[str, int, Size]]) -> Iterator[Row]:
    """Yield what each size costs, and what each one more costs beside the first step."""
    known: list[tuple[int, float]] = []
    first = 0.0
    for what, count, size in sizes:
        _written(plan, name, 1, size)
        runs = [run(_make(plan, name, "all"), PROJECT) for _ in range(min(2, plan.rounds))]
        cpu = min(taken.cpu for taken in runs)
        told = f"{cpu:.2f} s of processor, {max(taken.memory for taken in runs):.0f} MB"
        if not known:
            yield Row(what, told, "")
        else:
            step = (cpu - known[-1][1]) / (count - known[-1][0])
            first = first or step
            cost = f"{step * 1000:.1f} ms for each one more"
            ratio = f"{step / first:.2f} of the first step" if len(known) > 1 else ""
            target, met = ("≤ 1.25", step <= first * 1.25) if ratio else ("", None)
            yield Row(what, told, cost, ratio, target, met)
        known.append((count, cpu))


def _written(plan: Plan, name: str, count: int, size: Size) -> tuple[Path, Path]:
    """Write briefs into a folder of their own; return where they are and where outputs go."""
    shutil.rmtree(plan.folder / name, ignore_errors=True)
    output = plan.folder / name / "output"
    output.mkdir(parents=True)
    return briefs.write(plan.folder / name / "source", count, size), output


def _command(plan: Plan, name: str, goal: str) -> list[str]:
    folder = plan.folder / name
    return ["make", "-s", goal, f"SOURCE={folder}/source", f"OUTPUT={folder}/made"]


def _make(plan: Plan, name: str, goal: str) -> Contender:
    """Return our own build, from nothing."""
    made = plan.folder / name / "made"
    return Contender(
        "ours", _command(plan, name, goal), lambda: shutil.rmtree(made, ignore_errors=True)
    )


def _bare_data(plan: Plan) -> Path:
    """Write down what is printed of the briefs, for a process that knows nothing of the project."""
    theme = load_theme()
    sheets: list[tuple[str, str]] = []
    files: dict[str, tuple[bytes, str]] = {}
    for file in sorted((plan.folder / "processor" / "made").glob("*/brief-*[0-9].json")):
        made = sheet(codec.load(file.read_bytes(), str(file)), theme)
        markup = made.markup.replace("brief-picture:", f"brief-picture:{len(sheets)}-")
        files |= {
            address.replace("brief-picture:", f"brief-picture:{len(sheets)}-"): one
            for address, one in made.pictures.files.items()
        }
        sheets.append((markup, made.style))
    rules = []
    for number, face in enumerate(faces(theme.folder / "fonts")):
        address = f"house-font:{number}"
        files[address] = face.file.read_bytes(), "font/ttf"
        rules.append(
            f'@font-face {{ font-family: "{face.family}"; font-style: {face.style};'
            f' font-weight: {face.weight}; src: url("{address}") }}'
        )
    given = {
        "sheets": sheets,
        "files": files,
        "faces": "\n".join(rules),
        "fontconfig": str(FONT_CONFIGURATION),
    }
    data = plan.folder / "bare.pickle"
    data.write_bytes(pickle.dumps(given))
    return data


def _against(
    what: str, runs: Mapping[str, Sequence[Taken]], ours: str, theirs: str, limit: float = 0.0
) -> Row:
    """Return the row that sets two commands beside each other, by the clock and by processors.

    Where other work goes on, the second is the one to trust: ours uses all cores, the peers one.
    """
    mine = [taken.wall for taken in runs[ours]]
    other = [taken.wall for taken in runs[theirs]]
    ratio = ratios(mine, other)
    work = ratios([taken.cpu for taken in runs[ours]], [taken.cpu for taken in runs[theirs]])
    beside = f"{theirs}: {_seconds(other)}"
    told = f"{_spread(ratio)}; processors {work[0]:.2f}"
    if not limit:
        return Row(what, _seconds(mine), beside, told)
    return Row(what, _seconds(mine), beside, told, f"≤ {limit:.2f}", ratio[0] <= limit + 0.005)


def _seconds(times: Sequence[float]) -> str:
    return f"{median(times):.2f} s ({min(times):.2f}–{max(times):.2f})"


def _milliseconds(times: Sequence[float]) -> str:
    return f"{median(times) * 1e3:.0f} ms ({min(times) * 1e3:.0f}–{max(times) * 1e3:.0f})"


def _spread(ratio: tuple[float, float, float]) -> str:
    middle, least, most = ratio
    return f"{middle:.2f} ({least:.2f}–{most:.2f})"
