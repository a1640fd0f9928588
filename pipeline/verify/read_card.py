"""The picture of a link, looked at: of the right size, and not a blank sheet."""

from io import BytesIO

from PIL import Image

SIZE = (1200, 630)
"""Pixels that Open Graph pictures are shown at."""
END = b"IEND\xaeB`\x82"
COLOURS = 8
"""A card with words on it has more colours than this: letters have soft edges."""


def fault(data: bytes) -> str:
    """Return what is wrong with the picture, or nothing."""
    if not data.endswith(END):
        return "it does not end as a PNG does"
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as picture:
            colours = picture.convert("RGB").getcolors(COLOURS)
            size = picture.size
    except (OSError, SyntaxError, ValueError) as error:
        return str(error)
    if size != SIZE:
        return f"it has {size[0]} × {size[1]} pixels"
    return "it shows nothing" if colours is not None else ""
