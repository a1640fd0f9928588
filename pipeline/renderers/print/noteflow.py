"""Notes at the page foot as a flow of their own, so that none is lost, doubled, swapped or cut.

WeasyPrint places footnotes while it lays out the text, and takes them back when a line moves to
another page. It forgets some on the way, and cuts those taller than their page. Here room is only
*reserved* while the text of a page is laid out. When the page is done, the calls that really stand
on it say which notes join the flow, and the flow fills the foot of the page. What does not fit
waits for the next page, broken between lines as any text is. So a note can run on or, in the worst
case, be late, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout

from pipeline.renderers.print.boxtree import Box, has_text, ink_bottom, line_count

SkipStack = dict[int, Any]
"""Where in a tree of boxes the layout goes on, as WeasyPrint writes it down."""

LEAST_TEXT = 0.15
"""Share of a page that must be left for text; with less beside earlier notes, they stand alone."""

WHOLE_LINES = 6
"""A note of fewer lines is not broken if its call can move to the next page with it."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much room a whole note takes."""

    height: float
    lines: int


@dataclass(slots=True)
class Foot:
    """The foot of the page that is being laid out."""

    area: Box
    bottom: float
    """Where the content of the page ends."""
    extra: float
    """Height of the area's own margins, borders and padding."""
    carried: float
    """Height of what comes from earlier pages, with `extra`; 0 for nothing."""
    reserved: list[Box] = field(default_factory=list)
    """Notes of calls that have been laid out on this page so far."""
    broken: Box = None
    """The note that runs on to the next page, so that no text fits below `floor` any more."""
    floor: float = -inf


