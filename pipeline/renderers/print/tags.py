"""Tagged PDF as PDF/UA (ISO 14289) asks for it, made from the pages as they were laid out.

Every element of the page that has a meaning becomes one structure element, however many lines and
pages it is broken over. Calls are `Reference`, notes are `Note` with an ID, and stand right behind
the paragraph or heading of their first call. What the second part of PDF/UA asks beyond the first
is in a room of its own.

One function of WeasyPrint is replaced: `pdf.add_tags`. For every document that is not ours it acts
as before.
"""

from collections.abc import Sequence
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from pipeline.renderers.print.artifacts import (
    Stream,
    is_artifact,
    make_artifacts,
    nature,
    parts,
)
from pipeline.renderers.print.boxtree import Box, element_id
from pipeline.renderers.print.structure import (
    HEADINGS,
    Annotation,
    Content,
    Element,
    Pdf,
    Ties,
    level_headings,
    prune,
    write,
)
from pipeline.renderers.print.ua2 import complete, prepare
from pipeline.theme import Standard

KINDS = {
    "p": "P",
    "pre": "P",
    "blockquote": "BlockQuote",
    "section": "Sect",
    "aside": "Sect",
    "footer": "Sect",
    "figure": "Div",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    "code": "Code",
}
"""Structure types by HTML element (ISO 32000-1, 14.8.4). Others only hold what is in them."""

NUMBERING = {
    "ul": "/Disc",
    "dl": "/None",
    "1": "/Decimal",
    "a": "/LowerAlpha",
    "A": "/UpperAlpha",
    "i": "/LowerRoman",
    "I": "/UpperRoman",
}
"""Kinds of list labels (ISO 32000-1, table 347), by element or by the type of ordered lists."""

PX = 0.75
"""Points in a CSS pixel."""


class TaggedDocument(Document):  # type: ignore[misc]  # WeasyPrint is not typed.
    """Pages that are tagged our way, for one of our standards."""

    standard: Standard


class Tagger:
    """Builds the structure of a document page by page."""

    def __init__(self) -> None:
        """Start with an empty document."""
        self.document = Element("Document")
        self.foot = Element("NonStruct")
        """Holds what stands at the page foot until it is known where it belongs."""
        self.elements: dict[tuple[Any, str], Element] = {}
        """The element of each part of the page, so that what was broken becomes one again."""
        self.calls: dict[str, Element] = {}
        """The first calls, by the id of their note."""
        self.notes: dict[Element, list[Element]] = {}
        """The notes to be put behind each paragraph or heading."""
        self.ties = Ties()
        self.lang = ""
        """The language of the document."""
        self.page = 0
        self.height = 0.0
        self.marked: dict[Box, dict[str, Any]] = {}
        self.artifacts: dict[int, dict[str, str]] = {}

    def add_page(self, page: Any, stream: Stream) -> None:
        """Add what stands on the next page."""
        self.marked, self.height, self.artifacts = stream._tags, page.height, {}
        for box in page._page_box.children:
            at_foot = isinstance(box, boxes.FootnoteAreaBox)
            self._add(box, self.foot if at_foot else self.document)
        assert not self.marked, "content without a place in the structure"
        make_artifacts(stream, self.artifacts)
        self.page += 1

    def finish(self) -> Element:
        """Put the notes behind what calls them, and return the whole document."""
        for element, notes in self.notes.items():
            assert element.parent is not None
            place = element.parent.kids.index(element) + 1
            element.parent.kids[place:place] = notes
            in_passage = any("Lang" in each.entries for each in element.parent.ancestors())
            for note in notes:
                note.parent = element.parent
                if in_passage:  # A note is in the language of the brief, wherever it is called.
                    note.entries.setdefault("Lang", self.lang)
        prune(self.document)
        level_headings(self.document)
        return self.document

    def _add(self, box: Box, parent: Element) -> None:
        """Add a box and all in it to the element that holds it."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        element = parent if is_artifact(box) else self._element(box, parent)
        if box.bookmark_label and box.style["bookmark_level"] != "none":
            self.ties.bookmarks.append(element)
        if box.link_annotation:
            self._add_annotation(box, element)
        if is_artifact(box):
            marked = (self.marked.pop(part) for part in parts(box) if part in self.marked)
            self.artifacts.update({content["mcid"]: nature(box) for content in marked})
            return
        if box in self.marked:
            element.kids.append(Content(self.page, self.marked.pop(box)["mcid"]))
        for child in box.children:
            self._add(child, _holder(element, child))

    def _element(self, box: Box, parent: Element) -> Element:
        """Return the element a box belongs to: its own, that of an earlier part, or its parent."""
        if box.element is None or isinstance(box, boxes.TextBox):
            return parent
        key = box.element, box.element_tag
        if key not in self.elements:
            self.elements[key] = self._new_element(box, parent)
            self.ties.anchors.setdefault(element_id(box), self.elements[key])
        return self.elements[key]

    def _new_element(self, box: Box, parent: Element) -> Element:
        """Return the element for a part of the page that appears for the first time."""
        source, tag = box.element, box.element_tag
        if tag == "html":
            self.lang = source.get("lang") or ""
        if "::" in tag:
            return parent.add("Lbl") if tag == "li::marker" else parent
        if element_id(box).startswith("fn:"):
            element = self._new_note(element_id(box), parent)
        elif tag == "a":
            element = self._new_link(source, parent)
        elif tag.upper() in HEADINGS:
            element = parent.add(tag.upper())
        elif tag == "dt":
            element = parent.add("LI").add("Lbl")
        elif tag == "dd":
            item = parent.kids[-1]
            assert isinstance(item, Element), "a definition without a term"
            element = item.add("LBody")
        elif tag in KINDS and not _is_list_of_notes(source):
            element = parent.add(KINDS[tag])
        elif _is_told_apart(source) and tag not in ("html", "body"):
            element = parent.add("Span" if isinstance(box, boxes.InlineBox) else "Div")
        else:
            return parent
        if source.get("lang"):
            element.entries["Lang"] = source.get("lang")
        if source.get("data-interface") is not None:
            element.entries["T"] = "interface"  # So that a reader knows the words of the house.
        self._describe(element, box)
        return element

    def _new_note(self, ident: str, parent: Element) -> Element:
        """Return the element of a note: behind its call, or where it stands in a Notes section."""
        note = Element("Note", parent, entries={"ID": ident})
        if parent is not self.foot:
            parent.kids.append(note)
            return note
        call = self.calls[ident]
        place = next((each for each in call.ancestors() if each.kind[0] in "PH"), call)
        self.notes.setdefault(place, []).append(note)
        return note

    def _new_link(self, source: Any, parent: Element) -> Element:
        """Return the element of a link, in a `Reference` or `Lbl` if it ties text and notes."""
        if "note-label" in (source.get("class") or "").split():
            parent = parent.add("Lbl")
        target = source.get("href") or ""
        if target.startswith("#fn:"):
            parent = parent.add("Reference")
            self.ties.references.setdefault(target[1:], []).append(parent)
        if (source.get("id") or "").startswith("fnref:"):
            self.calls.setdefault(target[1:], parent)
        return parent.add("Link")

    def _describe(self, element: Element, box: Box) -> None:
        """Set the attributes that an element of its kind must have."""
        match element.kind:
            case "L":
                tag = box.element.tag
                kind = box.element.get("type", "1") if tag == "ol" else tag
                element.attributes = {"O": "/List", "ListNumbering": NUMBERING[kind]}
            case "TH" | "TD":
                element.attributes = _cell_attributes(box, element)
            case "Figure":
                element.entries["Alt"] = box.element.get("alt")
                element.attributes = {"O": "/Layout", "BBox": self._area(box)}

    def _area(self, box: Box) -> pydyf.Array:
        """Return where the content of a box is, in points from the lower left of its page."""
        left, top = box.content_box_x(), box.content_box_y()
        corners = left, self.height - top - box.height, left + box.width, self.height - top
        return pydyf.Array(round(PX * value, 3) for value in corners)

    def _add_annotation(self, box: Box, element: Element) -> None:
        """Tie a link's area on the page to the link, and name it (7.18.5)."""
        link = next(each for each in element.ancestors() if each.kind == "Link")
        link.kids.append(Annotation(self.page, box.link_annotation))
        name = box.element.get("aria-label") or box.element.get("title")
        if name:
            box.link_annotation["Contents"] = pydyf.String(name)


