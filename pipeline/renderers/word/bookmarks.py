"""Bookmarks: what links and cross-references lead to."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from pipeline import model as m
from pipeline import walk
from pipeline.renderers.word.xml import Element, w

LONGEST = 40
"""Characters in the longest bookmark name that Word accepts."""


class Bookmarks:
    """The names of all places that can be linked to, and the counter of bookmark ids."""

    def __init__(self, brief: m.Brief) -> None:
        """Name every anchor of the brief."""
        self._names = _names(_anchors(brief))
        for note in brief.notes:
            self._names[note.id] = self._names[note.calls[0]] = first_call(note.number)
        for own in walk.table_notes(brief):
            self._names[own.id] = _hidden(own.id)
            self._names[own.calls[0]] = _hidden(own.calls[0])
        self._ids = count(1)
        self._set: set[str] = set()

    def name(self, anchor: str) -> str | None:
        """Return the bookmark of an anchor, or None when the brief has no such anchor."""
        return self._names.get(anchor)

    def wrap(self, anchor: str | None, content: Sequence[Element]) -> list[Element]:
        """Return the content, between the ends of its bookmark if it has an anchor.

        A name that is set twice would make the file invalid, so only the first is.
        """
        if anchor is None or anchor in self._set:
            return list(content)
        self._set.add(anchor)
        ident = next(self._ids)
        start = w("bookmarkStart", id=ident, name=self._names[anchor])
        return [start, *content, w("bookmarkEnd", id=ident)]


def first_call(number: int) -> str:
    """Return the bookmark at the first call of a note. Word hides names that begin with `_`."""
    return f"_Note_{number}"


def _hidden(anchor: str) -> str:
    return "_" + anchor.replace(":", "_")


def _anchors(brief: m.Brief) -> Iterator[str]:
    metadata = brief.metadata
    noted = (note.blocks for note in brief.notes)
    text = (*brief.body, *brief.references)
    for blocks in (text, metadata.acknowledgements, metadata.disclaimer, *noted):
        for block in walk.blocks_within(blocks):
            match block:
                case m.Heading() | m.Figure() | m.Table() | m.Box() | m.Division():
                    yield from filter(None, [block.id])
                case _:
                    pass
    for inline in walk.everything(brief):
        if isinstance(inline, m.Span) and inline.id:
            yield inline.id


def _names(anchors: Iterable[str]) -> dict[str, str]:
    """Name the anchors: letters, digits and `_`, a letter first, unique whatever their case."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for anchor in dict.fromkeys(anchors):
        plain = re.sub(r"\W", "_", anchor)
        plain = plain if plain[0].isalpha() else f"id_{plain}"
        if len(plain) > LONGEST or plain.lower() in taken:
            plain = f"{plain[: LONGEST - 9]}_{hashlib.sha256(anchor.encode()).hexdigest()[:8]}"
        taken.add(plain.lower())
        names[anchor] = plain
    return names
