"""What a page may load: the project's own fonts and the pictures of its brief, and nothing else."""

import base64
from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from pipeline.fonts import faces
from pipeline.model import ImageFile

PICTURE = "brief-picture:"
"""Scheme of the addresses of a brief's pictures."""

FONT = "house-font:"
"""Scheme of the addresses of the project's font files."""


PRINTABLE_MODES = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA"))
"""Pillow's names for the kinds of pixels that can be printed as they are."""


class Fetcher:
    """Answers every address a page asks for. WeasyPrint calls it and logs what it refuses."""

    _fail_on_errors = False  # Refusals are logged, and what is logged becomes a problem.

    def __init__(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        """Know files with their media types by address."""
        self.files = files

    def __call__(self, url: str) -> URLFetcherResponse:
        """Return what is at an address, or raise ValueError."""
        if url not in self.files:
            raise ValueError("a page loads nothing but its own pictures and fonts")
        data, media_type = self.files[url]
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


def pictures(images: Sequence[ImageFile]) -> Fetcher:
    """Return what answers for the pictures that are printed."""
    return Fetcher(
        {
            f"{PICTURE}{number}": _printable(base64.b64decode(image.data), image.media_type)
            for number, image in enumerate(images)
        }
    )


def _printable(data: bytes, media_type: str) -> tuple[bytes, str]:
    """Return a picture in colours that the sheet has: not CMYK, not 16 bits a pixel.

    PDF/A-3 allows CMYK only with a profile of its own (ISO 19005-3, 6.2.4.3).
    """
    if media_type == "image/svg+xml":
        return data, media_type
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.mode in PRINTABLE_MODES:
                return data, media_type
            if picture.mode.startswith("I"):
                plain = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
            else:
                plain = picture.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return data, media_type  # WeasyPrint says what is wrong with it.
    output = BytesIO()
    plain.save(output, "PNG")
    return output.getvalue(), "image/png"


@lru_cache(maxsize=4)
def fonts(folder: Path) -> tuple[FontConfiguration, CSS]:
    """Load the fonts of a fonts folder, once for a process."""
    shipped = faces(folder)
    rules = "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style};'
        f' font-weight: {face.weight}; src: url("{FONT}{number}") }}'
        for number, face in enumerate(shipped)
    )
    fetcher = Fetcher(
        {
            f"{FONT}{number}": (face.file.read_bytes(), "font/ttf")
            for number, face in enumerate(shipped)
        }
    )
    configuration = FontConfiguration()
    return configuration, CSS(string=rules, font_config=configuration, url_fetcher=fetcher)
