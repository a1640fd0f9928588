"""The logical structure of a PDF as plain data: elements, their content, and their written form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

Pdf = Any
"""A `pydyf.PDF`; the library is not typed."""


HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@dataclass(frozen=True, slots=True)
class Content:
    """A marked piece of a page's content stream."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's area on a page."""

    page: int
    annotation: Any


@dataclass(slots=True, eq=False)
class Element:
    """A structure element, with the keys of its attribute object and further keys of its own."""

    kind: str
    parent: "Element | None" = None
    kids: "list[Kid]" = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str) -> "Element":
        """Append a new element and return it."""
        child = Element(kind, self)
        self.kids.append(child)
        return child

    def take(self, kids: "Iterable[Kid]") -> None:
        """Append what stood elsewhere before."""
        for kid in kids:
            self.kids.append(kid)
            if isinstance(kid, Element):
                kid.parent = self

    def ancestors(self) -> "Iterator[Element]":
        """Yield the element and all that hold it, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


Kid = Element | Content | Annotation
"""What an element holds."""


@dataclass(slots=True)
class Ties:
    """The elements that names, bookmarks and notes are tied to."""

    anchors: dict[str, Element] = field(default_factory=dict)
    """By the id of the part of the page that each was made of."""
    bookmarks: list[Element] = field(default_factory=list)
    """Those that have a bookmark, in the order of the bookmarks."""
    references: dict[str, list[Element]] = field(default_factory=dict)
    """The calls of each note and the cross-references to it, by its id."""


def prune(element: Element) -> bool:
    """Remove elements without content, and return whether this one has any. Empty cells stay."""
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or prune(kid)]
    return bool(element.kids) or element.kind in ("TD", "TH")


def level_headings(document: Element) -> None:
    """Let no heading skip a level on the way down (ISO 14289-1, 7.4.2), in notes neither."""
    level = 0
    for element in descendants(document):
        if element.kind in HEADINGS:
            level = min(int(element.kind[1]), level + 1)
            element.kind = f"H{level}"


def descendants(element: Element) -> Iterator[Element]:
    """Yield the elements below another in reading order."""
    for kid in element.kids:
        if isinstance(kid, Element):
            yield kid
            yield from descendants(kid)


def write(pdf: Pdf, document: Element, page_count: int) -> dict[Element, Any]:
    """Write the structure tree, its parent tree and its IDs (ISO 32000-1, 14.7.2 to 14.7.4).

    Return what each element was written to.
    """
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    tree = _Writer(pdf, page_count)
    root["K"] = tree.element(document, root.reference)
    root["ParentTree"] = tree.parent_tree()
    root["ParentTreeNextKey"] = page_count + len(tree.annotations)
    if tree.identified:
        names = pydyf.Array()
        for name in sorted(tree.identified):
            names += [pydyf.String(name), tree.identified[name]]
        root["IDTree"] = pydyf.Dictionary({"Names": names})
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    return tree.written


class _Writer:
    """Turns elements into PDF objects and remembers what the trees beside them need."""

    def __init__(self, pdf: Pdf, page_count: int) -> None:
        self.pdf = pdf
        self.pages = pdf.page_references
        self.marked: list[dict[int, bytes]] = [{} for _ in range(page_count)]
        self.annotations: list[bytes] = []
        self.identified: dict[str, bytes] = {}
        self.written: dict[Element, Any] = {}

    def element(self, element: Element, parent: bytes) -> bytes:
        """Write an element and all it holds; return its reference."""
        page = next(_pages(element), 0)
        written = pydyf.Dictionary(
            {"Type": "/StructElem", "S": f"/{element.kind}", "P": parent, "Pg": self.pages[page]}
        )
        self.pdf.add_object(written)
        self.written[element] = written
        reference = bytes(written.reference)
        written["K"] = pydyf.Array(self._kid(kid, page, reference) for kid in element.kids)
        if element.attributes:
            written["A"] = pydyf.Dictionary(element.attributes)
        for key, value in element.entries.items():
            written[key] = pydyf.String(value)
        if "ID" in element.entries:
            self.identified[element.entries["ID"]] = reference
        return reference

    def _kid(self, kid: Kid, page: int, parent: bytes) -> object:
        if isinstance(kid, Element):
            return self.element(kid, parent)
        if isinstance(kid, Content):
            self.marked[kid.page][kid.mcid] = parent
            if kid.page == page:
                return kid.mcid
            return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[kid.page], "MCID": kid.mcid})
        kid.annotation["StructParent"] = len(self.marked) + len(self.annotations)
        self.annotations.append(parent)
        return pydyf.Dictionary(
            {"Type": "/OBJR", "Pg": self.pages[kid.page], "Obj": kid.annotation.reference}
        )

    def parent_tree(self) -> bytes:
        """Write the number tree from content and annotations to elements; return its reference."""
        numbers = pydyf.Array()
        for page, marked in enumerate(self.marked):
            last = max(marked, default=-1)
            numbers += [page, pydyf.Array(marked.get(mcid, "null") for mcid in range(last + 1))]
        for offset, reference in enumerate(self.annotations):
            numbers += [len(self.marked) + offset, reference]
        tree = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(tree)
        return bytes(tree.reference)


def _pages(element: Element) -> Iterator[int]:
    """Yield the pages of an element's content, in its order."""
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _pages(kid)
        else:
            yield kid.page
