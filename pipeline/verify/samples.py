"""Pictures by their size and the colours of a few points: enough to tell one from another.

A PDF keeps the pixels of a picture, but not its file.
"""

import base64
import ctypes
import io
import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote_to_bytes

import pypdfium2.raw as pdfium
from PIL import Image as Pillow

from pipeline.model import ImageFile
from pipeline.verify.found import Sample

ACROSS = 8
"""Points on each side of the grid."""
TOLERANCE = 12.0
"""Mean difference of colours, of 255, that two decoders of one file may have."""
HELD = re.compile(rb"(?i)data:image/(?:png|jpeg|gif|webp)([^,\"']*),([^\"']*)")
"""A picture that a drawing holds."""
DRAWING: Sample = (0,)
"""The sample of every drawing that is made of lines and areas."""


def of_file(file: ImageFile) -> tuple[Sample, ...]:
    """Return the samples by which a picture file of the brief is known.

    A drawing that holds pictures is known by any of them.
    """
    data = base64.b64decode(file.data)
    if file.media_type == "image/svg+xml":
        return (DRAWING, *(of_bytes(_held(match)) for match in HELD.finditer(data)))
    return (of_bytes(data),)


def _held(address: re.Match[bytes]) -> bytes:
    """Return the file that an address holds (RFC 2397)."""
    data = unquote_to_bytes(address[2])
    return base64.b64decode(data) if address[1].lower().endswith(b";base64") else data


def of_bytes(data: bytes) -> Sample:
    """Return the sample of a picture file; none if it is not one."""
    try:
        with Pillow.open(io.BytesIO(data)) as picture:
            colours = _eight_bits(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError):
        return ()
    width, height = colours.size

    def colour(x: int, y: int) -> Sequence[int]:
        found = colours.getpixel((x, y))
        return found if isinstance(found, tuple) else (0, 0, 0)

    return _sample(width, height, colour)


def _eight_bits(picture: Pillow.Image) -> Pillow.Image:
    """Return greys of 16 bits as greys of 8; Pillow would cut off what is above 255."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")


def of_object(thing: ctypes.c_void_p) -> Sample:
    """Return the sample of an image object on a page."""
    bitmap = pdfium.FPDFImageObj_GetBitmap(thing)
    if not bitmap:
        return ()
    try:
        return _of_bitmap(bitmap)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def _of_bitmap(bitmap: ctypes.c_void_p) -> Sample:
    width, height = pdfium.FPDFBitmap_GetWidth(bitmap), pdfium.FPDFBitmap_GetHeight(bitmap)
    stride = pdfium.FPDFBitmap_GetStride(bitmap)
    size = {pdfium.FPDFBitmap_Gray: 1, pdfium.FPDFBitmap_BGR: 3}.get(
        pdfium.FPDFBitmap_GetFormat(bitmap), 4
    )
    start = pdfium.FPDFBitmap_GetBuffer(bitmap)

    def colour(x: int, y: int) -> Sequence[int]:
        pixel = ctypes.string_at(start + y * stride + x * size, size)
        return pixel[2::-1] if size > 1 else pixel * 3

    return _sample(width, height, colour)


def _sample(width: int, height: int, colour: Callable[[int, int], Sequence[int]]) -> Sample:
    columns = [(2 * step + 1) * width // (2 * ACROSS) for step in range(ACROSS)]
    lines = [(2 * step + 1) * height // (2 * ACROSS) for step in range(ACROSS)]
    return (width, height, *(part for y in lines for x in columns for part in colour(x, y)[:3]))


def alike(one: Sample, other: Sample) -> bool:
    """Tell whether two samples are of one picture."""
    if not one or len(one) != len(other) or one[:2] != other[:2]:
        return False
    differences = [abs(a - b) for a, b in zip(one[2:], other[2:], strict=True)]
    return not differences or sum(differences) / len(differences) <= TOLERANCE
