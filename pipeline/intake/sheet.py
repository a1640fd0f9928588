"""The text of a manuscript whose every place is known, whatever bytes it came in."""

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass

from pipeline.intake.draft import Manuscript
from pipeline.problems import BriefError, Problem, problem

LARGEST = 2_000_000
"""Bytes a manuscript of text may have: twenty times the longest brief in print."""

UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]")
"""Characters that nobody sees: spaces of no width, and hyphens that only may be."""
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
"""Characters that are no text; a form feed is a space between pages."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""What a file begins with to say how its characters are written."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text with LF line ends. `starts` are the offsets at which its lines begin."""

    path: str
    text: str
    starts: tuple[int, ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of an offset, both from 1."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def problem(self, code: str, offset: int, **details: object) -> Problem:
        """Return a problem at an offset."""
        line, column = self.place(offset)
        return problem(code, self.path, line, column, **details)


def as_sheet(text: str, path: str) -> Sheet:
    """Return a text with LF line ends as a sheet."""
    return Sheet(path, text, (0, *(match.end() for match in re.finditer("\n", text))))


def read_sheet(manuscript: Manuscript) -> tuple[Sheet, tuple[Problem, ...]]:
    """Return the text of a manuscript, and what is to be said of its characters.

    Raises BriefError when it is no text.
    """
    path = manuscript.path
    if len(manuscript.data) > LARGEST:
        raise BriefError([problem("intake-size", path, largest=LARGEST)])
    text, found = _decode(manuscript.data, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = text.replace("\v", "\n")
    sheet = as_sheet(text, path)
    unreadable = CONTROL.search(text)
    if unreadable:
        shown = f"U+{ord(unreadable[0]):04X}"
        raise BriefError([sheet.problem("intake-control", unreadable.start(), char=shown)])
    if not text.strip():
        raise BriefError([problem("intake-empty", path, what="text")])
    return sheet, found


def _decode(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Decode by the mark a file begins with; without one it is UTF-8, or else Windows-1252."""
    for mark, name in MARKS:
        if data.startswith(mark):
            try:
                return data.removeprefix(mark).decode(name), ()
            except UnicodeDecodeError:
                raise BriefError([problem("intake-encoding", path, name=name.upper())]) from None
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise BriefError([problem("intake-encoding", path, name="text")])
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise BriefError([problem("intake-encoding", path, name="UTF-8")]) from None
    first = next(index for index, char in enumerate(text) if ord(char) > 127)
    place = as_sheet(text.replace("\r\n", "\n"), path).place(first)
    return text, (problem("intake-windows", path, *place, char=text[first]),)
