"""The parts of a Word file (ECMA-376, part 2), taken from its archive within bounds."""

import io
import zipfile
import zlib

from lxml import etree

from pipeline.problems import BriefError, problem
from pipeline.wordfile.names import DOCUMENT, NAMESPACES, STRICT

Element = etree._Element

LARGEST = 100_000_000
"""Bytes of a file, and of all its parts together but for pictures, that are looked at."""
MOST_PARTS = 5_000
RATIO = 200
"""Times that the parts of text may be larger than packed: XML packs well, bombs far better."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old Word files and encrypted new ones begin with ([MS-CFB], 2.2)."""
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a damaged archive can raise."""
ENTITIES = b"<!DOCTYPE"
"""No part has a document type (ECMA-376, part 2, 8.2.1): it could only be a trap."""


class Package:
    """The parts of a Word file by name, read when they are asked for."""

    def __init__(self, archive: zipfile.ZipFile, path: str) -> None:
        """Know an open archive, and the path that problems name."""
        self.path = path
        self._archive = archive
        self._names = frozenset(archive.namelist())
        self._roots: dict[str, Element] = {}

    def read(self, part: str) -> bytes | None:
        """Return the bytes of a part; nothing where there is no such part.

        Raises BriefError when it is damaged.
        """
        if part not in self._names:
            return None
        try:
            return self._archive.read(part)
        except BROKEN:
            raise _broken(self.path, f"its part {part} is damaged") from None

    def xml(self, part: str) -> Element | None:
        """Return the root of a part; nothing where there is no such part.

        It is parsed once. Raises BriefError when it is damaged or no XML.
        """
        if part in self._roots:
            return self._roots[part]
        data = self.read(part)
        if data is None:
            return None
        for strict, name in STRICT:
            data = data.replace(strict, name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            self._roots[part] = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise _broken(self.path, f"its part {part} is not well-formed") from None
        return self._roots[part]

    def names(self, start: str) -> list[str]:
        """Return the names of the parts that begin with `start`, in order."""
        return sorted(one for one in self._names if one.startswith(start))

    def targets(self) -> dict[str, str]:
        """Return the parts and addresses that the text refers to, by their ids."""
        root = self.xml("word/_rels/document.xml.rels")
        found = [] if root is None else root.findall("rel:Relationship", NAMESPACES)
        return {one.get("Id", ""): one.get("Target", "") for one in found}


def open_package(data: bytes, path: str) -> Package:
    """Return the parts of a Word file.

    Raises BriefError when it is no complete Word file, is encrypted, or would unpack without end.
    """
    if data.startswith(OLE):
        what = "it is an old Word file, or one with a password"
        raise BriefError([problem("intake-word", path, what=what)])
    if len(data) > LARGEST:
        raise BriefError([problem("intake-size", path, largest=f"{LARGEST:,}")])
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except BROKEN:
        raise _broken(path, "it is not a complete Word file") from None
    _refuse_traps(entries, path)
    package = Package(archive, path)
    if DOCUMENT not in package._names:
        raise _broken(path, f"it has no part {DOCUMENT}")
    for part in package.names("word/"):
        if part.endswith(".xml") and ENTITIES in (package.read(part) or b"")[:2000]:
            raise _broken(path, f"its part {part} has a document type")
    return package


def _refuse_traps(entries: list[zipfile.ZipInfo], path: str) -> None:
    """Raise BriefError for an archive that would unpack without end, or beside itself."""
    texts = [one for one in entries if one.filename.endswith((".xml", ".rels"))]
    size, packed = sum(one.file_size for one in texts), sum(one.compress_size for one in texts)
    is_bomb = size > LARGEST or (size > 1_000_000 and size > RATIO * max(packed, 1))
    if len(entries) > MOST_PARTS or is_bomb or sum(one.file_size for one in entries) > 5 * LARGEST:
        raise _broken(path, "it unpacks to more than any manuscript has")
    for one in entries:
        if one.filename.startswith("/") or ".." in one.filename.split("/"):
            raise _broken(path, "one of its parts has a path that leads out of it")


def _broken(path: str, what: str) -> BriefError:
    return BriefError([problem("intake-word", path, what=what)])
