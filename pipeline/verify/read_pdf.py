"""A PDF read back: pages with pdfium, tags, links, metadata and attachments with pikepdf."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pikepdf
import pypdfium2

from pipeline.verify.bidi import draws, is_from_the_right
from pipeline.verify.found import Document, Fault, Picture, Sample, Unreadable, as_drawn
from pipeline.verify.pdf_drawn import Drawn, Page, read_page
from pipeline.verify.pdf_file import attachments, bookmarks, properties
from pipeline.verify.pdf_fonts import Fonts
from pipeline.verify.pdf_glyphs import Shown as Strings
from pipeline.verify.pdf_glyphs import read_glyphs
from pipeline.verify.pdf_lines import page_faults
from pipeline.verify.pdf_links import Destinations, read_actions
from pipeline.verify.pdf_parts import Shown
from pipeline.verify.pdf_sheet import Sheet
from pipeline.verify.pdf_story import Reader
from pipeline.verify.pdf_tags import TagsBroken, read_tags
from pipeline.verify.samples import DRAWING
from pipeline.verify.tongues import gathered


def read(data: bytes) -> Document:
    """Return what a reader of the file finds. Raises Unreadable when it is not a PDF."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            fonts = Fonts()
            strings = [read_glyphs(page, fonts) for page in pdf.pages]
            drawn = _pages(data)
            return _read(pdf, tuple(map(_with_strings, drawn, strings)))
    except (pikepdf.PdfError, pypdfium2.PdfiumError, TagsBroken, RecursionError) as error:
        raise Unreadable(str(error)) from None


def _pages(data: bytes) -> Iterator[Page]:
    document = pypdfium2.PdfDocument(data)
    try:
        for index in range(len(document)):
            yield read_page(document.raw, index)
    finally:
        document.close()


def _with_strings(page: Page, shown: Strings) -> Page:
    """Return the page with the characters of its runs.

    pdfium makes one run of each operator; where it does not, the first run takes all that is shown.
    What a line says that it reads is believed if its glyphs are drawn as such a line is.
    """
    runs: dict[int, list[int]] = {}
    for place, one in enumerate(page.drawn):
        if one.is_run:
            runs.setdefault(one.mcid, []).append(place)
    drawn = list(page.drawn)
    for mcid, places in runs.items():
        glyphs = [string for string in shown.strings.get(mcid, []) if string]
        strings = ["".join(string) for string in glyphs]
        if len(strings) != len(places):
            strings = _in_first(strings, len(places))
        texts, said = strings, shown.actual.get(mcid, "")
        if said and draws([glyph for string in glyphs for glyph in string], said):
            texts = _in_first([said], len(places))
        for place, text, string in zip(places, texts, strings, strict=True):
            drawn[place] = replace(drawn[place], text=as_drawn(text), shown=string)
    return replace(page, drawn=tuple(drawn))


def _in_first(strings: Sequence[str], count: int) -> list[str]:
    """Return the strings as one, followed by empty ones."""
    return ["".join(strings), *([""] * (count - 1))]


def _read(pdf: pikepdf.Pdf, pages: Sequence[Page]) -> Document:
    tags = read_tags(pdf)
    destinations = Destinations(pdf, tags, pages)
    turned = is_from_the_right(str(pdf.Root.get("/Lang", "")))
    reader = Reader(pages, read_actions(pdf, destinations), turned)
    text = reader.read(tags)
    sheet = Sheet(pages, text, reader.notes, reader.house)
    notes = tuple(sheet.notes())
    shown = [one for part in (text, *sheet.parts) for one in part.pictures]
    return Document(
        blocks=text.blocks,
        notes=notes,
        calls=tuple(sheet.calls()),
        links=tuple(sheet.links()),
        pictures=tuple(_picture(one) for one in shown),
        properties=tuple(properties(pdf)),
        passages=gathered(
            (
                replace(passage, text=as_drawn(passage.text))
                for part in (text, *sheet.parts)
                for passage in part.passages
            ),
            str(pdf.Root.get("/Lang", "")),
        ),
        contents=(sheet.contents(tuple(bookmarks(pdf, destinations))),),
        attachments=tuple(attachments(pdf)),
        placement=("end" if notes[0].gathered else "foot") if notes else "",
        faults=(
            *(fault for page in pages for fault in page_faults(page)),
            *_untagged(pages, tuple(reader.left_over())),
            *sheet.faults(),
        ),
    )


def _picture(shown: Shown) -> Picture:
    """A picture has the sample of its pixels; a drawing has none, but must have drawn something."""
    pixels: Sample = next((one.sample for one in shown.drawn if one.sample), ())
    return Picture(
        shown.alt,
        sample=pixels or (DRAWING if shown.drawn else ()),
        place=f"on page {shown.page}",
    )


def _untagged(pages: Sequence[Page], left_over: Sequence[tuple[int, Drawn]]) -> Iterator[Fault]:
    """Yield text that is drawn and does not stand in the tags: nobody can hear it, or copy it."""
    for page in pages:
        for run in page.drawn:
            if run.is_text and run.mcid < 0 and not run.artifact:
                what = f"“{run.text.strip()}” is not tagged"
                yield Fault("verify-tags", what, f"on page {page.number}")
    for number, run in left_over:
        what = f"“{run.text.strip()}” is marked and has no place in the structure"
        yield Fault("verify-tags", what, f"on page {number}")