def _is_told_apart(source: Any) -> bool:
    """Return whether an element has a name or language of its own, or words of the house."""
    named = source.get("id") or source.get("lang")
    return bool(named) or source.get("data-interface") is not None


def _is_list_of_notes(source: Any) -> bool:
    return source.tag == "ol" and any((item.get("id") or "").startswith("fn:") for item in source)


def _holder(element: Element, child: Box) -> Element:
    """Return what holds a child: all but the label of a list item stands in the item's body."""
    if element.kind != "LI" or child.element_tag.endswith("::marker"):
        return element
    body = next((k for k in element.kids if isinstance(k, Element) and k.kind == "LBody"), None)
    return body or element.add("LBody")


def _cell_attributes(box: Box, element: Element) -> dict[str, Any]:
    """Return the attributes of a table cell (ISO 32000-1, table 349; 7.5 asks for the scope)."""
    attributes: dict[str, Any] = {"O": "/Table"}
    if box.colspan > 1:
        attributes["ColSpan"] = box.colspan
    if box.rowspan > 1:
        attributes["RowSpan"] = box.rowspan
    if element.kind == "TH":
        in_head = any(each.kind == "THead" for each in element.ancestors())
        attributes["Scope"] = "/Column" if in_head else "/Row"
    return attributes


_add_tags = weasyprint.pdf.add_tags


def _guarded_tags(pdf: Pdf, document: Document, version: object, streams: Sequence[Stream]) -> None:
    """Tag our documents our way, and all others as WeasyPrint does."""
    if not isinstance(document, TaggedDocument):
        _add_tags(pdf, document, version, streams)
        return
    tagger = Tagger()
    for page, stream in zip(document.pages, streams, strict=True):
        tagger.add_page(page, stream)
    tree = tagger.finish()
    if document.standard == "ua-2":
        prepare(tree, at_foot=bool(tagger.notes))
    written = write(pdf, tree, len(document.pages))
    if document.standard == "ua-2":
        complete(pdf, written, tagger.ties)


weasyprint.pdf.add_tags = _guarded_tags
