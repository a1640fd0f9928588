"""The running text of a page, element by element, as a browser shows it without script."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from pipeline.verify.flow import Flow
from pipeline.verify.found import (
    Block,
    Fault,
    Picture,
    call_mark,
    cell_place,
    clean,
    grid,
    normal,
    picture_mark,
    reference_mark,
)
from pipeline.verify.html_elements import (
    INTERFACE,
    all_text,
    classes,
    is_hidden,
    label,
    number,
    only_text,
    rows,
    span,
)

NOT_SHOWN = frozenset(("head", "script", "style", "template", "noscript", "link", "meta", "title"))
KINDS = {
    "h1": "title", "h2": "heading 1", "h3": "heading 2", "h4": "heading 3", "h5": "heading 4",
    "h6": "heading 5", "pre": "code", "dt": "term", "figcaption": "caption", "caption": "caption",
    "figure": "picture", "p": "text", "li": "text", "dd": "text", "td": "text", "th": "text",
    "blockquote": "text", "ul": "text", "ol": "text", "dl": "text",
}  # fmt: skip
CLASSES = {
    "verse": "verse", "box-title": "box title", "legend": "legend", "attribution": "attribution",
    "description": "description", "table-note": "table note",
}  # fmt: skip
"""What a paragraph of a class is."""
PLACES = {
    "ul": "bullet list", "ol": "numbered list", "dl": "definition list", "blockquote": "quotation",
    "figure": "figure",
}  # fmt: skip
PANELS = {"box": "box", "pull-quote": "pull quote"}
"""What stands in an element of a class."""
BLOCKS = frozenset(KINDS) | frozenset(
    [
        "address",
        "article",
        "aside",
        "details",
        "dialog",
        "div",
        "fieldset",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "main",
        "nav",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "colgroup",
    ]
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: its words, its address, its own anchor, and its name for assistive technology."""

    text: str
    href: str
    ident: str
    name: str
    place: str


