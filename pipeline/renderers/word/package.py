"""The package: parts, relationships and content types. Equal parts give equal bytes."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pipeline.renderers.word.xml import legal, serialise

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
"""Where the types of relationships that this format defines begin."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip file knows: files have no time of their own."""


@dataclass(slots=True)
class Links:
    """The relationships of one part. Asking twice for the same target gives the same id."""

    folder: str = "word/"
    targets: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def to(self, part: "Part") -> str:
        """Return the id of the relationship to another part."""
        return self._identify((part.kind, part.name.removeprefix(self.folder), False))

    def to_url(self, url: str) -> str:
        """Return the id of the relationship to an address outside the package."""
        return self._identify((OFFICE + "hyperlink", url, True))

    def _identify(self, target: tuple[str, str, bool]) -> str:
        return self.targets.setdefault(target, f"rId{len(self.targets) + 1}")

    def serialise(self) -> bytes:
        """Return the relationships part (ECMA-376-2, section 6.5)."""
        root = etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS}"/>')
        for (kind, target, external), ident in self.targets.items():
            item = etree.SubElement(
                root, f"{{{RELATIONSHIPS}}}Relationship", Id=ident, Type=kind, Target=legal(target)
            )
            if external:
                item.set("TargetMode", "External")
        return serialise(root)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the package. `name` has no slash in front; `kind` is the type of links to it."""

    name: str
    kind: str
    content_type: str
    data: bytes
    links: Links | None = None


def word_part(name: str, kind: str, data: bytes, links: Links | None = None) -> Part:
    """Return a part of the document, whose content type follows its kind."""
    return Part(f"word/{name}", OFFICE + kind, WORD.format(kind), data, links)


def pack(parts: Sequence[Part], links: Links) -> bytes:
    """Return the package that holds the parts; `links` are those of the package itself."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in _entries(parts, links):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, data, compresslevel=_level(name))
    return stream.getvalue()


def _level(name: str) -> int:
    """Return how hard a part is compressed.

    Fonts are nine tenths of a package, and would take most of the time of rendering it: pressed
    lightly they are six hundredths larger, in less than half the time.
    """
    return 1 if name.endswith(".odttf") else 6


def _entries(parts: Sequence[Part], links: Links) -> Iterable[tuple[str, bytes]]:
    yield "[Content_Types].xml", _content_types(parts)
    yield "_rels/.rels", links.serialise()
    for part in parts:
        yield part.name, part.data
        if part.links is not None and part.links.targets:
            folder, _, file = part.name.rpartition("/")
            yield f"{folder}/_rels/{file}.rels", part.links.serialise()


def _content_types(parts: Sequence[Part]) -> bytes:
    """Return the content types (ECMA-376-2, section 6.2.3): XML by name, the rest by ending."""
    root = etree.fromstring(f'<Types xmlns="{CONTENT_TYPES}"/>')
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    for part in parts:
        extension = part.name.rpartition(".")[2]
        if extension != "xml":
            defaults[extension] = part.content_type
    for extension, content_type in defaults.items():
        default = etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default")
        default.attrib.update({"Extension": extension, "ContentType": content_type})
    for part in parts:
        if part.name.endswith(".xml"):
            override = etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override")
            override.attrib.update({"PartName": f"/{part.name}", "ContentType": part.content_type})
    return serialise(root)
