"""From the markup of the pages to the bytes of a PDF."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.css import ColorProfile
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import layout_document

from pipeline.renderers.print import archive
from pipeline.renderers.print import columns as columns  # Lays them out.
from pipeline.renderers.print import lines as lines  # Breaks them.
from pipeline.renderers.print import righttoleft as righttoleft  # Draws it, and spaces.
from pipeline.renderers.print.artifacts import silence_repeats
from pipeline.renderers.print.guards import attach, bind_calls, release_heads, settle_tables
from pipeline.renderers.print.length import let_break
from pipeline.renderers.print.noteflow import NoteFlow
from pipeline.renderers.print.resources import Fetcher, fonts
from pipeline.renderers.print.tags import TaggedDocument
from pipeline.renderers.print.width import set_closer, too_wide
from pipeline.theme import Standard

VARIANTS: Mapping[Standard, str] = {"ua-1": "pdf/a-3a", "ua-2": "pdf/a-4f"}
"""WeasyPrint writes one standard at a time; `archive` and `tags` add what PDF/UA asks beyond."""


INTENT = "sheet"
"""Our name for the colour profile of the paper; WeasyPrint's own, "srgb", leaves its file open."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is printed, and the standard it is printed for."""

    standard: Standard
    markup: str
    style: str
    fonts: Path
    """The fonts folder."""
    pictures: Fetcher
    foot_notes: Mapping[str, str]
    """Ids of notes to be set at the page foot, in their order, by the id of their first call."""
    metadata: archive.Metadata
    attachments: Sequence[archive.Attachment]
    created: date
    modified: date


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF, and what was not in order on the way."""

    data: bytes
    complaints: tuple[str, ...]
    """What WeasyPrint logged."""
    too_tall: tuple[str, ...] = ()
    """Ids of notes with a part that is taller than a page."""
    too_wide: tuple[int, ...] = ()
    """Lines of tables that do not fit between the margins of a page, whatever is done."""


def print_sheet(sheet: Sheet) -> Printed:
    """Lay out the pages and write the PDF."""
    with _complaints() as complaints:
        document, too_tall, too_wide = lay_out(sheet)
        data = document.write_pdf(
            pdf_variant=VARIANTS[sheet.standard],
            pdf_tags=True,
            output_intent=INTENT,
            finisher=lambda _, pdf: archive.attach(
                pdf, sheet.attachments, sheet.created, sheet.modified
            ),
        )
    return Printed(data, tuple(dict.fromkeys(complaints)), too_tall, too_wide)


def lay_out(sheet: Sheet) -> tuple[TaggedDocument, tuple[str, ...], tuple[int, ...]]:
    """Lay out the pages; return them with ids of notes too tall and lines of tables too wide."""
    configuration, _ = fonts(sheet.fonts)
    html = HTML(string=sheet.markup, base_url="", url_fetcher=sheet.pictures)
    _start_lists(html.etree_element)
    pages, context = _pages(html, sheet)
    wide = too_wide(pages)
    while set_closer(wide) | let_break(pages):
        pages, context = _pages(html, sheet)
        wide = too_wide(pages)
    silence_repeats(pages)
    document = TaggedDocument(
        [Page(page) for page in pages],
        sheet.metadata,
        html.url_fetcher,
        configuration,
        {INTENT: ColorProfile(BytesIO(_srgb()), "", "relative-colorimetric", ("r", "g", "b"))},
        INTENT,
    )
    document.standard = sheet.standard
    too_tall = tuple(note.element.get("id") for note in context.overfull)
    at = tuple(sorted({int(table.element.get("data-line", 0)) for table in wide}))
    return document, too_tall, at


def _pages(html: HTML, sheet: Sheet) -> tuple[list[Any], NoteFlow]:
    """Lay out the pages once, and return them with the notes that were set on them.

    These are the steps of WeasyPrint's `Document._render`, with the notes as a flow of their own.
    """
    configuration, faces = fonts(sheet.fonts)
    style, counter_style = _style(sheet.style)
    options = {**DEFAULT_OPTIONS, "stylesheets": [faces, style]}
    unused = TaggedDocument._build_layout_context(html, configuration, counter_style, {}, options)
    root = build_formatting_structure(
        html.etree_element,
        unused.style_for,
        unused.get_image_from_uri,
        html.base_url,
        unused.target_collector,
        counter_style,
        unused.footnotes,
    )
    _clean_bookmarks(root)
    bind_calls(root)
    settle_tables(root)
    notes = attach(root, sheet.foot_notes)
    context = NoteFlow(unused, notes)
    pages = list(layout_document(html, root, context))
    if release_heads(root, pages):
        context = NoteFlow(unused, notes)
        pages = list(layout_document(html, root, context))
    return pages, context


def _clean_bookmarks(root: Any) -> None:
    """Leave the calls out of the text of bookmarks."""
    for box in root.descendants():
        if box.bookmark_label:
            box.bookmark_label = " ".join("".join(_text(box.element)).split())


def _text(element: Any) -> Iterator[str]:
    """Yield the text of an element of the page without its calls and what stands between them."""
    if (element.get("class") or "") != "call":
        yield element.text or ""
        for child in element:
            yield from _text(child)
            yield child.tail or ""


@cache
def _srgb() -> bytes:
    """Return the sRGB profile that comes with WeasyPrint."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _start_lists(page: Any) -> None:
    """Let ordered lists start where they say, which WeasyPrint takes for mere decoration."""
    for ordered in page.iter("ol"):
        if start := ordered.get("start"):
            ordered.set("style", f"counter-reset: list-item {int(start) - 1}")


@lru_cache(maxsize=4)
def _style(style: str) -> tuple[CSS, CounterStyle]:
    """Parse a style sheet and its counter styles, once for all briefs of a house."""
    counter_style = CounterStyle()
    return CSS(string=style, url_fetcher=Fetcher({}), counter_style=counter_style), counter_style


class _Listener(logging.Handler):
    """Keeps what WeasyPrint has to say."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect WeasyPrint's warnings and errors for a while."""
    logger: Any = logging.getLogger("weasyprint")
    messages: list[str] = []
    listener = _Listener(messages)
    logger.addHandler(listener)
    try:
        yield messages
    finally:
        logger.removeHandler(listener)