@dataclass(slots=True)
class Found:
    """One part of the page, the running text or a note, with what it holds beside its blocks."""

    ident: str = ""
    label: str = ""
    flow: Flow = field(default_factory=Flow)
    calls: list[Anchor] = field(default_factory=list)
    links: list[Anchor] = field(default_factory=list)
    back: list[Anchor] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, once all is read."""
        return tuple(self.flow.blocks)


class Story:
    """Reads a page from front to back."""

    def __init__(self, digests: dict[str, str]) -> None:
        """Know the files in the page, by what stands for them in addresses."""
        self.faults: list[Fault] = []
        self.notes: list[Found] = []
        self.contents: list[Element] = []
        self._digests = digests
        self._section = ""

    def read(self, element: Element) -> Found:
        """Return the text of an element; the notes in it are kept apart."""
        into = Found(ident=element.get("id", ""))
        self._inside(element, into)
        into.flow.close()
        return into

    def _inside(self, element: Element, into: Found) -> None:
        into.flow.write(clean(element.text or ""))
        for child in element:
            self._element(child, into)
            into.flow.write(clean(child.tail or ""))

    def _element(self, element: Element, into: Found) -> None:
        """Read one element: first what it is by its role, then what it is by its name."""
        role = element.get("role", "")
        if not isinstance(element.tag, str) or element.tag in NOT_SHOWN:
            return
        if role == "doc-toc":
            self.contents.append(element)
        elif element.get(INTERFACE) is not None:
            pass
        elif is_hidden(element):
            self._hidden(element)
        elif role == "doc-endnotes":
            self._notes(element)
        elif role == "doc-noteref":
            self._call(element, into)
        elif role == "doc-backlink":
            into.back.append(self._anchor(element, into))
        elif "note-label" in classes(element):
            into.label = all_text(element)
        elif element.tag in BLOCKS:
            self._block(element, into)
        else:
            self._inline(element, into)

    def _hidden(self, element: Element) -> None:
        if text := all_text(element):
            self.faults.append(Fault("verify-hidden", f"“{text}”", self._section))

    def _notes(self, element: Element) -> None:
        """The notes at the end: whatever has the anchor of a note is one."""
        if element.get("id", "").startswith("fn:"):
            self.notes.append(self.read(element))
            return
        for child in element:
            if child.get(INTERFACE) is None:
                self._notes(child)
        stray = normal("".join([element.text or "", *(child.tail or "" for child in element)]))
        if stray:
            self.notes.append(self.read(only_text(stray)))

    def _call(self, element: Element, into: Found) -> None:
        anchor = self._anchor(element, into)
        into.flow.anchor(anchor.ident)
        into.flow.write(call_mark(anchor.text))
        into.calls.append(anchor)

    def _anchor(self, element: Element, into: Found) -> Anchor:
        text = all_text(element)
        name = element.get("aria-label") or text
        ident = element.get("id", "")
        return Anchor(text, element.get("href", ""), ident, name, self._section)

    def _inline(self, element: Element, into: Found) -> None:
        if ident := element.get("id"):
            into.flow.anchor(ident)
        match element.tag:
            case "br" | "wbr":
                into.flow.write(" " if element.tag == "br" else "")
            case "img" | "svg" | "picture" | "object" | "video" | "canvas" | "iframe":
                self._picture(element, into)
            case "a" if element.get("href") is not None:
                self._link(element, into)
            case _:
                self._inside(element, into)

    def _link(self, element: Element, into: Found) -> None:
        href = element.get("href", "")
        if href.startswith("#fn:"):
            anchor = self._anchor(element, into)
            into.flow.write(reference_mark(anchor.text))
            into.links.append(anchor)
            return
        start, place = into.flow.position, len(into.links)
        self._inside(element, into)
        text = normal(into.flow.since(start))
        into.links.insert(place, Anchor(text, href, "", text, self._section))

    def _picture(self, element: Element, into: Found) -> None:
        alt = element.get("alt", element.get("aria-label", ""))
        digest = self._digests.get(element.get("src", ""), "")
        into.pictures.append(Picture(normal(clean(alt)), (digest,), place=self._section))
        into.flow.write(picture_mark(alt))

    def _block(self, element: Element, into: Found) -> None:
        if element.tag == "table":
            self._table(element, into)
            return
        kind = next((CLASSES[name] for name in classes(element) if name in CLASSES), "")
        places = [PLACES[element.tag]] if element.tag in PLACES else []
        places += [name for word, name in PANELS.items() if word in classes(element)]
        into.flow.enter(kind or KINDS.get(element.tag, ""), *places)
        if ident := element.get("id"):
            into.flow.anchor(ident)
        if element.tag in ("ul", "ol"):
            self._list(element, into)
        else:
            self._inside(element, into)
        into.flow.leave()
        if element.tag in ("h2", "h3", "h4"):
            self._section = f"under “{into.flow.blocks[-1].text}”" if into.flow.blocks else ""
            into.flow.place = self._section

    def _list(self, element: Element, into: Found) -> None:
        """A list: its labels are drawn by the browser, from the kind of list and the start."""
        at = number(element.get("start"), 1)
        for child in element:
            if child.tag != "li":
                self._element(child, into)
                continue
            at = number(child.get("value"), at)
            into.flow.enter("text")
            into.flow.label(label(element, at))
            if ident := child.get("id"):
                into.flow.anchor(ident)
            self._inside(child, into)
            into.flow.leave(needed=True)
            at += 1

    def _table(self, element: Element, into: Found) -> None:
        if ident := element.get("id"):
            into.flow.anchor(ident)
        for caption in element.iterfind("caption"):
            into.flow.enter("caption", "table")
            self._inside(caption, into)
            into.flow.leave()
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows(element)]
        spans = [[(span(cell, "rowspan"), span(cell, "colspan")) for cell in row] for row in cells]
        for at, (row, places) in enumerate(zip(cells, grid(spans), strict=True), start=1):
            for cell, column in zip(row, places, strict=True):
                into.flow.enter("text", "table", *cell_place(at, column, cell.tag == "th"))
                self._inside(cell, into)
                into.flow.leave(needed=True)
