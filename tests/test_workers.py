"""Pins that one task that hangs, dies or eats memory is the only one to fail."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from pipeline.workers import Died, Limits, Slow, work

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
    assert len({answer for _, answer in work(act, ["who"] * 4, 1, Limits())}) == 1
