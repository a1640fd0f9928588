"""One page as a picture: laid out by WeasyPrint, painted by pdfium."""

import io
import zlib
from collections.abc import Mapping

import pypdfium2

from pipeline.renderers.print.single import print_single
from pipeline.theme import Theme


def as_png(page: str, theme: Theme, width: int, files: Mapping[str, tuple[bytes, str]]) -> bytes:
    """Return the first sheet of a page as a PNG of a width in pixels.

    Its text is in the fonts of the house; `files` are all that it can load, by address.
    """
    printed = print_single(page, theme.folder / "fonts", files)
    with pypdfium2.PdfDocument(printed) as document:
        sheet = document[0]
        bitmap = sheet.render(scale=width / sheet.get_width())
        stream = io.BytesIO()
        # Even grounds and letters: a fifteenth more bytes in less than half of the time.
        bitmap.to_pil().save(stream, "PNG", compress_type=zlib.Z_RLE)
    return stream.getvalue()
