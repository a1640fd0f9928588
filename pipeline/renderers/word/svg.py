"""SVG pictures as PNG. Word shows SVG only in recent versions, and other programs hardly at all."""

import io

import pypdfium2
from lxml import etree

from pipeline.renderers.print import engine
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
    engine.load_weasyprint()
    from weasyprint import HTML  # only when there is an SVG: the import takes half a second

    from pipeline.renderers.print.resources import Fetcher, fonts

    configuration, faces = fonts(theme.folder / "fonts")
    page = (
        f"<style>@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}"
        f"img {{ display: block; width: {width}px; height: {height}px }}</style>"
        f'<img src="{ADDRESS}" alt="">'
    )
    html = HTML(string=page, url_fetcher=Fetcher({ADDRESS: (data, "image/svg+xml")}))
    printed = html.write_pdf(stylesheets=[faces], font_config=configuration)
    with pypdfium2.PdfDocument(printed) as document:
        bitmap = document[0].render(scale=WIDEST / width / 0.75)
        stream = io.BytesIO()
        bitmap.to_pil().save(stream, "PNG")
    return stream.getvalue()
