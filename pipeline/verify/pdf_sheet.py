"""The pages of a PDF as one sheet: where links start and land, and where notes stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.verify.found import Call, Contents, Entry, Fault, Link, Note, normal, spoken
from pipeline.verify.pdf_citations import citation_faults
from pipeline.verify.pdf_drawn import Drawn, Page
from pipeline.verify.pdf_file import Bookmark
from pipeline.verify.pdf_geometry import Box, around
from pipeline.verify.pdf_links import FAR, Destination, distance
from pipeline.verify.pdf_parts import Anchor, Placed, Tagged

ACROSS, LINE = 4.0, 16.0
"""Points between a destination and the call it means: beside it, and above or below."""
BELOW = 4.5
"""Points by which a destination usually lies below the top of the call it means."""
THIN = 4.0
"""Height in points up to which something is a rule; more is a picture or the ground of a panel."""
LINES = 36.0
"""Points that a note needs beside its own height: space, the rule above it, and a spare line."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The end of a link: the number of the note it lies in, and its block's text."""

    note: str = ""
    text: str = ""
    house: bool = False


class Sheet:
    """All that is placed on the pages."""

    def __init__(
        self,
        pages: Sequence[Page],
        text: Tagged,
        notes: Sequence[Tagged],
        house: Sequence[Placed],
    ) -> None:
        """Know the pages, the running text, the notes, and the words of the house."""
        self._pages = pages
        self._text = text
        self._notes = sorted(notes, key=lambda note: int(number_of(note) or 0))
        self.parts = tuple(self._notes)
        parts = (text, *self._notes)
        self.references = [anchor for part in parts for anchor in part.references]
        self._calls: dict[int, list[tuple[int, Box]]] = {}
        for ordinal, anchor in enumerate(self.references, start=1):
            if anchor.start:
                at = ordinal, anchor.start.drawn.box
                self._calls.setdefault(anchor.start.page, []).append(at)
        self._by_page: dict[int, list[Placed]] = {}
        for placed in (*house, *(one for part in parts for one in part.placed)):
            self._by_page.setdefault(placed.page, []).append(placed)
        bottoms = (one.box.bottom for page in pages for one in page.drawn if _is_tagged_text(one))
        self._floor = min(bottoms, default=0.0)
        """How far down text goes on any page."""

    def calls(self) -> Iterator[Call]:
        """Yield the calls and cross-references of the text, then those of the notes."""
        for anchor in self.references:
            page = anchor.start.page if anchor.start else 0
            yield Call(normal(anchor.text), self._note_at(anchor), f"on page {page}", page)

    def links(self) -> Iterator[Link]:
        """Yield the links of the text, then those of the notes."""
        for part in (self._text, *self._notes):
            for anchor in part.links:
                page = anchor.start.page if anchor.start else 0
                yield Link(anchor.text, self._target(anchor), f"on page {page}")

    def notes(self) -> Iterator[Note]:
        """Yield the notes as they follow one another down the pages."""
        for note in sorted(self._notes, key=_position):
            page = _page(note)
            back = tuple(
                self._call_at(place)
                for anchor in note.back
                for action in anchor.actions
                for place in action.places
            )
            yield Note(
                number=number_of(note) or note.label,
                blocks=note.blocks,
                back=tuple(dict.fromkeys(back)),
                place=f"on page {page}",
                page=page,
                full=self._full_pages(note),
                gathered=note.gathered,
            )

    def contents(self, bookmarks: Sequence[Bookmark]) -> Contents:
        """Return the bookmarks, without those that lead to words of the house."""
        spots = [_one(map(self._spot, mark.places)) for mark in bookmarks]
        entries = tuple(
            Entry(mark.depth, mark.text, spoken(normal(spot.text)))
            for mark, spot in zip(bookmarks, spots, strict=True)
            if not spot.house
        )
        return Contents("the list of bookmarks", entries)

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with links and notes, whatever the brief says."""
        for anchor in self.references:
            if not anchor.actions:
                what = f"the call or cross-reference “{anchor.text}” is not a link"
                where = f"on page {anchor.start.page}" if anchor.start else ""
                yield Fault("verify-note-link", what, where)
        for note in self._notes:
            if note.ident != f"fn:{number_of(note)}":
                what = f"the note “{note.label}” has the ID “{note.ident}”"
                yield Fault("verify-tags", what, f"on page {_page(note)}")
        yield from citation_faults(self._notes, self.references)
        yield from self._disorder()
        yield from self._strays()

    def _strays(self) -> Iterator[Fault]:
        """Yield what stands among the text of a page without being part of it.

        Running heads stand above the text and folios below it; only repeated table heads stand
        in it.
        """
        heads = {
            one.drawn.text
            for placed in self._by_page.values()
            for one in placed
            if one.part and "head" in one.part.place_of(one.block)
        }
        for page in self._pages:
            text = [
                one.drawn.box for one in self._by_page.get(page.number, ()) if one.drawn.is_text
            ]
            top = max((box.top for box in text), default=0.0)
            bottom = min((box.bottom for box in text), default=0.0)
            for one in page.drawn:
                among = one.box.bottom < top and one.box.top > bottom
                if one.is_text and one.artifact and among and one.text not in heads:
                    what = f"“{one.text.strip()}” stands in the text and is not part of it"
                    yield Fault("verify-tags", what, f"on page {page.number}")

    def _disorder(self) -> Iterator[Fault]:
        """On each page the parts of notes follow one another in the order of their numbers."""
        for page, placed in sorted(self._by_page.items()):
            tops: dict[str, float] = {}
            for one in placed:
                if one.part not in (None, self._text) and one.part and one.drawn.is_text:
                    number = number_of(one.part)
                    tops[number] = max(tops.get(number, 0.0), one.drawn.box.top)
            order = sorted(tops, key=lambda number: -tops[number])
            if order != sorted(tops, key=lambda number: int(number or 0)):
                what = f"notes stand in the order {', '.join(order)}"
                yield Fault("verify-note-number", what, f"on page {page}")

    def _note_at(self, anchor: Anchor) -> str:
        numbers = {self._spot(place).note for action in anchor.actions for place in action.places}
        return numbers.pop() if len(numbers) == 1 else ""

    def _target(self, anchor: Anchor) -> str:
        """Return where all areas of a link lead: an address, or the text of a block."""
        targets = {
            action.uri or f"#{self._spot(place).text}"
            for action in anchor.actions
            for place in action.places
        }
        return targets.pop() if len(targets) == 1 else ""

    def _call_at(self, place: Destination | None) -> int:
        """Return the ordinal of the call that a reader is led to, or 0."""
        if place is None or place.top is None or place.left is None:
            return 0
        near: dict[int, float] = {}
        for ordinal, box in self._calls.get(place.page, []):
            across, above = abs(box.left - place.left), place.top - box.top
            if across <= ACROSS and -LINE <= above <= LINE:
                near[ordinal] = across + abs(above + BELOW) / 2
        return min(near, key=lambda ordinal: near[ordinal], default=0)

    def _spot(self, place: Destination | None) -> Spot:
        """Return what a reader sees who is led to a place."""
        if place is None:
            return Spot()
        candidates = [one for one in self._by_page.get(place.page, []) if one.drawn.shows]
        nearest = min(candidates, key=lambda one: distance(place, one.drawn.box), default=None)
        if nearest is None or distance(place, nearest.drawn.box) >= FAR:
            return Spot()
        if nearest.part is None:
            nearest = _beside(nearest, candidates) or nearest
        if nearest.part is None:
            return Spot(house=True)
        return Spot(number_of(nearest.part), nearest.part.text_at(nearest.block))

    def _full_pages(self, note: Tagged) -> tuple[int, ...]:
        """Return the pages right before that of a note on which it had no room, last first."""
        page = _page(note)
        boxes = [one.drawn.box for one in note.placed if one.page == page]
        height = around(boxes).top - around(boxes).bottom + LINES
        return tuple(takewhile(lambda one: self._room(one) < height, range(page - 1, 0, -1)))

    def _room(self, page: int) -> float:
        """Return the height that is free on a page between its text and its notes."""
        here = [one for one in self._by_page.get(page, []) if one.drawn.shows]
        text = [one.drawn.box.bottom for one in here if one.part in (None, self._text)]
        feet = [one.drawn.box.top for one in here if one.part not in (None, self._text)]
        floor = max(feet, default=self._floor)
        shapes = [one.box for one in self._pages[page - 1].drawn if not one.is_run]
        panels = [
            box.bottom for box in shapes if box.bottom > floor and box.top - box.bottom > THIN
        ]
        return min((*text, *panels), default=floor) - floor


def _beside(word: Placed, candidates: Sequence[Placed]) -> Placed | None:
    """Return the text that a word of the house introduces: what follows on its line."""
    box = word.drawn.box
    line = [
        one
        for one in candidates
        if one.part
        and one.drawn.box.left >= box.right - THIN
        and one.drawn.box.bottom < (box.top + box.bottom) / 2 < one.drawn.box.top
    ]
    return min(line, key=lambda one: one.drawn.box.left, default=None)


def _one(spots: Iterable[Spot]) -> Spot:
    """Return where all ways of a link lead, or nowhere if they part."""
    found = set(spots)
    return found.pop() if len(found) == 1 else Spot()


def _is_tagged_text(drawn: Drawn) -> bool:
    return drawn.is_text and not drawn.artifact


def number_of(part: Tagged) -> str:
    """Return the number that a note prints before itself; the text has none."""
    label = part.label.removesuffix(".")
    return label if label.isdecimal() else ""


def _page(note: Tagged) -> int:
    return note.placed[0].page if note.placed else 0


def _position(note: Tagged) -> tuple[int, float]:
    if not note.placed:
        return (0, 0.0)
    return (note.placed[0].page, -note.placed[0].drawn.box.top)
