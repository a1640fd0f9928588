"""What a command takes: time, processor time of all processes, and the memory of the largest."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

PR_SET_CHILD_SUBREAPER = 36
"""Linux, prctl(2): processes whose parent ends become ours, and so are counted."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took: seconds by the clock and of processors, and megabytes."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Contender:
    """A command that is measured, in its folder, and what is done before each run of it."""

    name: str
    command: Sequence[str]
    before: Callable[[], object] = lambda: None


def adopt() -> None:
    """Become the parent of all processes that are left behind; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(contender: Contender, folder: Path) -> Taken:
    """Run a command to the end of its last process. Raises RuntimeError when it fails."""
    contender.before()
    # The fonts that our code names here are not those of others, and compiled code is kept.
    hidden = {"FONTCONFIG_FILE", "PYTHONDONTWRITEBYTECODE"}
    outside = {name: value for name, value in os.environ.items() if name not in hidden}
    start = perf_counter()
    process = subprocess.Popen(
        contender.command,
        cwd=folder,
        env=outside,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    told = process.stdout.read()
    wall = cpu = memory = 0.0
    while True:
        try:
            ended, status, used = os.wait4(-1, 0)
        except ChildProcessError:
            break
        if ended == process.pid:
            wall = perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        cpu += used.ru_utime + used.ru_stime
        memory = max(memory, used.ru_maxrss / 1024)
    if process.returncode:
        raise RuntimeError(f"{contender.name} failed: {told.decode(errors='replace')[-2000:]}")
    return Taken(wall, cpu, memory)


def interleaved(
    contenders: Sequence[Contender], rounds: int, folder: Path
) -> Mapping[str, tuple[Taken, ...]]:
    """Run all of them in turn, round by round, so that each meets the same weather."""
    found: dict[str, list[Taken]] = {contender.name: [] for contender in contenders}
    for _ in range(rounds):
        for contender in contenders:
            found[contender.name].append(run(contender, folder))
    return {name: tuple(runs) for name, runs in found.items()}


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """Return the median, least and greatest of the ratios, round by round."""
    found = [a / b for a, b in zip(ours, theirs, strict=True)]
    return median(found), min(found), max(found)
