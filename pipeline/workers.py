"""Work on many things at once, in processes that are capped in memory and time.

The pool of the standard library cannot stop one process that hangs, and gives up all its work when
one dies; `pebble` can, but works with threads and is under the LGPL. Here each process is given one
task at a time: it is stopped, or dies, with that task alone, and a fresh one takes its place. What
all of them need is imported once, before they are forked.
"""

import gc
import itertools
import multiprocessing
import os
import resource
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkProcess, ForkServerContext, ForkServerProcess
from threading import Thread
from time import monotonic, sleep
from typing import Generic, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Process = ForkProcess | ForkServerProcess

MEGABYTE = 1 << 20
FEW = (200_000, 10, 10)
"""Objects made between two looks at the youngest, and how many of those before one at the older.

Python's own 700 (2,000 from 3.13 on) look at everything several times a page.
"""
BEAT = 0.25
"""Seconds after which whoever watches is told again what is in hand."""
PATIENCE = 0.5
"""Seconds after which a process looks whether the one that it works for is still there."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take, and when a process is replaced by a fresh one."""

    seconds: float = 600
    megabytes: int = 1024
    """Of data (RLIMIT_DATA). A limit of addresses would count libraries, and what pandoc reserves
    and never uses; Linux does not keep to one of resident memory."""
    tasks: int = 200
    attempts: int = 2
    """How often a task is begun whose process dies: the first may have died of another's hunger."""
    resident: int = 280
    """Megabytes that a process may have held at most and go on: what is freed rarely comes back."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Slow:
    """The answer for a task that took longer than it may."""


@dataclass(frozen=True, slots=True)
class Died:
    """The answer for a task whose process died, each time it was begun."""


@dataclass(frozen=True, slots=True)
class _Turn(Generic[Task]):
    """A task, and which time it is begun."""

    task: Task
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class _Worker(Generic[Task]):
    """A process with a turn of work, and when that has to be done."""

    process: Process
    pipe: Connection
    turn: _Turn[Task]
    deadline: float


def unwatched(_: Sequence[object]) -> None:
    """Let the work go on without looking at it."""


def work(
    function: Callable[[Task], Answer],
    tasks: Iterable[Task],
    count: int,
    limits: Limits,
    preload: str = "",
    watch: Callable[[Sequence[Task]], None] = unwatched,
) -> Iterator[tuple[Task, Answer | Slow | Died]]:
    """Yield each task with what the function answers, as they are done, `count` at a time.

    A task is asked for only when a process is free, so that work begins with the first. `preload`
    is the module that is imported once for all processes. `watch` is told what is in hand.
    """
    turns = map(_Turn, tasks)
    again: deque[_Turn[Task]] = deque()
    crew: list[_Worker[Task]] = []
    idle: list[_Worker[Task]] = []
    try:
        while True:
            while len(crew) < count and (turn := _next(turns, again)):
                at_hand = idle.pop() if idle else _hire(function, turn, limits, preload)
                crew.append(_employ(at_hand, turn, limits))
            if not crew:
                return
            watch([worker.turn.task for worker in crew])
            for worker in _ready(crew):
                turn = worker.turn
                answer, tired = _answer(worker)
                crew.remove(worker)
                _dismiss(worker) if tired else idle.append(worker)
                if isinstance(answer, Died) and turn.attempt < limits.attempts:
                    again.append(replace(turn, attempt=turn.attempt + 1))
                else:
                    yield turn.task, answer
    finally:
        for worker in (*crew, *idle):
            _dismiss(worker)


def _next(turns: Iterator[_Turn[Task]], again: deque[_Turn[Task]]) -> _Turn[Task] | None:
    """Return what to do next: what has not been tried before what has."""
    turn = next(turns, None)
    return turn or (again.popleft() if again else None)


def _hire(
    function: Callable[[Task], Answer], turn: _Turn[Task], limits: Limits, preload: str
) -> _Worker[Task]:
    """Start a process for a turn of work."""
    context = _context(preload)
    ours, theirs = context.Pipe()
    owner = os.getpid() if isinstance(context, ForkContext) else 0
    process = context.Process(target=_serve, args=(theirs, function, limits, owner), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours, turn, 0)


def _context(preload: str) -> ForkContext | ForkServerContext:
    """Return what starts processes, with a module that each of them finds imported.

    A process with threads, of any library, cannot be forked safely, nor can one on macOS: there a
    server is started to be forked.
    """
    if _has_one_thread():
        if preload:
            import_module(preload)
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload] if preload else [])
    return context


def _has_one_thread() -> bool:
    """Tell whether this is known to be a process with one thread; only Linux says so."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def _employ(worker: _Worker[Task], turn: _Turn[Task], limits: Limits) -> _Worker[Task]:
    """Give a process its next turn of work."""
    with suppress(OSError):  # It is dead, which shows when its answer is asked for.
        worker.pipe.send(turn.task)
    return replace(worker, turn=turn, deadline=monotonic() + limits.seconds)


