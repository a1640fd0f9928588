"""One story of a DOCX file, the body or a note, as blocks: paragraphs, tables and panels."""

import re
from collections.abc import Iterator, Mapping

from pipeline.verify.docx_package import NAMESPACES, Element, Target, name
from pipeline.verify.docx_runs import Harvest, Runs, Shared
from pipeline.verify.docx_styles import VAL, value
from pipeline.verify.found import (
    Block,
    Entry,
    cell_place,
    grid,
    normal,
    spoken,
)

KINDS = (
    (re.compile(r"^Title$"), "title"),
    (re.compile(r"^(?:Box |Note )?heading (\d)", re.I), "heading {}"),
    (re.compile(r"^Box Title"), "box title"),
    (re.compile(r"^(?:Note )?Source Code"), "code"),
    (re.compile(r"^(?:Note )?Line Block"), "verse"),
    (re.compile(r"^(?:Note )?Definition Term"), "term"),
    (re.compile(r"caption$", re.I), "caption"),
    (re.compile(r"^Legend"), "legend"),
    (re.compile(r"^Table Note"), "table note"),
    (re.compile(r"^(?:Pull Quote |Note )?Attribution"), "attribution"),
)
"""What a paragraph is, by the visible names of its style and those it is based on."""
PLACES = (
    (re.compile(r"^(?:(?:Note )?List Bullet|Key Findings)"), "bullet list"),
    (re.compile(r"^(?:(?:Note )?List Number|Recommendation)"), "numbered list"),
    (re.compile(r"^(?:Note )?List Continue"), "list"),
    (re.compile(r"^(?:Note )?Quote"), "quotation"),
    (re.compile(r"^Pull Quote(?! Attribution)"), "pull quote"),
    (re.compile(r"^(?:Note )?Definition(?! Term)"), "definition"),
)
"""What a paragraph stands in, as far as its style says it."""
PANELS = {"Box": "box", "Key Findings Panel": ""}
"""Table styles that make a panel of a table, and what the panel is."""


class Story:
    """Reads one story from front to back."""

    def __init__(self, shared: Shared, targets: Mapping[str, Target], place: str) -> None:
        """Know the document and the relationships of the story's part."""
        self._shared = shared
        self._runs = Runs(shared, targets, place)
        self._place = place

    @property
    def harvest(self) -> Harvest:
        """What the story holds beside its blocks, once they are read."""
        return self._runs.harvest

    def blocks(self, parent: Element | None, within: tuple[str, ...] = ()) -> Iterator[Block]:
        """Yield the paragraphs in a body, a note, a cell or a content control, in order."""
        for child in () if parent is None else parent:
            if child.tag == name("w:p"):
                yield from self._paragraph(child, within)
            elif child.tag == name("w:tbl"):
                yield from self._table(child, within)
            elif child.tag == name("w:sdt"):
                if not is_contents(child):
                    yield from self.blocks(child.find("w:sdtContent", NAMESPACES), within)
            elif child.tag == name("w:bookmarkStart"):
                self._runs.anchors.append(child.get(name("w:name"), ""))
            else:
                self._runs.unknown(child)

    def _paragraph(self, paragraph: Element, within: tuple[str, ...]) -> Iterator[Block]:
        """Yield the paragraph, if anything stands in it."""
        style = value(paragraph, "w:pPr/w:pStyle", "Normal")
        names = self._shared.styles.names(style)
        label = self._label(paragraph, style)
        raw = "".join(self._runs.content(paragraph))
        text = normal(raw)
        level = self._shared.styles.outline(style)
        if text and level and not within:
            self.harvest.outline.append(Entry(level, spoken(text), spoken(text)))
        if text or label:
            inner = _first(PLACES, names)
            yield Block(
                kind=_first(KINDS, names) or "text",
                text=text,
                within=(*within, inner) if inner else within,
                label=label,
                ids=self._take_anchors(),
                place=self._place,
            )

    def _take_anchors(self) -> tuple[str, ...]:
        anchors, self._runs.anchors = tuple(self._runs.anchors), []
        return anchors

    def _label(self, paragraph: Element, style: str) -> str:
        own = value(paragraph, "w:pPr/w:numPr/w:numId")
        level = value(paragraph, "w:pPr/w:numPr/w:ilvl", "0")
        numbering = (own, int(level)) if own else self._shared.styles.numbering(style)
        if numbering is None or numbering[0] == "0":
            return ""
        return self._shared.labels.label(*numbering)

    def _table(self, table: Element, within: tuple[str, ...]) -> Iterator[Block]:
        style = self._shared.styles.name(value(table, "w:tblPr/w:tblStyle"))
        if style in PANELS:
            inside = (*within, PANELS[style]) if PANELS[style] else within
            for cell in table.iterfind("w:tr/w:tc", NAMESPACES):
                yield from self.blocks(cell, inside)
            return
        rows = [
            list(row.iterfind("w:tc", NAMESPACES)) for row in table.iterfind("w:tr", NAMESPACES)
        ]
        heads = [
            row.find("w:trPr/w:tblHeader", NAMESPACES) is not None
            for row in table.iterfind("w:tr", NAMESPACES)
        ]
        columns = grid([[(1, _columns(cell)) for cell in row] for row in rows])
        for number, (row, places) in enumerate(zip(rows, columns, strict=True), start=1):
            for cell, column in zip(row, places, strict=True):
                if not _continues(cell):
                    where = cell_place(number, column, heads[number - 1])
                    yield from self._cell(cell, (*within, "table", *where))

    def _cell(self, cell: Element, within: tuple[str, ...]) -> Iterator[Block]:
        found = tuple(self.blocks(cell, within))
        yield from found or (Block("text", "", within, place=self._place),)


def is_contents(control: Element) -> bool:
    """Tell whether a content control holds the list of contents (17.5.2.13)."""
    kind = value(control, "w:sdtPr/w:docPartObj/w:docPartGallery")
    return kind == "Table of Contents"


def _first(names: tuple[tuple[re.Pattern[str], str], ...], styles: tuple[str, ...]) -> str:
    """Return the meaning of the nearest style that has one."""
    for style in styles:
        for pattern, meaning in names:
            if found := pattern.search(style):
                return meaning.format(*found.groups())
    return ""


def _columns(cell: Element) -> int:
    return int(value(cell, "w:tcPr/w:gridSpan", "1"))


def _continues(cell: Element) -> bool:
    """Tell whether a cell only continues the one above it (17.4.84)."""
    merge = cell.find("w:tcPr/w:vMerge", NAMESPACES)
    return merge is not None and merge.get(VAL, "continue") != "restart"
