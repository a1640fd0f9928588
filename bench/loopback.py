"""A cluster on this machine: a scheduler and workers as processes, as other machines would run."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

DASK = Path(sys.executable).with_name("dask")
HOST = "127.0.0.1"
PATIENCE = 90
"""Seconds that are waited for a process to come up; on a busy machine all takes long."""
SETTINGS = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}


@dataclass(frozen=True, slots=True)
class Loopback:
    """The processes of a cluster; each leads a group, which is killed like a machine."""

    folder: Path
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(
        self, *arguments: str, settings: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a worker with one thread, beside others with the same number of threads."""
        command = ["worker", self.address, "--nthreads", "1", "--memory-limit", "0", *arguments]
        name = f"worker-{len(self.workers)}"
        self.workers.append(_start(self.folder, name, command, settings or {}))
        return self.workers[-1]


@contextmanager
def loopback(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Loopback]:
    """Run a scheduler whose files and logs are in a folder, and end it with all its workers."""
    file = folder / "scheduler.json"
    command = ["scheduler", "--host", HOST, "--port", "0", "--scheduler-file", str(file)]
    process = _start(folder, "scheduler", command, settings or {})
    cluster = None
    try:
        cluster = Loopback(folder, _address(file, process), process)
        yield cluster
    finally:
        for one in (process, *(cluster.workers if cluster else ())):
            kill(one)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with its group, and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _start(
    folder: Path, name: str, command: Sequence[str], settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [str(DASK), *command, "--no-dashboard"],
            cwd=folder,
            env={**os.environ, **SETTINGS, "TMPDIR": str(folder), **settings},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _address(file: Path, process: subprocess.Popen[bytes]) -> str:
    """Return the address that a scheduler has written down, once it has."""
    end = monotonic() + PATIENCE
    while process.poll() is None and monotonic() < end:
        with suppress(OSError, ValueError, KeyError):
            return str(json.loads(file.read_text())["address"])
        sleep(0.05)
    raise RuntimeError((file.parent / "scheduler.log").read_text())
