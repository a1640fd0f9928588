"""Kills builds at seeded random moments, as often as one likes: python -m tests.faults 200.

A small tree of briefs is changed to and fro between two states whose clean builds are known. Each
build is killed on its way, in one of its phases in turn: the whole group of processes, the program
alone, or one of its workers. Then every file must be the old one or the new one, and the next run
must make what a clean build makes, byte for byte. What the build had started must end by itself
before that is looked at.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.manifest import FORMATS, Manifest, suffix
from tests.test_make import STAGES, Workspace, new_workspace

SEED = 4
STATES = ("sentence", "phrase")
"""The word that is changed in each brief."""

COMMON = ("starting", "reading", "writing", "renaming", "stamping")
GOALS: dict[str, tuple[str, ...]] = {
    "json": COMMON,
    "html": (*COMMON, "rendering html", "rendering png", "proving"),
    "pdf": (*COMMON, "rendering pdf", "proving"),
    "docx": (*COMMON, "rendering docx", "proving"),
    "cite": (*COMMON, "rendering csl", "proving"),
    "all": (*COMMON, *(f"rendering {form}" for form in ("html", "png", "pdf", "docx", "csl"))),
}
"""The goals of Make, and the phases that a build of each goes through."""

PHASES = tuple(dict.fromkeys(phase for phases in GOALS.values() for phase in phases))
KINDS = ("group", "group", "program", "worker")
LONGEST = {"writing": 0.001, "renaming": 0.001, "reading": 0.05, "proving": 0.05, "stamping": 0.05}
"""Seconds that a kill comes after a phase began, at most, so that it is not over; 0.3 in others."""

PATIENCE = 120
"""Seconds that any run may take."""

TRACE = """
import os, sys
from pipeline import build, files
from pipeline.__main__ import main

