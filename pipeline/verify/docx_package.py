"""A DOCX file as parts of XML and the relationships between them (ECMA-376, part 2)."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from pipeline.verify.found import Unreadable

Element = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
}
LARGEST = 512 * 1024 * 1024
"""Bytes of all parts together from which a package is taken for a trap."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def name(qualified: str) -> str:
    """Return `w:p` in the notation of lxml."""
    prefix, local = qualified.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


@dataclass(frozen=True, slots=True)
class Target:
    """What a relationship leads to: a part of the package, or an address outside."""

    where: str
    external: bool


class Package:
    """The parts by name, unpacked when they are asked for: fonts and the like never are."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Know an open archive."""
        self._archive = archive
        self._names = frozenset(archive.namelist())
        self._roots: dict[str, Element] = {}

    def read(self, part: str) -> bytes | None:
        """Return the bytes of a part, or None when there is no such part."""
        if part not in self._names:
            return None
        try:
            return self._archive.read(part)
        except BROKEN as error:
            raise Unreadable(f"{part} is damaged: {error}") from None

    def xml(self, part: str) -> Element | None:
        """Return the root of a part, or None when there is no such part."""
        if part not in self._roots:
            data = self.read(part)
            if data is None:
                return None
            try:
                self._roots[part] = etree.fromstring(data, _PARSER)
            except etree.XMLSyntaxError as error:
                raise Unreadable(f"{part} is not well-formed: {error}") from None
        return self._roots[part]

    def needed(self, part: str) -> Element:
        """Return the root of a part that no document can be without."""
        root = self.xml(part)
        if root is None:
            raise Unreadable(f"it has no part {part}")
        return root

    def targets(self, part: str) -> dict[str, Target]:
        """Return what the relationships of a part lead to, by their ids."""
        folder, _, file = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels")
        found = [] if root is None else root.findall("rel:Relationship", NAMESPACES)
        return {one.get("Id", ""): _target(one, folder) for one in found}


BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a damaged archive can raise."""


def _target(relationship: Element, folder: str) -> Target:
    where = relationship.get("Target", "")
    if relationship.get("TargetMode") == "External":
        return Target(where, True)
    inside = (
        where[1:] if where.startswith("/") else posixpath.normpath(posixpath.join(folder, where))
    )
    return Target(inside, False)


def open_package(data: bytes) -> Package:
    """Return the package. Raises Unreadable when it is not one."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise Unreadable(f"it is not a complete ZIP archive: {error}") from None
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        raise Unreadable("its parts are larger than any document")
    return Package(archive)