class NoteFlow(LayoutContext):  # type: ignore[misc]  # WeasyPrint is not typed.
    """A layout in which the notes are a flow of their own."""

    def __init__(self, unused: LayoutContext, notes: Sequence[Box]) -> None:
        """Stand in for a layout context that has not been used yet; print `notes` in order."""
        super().__init__(
            unused.style_for,
            unused.get_image_from_uri.func,
            unused.font_config,
            unused.counter_style,
            unused.target_collector,
        )
        self.notes = tuple(notes)
        self.footnotes = list(notes)
        self.called: set[Box] = set()
        """Notes that were called on a finished page."""
        self.queued = 0
        """How many notes have joined the queue, in their order."""
        self.queue: list[Box] = []
        """Notes that wait for room, the first of them perhaps printed in part."""
        self.resume: SkipStack = {0: None}
        """Where in the queue the next page goes on."""
        self.overfull: list[Box] = []
        """Notes with an unbreakable part that is taller than a page."""
        self.text: tuple[Box, bool] = (None, True)
        """The text of the page as it was laid out, and whether more follows on later pages."""
        self.foot: Foot | None = None
        self._offered = False
        self._finished_pages = 0
        self._sizes: dict[tuple[Box, float], Size] = {}

    # What WeasyPrint calls while it lays out the text of a page ----------------------------------

    def layout_footnote(self, note: Box) -> bool:
        """Reserve room for a note whose call was laid out; return whether there can be none."""
        self.footnotes.remove(note)
        if self.foot is None:  # The page is about to begin: this note is in the queue.
            return False
        self.foot.reserved.append(note)
        self._reserve(self.foot)
        self._offered = True
        return self.foot.broken is not None

    def unlayout_footnote(self, note: Box) -> None:
        """Take back what was reserved, for the line of the call moves."""
        if self.foot is None or note in self.called or note in self.footnotes:
            return
        self.footnotes.append(note)
        self._forget(self.foot, note)

    def report_footnote(self, note: Box) -> None:
        """Take back what was reserved although the line of the call stays."""
        assert self.foot is not None
        self._forget(self.foot, note)
        self.reported_footnotes.append(note)

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """Return whether a position is below the room for text.

        The first question after a note was reserved is whether its line still fits. If it does not,
        a long note is broken instead, and the line stays.
        """
        offered, self._offered = self._offered, False
        overflows = bool(self.overflows(self.page_bottom - bottom_space, position_y))
        if not (overflows and offered and self.foot):
            return overflows
        if not self._can_break(self.foot, position_y + bottom_space):
            return True
        self.foot.broken = self.foot.reserved[-1]
        self.foot.floor = position_y + bottom_space
        self._reserve(self.foot)
        return False

    # A page from its beginning to its end --------------------------------------------------------

    def open_page(self) -> bool:
        """Reserve room for what comes from earlier pages; return whether there is some for text."""
        if self.current_page != self._finished_pages + 1:
            raise RuntimeError("a page was laid out a second time, after its notes were settled")
        area = self.current_footnote_area
        extra = area.margin_top + area.border_top_width + area.padding_top
        extra += area.padding_bottom + area.border_bottom_width + area.margin_bottom
        carried = 0.0
        if self.queue:
            rest, _ = self._lay_out(self.queue, self.resume, inf, [], forced=True)
            carried = extra + rest.height
        self.foot = Foot(area, area.position_y, extra, carried)
        self._reserve(self.foot)
        return bool(carried <= area.page.height * (1 - LEAST_TEXT))

    def close_page(self, positioned: list[Box]) -> Box:
        """Return the footnote area of a page whose text is done; keep what does not fit."""
        assert self.foot is not None
        text, text_goes_on = self.text
        self._queue_called(text, text_goes_on)
        text_bottom = ink_bottom(text)
        alone = text_bottom == -inf
        room = self.foot.area.page.height if alone else self.foot.bottom - text_bottom
        area, rest = self._lay_out(self.queue, self.resume, room, positioned, forced=alone)
        if alone and self.overflows(room, area.margin_height()):
            self.overfull.append(self.queue[0])
        done = len(self.queue) if rest is None else next(iter(rest))
        self.resume = {0: None if rest is None else rest[done]}
        self.queue = self.queue[done:]
        self.foot = None
        self._finished_pages += 1
        self.reported_footnotes = list(self.queue)
        self.footnotes = [note for note in self.notes if note not in self.called]
        return area

    def _queue_called(self, text: Box, text_goes_on: bool) -> None:
        """Let the notes called in the text join the queue, none before those of lower numbers.

        A row taller than a page can be broken so that a later cell stands on an earlier page.
        """
        self.called.update(box.footnote for box in text.descendants() if box.footnote)
        start = self.queued
        while self.queued < len(self.notes) and self.notes[self.queued] in self.called:
            self.queued += 1
        if not text_goes_on and self.queued < len(self.notes):
            raise RuntimeError(f"the text ended without the call of note {self.queued + 1}")
        self.queue += self.notes[start : self.queued]

    # Room ----------------------------------------------------------------------------------------

    def _reserve(self, foot: Foot) -> None:
        """Set the bottom of the text so that the notes fit below it."""
        height = foot.carried
        if foot.reserved:
            height = height or foot.extra
            height += sum(self._size(note).height for note in foot.reserved)
        self.page_bottom = max(foot.bottom - height, foot.floor)

    def _forget(self, foot: Foot, note: Box) -> None:
        """Free the room that was reserved for a note."""
        for notes in (foot.reserved, self.reported_footnotes):
            if note in notes:
                notes.remove(note)
        if note is foot.broken:
            foot.broken, foot.floor = None, -inf
        self._reserve(foot)

    def _size(self, note: Box) -> Size:
        """Return the size of a whole note. It has padding and no margins, so heights add up."""
        key = note, self.current_footnote_area.page.width
        if key not in self._sizes:
            area, _ = self._lay_out([note], {0: None}, inf, [], forced=True)
            self._sizes[key] = Size(area.height, line_count(area))
        return self._sizes[key]

    def _can_break(self, foot: Foot, text_bottom: float) -> bool:
        """Return whether the note reserved last is long and can begin below the text."""
        if self._size(foot.reserved[-1]).lines < WHOLE_LINES:
            return False
        notes = [*self.queue, *foot.reserved]
        room = foot.bottom - text_bottom
        _, rest = self._lay_out(notes, self.resume, room, [], forced=False)
        return rest is not None and rest.get(len(notes) - 1) is not None

    def _lay_out(
        self,
        notes: Sequence[Box],
        resume: SkipStack,
        room: float,
        positioned: list[Box],
        forced: bool,
    ) -> tuple[Box, SkipStack | None]:
        """Fill a footnote area of at most the height `room` with notes.

        Return the area, its upper edge where the content of the page ends, and where the notes go
        on if they did not all fit. `forced` puts at least one line there.
        """
        area, rest = self._fill(notes, resume, room, positioned, forced)
        if area is None or not (rest is None or has_text(area)):
            # Nothing fits. On an empty page nothing ever will: it is too tall for any page.
            first = notes[:1] if forced else []
            area, _ = self._lay_out(first, resume, inf, positioned, forced=True)
            return area, ({1: None} if len(notes) > 1 else None) if forced else resume
        if rest is not None:
            if not has_text(area.children[-1]):  # Its label alone does not begin a note.
                area.children = area.children[:-1]
                rest = {len(area.children): None}
            # A broken box is stretched to the end of its page; this one ends where its text ends.
            area.height = max(0, ink_bottom(area) - area.content_box_y())
        area.translate(dy=self.current_footnote_area.position_y - area.position_y)
        return area, rest

    def _fill(
        self,
        notes: Sequence[Box],
        resume: SkipStack,
        room: float,
        positioned: list[Box],
        forced: bool,
    ) -> tuple[Box | None, SkipStack | None]:
        """Lay out a footnote area as a block at the bottom of the page's content."""
        area = self.current_footnote_area.copy()
        area.children = list(notes)
        area.style = area.style.copy()
        # The rest of a note has the rule above it too.
        area.style["box_decoration_break"] = "clone"
        bottom, text_bottom = area.position_y, self.page_bottom
        bottom_space = -inf if room == inf else 0
        area.position_y = bottom if room == inf else bottom - room
        self.page_bottom = bottom
        self.create_block_formatting_context(area)
        skip = resume if notes else None
        laid_out, rest, *_ = block_level_layout(
            self, area, bottom_space, skip, area.page, forced, positioned, positioned
        )
        self.finish_block_formatting_context()
        self.page_bottom = text_bottom
        return laid_out, rest
