"""What changed, in words: one entry for each place and each note that differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.redline.compared import Compared, ComparedNote, Comparison, Mark
from pipeline.text import plain

LONGEST = 90
"""Characters of the text that an entry quotes."""
Change = Literal["inserted", "deleted", "changed", "reset"]
NoteChange = Literal["added", "dropped", "renumbered", "reworded"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that differs: what it is, under which heading it stands, what is gone and what came.

    `note` is the number of the note it stands in.
    """

    place: int
    change: Change
    kind: str
    section: str
    gone: str
    come: str
    note: int = 0


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A note that differs, with its numbers before and now; 0 where it is not there."""

    changes: tuple[NoteChange, ...]
    was: int
    now: int
    said: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All that differs, in reading order."""

    entries: tuple[Entry, ...]
    notes: tuple[NoteEntry, ...]

    def count(self, change: Change) -> int:
        """Return how many places changed in this way."""
        return sum(one.change == change for one in self.entries)

    def count_notes(self, change: NoteChange) -> int:
        """Return how many notes changed in this way."""
        return sum(change in one.changes for one in self.notes)


def summarise(found: Comparison) -> Summary:
    """Return what changed."""
    entries = [*_entries(found.front, ""), *_body(found.body)]
    entries += _entries(found.closing, "")
    entries += _entries(found.end, "")
    notes = [
        entry
        for one in found.notes
        if one.mark == "kept"
        for entry in _entries(one.parts, "", one.pair.new.number if one.pair.new else 0)
    ]
    in_order = sorted((*entries, *notes), key=lambda one: one.place)
    return Summary(tuple(in_order), tuple(filter(None, map(_note, found.notes))))


def _body(parts: Sequence[Compared]) -> Iterator[Entry]:
    """Yield the entries of the text, each with the heading it stands under in the new version."""
    section = ""
    for part in parts:
        yield from _entries((part,), section)
        if part.kind == "heading" and part.mark != "deleted":
            section = told(part, "deleted")


def _entries(
    parts: Sequence[Compared], section: str, note: int = 0, within: str = ""
) -> Iterator[Entry]:
    """Yield the entries of parts; what stands in an item or a cell is named after it."""
    for part in parts:
        if part.place:
            yield Entry(
                part.place,
                _change(part),
                within if part.kind == "paragraph" and within else part.kind,
                section,
                _quoted(part, "deleted"),
                _quoted(part, "inserted"),
                note,
            )
        if part.mark == "kept":
            inside = part.kind if part.kind in ("item", "cell") else ""
            yield from _entries(part.parts, section, note, inside)


def _change(part: Compared) -> Change:
    if part.mark != "kept":
        return part.mark
    return "changed" if any(one.mark != "kept" for one in part.pieces) else "reset"


def told(part: Compared, without: Mark) -> str:
    """Return the words of a part and of what it holds, without those of one mark."""
    own = plain(tuple(one for piece in part.pieces if piece.mark != without for one in piece.text))
    return " ".join(" ".join([own, *(told(one, without) for one in part.parts)]).split())


def _quoted(part: Compared, mark: Mark) -> str:
    """Return what is gone from a part, or came into it, for an entry of one line."""
    pieces = [plain(piece.text) for piece in part.pieces if piece.mark == mark]
    held = [_quoted(one, mark) for one in part.parts] if part.mark == mark else []
    return _short(" … ".join(filter(None, pieces)) or " ".join(filter(None, held)))


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def _note(one: ComparedNote) -> NoteEntry | None:
    old, new = one.pair.old, one.pair.new
    changes: list[NoteChange] = []
    if old is None:
        changes.append("added")
    if new is None:
        changes.append("dropped")
    if one.is_renumbered:
        changes.append("renumbered")
    if one.is_reworded:
        changes.append("reworded")
    if not changes:
        return None
    said = " ".join(told(part, "deleted" if new else "inserted") for part in one.parts)
    return NoteEntry(
        tuple(changes), old.number if old else 0, new.number if new else 0, _short(said)
    )
