"""The tags of a PDF: its structure tree, with what each element holds (ISO 32000-2, 14.7)."""

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

Reference = tuple[int, int]
"""Number and generation of an object."""


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content on a page."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation that belongs to an element, such as the active area of a link."""

    page: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element: its type, after the role map, and what it holds, in reading order."""

    type: str
    kids: "tuple[Element | Content | Annotation, ...]"
    ident: str = ""
    title: str = ""
    alt: str = ""
    lang: str = ""
    spans: tuple[int, int] = (1, 1)
    """Rows and columns that a table cell spans."""
    numbering: str = ""
    """How the items of a list are numbered."""
    note_type: str = ""
    """Where a note stands."""
    reference: Reference = (0, 0)
    refers: tuple[Reference, ...] = ()
    """The elements that it names, as a citation names its note, and a note its citations."""


class TagsBroken(Exception):
    """The structure tree cannot be followed."""


def read_tags(pdf: pikepdf.Pdf) -> Element:
    """Return the structure tree of a file, or an empty root if it has none."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary):
        return Element("StructTreeRoot", ())
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    roles = {str(name)[1:]: str(role)[1:] for name, role in dict(root.get("/RoleMap", {})).items()}
    return _Reader(pages, roles).element(root, 0)


class _Reader:
    """Follows the tree once; an element that is met twice would make it endless."""

    def __init__(self, pages: dict[Reference, int], roles: dict[str, str]) -> None:
        self._pages = pages
        self._roles = roles
        self._met: set[Reference] = set()

    def element(self, source: pikepdf.Object, page: int) -> Element:
        if source.is_indirect:
            if source.objgen in self._met:
                raise TagsBroken("a structure element stands in the tree twice")
            self._met.add(source.objgen)
        page = self._page(source, page)
        name = str(source.get("/S", "/StructTreeRoot"))[1:]
        return Element(
            type=name if "/NS" in source else self._roles.get(name, name),
            kids=tuple(self._kids(source.get("/K"), page)),
            ident=_text(source, "/ID"),
            title=_text(source, "/T"),
            alt=_text(source, "/Alt"),
            lang=_text(source, "/Lang"),
            spans=_spans(source.get("/A")) if name in ("TD", "TH") else (1, 1),
            numbering=_numbering(source.get("/A")) if name == "L" else "",
            note_type=str(_attributes(source.get("/A"), "/FENote").get("/NoteType", ""))[1:],
            reference=source.objgen,
            refers=tuple(one.objgen for one in source.get("/Ref", [])),
        )

    def _page(self, source: pikepdf.Object, page: int) -> int:
        own = source.get("/Pg")
        return page if own is None else self._pages.get(own.objgen, 0)

    def _kids(self, kids: object, page: int) -> Iterator[Element | Content | Annotation]:
        """Kids are elements, numbers of marked content, or references to either kind of content."""
        if isinstance(kids, pikepdf.Array):
            for kid in kids:
                yield from self._kids(kid, page)
        elif isinstance(kids, int):
            yield Content(page, kids)
        elif isinstance(kids, pikepdf.Dictionary):
            kind = str(kids.get("/Type", ""))
            if kind == "/MCR":
                yield Content(self._page(kids, page), int(kids.get("/MCID", -1)))
            elif kind == "/OBJR":
                yield Annotation(self._page(kids, page), kids["/Obj"].objgen)
            else:
                yield self.element(kids, page)


def elements(element: Element) -> Iterator[Element]:
    """Yield an element and all below it in reading order."""
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from elements(kid)


def contents(element: Element) -> Iterator[Content]:
    """Yield the marked content of an element in reading order."""
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from contents(kid)
        elif isinstance(kid, Content):
            yield kid


def _text(source: pikepdf.Object, key: str) -> str:
    value = source.get(key)
    return "" if value is None else str(value)


def _attributes(attributes: object, owner: str) -> pikepdf.Dictionary:
    """Return the attributes of one owner (ISO 32000-1, 14.7.5)."""
    found = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    for one in found:
        if isinstance(one, pikepdf.Dictionary) and one.get("/O") == owner:
            return one
    return pikepdf.Dictionary()


def _spans(attributes: object) -> tuple[int, int]:
    """Row and column spans of a table cell (ISO 32000-1, table 349)."""
    table = _attributes(attributes, "/Table")
    return int(table.get("/RowSpan", 1)), int(table.get("/ColSpan", 1))


def _numbering(attributes: object) -> str:
    """Kind of numbers of a list (ISO 32000-1, table 347)."""
    return str(_attributes(attributes, "/List").get("/ListNumbering", "/None"))[1:]