def _ready(crew: Sequence[_Worker[Task]]) -> list[_Worker[Task]]:
    """Wait a moment, and return those that have an answer, or are dead or late."""
    first = min(worker.deadline for worker in crew)
    heard = wait([worker.pipe for worker in crew], max(0.0, min(BEAT, first - monotonic())))
    now = monotonic()
    return [worker for worker in crew if worker.pipe in heard or worker.deadline <= now]


def _answer(worker: _Worker[Task]) -> tuple[Answer | Slow | Died, bool]:
    """Return the answer of a process, and whether it should be replaced."""
    try:
        if not worker.pipe.poll():
            return Slow(), True
        answer: tuple[Answer, bool] = worker.pipe.recv()
        return answer
    except (EOFError, OSError):
        return Died(), True


def _dismiss(worker: _Worker[Task]) -> None:
    """End a process with all that it has started."""
    worker.pipe.close()
    worker.process.kill()
    with suppress(ProcessLookupError):
        os.killpg(worker.process.pid or 0, signal.SIGKILL)
    worker.process.join()


def _serve(
    pipe: Connection, function: Callable[[Task], Answer], limits: Limits, owner: int
) -> None:
    """Answer one task after the other, in a process of its own, until nobody asks any more.

    `owner` is the process that it was forked from; 0 is the server of processes.
    """
    os.setpgid(0, 0)
    gc.set_threshold(*FEW)
    gc.freeze()  # What was imported before stays shared with the other processes, unlooked at.
    Thread(target=_leave_with, args=(owner or os.getppid(),), daemon=True).start()
    size = limits.megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    told = _hold_back()
    with suppress(EOFError, OSError):  # Nobody is left to ask, or to hear.
        for done in itertools.count(1):
            answer = function(pipe.recv())
            _pass_on(told)
            pipe.send((answer, done >= limits.tasks or _resident() > limits.resident))
    os.killpg(0, signal.SIGKILL)


def _hold_back() -> int:
    """Keep what is written to standard error, and return where it is to go; -1: it goes there.

    An interpreter that dies of hunger writes pages about itself, which help no editor: they die
    with the process, and who waits for its answer says what happened.
    """
    if not hasattr(os, "memfd_create"):
        return -1
    real, held = os.dup(2), os.memfd_create("stderr")
    os.dup2(held, 2)
    os.close(held)
    return real


def _pass_on(told: int) -> None:
    """Write what was held back to where it is to go."""
    if told < 0:
        return
    sys.stderr.flush()
    size = os.lseek(2, 0, os.SEEK_CUR)
    if size:
        os.write(told, os.pread(2, size, 0))
        os.lseek(2, 0, os.SEEK_SET)


def _leave_with(owner: int) -> None:
    """End this process, with all that it has started, when the one that it works for is gone.

    One that was killed leaves pipes open, as forked processes have copies of their other ends; it
    is seen by the parent that changes. A server of processes lives as long as they do: there the
    pipe tells. What went on with a brief would keep its lock, which the next run waits for.
    """
    parent = multiprocessing.parent_process()
    while os.getppid() == owner and parent and parent.is_alive():
        sleep(PATIENCE)
    os.killpg(0, signal.SIGKILL)


def _resident() -> float:
    """Return the most memory this process has held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MEGABYTE if sys.platform == "darwin" else most / 1024
