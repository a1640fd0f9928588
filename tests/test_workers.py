"""Pins that one task that hangs, dies or eats memory is the only one to fail."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.workers import Died, Limits, Slow, work

PROJECT = Path(__file__).parent.parent
GIGABYTE = 1 << 30


def act(task: str) -> str | int:
    """Do what the task says, in another process."""
    what, _, rest = task.partition(" ")
    match what:
        case "hang":
            time.sleep(600)
        case "start":
            child = subprocess.Popen(["sleep", "600"])
            Path(rest).write_text(str(child.pid))
            time.sleep(600)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "die-once":
            if not Path(rest).exists():
                Path(rest).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "eat":
            try:
                return len(bytearray(GIGABYTE))
            except MemoryError:
                return "too much"
        case "who":
            return os.getpid()
    return task


def run(
    *tasks: str, count: int = 2, limits: Limits | None = None
) -> dict[str, str | int | Slow | Died]:
    return dict(work(act, tasks, count, limits or Limits()))


def test_every_task_is_answered_once() -> None:
    tasks = [f"task {number}" for number in range(20)]
    answers = list(work(act, tasks, 3, Limits()))
    assert sorted(answers) == sorted((task, task) for task in tasks)


def test_without_tasks_nothing_is_started() -> None:
    assert run() == {}


def test_a_task_that_hangs_fails_alone() -> None:
    answers = run("hang", "a", "b", "c", limits=Limits(seconds=4))
    assert answers == {"hang": Slow(), "a": "a", "b": "b", "c": "c"}


def test_what_a_stopped_process_had_started_is_stopped_too(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    assert run(f"start {file}", limits=Limits(seconds=4)) == {f"start {file}": Slow()}
    with pytest.raises(ProcessLookupError):
        for _ in range(100):
            os.kill(int(file.read_text()), 0)
            time.sleep(0.1)


def test_a_task_whose_process_dies_fails_alone() -> None:
    assert run("die", "a", "b", "c") == {"die": Died(), "a": "a", "b": "b", "c": "c"}


def test_a_task_whose_process_was_killed_is_begun_again(tmp_path: Path) -> None:
    task = f"die-once {tmp_path / 'begun'}"
    assert run(task, "a") == {task: task, "a": "a"}


def test_memory_has_a_limit() -> None:
    assert run("eat", limits=Limits(megabytes=512)) == {"eat": "too much"}
    assert run("eat", limits=Limits(megabytes=2048)) == {"eat": GIGABYTE}


@pytest.mark.parametrize("limits", [Limits(tasks=1), Limits(resident=1)])
def test_a_process_is_replaced_in_time(limits: Limits) -> None:
    assert len({answer for _, answer in work(act, ["who"] * 4, 1, limits)}) == 4
    lasting = Limits(resident=1 << 20)  # The process of the tests may be large itself.
    assert len({answer for _, answer in work(act, ["who"] * 4, 1, lasting)}) == 1


@pytest.mark.parametrize("forked", [True, False])
def test_what_is_needed_is_there_before_the_first_task(
    forked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_has_one_thread", lambda: forked)
    answers = dict(work(act, ["a", "die"], 2, Limits(), "pipeline.problems"))
    assert answers == {"a": "a", "die": Died()}


def test_work_begins_before_all_tasks_are_known() -> None:
    asked = []

    def tasks() -> Iterator[str]:
        for name in ("a", "b", "c"):
            asked.append(name)
            yield name

    answers = work(act, tasks(), 1, Limits())
    assert next(answers) == ("a", "a")
    assert asked == ["a"]
    assert list(answers) == [("b", "b"), ("c", "c")]


def test_who_watches_is_told_what_is_in_hand_while_nothing_is_done() -> None:
    seen: list[Sequence[str]] = []
    list(work(act, ["hang", "a"], 2, Limits(seconds=2), watch=seen.append))
    assert seen[0] == ["hang", "a"]
    assert seen.count(["hang"]) > 1


ORPHANS = """
import os, subprocess, sys, time
from pathlib import Path
from pipeline import workers
manner, file = sys.argv[1:]
if manner == "served":
    workers._has_one_thread = lambda: False

def act(owner):
    child = subprocess.Popen(["sleep", "600"])
    print(os.getpid(), child.pid, flush=True)
    if not owner:
        Path(file).touch()
        return
    while not Path(file).exists():
        time.sleep(0.1)
    os.kill(owner, 9)
    time.sleep(600)

if __name__ == "__main__":
    for _ in workers.work(act, [0, os.getpid()], 2, workers.LIMITS):
        pass
"""


@pytest.mark.parametrize("manner", ["forked", "served"])
def test_no_process_outlives_the_one_it_works_for(tmp_path: Path, manner: str) -> None:
    """Neither one that waits nor one that works, nor what they have started."""
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS)
    killed = subprocess.run(
        [sys.executable, str(script), manner, str(tmp_path / "waiting")],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    left = [int(number) for number in killed.stdout.split()]
    assert len(left) == 4
    for _ in range(100):
        left = [number for number in left if is_running(number)]
        if not left:
            return
        time.sleep(0.1)
    raise AssertionError(f"still running: {left}")


def is_running(process: int) -> bool:
    """Tell whether a process does anything; one that ended may wait to be counted."""
    try:
        return ") Z" not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
