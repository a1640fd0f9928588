"""One page as a picture: laid out by WeasyPrint, painted by pdfium."""

import io
from collections.abc import Mapping

import pypdfium2

from pipeline.renderers.print import engine
from pipeline.theme import Theme


def as_png(page: str, theme: Theme, width: int, files: Mapping[str, tuple[bytes, str]]) -> bytes:
    """Return the first sheet of a page as a PNG of a width in pixels.

    Its text is in the fonts of the house; `files` are all that it can load, by address.
    """
    engine.load_weasyprint()
    from weasyprint import HTML  # only when there is something to paint: the import takes time

    from pipeline.renderers.print.resources import Fetcher, fonts

    configuration, faces = fonts(theme.folder / "fonts")
    html = HTML(string=page, url_fetcher=Fetcher(files))
    printed = html.write_pdf(stylesheets=[faces], font_config=configuration)
    with pypdfium2.PdfDocument(printed) as document:
        sheet = document[0]
        bitmap = sheet.render(scale=width / sheet.get_width())
        stream = io.BytesIO()
        bitmap.to_pil().save(stream, "PNG")
    return stream.getvalue()
