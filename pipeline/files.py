"""Files: digests, atomic writes, and one writer at a time for each brief."""

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.problems import BriefError, Problem, problem

PARTIAL = ".partial"
"""Suffix of a file that is still being written; such files are never read and swept when found."""

GRAIN = 20_000_000
"""Nanoseconds by which the clock of the files may be behind the clock of the processes."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
"""What the system says when a disk is full, or nobody may write to it."""

BARRED = frozenset({errno.EACCES, errno.EPERM})
"""What it says when a file may not be touched; of other things that are forbidden too."""


def digest(data: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, or None when there is no such file to read."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return None


def digest_of_all(parts: Mapping[str, str]) -> str:
    """Return one digest for named digests, whatever their order."""
    return digest("\n".join(f"{name}\0{parts[name]}" for name in sorted(parts)).encode())


def files_below(folder: Path) -> list[Path]:
    """Return the files in a folder and its folders, sorted, without hidden and compiled ones."""
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and name != "__pycache__")
        found += [Path(root, name) for name in sorted(names) if name[0] != "."]
    return found


@dataclass(frozen=True, slots=True)
class Tree:
    """A file, or a folder with all that is in it, at one moment."""

    digests: Mapping[str, str]
    """By paths relative to what is given as `base`."""
    newest: int
    """The latest modification time, in nanoseconds."""


def tree(path: Path, base: Path) -> Tree:
    """Look once at everything in a folder, or at a file, which may be missing."""
    found = files_below(path) if path.is_dir() else [path]
    digests = {file.relative_to(base).as_posix(): digest_of(file) or "missing" for file in found}
    return Tree(digests, newest(found))


def digest_of_trees(trees: Iterable[Tree]) -> str:
    """Return one digest for all files in these."""
    return digest_of_all({name: one for each in trees for name, one in each.digests.items()})


def newest(paths: Iterable[Path]) -> int:
    """Return the latest modification time, in nanoseconds, of files and of the files in folders."""
    times = [0]
    for path in paths:
        for file in files_below(path) if path.is_dir() else [path]:
            try:
                times.append(file.stat().st_mtime_ns)
            except OSError:
                continue
    return max(times)


def touch_if_older(path: Path, time: int) -> None:
    """Give a current file the time of its newest input, in nanoseconds, so that Make lets it be.

    Where that is not allowed, or another `make` removed the file, Make only asks once more.
    """
    with suppress(OSError):
        if path.stat().st_mtime_ns < time:
            os.utime(path, ns=(time, time))


def no_room(error: OSError, path: Path) -> Problem | None:
    """Return the problem that what the error names, or else `path`, cannot be written; or none."""
    if error.errno not in FULL and not (error.errno in BARRED and error.filename):
        return None
    return _unwritten(Path(error.filename or path), error)


def _unwritten(path: Path, error: OSError) -> Problem:
    return problem("setup-write", str(path), what=error.strerror or str(error))


def write_all(files: Mapping[Path, bytes], time: int | None = None) -> None:
    """Write several files so that each is either the old one or the new one, whole, at any moment.

    All are written under other names first; only when every one is on the disk do they get their
    own. `time` in nanoseconds is when the work on them began: with it, what was edited since is
    newer than they are. Raises BriefError when the disk is full or a folder cannot be written; then
    nothing has changed.
    """
    partial = {path: path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}") for path in files}
    path = Path()
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_through(partial[path], data)
            if time is not None:
                os.utime(partial[path], ns=(time, time))
        for path, written in partial.items():
            os.replace(written, path)
    except OSError as error:
        for written in partial.values():
            with suppress(OSError):
                written.unlink(missing_ok=True)
        raise BriefError([_unwritten(path, error)]) from None


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def leftovers(folder: Path) -> list[Path]:
    """Return what is being written into a folder, or was by a process that is gone."""
    return sorted(folder.glob(f".*{PARTIAL}"))


def sweep(folder: Path) -> None:
    """Remove what killed processes left, as far as that is allowed.

    For the only writer of a folder: what is there can be nobody else's. The numbers in the names
    tell nothing, as the system gives them to other processes in time.
    """
    for file in leftovers(folder):
        with suppress(OSError):
            file.unlink()


@contextmanager
def only_writer(lock: Path) -> Iterator[None]:
    """Wait until no other process holds `lock`, and hold it.

    The system frees it when a process dies.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        stream = lock.open("w")
    except OSError as error:
        raise BriefError([_unwritten(lock, error)]) from None
    with stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@contextmanager
def no_writer(lock: Path) -> Iterator[None]:
    """Wait until no other process writes what `lock` stands for, and let none begin.

    Where the lock cannot be opened, nobody has ever written, or nobody may.
    """
    try:
        stream = lock.open("r")
    except OSError:
        yield
        return
    with stream:
        fcntl.flock(stream, fcntl.LOCK_SH)
        yield
