"""The book for e-readers: an EPUB 3.3 publication with the text in one file, and its pictures."""

import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pipeline import model as m
from pipeline import walk
from pipeline.citation import name_of
from pipeline.renderers.carried import Carried, carried, path_of
from pipeline.renderers.environment import Setting, render, setting_for
from pipeline.renderers.imprint import Imprint, pictures
from pipeline.renderers.xhtml import xhtml
from pipeline.theme import Theme

MEDIA_TYPE = b"application/epub+zip"
FOLDER = "EPUB"
PACKAGE = f"{FOLDER}/package.opf"
CONTAINER = f"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="{PACKAGE}" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
FIRST_YEAR, LAST_YEAR = 1980, 2107
"""What a ZIP file can say (APPNOTE.TXT, 4.4.6)."""
POSITION = re.compile(r"\d+(\.\d+)*")
"""A number that says where in a series something stands (EPUB 3.3, D.3.5)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the table of contents with those below it."""

    heading: m.Heading
    entries: tuple["Entry", ...]


def render_epub(brief: m.Brief, theme: Theme) -> bytes:
    """Return the brief as an EPUB publication. Equal input gives equal bytes."""
    setting = setting_for(brief, theme, "book", path_of)
    files = carried(pictures(brief, setting.imprint))
    parts = _parts(brief, theme, setting, files)
    return _packed(parts, files, brief.metadata.updated or brief.metadata.date)


def _parts(
    brief: m.Brief, theme: Theme, setting: Setting, files: Sequence[Carried]
) -> dict[str, str]:
    shared = {"brief": brief, "meta": brief.metadata, "setting": setting}
    body = render(theme, "epub/body.html.j2", **shared)
    page = render(theme, "epub/brief.xhtml.j2", body=Markup(xhtml(body)), **shared)
    entries = contents(walk.headings(brief.body))
    sources = contents(walk.headings(brief.references))
    toc = render(theme, "epub/toc.html.j2", entries=entries, sources=sources, **shared)
    return {
        PACKAGE: render(
            theme,
            "epub/package.opf.j2",
            identifier=identifier(brief, theme, setting.imprint),
            sorting=[_sorting(author) for author in brief.metadata.authors],
            position=POSITION.fullmatch(brief.metadata.number or ""),
            is_described=_is_described(brief),
            files=files,
            **shared,
        ),
        f"{FOLDER}/nav.xhtml": render(theme, "epub/nav.xhtml.j2", toc=Markup(xhtml(toc)), **shared),
        f"{FOLDER}/brief.xhtml": page,
        f"{FOLDER}/style.css": render(theme, "epub/style.css.j2"),
    }


def identifier(brief: m.Brief, theme: Theme, told: Imprint) -> str:
    """Return the name under which e-readers know the publication, in all its editions.

    Without a DOI, an ISBN or an address it is made of the institute's name and the slug (RFC 9562,
    section 5.5).
    """
    meta = brief.metadata
    if told.doi:
        return told.doi
    if meta.isbn:
        return f"urn:isbn:{meta.isbn.replace('-', '')}"
    name = f"{theme.institute.name}/{brief.slug}"
    return told.address or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def contents(headings: Iterable[m.Heading]) -> tuple[Entry, ...]:
    """Return headings as a tree: below each those of lower levels that follow it."""
    found = tuple(headings)
    return tuple(_tree(found))


def _tree(headings: Sequence[m.Heading]) -> Iterator[Entry]:
    at = 0
    while at < len(headings):
        first, end = headings[at], at + 1
        while end < len(headings) and headings[end].level > first.level:
            end += 1
        yield Entry(first, tuple(_tree(headings[at + 1 : end])))
        at = end


def _sorting(author: m.Author) -> str:
    """Return the name of an author as lists are sorted by it."""
    parts = name_of(author)
    family, given = parts.get("family"), parts.get("given")
    particle = parts.get("non-dropping-particle", "")
    return f"{family}, {' '.join(filter(None, [given, particle]))}" if family and given else ""


def _is_described(brief: m.Brief) -> bool:
    figures = (one for one in walk.blocks_within(brief.body) if isinstance(one, m.Figure))
    return any(figure.description for figure in figures)


def _packed(parts: dict[str, str], files: Sequence[Carried], day: date) -> bytes:
    """Return the container: the first entry tells what it is, uncompressed (EPUB OCF, 4.3)."""
    year = min(max(day.year, FIRST_YEAR), LAST_YEAR)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:

        def put(name: str, data: bytes, compression: int = zipfile.ZIP_DEFLATED) -> None:
            info = zipfile.ZipInfo(name, (year, day.month, day.day, 0, 0, 0))
            info.compress_type = compression
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            packed.writestr(info, data)

        put("mimetype", MEDIA_TYPE, zipfile.ZIP_STORED)
        put("META-INF/container.xml", CONTAINER.encode())
        for name, text in parts.items():
            put(name, text.encode() + b"\n")
        for file in files:
            put(f"{FOLDER}/{file.path}", file.data)
    return stream.getvalue()