def told(phase):
    stream = os.open("phases", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(stream, f"{os.getpid()} {phase}\\n".encode())
    os.close(stream)

def traced(function, phase):
    def wrapper(*given):
        told(phase(*given))
        return function(*given)
    return wrapper

told("starting")
build.read = traced(build.read, lambda *_: "reading")
if "json" not in sys.argv:
    from pipeline import rendering
    rendering.render = traced(rendering.render, lambda *given: f"rendering {given[2]}")
    rendering.verify = traced(rendering.verify, lambda *_: "proving")
files._write_through = traced(files._write_through, lambda *_: "writing")
os.replace = traced(os.replace, lambda *_: "renaming")
sys.exit(main())
"""
WRAPPER = """#!/bin/sh
cd {folder} || exit
{python} trace.py "$@"
code=$?
echo "0 stamping" >>phases
exit $code
"""


@dataclass(frozen=True)
class Kill:
    """A build to be killed: how, in which phase, which time it comes to it, and how long after."""

    goal: str
    phase: str
    kind: str
    time: int
    delay: float
    empty: bool
    """Whether nothing was built before."""


def main() -> int:
    """Kill as many builds as the first argument says, and tell what came of it."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with TemporaryDirectory() as folder:
        counts = survive(Path(folder), wanted, SEED, tell=True)
    for name, number in sorted(counts.items()):
        print(f"{number:5}  {name}")
    return 0


def survive(folder: Path, wanted: int, seed: int, tell: bool = False) -> Counter[str]:
    """Kill builds, check what they leave behind, and return how many were killed in which phase.

    Raises AssertionError when a file is neither the old nor the new one, or the next run does not
    make what a clean build makes.
    """
    place = traced_workspace(folder / "tree")
    clean = [state_of(place, word) for word in STATES]
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    number = 0
    while counts.total() < wanted:
        kill = drawn(chance, PHASES[number % len(PHASES)])
        number += 1
        reached = killed(place, kill, STATES[(number + 1) % 2])
        try:
            check_whole(place, clean)
            check_made(place, kill.goal, clean[(number + 1) % 2])
        except (AssertionError, subprocess.TimeoutExpired) as error:
            error.add_note(f"after {kill}, seed {seed}")
            raise
        if reached:
            counts[f"{reached}, {kill.kind}"] += 1
            if tell:
                print(f"{counts.total():4} {kill.goal:5} {reached}, {kill.kind}", flush=True)
    put(place, STATES[number % 2])
    check_made(place, "all", clean[number % 2])
    assert list(place.output.rglob("*.begun.*")) == []
    return counts


def check_whole(place: Workspace, clean: Sequence[Mapping[str, str]]) -> None:
    """Every file under a final name is whole: that of one state or of the other."""
    for name, digest in place.digests().items():
        if name.endswith(".manifest"):
            file = place.output / name.removesuffix(".manifest") / "manifest.json"
            Manifest.model_validate_json(file.read_bytes())
        elif not name.endswith(".partial"):
            assert digest in [state[name] for state in clean], f"{name} is half written"


def check_made(place: Workspace, goal: str, clean: Mapping[str, str]) -> None:
    """The next run makes what a clean build makes, and leaves nothing else behind."""
    place.make("QUIET=1", goal)
    made = place.digests()
    forms = FORMATS if goal == "all" else ("json", *STAGES[goal])
    wanted = {f"{slug}.{suffix(form)}" for slug in ("one", "two") for form in forms}
    if goal == "all":
        wanted |= {"one.manifest", "two.manifest"}
    assert sorted(name for name in wanted if made.get(name) != clean[name]) == []
    assert list(place.output.rglob("*.partial")) == []


def traced_workspace(folder: Path) -> Workspace:
    """Return a workspace with two briefs whose builds write down their phases."""
    folder.mkdir()
    place = new_workspace(folder)
    (folder / "trace.py").write_text(TRACE)
    place.command.write_text(WRAPPER.format(folder=folder, python=sys.executable))
    return place


def state_of(place: Workspace, word: str) -> dict[str, str]:
    """Return the digests of a clean build with a word in all briefs."""
    put(place, word)
    shutil.rmtree(place.output, ignore_errors=True)
    place.make("QUIET=1")
    return place.digests()


def put(place: Workspace, word: str) -> None:
    """Put a word into all briefs, in place of the other one."""
    other = next(one for one in STATES if one != word)
    for file in place.folder.glob("source/*/brief.md"):
        file.write_text(file.read_text().replace(other, word))


def drawn(chance: random.Random, phase: str) -> Kill:
    """Draw a kill in a phase."""
    return Kill(
        goal=chance.choice([goal for goal, phases in GOALS.items() if phase in phases]),
        phase=phase,
        kind=chance.choice(KINDS),
        time=chance.randint(1, 3 if phase in ("writing", "renaming") else 2),
        delay=chance.uniform(0, LONGEST.get(phase, 0.3)),
        empty=chance.random() < 0.2,
    )


def killed(place: Workspace, kill: Kill, word: str) -> str:
    """Begin a build with a word, kill it, and return the phase it was in; nothing if too late."""
    put(place, word)
    if kill.empty:
        shutil.rmtree(place.output)
    (place.folder / "phases").unlink(missing_ok=True)
    make = subprocess.Popen(
        ["make", f"BRIEFWRIGHT={place.command}", "QUIET=1", kill.goal],
        cwd=place.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for(place, kill, make)
    time.sleep(kill.delay)
    passed = phases(place)
    is_late = make.poll() is not None
    if not is_late:
        with suppress(ProcessLookupError):
            end(make, kill.kind, passed)
    make.wait(PATIENCE)
    wait_for_the_end(make.pid)
    return "" if is_late else passed[-1][1] if passed else "starting"


def wait_for(place: Workspace, kill: Kill, make: subprocess.Popen[bytes]) -> None:
    """Wait until a build has come to a phase, a number of times if it does."""
    if kill.phase == "starting":
        return
    until = time.monotonic() + PATIENCE
    while make.poll() is None and time.monotonic() < until:
        passed = [phase for _, phase in phases(place)]
        if passed.count(kill.phase) >= kill.time or "stamping" in passed:
            return
        time.sleep(0.001)


def wait_for_the_end(session: int) -> None:
    """Wait until no process of a session runs; one that ended may wait to be counted."""
    until = time.monotonic() + PATIENCE
    while left := running(session):
        assert time.monotonic() < until, f"still running: {left}"
        time.sleep(0.01)


def running(session: int) -> list[int]:
    """Return the processes of a session (proc(5): the fields after the name in brackets)."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = file.read_text().rpartition(")")[2].split()
            if fields[0] != "Z" and int(fields[3]) == session:
                found.append(int(file.parent.name))
    return found


def phases(place: Workspace) -> list[tuple[int, str]]:
    """Return what a build has written down: the processes and their phases."""
    try:
        lines = (place.folder / "phases").read_text().splitlines()
    except FileNotFoundError:
        return []
    told = (line.split(" ", 1) for line in lines)
    return [(int(process), phase) for process, phase in told]


def end(make: subprocess.Popen[bytes], kind: str, passed: list[tuple[int, str]]) -> None:
    """Kill all processes of a build that Make knows of, the program, or what worked last."""
    known = [process for process, _ in passed if process]
    if kind == "group" or not known:
        os.killpg(make.pid, signal.SIGKILL)
    else:
        os.kill(known[0] if kind == "program" else known[-1], signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
