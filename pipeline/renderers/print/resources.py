"""What a page may load: the project's own fonts and the pictures of its brief, and nothing else."""

import base64
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PIL import Image
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from pipeline.fonts import faces
from pipeline.model import ImageFile
from pipeline.renderers.print import drawings

PICTURE = "brief-picture:"
"""Scheme of the addresses of a brief's pictures."""

LOGO = "house-logo:"
"""The address of the institute's logo."""

FONT = "house-font:"
"""Scheme of the addresses of the project's font files."""


PRINTABLE_MODES = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA"))
"""Pillow's names for the kinds of pixels that can be printed as they are."""

EMBEDDED = re.compile(r"(data:image/(?:png|jpeg|gif|webp))((?:;[^,]*)?),(.*)", re.I | re.DOTALL)
"""The address of a picture that a drawing holds in itself (RFC 2397)."""


class Fetcher:
    """Answers every address a page asks for. WeasyPrint calls it and logs what it refuses."""

    _fail_on_errors = False  # Refusals are logged, and what is logged becomes a problem.

    def __init__(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        """Know files with their media types by address."""
        self.files = files

    def __call__(self, url: str) -> URLFetcherResponse:
        """Return what is at an address, or in it, or raise ValueError."""
        if embedded := EMBEDDED.fullmatch(url):
            data, media_type = _embedded(embedded)
            return URLFetcherResponse(url, data, {"Content-Type": media_type})
        if url not in self.files:
            raise ValueError("a page loads nothing but its own pictures and fonts")
        data, media_type = self.files[url]
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


def pictures(images: Sequence[ImageFile], logo: ImageFile | None = None) -> Fetcher:
    """Return what answers for the pictures that are printed and the logo of the house."""
    files = {f"{PICTURE}{number}": image for number, image in enumerate(images)}
    if logo:
        files[LOGO] = logo
    return Fetcher(
        {
            address: _printable(base64.b64decode(image.data), image.media_type)
            for address, image in files.items()
        }
    )


def _embedded(address: re.Match[str]) -> tuple[bytes, str]:
    media_type = address[1].removeprefix("data:").lower()
    data = unquote_to_bytes(address[3])
    if address[2].lower().endswith(";base64"):
        data = base64.b64decode(data)
    return _printable(data, media_type)


def _printable(data: bytes, media_type: str) -> tuple[bytes, str]:
    """Return a picture that the sheet can take: not CMYK, not 16 bits a pixel, in plain styles.

    PDF/A-3 allows CMYK only with a profile of its own (ISO 19005-3, 6.2.4.3).
    """
    if media_type == "image/svg+xml":
        return drawings.plain(data), media_type
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
