"""Work on many things at once, in processes that are capped in memory and time.

The pool of the standard library cannot stop one process that hangs, and gives up all its work when
one dies; `pebble` can, but works with threads and is under the LGPL. Here each process is given one
task at a time: it is stopped, or dies, with that task alone, and a fresh one takes its place. What
all of them need is imported once, in a server from which they are forked; one process alone is
forked from this one, which saves the start of a server.
"""

import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkProcess, ForkServerContext, ForkServerProcess
from time import monotonic
from typing import Generic, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Process = ForkProcess | ForkServerProcess

MEGABYTE = 1 << 20
ATTEMPTS = 2
"""How often a task is begun whose process dies: the first may have died of another's hunger."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may take, and when a process is replaced by a fresh one."""

    seconds: float = 600
    megabytes: int = 1024
    """Of data (RLIMIT_DATA). A limit of addresses would count libraries, and what pandoc reserves
    and never uses; Linux does not keep to one of resident memory."""
    tasks: int = 200
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


def work(
    function: Callable[[Task], Answer],
    tasks: Collection[Task],
    count: int,
    limits: Limits,
    preload: str = "",
) -> Iterator[tuple[Task, Answer | Slow | Died]]:
    """Yield each task with what the function answers, as they are done, `count` at a time.

    `preload` is the module that is imported once for all processes.
    """
    context = _context(min(count, len(tasks)), preload)
    waiting = deque(map(_Turn, tasks))
    crew: list[_Worker[Task]] = []
    try:
        while waiting or crew:
            while waiting and len(crew) < count:
                crew.append(_hire(context, function, waiting.popleft(), limits))
            for worker in _ready(crew):
                turn = worker.turn
                answer, tired = _answer(worker, limits)
                crew.remove(worker)
                if tired or not waiting:
                    _dismiss(worker)
                else:
                    crew.append(_employ(worker.process, worker.pipe, waiting.popleft(), limits))
                if isinstance(answer, Died) and turn.attempt < ATTEMPTS:
                    waiting.append(_Turn(turn.task, turn.attempt + 1))
                else:
                    yield turn.task, answer
    finally:
        for worker in crew:
            _dismiss(worker)


def _context(count: int, preload: str) -> ForkContext | ForkServerContext:
    """Return what starts processes. To fork this one is not safe with threads, nor on macOS."""
    if count == 1 and sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload] if preload else [])
    return context


def _hire(
    context: ForkContext | ForkServerContext,
    function: Callable[[Task], Answer],
    turn: _Turn[Task],
    limits: Limits,
) -> _Worker[Task]:
    """Start a process, and give it something to do."""
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, function, limits), daemon=True)
    process.start()
    theirs.close()
    return _employ(process, ours, turn, limits)


def _employ(process: Process, pipe: Connection, turn: _Turn[Task], limits: Limits) -> _Worker[Task]:
    with suppress(OSError):  # It is dead, which shows when its answer is asked for.
        pipe.send(turn.task)
    return _Worker(process, pipe, turn, monotonic() + limits.seconds)


def _ready(crew: Sequence[_Worker[Task]]) -> list[_Worker[Task]]:
    """Wait until at least one has an answer, or is dead or late, and return all that are."""
    first = min(worker.deadline for worker in crew)
    heard = wait([worker.pipe for worker in crew], max(0.0, first - monotonic()))
    now = monotonic()
    return [worker for worker in crew if worker.pipe in heard or worker.deadline <= now]


def _answer(worker: _Worker[Task], limits: Limits) -> tuple[Answer | Slow | Died, bool]:
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


def _serve(pipe: Connection, function: Callable[[Task], Answer], limits: Limits) -> None:
    """Answer one task after the other, in a process of its own, until nobody asks any more."""
    os.setpgid(0, 0)
    size = limits.megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    done = 0
    while True:
        try:
            task: Task = pipe.recv()
        except EOFError:
            return
        answer = function(task)
        done += 1
        pipe.send((answer, done >= limits.tasks or _resident() > limits.resident))


def _resident() -> float:
    """Return the most memory this process has held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MEGABYTE if sys.platform == "darwin" else most / 1024
