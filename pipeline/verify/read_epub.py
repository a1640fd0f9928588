"""A book read back as an e-reader opens it: container, package, text, table of contents."""

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pipeline.verify import read_html
from pipeline.verify.found import Document, Fault, Property, Unreadable, normal
from pipeline.verify.html_story import Story

CONTAINER = "META-INF/container.xml"
BOOK = b"application/epub+zip"


def read(data: bytes) -> Document:
    """Return what a reader of the book finds. Raises Unreadable when it cannot be opened as one."""
    files = _unpacked(data)
    container = _parsed(files, CONTAINER)
    place = next((one.get("full-path", "") for one in container.iter("rootfile")), "")
    package, base = _parsed(files, place), posixpath.dirname(place)
    items = {one.get("id", ""): one for one in package.iter("item")}
    spine = [items[one.get("idref", "")] for one in package.iter("itemref")]
    navs = [one for one in items.values() if "nav" in one.get("properties", "").split()]
    if len(spine) != 1 or len(navs) != 1:
        raise Unreadable("it does not have one text and one table of contents")
    text = posixpath.join(base, spine[0].get("href", ""))
    nav = _parsed(files, posixpath.join(base, navs[0].get("href", "")))
    root = _parsed(files, text)
    story = Story(_digests(files, posixpath.dirname(text)))
    body = _body(root)
    page = story.read(body)
    story.contents += _contents(nav, posixpath.basename(text))
    found = read_html.document(root, story, page)
    return replace(
        found,
        properties=(*_properties(package, root), *_days(root)),
        faults=(*found.faults, *_unlisted(files, items.values(), base)),
    )


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            first = packed.infolist()[0]
            files = {name: packed.read(name) for name in packed.namelist()}
    except (zipfile.BadZipFile, IndexError) as error:
        raise Unreadable(f"it is no container: {error}") from None
    plain = first.compress_type == zipfile.ZIP_STORED and not first.extra
    if first.filename != "mimetype" or not plain or files["mimetype"] != BOOK:
        raise Unreadable("its first entry does not say that it is a book (EPUB OCF, 4.3)")
    return files


def _parsed(files: dict[str, bytes], name: str) -> Element:
    """Return the root of an XML file, its names without namespaces."""
    if name not in files:
        raise Unreadable(f"the file {name} is not in it")
    try:
        root = ElementTree.fromstring(files[name])
    except ElementTree.ParseError as error:
        raise Unreadable(f"the file {name} is no XML: {error}") from None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _body(root: Element) -> Element:
    body = root.find("body")
    if body is None or not list(body):
        raise Unreadable("its text has no body")
    return body


def _digests(files: dict[str, bytes], base: str) -> dict[str, str]:
    """Return the digests of all files by the addresses that the text has for them."""
    return {
        posixpath.relpath(name, base): hashlib.sha256(data).hexdigest()
        for name, data in files.items()
    }


def _contents(nav: Element, text: str) -> Iterator[Element]:
    """Yield the tables of contents, whose addresses are made those within the text."""
    for one in nav.iter("nav"):
        if one.get("role") != "doc-toc":
            continue
        for link in one.iter("a"):
            file, _, anchor = unquote(link.get("href", "")).partition("#")
            link.set("href", f"#{anchor}" if file == text else file)
        yield one


def _properties(package: Element, root: Element) -> Iterator[Property]:
    where = "in the package"

    def said(name: str) -> list[str]:
        return [normal(one.text or "") for one in package.iterfind(f"metadata/{name}")]

    yield Property("title", " ".join(said("title")), where)
    yield Property("language", " ".join(said("language")), where)
    yield Property("authors", "; ".join(said("creator")), where)
    yield Property("description", " ".join(said("description")), where)
    yield Property("keywords", ", ".join(said("subject")), where)
    yield Property("date", " ".join(said("date")), where)
    metas = {one.get("property", ""): normal(one.text or "") for one in package.iter("meta")}
    yield Property("updated", metas.get("dcterms:modified", "").partition("T")[0], where)
    yield Property("series", metas.get("belongs-to-collection", ""), where)
    yield Property("title", normal(root.findtext("head/title", "")), "in the text")
    yield Property("language", root.get("lang", ""), "in the text")


def _days(root: Element) -> Iterator[Property]:
    days = [time.get("datetime", "") for time in root.iter("time")]
    yield Property("dates on the page", "; ".join(days), "in the time elements")


def _unlisted(files: dict[str, bytes], items: Iterable[Element], base: str) -> Iterator[Fault]:
    """Yield files that the package does not list, and those that it lists and are not there."""
    listed = {posixpath.join(base, one.get("href", "")) for one in items}
    there = {name for name in files if name != "mimetype" and not name.startswith("META-INF/")}
    for name in sorted(listed ^ {one for one in there if not one.endswith(".opf")}):
        yield Fault("verify-text-unknown", f"the file {name}, listed or there but not both")
