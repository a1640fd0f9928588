"""The parts around the text: how it is formatted, and what the file says about itself."""

from collections.abc import Iterator

from pipeline import codec
from pipeline.renderers.word import reference
from pipeline.renderers.word.package import OFFICE, Part, word_part
from pipeline.renderers.word.scope import Book
from pipeline.stages import content_digest
from pipeline.text import plain

THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"


CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def formatting(book: Book, has_notes: bool) -> list[Part]:
    """Return styles, numbering, settings and theme, once the text is written."""
    theme, metadata = book.theme, book.brief.metadata
    notes = book.notes if has_notes else None
    settings = reference.part(theme, "settings", lang=metadata.lang, notes=notes)
    return [
        word_part("styles.xml", "styles", book.styles.serialise()),
        word_part("numbering.xml", "numbering", book.numbering.serialise(theme)),
        word_part("settings.xml", "settings", settings),
        Part("word/theme/theme1.xml", f"{OFFICE}theme", THEME, reference.palette(theme)),
    ]


def about(book: Book) -> list[Part]:
    """Return what the file says about itself (ECMA-376-2, section 8)."""
    metadata = book.brief.metadata
    core = reference.part(
        book.theme,
        "core",
        title=plain(metadata.title),
        subject=" ".join(filter(None, [metadata.series, metadata.number])),
        creator="; ".join(author.name for author in metadata.authors),
        keywords=", ".join(metadata.keywords),
        description=plain(metadata.deck),
        identifier=book.imprint.doi or book.imprint.address,
        lang=metadata.lang,
        created=metadata.date.isoformat(),
        modified=(metadata.updated or metadata.date).isoformat(),
    )
    extended = reference.part(book.theme, "app")
    custom = reference.part(book.theme, "custom", properties=tuple(_custom(book)))
    return [
        Part("docProps/custom.xml", f"{OFFICE}custom-properties", CUSTOM, custom),
        Part("docProps/core.xml", CORE_KIND, CORE, core),
        Part("docProps/app.xml", f"{OFFICE}extended-properties", EXTENDED, extended),
    ]


def _custom(book: Book) -> Iterator[tuple[str, str]]:
    """Yield what Word has no property of its own for (ECMA-376-1, 22.3)."""
    metadata, told = book.brief.metadata, book.imprint
    found = (
        ("DOI", metadata.doi),
        ("ISSN", metadata.issn),
        ("ISBN", metadata.isbn),
        ("Series", metadata.series),
        ("Number", metadata.number),
        ("License", metadata.license),
        ("License URL", told.licence.url if told.licence else ""),
        ("Publisher", book.theme.institute.name),
        ("Web version", told.address),
        ("Language", metadata.lang),
        ("Content SHA-256", content_digest(codec.dump(book.brief))),
    )
    return ((name, value) for name, value in found if value)
