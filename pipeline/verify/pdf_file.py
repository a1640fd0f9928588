"""What a PDF says about itself: properties, bookmarks, and the files it carries."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

import pikepdf
from lxml import etree

from pipeline.verify.found import Attachment, Property, normal
from pipeline.verify.pdf_links import Destination, Destinations

DC, XMP, RIGHTS, PDF, RDF, XML = (
    f"{{{address}}}"
    for address in (
        "http://purl.org/dc/elements/1.1/",
        "http://ns.adobe.com/xap/1.0/",
        "http://ns.adobe.com/xap/1.0/rights/",
        "http://ns.adobe.com/pdf/1.3/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/XML/1998/namespace",
    )
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
DEEPEST = 32
"""Levels of bookmarks after which a file is taken to be broken."""


def properties(pdf: pikepdf.Pdf) -> Iterator[Property]:
    """Yield the properties in the XMP packet, the catalogue and the information dictionary."""
    packet = _packet(pdf)
    where = "in the XMP packet"
    yield Property("title", "; ".join(_values(packet, f"{DC}title")), where)
    yield Property("authors", "; ".join(_values(packet, f"{DC}creator")), where)
    yield Property("description", "; ".join(_values(packet, f"{DC}description")), where)
    yield Property("keywords", ", ".join(_values(packet, f"{DC}subject")), where)
    yield Property("language", "; ".join(_values(packet, f"{DC}language")), where)
    terms = "".join(_values(packet, f"{RIGHTS}WebStatement"))
    yield Property("address of the licence", terms, where)
    yield Property("DOI", _doi("".join(_values(packet, f"{DC}identifier"))), where)
    yield Property("date", "".join(_values(packet, f"{XMP}CreateDate"))[:10], where)
    yield Property("updated", "".join(_values(packet, f"{XMP}ModifyDate"))[:10], where)
    yield Property("language", str(pdf.Root.get("/Lang", "")), "in the catalogue")
    yield from _information(pdf)


def _doi(identifier: str) -> str:
    """Return the DOI that an identifier is; without one it is an address of the web."""
    address = "https://doi.org/"
    return unquote(identifier.removeprefix(address)) if identifier.startswith(address) else ""


def _information(pdf: pikepdf.Pdf) -> Iterator[Property]:
    """The information dictionary is outdated and may be left out; what it says must be right."""
    where = "in the information dictionary"
    information = pdf.trailer.get("/Info", pikepdf.Dictionary())
    names = {"/Title": "title", "/Subject": "description", "/Keywords": "keywords"}
    for key, name in names.items():
        if key in information:
            yield Property(name, normal(str(information[key])), where)
    if "/Author" in information:
        people = normal(str(information["/Author"])).replace("; ", ", ")
        yield Property("authors in one line", people, where)


def _packet(pdf: pikepdf.Pdf) -> etree._Element:
    """Return the XMP packet, or an empty one: what is missing in it is then named."""
    stream = pdf.Root.get("/Metadata")
    try:
        return etree.fromstring(stream.read_bytes() if stream is not None else b"<x/>", _PARSER)
    except etree.XMLSyntaxError:
        return etree.Element("x")


def _values(packet: etree._Element, name: str) -> list[str]:
    """Return the values of a property, whether it is simple, a list or one of several languages."""
    found: list[str] = []
    for holder in packet.iter(f"{RDF}Description"):
        if holder.get(name):
            found.append(normal(holder.get(name, "")))
        for element in holder.findall(name):
            items = list(element.iter(f"{RDF}li")) or [element]
            found.extend(normal(item.text or "") for item in items)
    return [value for value in found if value]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: its depth from 1, its words and the places that it leads to, which are one."""

    depth: int
    text: str
    places: tuple[Destination | None, ...]


def bookmarks(pdf: pikepdf.Pdf, destinations: Destinations) -> Iterator[Bookmark]:
    """Yield the bookmarks in the order in which they are shown."""
    root = pdf.Root.get("/Outlines")
    if root is not None:
        yield from _bookmarks(root.get("/First"), 1, destinations)


def _bookmarks(
    item: pikepdf.Object | None, depth: int, destinations: Destinations
) -> Iterator[Bookmark]:
    for _ in range(MOST):
        if item is None or depth > DEEPEST:
            return
        places = destinations.places(item.get("/Dest", item.get("/A")))
        yield Bookmark(depth, normal(str(item.get("/Title", ""))), places)
        yield from _bookmarks(item.get("/First"), depth + 1, destinations)
        item = item.get("/Next")


MOST = 100_000
"""Bookmarks on one level after which a file is taken to be broken."""


def attachments(pdf: pikepdf.Pdf) -> Iterator[Attachment]:
    """Yield the files that the document is associated with (ISO 19005-3, 6.8)."""
    for name, file in pdf.attachments.items():
        data = file.get_file().read_bytes()
        relation = str(file.obj.get("/AFRelationship", ""))[1:]
        yield Attachment(name, relation, data)
