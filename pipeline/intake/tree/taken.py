"""What is taken from a tree on the way: notes, pictures, and what has to be said about both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from pipeline import model as m
from pipeline import pictures
from pipeline.problems import Problem, problem

Node = dict[str, Any]
"""A node of pandoc's tree: `t` is its type, `c` its content."""
Places = Callable[[str], int]
"""Returns the line of a manuscript, or the paragraph, on which a text stands; 1 if nobody knows."""
ENDINGS = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}


def _nothing(_: str) -> bytes | None:
    return None


def _nowhere(_: str) -> int:
    return 1


def _call(label: str, number: int) -> m.Call:
    return m.Call(id=f"fnref:{number}", note=label, number=number, line=1, column=1)


@dataclass(slots=True)
class Taken:
    """The notes and pictures of one manuscript, in reading order."""

    path: str
    file_of: Callable[[str], bytes | None] = _nothing
    """Returns what a picture's address leads to; nothing where that is not at hand."""
    place: Places = _nowhere
    notes: list[m.Note] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    """New names of the headings that links lead to, by the old ones."""
    known: dict[str, str] = field(default_factory=dict)
    """Names that pictures have got, by their addresses."""
    keys: Sequence[str] = ()
    """What tells the notes apart, one for each call in reading order; none: each call has its own.
    """
    calls: int = 0
    """Calls that were taken."""
    links: bool = False
    """Whether addresses in the text become links."""

    def tell(self, code: str, near: str, **details: object) -> None:
        """Note a problem where a text stands."""
        self.problems.append(problem(code, self.path, self.place(near), 1, **details))

    def call(self, blocks: m.Blocks) -> m.Call:
        """Take a note, and return its call."""
        key = self.keys[self.calls] if self.calls < len(self.keys) else ""
        self.calls += 1
        if key and key in self.keys[: self.calls - 1]:
            before = list(dict.fromkeys(self.keys)).index(key) + 1
            return _call(f"n{before}", before)
        number = len(self.notes) + 1
        label = f"n{number}"
        self.notes.append(
            m.Note(
                id=f"fn:{number}",
                label=label,
                number=number,
                calls=(f"fnref:{number}",),
                blocks=blocks,
                line=1,
                column=1,
            )
        )
        return _call(label, number)

    def picture(self, target: str) -> str | None:
        """Take a picture, and return its name beside the brief; nothing if it cannot be carried."""
        if target in self.known:
            return self.known[target] or None
        self.known[target] = ""
        shown = target if len(target) < 80 else f"{target[:80]}…"
        data = self.file_of(target)
        if data is None:
            self.tell("intake-picture", target, name=shown, what="it is not at hand")
            return None
        try:
            kind = pictures.inspect(data).media_type
        except pictures.Unfit as unfit:
            self.tell("intake-picture", target, name=shown, what=unfit.what)
            return None
        same = next((name for name, known in self.pictures.items() if known == data), None)
        name = same or self._free_name(target, ENDINGS[kind])
        self.pictures[name] = data
        self.known[target] = name
        return name

    def _free_name(self, target: str, ending: str) -> str:
        is_inside = target.lower().startswith("data:")
        stem = "" if is_inside else PurePosixPath(unquote(target.split("?")[0])).stem.lower()
        plain = "".join(one if one.isascii() and one.isalnum() else "-" for one in stem).strip("-")
        wanted = plain[:40] or "picture"
        number, name = 1, f"{wanted}{ending}"
        while name in self.pictures:
            number += 1
            name = f"{wanted}-{number}{ending}"
        return name
