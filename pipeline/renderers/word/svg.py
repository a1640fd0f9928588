"""SVG pictures as PNG. Word shows SVG only in recent versions, and other programs hardly at all."""

import io
from math import sqrt

import pypdfium2
from lxml import etree

from pipeline.renderers.print.alone import print_alone
from pipeline.theme import Theme

WIDEST = 1800
"""Pixels across the PNG: a measure of 130 mm at 350 dots per inch."""
MOST_PIXELS = 8_000_000
"""Pixels of the PNG in all: a page of that width."""
PLAIN = frozenset(
    """svg g path rect circle ellipse line polyline polygon title desc metadata defs clipPath
    linearGradient radialGradient stop""".split()  # noqa: SIM905
)
"""Elements that all programs draw alike: no text, whose fonts they may lack."""


def is_plain(data: bytes) -> bool:
    """Tell whether an SVG file looks the same everywhere, so that it may stand beside its PNG."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return False
    return all(
        isinstance(element.tag, str) and etree.QName(element).localname in PLAIN
        for element in root.iter()
    )


def rasterise(data: bytes, width: int, height: int, theme: Theme) -> bytes:
    """Return an SVG file of this natural size as a PNG, its text in the fonts of the house."""
    printed = print_alone(data, width, height, theme.folder / "fonts")
    scale = min(WIDEST / width, sqrt(MOST_PIXELS / (width * height)))
    with pypdfium2.PdfDocument(printed) as document:
        bitmap = document[0].render(scale=scale / 0.75)
        stream = io.BytesIO()
        bitmap.to_pil().save(stream, "PNG")
    return stream.getvalue()
