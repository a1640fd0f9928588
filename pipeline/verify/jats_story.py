"""The text of an article in JATS XML, element by element, in the order in which it is read."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from lxml import etree

from pipeline.verify.flow import Flow
from pipeline.verify.found import (
    Block,
    Passage,
    Picture,
    call_mark,
    cell_place,
    clean,
    grid,
    normal,
    picture_mark,
    reference_mark,
)
from pipeline.verify.html_story import Anchor

Element = etree._Element

XLINK = "{http://www.w3.org/1999/xlink}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HOUSE = "house"
"""Marks words that are the house's and not the brief's."""
MARKUP = frozenset(
    ("bold", "italic", "underline", "strike", "sc", "sup", "sub", "monospace", "styled-content")
)
GROUPS = ("thead", "tbody", "tfoot")
"""The parts of a table in the order in which they are read."""


@dataclass(slots=True)
class Part:
    """The running text or a note, with what it holds beside its blocks."""

    ident: str = ""
    label: str = ""
    flow: Flow = field(default_factory=Flow)
    calls: list[Anchor] = field(default_factory=list)
    links: list[Anchor] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, once all is read."""
        return tuple(self.flow.blocks)


class Story:
    """Reads elements into the part that is open."""

    def __init__(self, root: Element, files: Mapping[str, bytes]) -> None:
        """Know the files beside the article, and which call of a table's note is its first."""
        self.part = Part()
        self.unknown: list[str] = []
        self._lang = root.get(LANG, "")
        self._files = files
        self._first: dict[str, str] = {}
        for one in root.iter("xref"):
            self._first.setdefault(one.get("rid", ""), one.get("id", ""))

    def run(
        self, kind: str, element: Element | None, *within: str, before: Element | None = None
    ) -> None:
        """Read an element as one block of a kind, with the number in the label `before` it."""
        if element is None:
            return
        with self._open(kind, *within):
            if ident := element.get("id"):
                self.part.flow.anchor(ident)
            if before is not None:
                with self._speaking(before):
                    self._write(_number(before))
            self.inside(element)

    def fields(self, place: str, *values: str | None) -> None:
        """Add values that stand beside each other."""
        self.part.flow.close()
        if text := " ".join(filter(None, values)):
            self.part.flow.blocks.append(Block("fields", normal(clean(text)), place=place))

    def link(self, words: str, target: str) -> None:
        """Note a link."""
        self.part.links.append(Anchor(words, target, "", words, self.part.flow.place))

    def inside(self, element: Element, without: tuple[str, ...] = ()) -> None:
        """Read what an element holds, but for children of some names."""
        with self._speaking(element):
            self._write(element.text or "")
            for child in element:
                if child.tag not in without:
                    self.read(child)
                self._write(child.tail or "")

    def read(self, element: Element) -> None:
        """Read one element."""
        if isinstance(element, etree._ProcessingInstruction):
            self.part.flow.write(" " if element.target == "line-break" else "")
        elif isinstance(element, etree._Comment):
            pass
        elif element.tag in MARKUP:
            if element.get("specific-use") != HOUSE:
                self._anchor(element)
                self.inside(element)
        else:
            with self._speaking(element):
                self._read(element)

    def _read(self, element: Element) -> None:
        match element.tag:
            case "p":
                self._paragraph(element)
            case "sec":
                self._section(element)
            case "ref-list":
                self._references(element)
            case "list":
                self._list(element)
            case "def-list":
                self._definitions(element)
            case "disp-quote":
                self._quotation(element)
            case "boxed-text":
                self._box(element)
            case "fig":
                self._figure(element)
            case "table-wrap":
                self._table(element)
            case "verse-group":
                self._verse(element)
            case "code":
                self.run("code", element)
            case "xref" | "ext-link" | "email":
                self._link(element)
            case "inline-graphic" | "graphic":
                self._picture(element)
            case "target":
                self._anchor(element)
            case "hr":
                pass
            case _:
                self.unknown.append(element.tag)
                self.inside(element)

    # Blocks --------------------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> None:
        said = element.get("content-type", "")
        kinds = {"terms": "fields", "fields": "fields"}
        kind = said.replace("-", " ") if said.startswith("heading-") else kinds.get(said, "text")
        self.run(kind, element)

    def _section(self, element: Element) -> None:
        self._anchor(element)
        level = element.get("disp-level", "")
        self.run(f"heading {level}", element.find("title"), before=element.find("label"))
        if self.part.flow.blocks:
            self.part.flow.place = f"under “{self.part.flow.blocks[-1].text}”"
        for child in element.iterchildren():
            if child.tag not in ("label", "title"):
                self.read(child)

    def _references(self, element: Element) -> None:
        self._anchor(element)
        level = element.get("content-type", "").removeprefix("heading-")
        self.run(f"heading {level}", element.find("title"))
        for entry in element.iterchildren("ref"):
            self._anchor(entry)
            self.run("text", entry.find("mixed-citation"))

    def _list(self, element: Element) -> None:
        is_bullet = element.get("list-type") == "bullet"
        with self._open("text", "bullet list" if is_bullet else "numbered list"):
            for item in element.iterchildren("list-item"):
                self.part.flow.enter("text")
                self.part.flow.label("•" if is_bullet else item.findtext("label", ""))
                self.inside(item, ("label",))
                self.part.flow.leave(needed=True)

    def _definitions(self, element: Element) -> None:
        with self._open("text", "definition list"):
            for entry in element.iterchildren("def-item"):
                for child in entry.iterchildren():
                    self.run("term" if child.tag == "term" else "text", child)

    def _quotation(self, element: Element) -> None:
        is_pulled = element.get("content-type") == "pull-quote"
        with self._open("text", "pull quote" if is_pulled else "quotation"):
            self.inside(element, ("attrib",))
            if is_pulled:
                self.run("attribution", element.find("attrib"))
        if not is_pulled:
            self.run("attribution", element.find("attrib"))

    def _box(self, element: Element) -> None:
        self._anchor(element)
        with self._open("text", "box"):
            self.run("box title", element.find("caption/title"))
            self.inside(element, ("caption",))

    def _figure(self, element: Element) -> None:
        self._anchor(element)
        self.run("caption", element.find("caption/title"), "figure", before=element.find("label"))
        for graphic in element.iterchildren("graphic"):
            with self._open("picture", "figure"):
                self._picture(graphic)
            if (words := graphic.findtext("long-desc")) is not None:
                with self._open("description", "figure"):
                    self.part.flow.write(clean(words))
        for line in element.iterfind("caption/p"):
            self.run("legend", line, "figure")

    def _verse(self, element: Element) -> None:
        with self._open("verse"):
            for line in element.iterchildren("verse-line"):
                self._anchor(line)
                self.inside(line)
                self.part.flow.write(" ")

    def _table(self, element: Element) -> None:
        self._anchor(element)
        self.run("caption", element.find("caption/title"), "table", before=element.find("label"))
        rows = [row for group in GROUPS for row in element.iterfind(f"table/{group}/tr")]
        spans = [[_spans(cell) for cell in row] for row in rows]
        for at, (row, places) in enumerate(zip(rows, grid(spans), strict=True), start=1):
            for cell, column in zip(row, places, strict=True):
                self.part.flow.enter("text", "table", *cell_place(at, column, cell.tag == "th"))
                self.inside(cell)
                self.part.flow.leave(needed=True)
        for line in element.iterfind("table-wrap-foot/*"):
            if line.tag == "fn":
                self._table_note(line)
            else:
                self.run("legend", line)

    def _table_note(self, element: Element) -> None:
        """Read a note of a table; its letter leads back to the first call, as in all outputs."""
        label, words = element.find("label"), element.find("p")
        letter = "" if label is None else label.text or ""
        with self._open("table note"):
            self._anchor(element)
            if label is not None:
                with self._speaking(label):
                    self._write(letter)
            self.link(letter, f"#{self._first.get(element.get('id', ''), '')}")
            self.part.flow.write(" ")
            if words is not None:
                self.inside(words)

    # Inlines -------------------------------------------------------------------------------------

    def _link(self, element: Element) -> None:
        rid, ident = element.get("rid", ""), element.get("id", "")
        text = normal(clean("".join(map(str, element.itertext()))))
        anchor = Anchor(text, f"#{rid}", ident, text, self.part.flow.place)
        if element.get("ref-type") == "fn":
            if element.get("specific-use") == "see":
                self.part.flow.write(reference_mark(text))
                self.part.links.append(anchor)
                return
            self._anchor(element)
            self.part.flow.write(call_mark(text))
            self.part.calls.append(anchor)
            return
        self._anchor(element)
        start, place = self.part.flow.position, len(self.part.links)
        self.inside(element)
        words = normal(self.part.flow.since(start))
        target = f"mailto:{text}" if element.tag == "email" else element.get(XLINK, f"#{rid}")
        self.part.links.insert(place, Anchor(words, target, "", words, self.part.flow.place))

    def _picture(self, element: Element) -> None:
        alt = element.findtext("alt-text", "")
        data = self._files.get(element.get(XLINK, ""), b"")
        digest = sha256(data).hexdigest()
        place = self.part.flow.place
        self.part.pictures.append(Picture(normal(clean(alt)), (digest,), place=place))
        self.part.flow.write(picture_mark(alt))

    def _anchor(self, element: Element) -> None:
        if ident := element.get("id"):
            self.part.flow.anchor(ident)

    def _write(self, text: str) -> None:
        self.part.flow.write(clean(text))
        self.part.passages.append(Passage(self._lang, clean(text)))

    @contextmanager
    def _open(self, kind: str, *within: str) -> Iterator[None]:
        self.part.flow.enter(kind, *within)
        yield
        self.part.flow.leave()

    @contextmanager
    def _speaking(self, element: Element) -> Iterator[None]:
        around, self._lang = self._lang, element.get(LANG, self._lang)
        yield
        self._lang = around


def _number(label: Element) -> str:
    """Return the number of a section, a figure or a table as it stands before the words."""
    words = label.text.split()[-1] if label.text else ""
    return f"{words} " if words else ""


def _spans(cell: Element) -> tuple[int, int]:
    """Return over how many rows and columns a cell goes."""
    rows, columns = (int(cell.get(name, "1")) for name in ("rowspan", "colspan"))
    return rows, columns
