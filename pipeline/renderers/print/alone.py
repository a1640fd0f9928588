"""A drawing on a page of its own, as it is printed among the text."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pypdfium2

from pipeline.renderers.print.single import print_single

ADDRESS = "brief-picture:alone"
FORM: int = pypdfium2.raw.FPDF_PAGEOBJ_FORM
SLACK = 0.5
"""Points by which ink may stand out of a drawing: accents, swashes, rounding."""
MOST_NAMED = 40
"""Characters of a drawing that a problem names."""


@lru_cache(maxsize=16)
def print_alone(data: bytes, width: int, height: int, folder: Path) -> bytes:
    """Return an SVG file of this natural size as a PDF page, its text in the fonts of a folder.

    The last ones are kept: print asks whether a drawing is whole, and Word for a picture of it.
    """
    from pipeline.renderers.print import drawings  # only when there is an SVG: it takes time

    page = (
        f"<style>@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}"
        f"img {{ display: block; width: {width}px; height: {height}px }}</style>"
        f'<img src="{ADDRESS}" alt="">'
    )
    files = {ADDRESS: (drawings.plain(data), "image/svg+xml")}
    return print_single(page, folder, files)


def fault(printed: bytes) -> tuple[str, str] | None:
    """Return a code and what is wrong with a drawing that was printed alone: void, or cut off."""
    with pypdfium2.PdfDocument(printed) as document:
        page = document[0]
        if not any(thing.type != FORM for thing in page.get_objects()):
            return "image-empty", "none of its elements leaves a mark on the page"
        cut = "".join(_cut(page))
    return ("image-cut", f"“{cut[:MOST_NAMED]}”") if cut else None


def _cut(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the characters that do not stand on a page as a whole."""
    width, height = page.get_size()
    text = page.get_textpage()
    for place in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(place)
        within = min(left, bottom, width - right, height - top) >= -SLACK
        if not within and (character := text.get_text_range(place, 1)).strip():
            yield character
