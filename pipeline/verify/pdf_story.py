"""The tagged text of a PDF, filled with what its pages really show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.verify.flow import Flow
from pipeline.verify.found import (
    Passage,
    as_drawn,
    call_mark,
    cell_place,
    clean,
    grid,
    normal,
    picture_mark,
)
from pipeline.verify.pdf_drawn import Drawn, Page
from pipeline.verify.pdf_geometry import around
from pipeline.verify.pdf_lines import breaks_line
from pipeline.verify.pdf_links import Action
from pipeline.verify.pdf_parts import Anchor, Placed, Shown, Tagged
from pipeline.verify.pdf_tags import Annotation, Content, Element, Reference

INTERFACE = "interface"
"""Title of the elements whose words are the house's and not the brief's."""
KINDS = {
    "H1": "title",
    "H2": "heading 1",
    "H3": "heading 2",
    "H4": "heading 3",
    "Caption": "caption",
    "Figure": "picture",
}
"""What the text directly in an element is; text in all others is just text."""
LISTS = {
    "None": "definition list",
    "Description": "definition list",
    "Disc": "bullet list",
    "Circle": "bullet list",
    "Square": "bullet list",
}
"""Lists by their numbering (ISO 32000-1, table 347); all others are numbered."""
PARAGRAPHS = frozenset(("P", "H1", "H2", "H3", "H4", "H5", "H6", "Caption"))
"""Elements whose blocks are one text, even where a picture stands in it."""
NOTES = frozenset(("Note", "FENote"))
"""Notes as PDF 1.7 and PDF 2.0 call them (ISO 32000-2, table 368)."""
INLINE = frozenset(("Span", "Code", "Quote", "Em", "Strong"))
"""Elements that stand in a line of text (ISO 32000-1, 14.8.4.4)."""
BULLET = "•"


class Reader:
    """Goes through the structure tree and takes each piece of marked content off the pages."""

    def __init__(
        self, pages: Sequence[Page], actions: Mapping[Reference, Action], turned: bool = False
    ) -> None:
        """Index the runs of all pages by the marked content they belong to.

        Lines of a document that is `turned` run from right to left.
        """
        self._turned = turned
        self._lang = ""
        self.notes: list[Tagged] = []
        self.house: list[Placed] = []
        self._actions = actions
        self._bullets = self._terms = False
        self._asked: Element | None = None
        self._answer = False
        self._last: Drawn | None = None
        self._last_page = 0
        self._content: dict[tuple[int, int], list[Drawn]] = {}
        for page in pages:
            for drawn in page.drawn:
                if drawn.mcid >= 0 and not drawn.artifact:
                    self._content.setdefault((page.number, drawn.mcid), []).append(drawn)

    def left_over(self) -> Iterator[tuple[int, Drawn]]:
        """Yield what is marked as text on a page and has no place in the tags."""
        for (page, _), drawn in self._content.items():
            yield from ((page, one) for one in drawn if one.is_text)

    def read(self, element: Element, gathered: bool = False) -> Tagged:
        """Return the text of an element, without the notes in it: they are kept apart."""
        into = Tagged(element, gathered)
        self._kids(element, into)
        into.flow.close()
        return into

    def _kids(self, element: Element, into: Tagged) -> None:
        for kid in element.kids:
            if isinstance(kid, Content):
                for run in self._take(kid, into):
                    if run.text:
                        into.passages.append(Passage(self._lang, run.text))
                        self._write(run, clean(run.text), kid.page, into)
            elif isinstance(kid, Element):
                self._element(kid, element, into)

    def _element(self, element: Element, parent: Element, into: Tagged) -> None:
        around = self._lang
        self._lang = element.lang or around
        if element.title == INTERFACE:
            self._drop(element)
        else:
            self._part(element, parent, into)
        self._lang = around

    def _part(self, element: Element, parent: Element, into: Tagged) -> None:
        """Read an element by its type."""
        match element.type:
            case kind if kind in NOTES:
                self.notes.append(self.read(element, self._gathers(parent)))
            case "Figure":
                self._figure(element, into)
            case "Reference":
                self._reference(element, into)
            case "Link":
                self._link(element, into)
            case "Lbl":
                self._label(element, parent, into)
            case "L":
                self._list(element, into)
            case "Table":
                self._table(element, into)
            case kind if kind in INLINE:
                self._kids(element, into)
            case kind:
                into.flow.enter(KINDS.get(kind, "text"), *_places(element))
                first = len(into.flow.blocks)
                self._kids(element, into)
                into.flow.leave(needed=kind == "LI")
                if kind in PARAGRAPHS and len(into.flow.blocks) > first + 1:
                    into.paragraphs.append(range(first, len(into.flow.blocks)))

    def _gathers(self, parent: Element) -> bool:
        """Tell whether an element holds notes and a heading of the house, and nothing else."""
        if parent is not self._asked:
            kids = [kid for kid in parent.kids if isinstance(kid, Element)]
            beside = [kid for kid in kids if kid.type not in NOTES]
            self._asked = parent
            self._answer = bool(beside) and all(kid.title == INTERFACE for kid in beside)
        return self._answer

    def _take(self, content: Content, into: Tagged | None) -> list[Drawn]:
        """Return the runs of a piece of content. It can be taken once: text is not said twice."""
        runs = self._content.pop((content.page, content.mcid), [])
        placed = self.house if into is None else into.placed
        block = 0 if into is None else len(into.whole.blocks)
        placed.extend(Placed(content.page, run, into, block) for run in runs)
        return runs

    def _write(self, run: Drawn | None, text: str, page: int, into: Tagged) -> None:
        """Add text to the block, on a new line where the page has it on one."""
        if run is not None:
            if self._last is not None and (
                page != self._last_page or breaks_line(self._last, run, self._turned)
            ):
                text = f"\n{text}"
            self._last, self._last_page = run, page
        into.flow.write(text, page)

    def _drop(self, element: Element) -> None:
        for kid in element.kids:
            if isinstance(kid, Content):
                self._take(kid, None)
            elif isinstance(kid, Element):
                self._drop(kid)

    def _apart(self, element: Element, into: Tagged) -> tuple[str, Placed | None]:
        """Return the words of an element and where they begin, and leave the block as it is."""
        kept, into.flow = into.flow, Flow(lines=True)
        before = len(into.placed)
        self._kids(element, into)
        into.flow.close()
        text = "\n".join(block.text for block in into.flow.blocks)
        into.flow = kept
        return text, _first_text(into.placed[before:])

    def _reference(self, element: Element, into: Tagged) -> None:
        """A call, or a cross-reference: the number of a note, linked to it."""
        last, last_page = self._last, self._last_page
        links, into.links = into.links, []
        spoken, into.passages = into.passages, []
        text, start = self._apart(element, into)
        into.passages = spoken
        inner, into.links = into.links, links
        actions = tuple(action for link in inner for action in link.actions)
        self._last, self._last_page = last, last_page
        run, page = (start.drawn, start.page) if start else (None, 0)
        self._write(run, call_mark(text), page, into)
        into.references.append(Anchor(text, actions, start, element))

    def _link(self, element: Element, into: Tagged) -> None:
        position, before, place = into.flow.position, len(into.placed), len(into.links)
        self._kids(element, into)
        start = _first_text(into.placed[before:])
        anchor = Anchor(into.flow.since(position), self._actions_of(element), start, element)
        into.links.insert(place, anchor)

    def _actions_of(self, element: Element) -> tuple[Action, ...]:
        areas = [kid.reference for kid in element.kids if isinstance(kid, Annotation)]
        return tuple(self._actions.get(area, Action()) for area in areas)

    def _label(self, element: Element, parent: Element, into: Tagged) -> None:
        """The number of a note with its backlink, the bullet of a list item, or a term."""
        links, into.links = into.links, []
        spoken, into.passages = into.passages, []
        text, _ = self._apart(element, into)
        inner, into.links = into.links, links
        into.passages = [*spoken, *(into.passages if self._terms else ())]
        if parent.type in NOTES:
            into.label, into.back = text, inner
            return
        into.links.extend(inner)
        into.flow.label(BULLET if self._bullets else text)

    def _list(self, element: Element, into: Tagged) -> None:
        around, kind = (self._bullets, self._terms), LISTS.get(element.numbering, "numbered list")
        self._bullets, self._terms = kind == "bullet list", kind == "definition list"
        into.flow.enter("text", kind)
        self._kids(element, into)
        into.flow.leave()
        self._bullets, self._terms = around

    def _figure(self, element: Element, into: Tagged) -> None:
        """A picture speaks by its alternative text; characters drawn in it are part of the picture.

        Tags do not say whether it stands in a line of text, so each is a block of its own.
        """
        into.flow.enter("picture")
        before = len(into.placed)
        for kid in element.kids:
            if isinstance(kid, Content):
                self._take(kid, into)
        drawn = into.placed[before:]
        things = tuple(one.drawn for one in drawn)
        page = drawn[0].page if drawn else 0
        whole = replace(things[0], box=around(thing.box for thing in things)) if things else None
        self._write(whole, picture_mark(as_drawn(element.alt)), page, into)
        into.flow.leave()
        into.pictures.append(Shown(normal(clean(element.alt)), page, things))

    def _table(self, element: Element, into: Tagged) -> None:
        rows = list(_rows(element))
        cells = [[kid for kid in row.kids if isinstance(kid, Element)] for row in rows]
        columns = grid([[cell.spans for cell in row] for row in cells])
        for kid in element.kids:
            if isinstance(kid, Element) and kid.type == "Caption":
                into.flow.enter("caption", "table")
                self._kids(kid, into)
                into.flow.leave()
        for number, (row, places) in enumerate(zip(cells, columns, strict=True), start=1):
            for cell, column in zip(row, places, strict=True):
                place = cell_place(number, column, cell.type == "TH")
                into.flow.enter("text", "table", *place)
                self._kids(cell, into)
                into.flow.leave(needed=True)


def _places(element: Element) -> tuple[str, ...]:
    return ("quotation",) if element.type == "BlockQuote" else ()


def _first_text(placed: Sequence[Placed]) -> Placed | None:
    return next((one for one in placed if one.drawn.is_text), None)


def _rows(element: Element) -> Iterator[Element]:
    """Yield the rows, those of the head first, wherever they were printed first."""
    kids = [kid for kid in element.kids if isinstance(kid, Element)]
    for kid in sorted(kids, key=lambda kid: kid.type != "THead"):
        if kid.type == "TR":
            yield kid
        elif kid.type in ("THead", "TBody", "TFoot"):
            yield from _rows(kid)
