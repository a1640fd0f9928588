"""A folder that is made beside an old one, shares its unchanged files, and takes its place."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.files import PARTIAL, digest, digest_of, no_room
from pipeline.problems import BriefError, Problem, problem

SUMS = "SHA256SUMS"
"""Names every file of the folder but itself, in the form that `sha256sum -c` reads."""
AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP = -100, 2, 2
"""Of `renameat2` (Linux) and `renamex_np` (macOS)."""


@dataclass(slots=True)
class Draft:
    """A folder in the making: `stage` is where it is made, `target` what it will replace."""

    stage: Path
    target: Path
    sums: dict[str, str] = field(default_factory=dict)
    """The digests of the files that are in it, by path."""
    written: int = 0
    """How many files are not those of the old folder."""

    def add(self, name: str, data: bytes) -> None:
        """Put a file into the folder: the old one itself, where that has the same bytes."""
        self.sums[name] = digest(data)
        file, old = self.stage / name, self.target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not old.is_symlink() and digest_of(old) == self.sums[name]:
            with suppress(OSError):
                os.link(old, file)
                return
        self.written += 1
        file.write_bytes(data)

    def listing(self) -> bytes:
        """Return the sums of all files, in the order of their names."""
        return "".join(f"{self.sums[name]}  {name}\n" for name in sorted(self.sums)).encode()


@contextmanager
def drafted(target: Path) -> Iterator[Draft]:
    """Give a folder to fill; where that is left without an error, it takes the place of `target`.

    An equal one is left alone. Raises BriefError when there is no room for it. For the only writer
    of `target`: what others left beside it is swept up.
    """
    stage = target.with_name(f".{target.name}.{os.getpid()}{PARTIAL}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in target.parent.glob(f".{target.name}.*{PARTIAL}"):
            shutil.rmtree(left)
        stage.mkdir()
        draft = Draft(stage, target)
        yield draft
        if draft.written or set(names_in(target)) != set(draft.sums):
            _to_disk(stage)
            _replace(target, stage)
    except OSError as error:
        found = no_room(error, target) or cannot_write(error, target)
        raise BriefError([found]) from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def names_in(folder: Path) -> Iterator[str]:
    """Yield the paths of all files in a folder, hidden ones too, in order."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        links = [name for name in folders if Path(root, name).is_symlink()]
        for name in sorted((*names, *links)):
            yield Path(root, name).relative_to(folder).as_posix()


def strangers(folder: Path) -> Iterator[str]:
    """Yield the files in a folder that its list of sums does not name, in order."""
    try:
        listed = (folder / SUMS).read_text(encoding="utf-8")
    except (OSError, ValueError):
        listed = ""
    known = {line.partition("  ")[2] for line in listed.splitlines()}
    if known:
        known.add(SUMS)
    return (name for name in names_in(folder) if name not in known)


def cannot_write(error: OSError, path: Path) -> Problem:
    """Return the problem that there can be no folder at this place."""
    where = error.filename if isinstance(error.filename, str) else str(path)
    return problem("setup-write", where, what=error.strerror or str(error))


def _to_disk(folder: Path) -> None:
    """Have everything in the folder written through, so that no half file can be served."""
    for file in folder.rglob("*"):
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _replace(target: Path, stage: Path) -> None:
    """Give `stage` the name of `target`, in one step where the system can."""
    if not target.exists():
        stage.rename(target)
    elif not _exchange(target, stage):
        old = stage.with_name(f".{target.name}.old{PARTIAL}")
        target.rename(old)
        stage.rename(target)
        shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names at once; tell whether the system and its disk can do that."""
    system = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        return bool(system.renamex_np(*names, RENAME_SWAP) == 0)
    if not hasattr(system, "renameat2"):
        return False
    done = system.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE)
    return bool(done == 0)
