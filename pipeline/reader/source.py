"""From the bytes of a file to text whose every place is known."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from pipeline.problems import BriefError, Problem, problem
from pipeline.text import UNPRINTABLE

LARGEST = 1_000_000
"""Bytes a brief may have: those of a book of 300 pages."""

MANY = 10
"""How many unprintable characters are named one by one."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a brief. `starts` are the offsets at which its lines begin."""

    path: str
    text: str
    starts: tuple[int, ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column that count from 1."""
        return self.starts[line - 1] + column - 1


def as_source(text: str, path: str) -> Source:
    """Return a text with LF line ends as a source."""
    ends = (match.end() for match in re.finditer("\n", text))
    return Source(path, text, (0, *ends))


def read_source(file: Path, data: bytes | None = None) -> tuple[Source, tuple[Problem, ...]]:
    """Read a file, or take `data` for what it holds; unprintable characters become spaces.

    Each of them is a problem. Raises BriefError when there is no text to go on with.
    """
    path = str(file)
    text = _decode(bytes_of(file) if data is None else data, path).removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise BriefError([problem("structure-empty", path)])
    source = as_source(text, path)
    found = tuple(_unprintable(source))
    return (as_source(UNPRINTABLE.sub(" ", text), path) if found else source), found


def bytes_of(file: Path) -> bytes:
    """Return what the file of a brief holds.

    Raises BriefError when it cannot be read, or is too large.
    """
    path = str(file)
    try:
        if _leads_out(file):
            what = "it is a link that leads out of its folder"
            raise BriefError([problem("structure-missing", path, what=what)])
        found = file.stat()
        if not S_ISREG(found.st_mode) and not S_ISDIR(found.st_mode):
            # Reading a pipe or a device may never end.
            raise BriefError([problem("structure-missing", path, what="it is not a plain file")])
        size = found.st_size
        if size > LARGEST:
            raise BriefError([problem("structure-size", path, size=size, largest=LARGEST)])
        return file.read_bytes()
    except FileNotFoundError:
        what = "there is no such file"
    except IsADirectoryError:
        what = "it is a folder"
    except OSError:
        what = "it may not be read"
    raise BriefError([problem("structure-missing", path, what=what)])


def _leads_out(file: Path) -> bool:
    """Tell whether a file is a link to somewhere else; the folder itself may be one."""
    if not file.is_symlink():
        return False
    try:
        return not file.resolve().is_relative_to(file.parent.resolve())
    except RuntimeError:  # It leads to itself; Python 3.13 leaves that to who reads it.
        return True


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        known = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        before = known.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        line, column = len(before), len(before[-1]) + 1
        byte = f"0x{data[error.start]:02x}"
        raise BriefError([problem("structure-encoding", path, line, column, byte=byte)]) from None


def _unprintable(source: Source) -> Iterator[Problem]:
    for count, match in enumerate(UNPRINTABLE.finditer(source.text)):
        if count == MANY:
            return
        shown = f"U+{ord(match[0]):04X}"
        yield problem("structure-control", source.path, *source.place(match.start()), char=shown)
