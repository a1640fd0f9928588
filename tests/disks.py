"""Small disks of their own, in memory, for tests that fill one or may not write to one."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Mount a disk on a folder, and take it away again whatever happens.

    Skips the test where this is not allowed, or no such thing exists.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if told := _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)):
        pytest.skip(f"no disk can be mounted here, so faults of disks are not tested: {told}")
    try:
        yield
    finally:
        told = _run("umount", str(folder))
        if told:
            _run("umount", "--lazy", str(folder))
    assert told == "", "a process keeps the disk busy"


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write to a disk that `small_disk` has mounted."""
    assert _run("mount", "-o", "remount,ro", str(folder)) == ""
    try:
        yield
    finally:
        assert _run("mount", "-o", "remount,rw", str(folder)) == ""


def _run(*command: str) -> str:
    """Return what a command had to complain about."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    return (done.stderr.strip() or f"exit {done.returncode}") if done.returncode else ""
