"""SVG pictures as PNG. Word shows SVG only in recent versions, and other programs hardly at all."""

from lxml import etree

from pipeline.renderers.print.pixels import as_png
from pipeline.theme import Theme

WIDEST = 1800
"""Pixels across the PNG: a measure of 130 mm at 350 dots per inch."""
PLAIN = frozenset(
    """svg g path rect circle ellipse line polyline polygon title desc metadata defs clipPath
    linearGradient radialGradient stop""".split()  # noqa: SIM905
)
"""Elements that all programs draw alike: no text, whose fonts they may lack."""
ADDRESS = "brief-picture:svg"


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
    page = (
        f"<style>@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}"
        f"img {{ display: block; width: {width}px; height: {height}px }}</style>"
        f'<img src="{ADDRESS}" alt="">'
    )
    return as_png(page, theme, WIDEST, {ADDRESS: (data, "image/svg+xml")})
