"""Sections: the sheet, its margins and its running heads."""

import re

from pipeline.renderers.word import reference
from pipeline.renderers.word.package import Links, Part, word_part
from pipeline.renderers.word.scope import Book
from pipeline.renderers.word.xml import Element, name, w
from pipeline.text import plain

EDGE = 12.0
"""Distance of running heads from the edge of the sheet in millimetres."""
LONGEST = 70
"""Characters of the title in the running head at most."""


def running_heads(book: Book) -> tuple[Part, Part]:
    """Return header and footer: short title and series above, the folio below."""
    metadata = book.brief.metadata
    series = " ".join(filter(None, [metadata.series, metadata.number]))
    turn = book.words.direction == "rtl"
    right = series or book.theme.institute.name
    header = reference.part(
        book.theme, "header", left=shortened(plain(metadata.title)), right=right, turn=turn
    )
    # The pieces of a folio such as `{page} / {pages}`: words at even places, fields at odd ones.
    pieces = re.split(r"\{(page|pages)\}", book.words.page_of("{page}", "{pages}"))
    footer = reference.part(book.theme, "footer", pieces=pieces, turn=turn)
    return word_part("header.xml", "header", header), word_part("footer.xml", "footer", footer)


def shortened(title: str) -> str:
    """Return a title that fits the running head, cut between words."""
    if len(title) <= LONGEST:
        return title
    return title[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def first_section(book: Book, heads: tuple[Part, Part], links: Links) -> Element:
    """Return the properties of the first section, whose first page has no running head."""
    header, footer = (links.to(part) for part in heads)
    references = [
        _reference("headerReference", "default", header),
        _reference("footerReference", "default", footer),
        _reference("footerReference", "first", footer),
    ]
    return w("sectPr", *references, *_numbering(book), *_sheet(book), w("titlePg"), *_turn(book))


def _reference(tag: str, pages: str, link: str) -> Element:
    reference = w(tag, type=pages)
    reference.set(name("r:id"), link)
    return reference


def last_section(book: Book) -> Element:
    """Return the properties of the section after endnotes, which goes on with heads and page."""
    return w("sectPr", *_numbering(book), w("type", val="continuous"), *_sheet(book), *_turn(book))


def _turn(book: Book) -> list[Element]:
    """Return what lets a section run from right to left (17.6.1)."""
    return [w("bidi")] if book.words.direction == "rtl" else []


def _numbering(book: Book) -> list[Element]:
    """Return how notes are numbered: in figures, through the whole document (17.11.12, 17.11.5)."""
    return [w(f"{book.notes}Pr", w("numFmt", val="decimal"), w("numRestart", val="continuous"))]


def _sheet(book: Book) -> list[Element]:
    page = book.theme.page
    width, height = reference.SHEETS[page.size]
    edge = reference.millimetres(EDGE)
    start, end = ("right", "left") if book.words.direction == "rtl" else ("left", "right")
    margins = {
        "top": reference.millimetres(page.top),
        end: reference.millimetres(page.outer),
        "bottom": reference.millimetres(page.bottom),
        start: reference.millimetres(page.inner),
    }
    return [
        w("pgSz", w=width, h=height),
        w("pgMar", **margins, header=edge, footer=edge, gutter=0),
    ]
