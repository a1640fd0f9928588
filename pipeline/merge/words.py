"""Edits of words in a text as patches of its Markdown, which leave the markup around as it is."""

import re
from typing import NamedTuple

from pipeline import model as m
from pipeline.intake.markdown.signs import escape_opening
from pipeline.intake.markdown.tables import PIPE
from pipeline.merge.atoms import PLAIN, Atoms, Marks
from pipeline.merge.leaves import Element
from pipeline.merge.pair import Edit
from pipeline.merge.prose import Known, Unplaced, prose
from pipeline.merge.trace import MARK_OF, Traced

LINE_START = re.compile(r"(?:^|\n)[ \t>]*$")


class Patch(NamedTuple):
    """What stands in a text from `start` up to `end` becomes other text."""

    start: int
    end: int
    text: str


class Words:
    """Edits one text of a brief. `atoms` are its own, as the Word file has them."""

    def __init__(self, traced: Traced, atoms: Atoms, text: str, known: Known) -> None:
        """Know the text, where it stands, and what its words may refer to."""
        self.traced, self.atoms, self.text, self.known = traced, atoms, text, known
        self.elements = traced.leaf.elements

    def patch(self, edit: Edit) -> Patch:
        """Return an edit as a patch; raises Unplaced."""
        if edit.first == edit.last:
            found = self._insertion(edit)
            if found is not None:
                return found
        return self._replacement(edit)

    def whole(self, atoms: Atoms) -> Patch:
        """Return a patch that writes the whole text anew; raises Unplaced."""
        return self._written(0, len(self.atoms), atoms, [])

    def _marks(self, element: Element) -> Marks:
        if isinstance(element.node, m.Link):
            marks = self.atoms[element.first].marks
            return frozenset(one for one in marks if one.startswith("link:"))
        return MARK_OF.get(type(element.node), PLAIN)

    def _fits(self, element: Element, new: Atoms) -> bool:
        marks = self._marks(element)
        return all(marks <= one.marks for one in new if one.kind == "character")

    def _around(self, elements: list[Element]) -> Marks:
        return PLAIN.union(*(self._marks(one) for one in elements))

    def _insertion(self, edit: Edit) -> Patch | None:
        """Return a patch that puts words in where their marks are those of the place."""
        at, new = edit.first, edit.new
        before = [one for one in self.elements if one.first < at <= one.last]
        behind = [one for one in self.elements if one.first <= at < one.last]
        both = [one for one in before if one in behind]
        wanted = PLAIN.union(*(one.marks for one in new))
        tries = [(both, self._gap(at, both))]
        if at:
            tries.append((before, self.traced.spans[at - 1][1]))
        if at < len(self.atoms):
            tries.append((behind, self.traced.spans[at][0]))
        for elements, place in tries:
            if self._around(elements) == wanted and all(self._fits(one, new) for one in elements):
                return self._put(place, place, new, wanted)
        if all(self._fits(one, new) for one in both):
            return self._put(tries[0][1], tries[0][1], new, self._around(both))
        return None

    def _gap(self, at: int, both: list[Element]) -> int:
        """Return the place behind what ends before an atom, and before what begins with it."""
        if not at:
            outer = [
                span[0]
                for one, span in zip(self.elements, self.traced.outer, strict=True)
                if one.first == 0 and one not in both
            ]
            return min([self.traced.spans[0][0], *outer])
        ended = [
            span[1]
            for one, span in zip(self.elements, self.traced.outer, strict=True)
            if one.last == at and one not in both
        ]
        return max([self.traced.spans[at - 1][1], *ended])

    def _replacement(self, edit: Edit) -> Patch:
        """Return a patch for words that markup is a part of, as little of it as need be."""
        first, last, new = edit
        first, last = (first, last) if first < last else self._beside(first)
        new = (*self.atoms[first : edit.first], *new, *self.atoms[edit.last : last])
        while True:
            low, high = self._reach(first, last, new)
            if (low, high) == (first, last):
                break
            new = (*self.atoms[low:first], *new, *self.atoms[last:high])
            first, last = low, high
        around = [
            one
            for one in self.elements
            if one.first <= first and last <= one.last and self._stays(one, first, last, new)
        ]
        return self._written(first, last, new, around)

    def _beside(self, at: int) -> tuple[int, int]:
        return (at - 1, at) if at else (0, min(1, len(self.atoms)))

    def _stays(self, one: Element, first: int, last: int, new: Atoms) -> bool:
        """Tell whether an element that holds all that is replaced stays around what replaces it."""
        is_all = (one.first, one.last) == (first, last)
        return self._fits(one, new) and bool(new or not is_all)

    def _reach(self, first: int, last: int, new: Atoms) -> tuple[int, int]:
        """Return a wider range, where an element is cut or does not fit what comes into it."""
        for one in self.elements:
            if one.last <= first or last <= one.first or (first <= one.first and one.last <= last):
                continue
            holds = one.first <= first and last <= one.last
            if not holds or not self._fits(one, new):
                return min(first, one.first), max(last, one.last)
        return first, last

    def _written(self, first: int, last: int, new: Atoms, around: list[Element]) -> Patch:
        start, end = self.traced.spans[first][0], self.traced.spans[last - 1][1]
        for one, span in zip(self.elements, self.traced.outer, strict=True):
            if first <= one.first and one.last <= last and one not in around:
                start, end = min(start, span[0]), max(end, span[1])
                if new and isinstance(one.node, m.Span):
                    raise Unplaced("words with a language, a class or an anchor of their own")
                if new and isinstance(one.node, m.Link) and one.node.title:
                    raise Unplaced("a link with a title")
        return self._put(start, end, new, self._around(around))

    def _put(self, start: int, end: int, new: Atoms, around: Marks) -> Patch:
        if self.traced.leaf.kind == "code" or "code" in around:
            return Patch(start, end, "".join(one.text for one in new))
        written = prose(new, self.known, around)
        if self.traced.leaf.kind == "cell":
            written = PIPE.sub(lambda one: "\\|" if one[0] == "|" else one[0], written)
        if LINE_START.search(self.text, 0, start):
            written = escape_opening(written)
        return Patch(start, end, written)
