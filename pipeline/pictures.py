"""What a picture file is, by its content: type, natural size, and whether it is safe to carry."""

import base64
import binascii
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal, cast
from urllib.parse import unquote_to_bytes

from lxml import etree
from PIL import Image, ImageFile, UnidentifiedImageError

MediaType = Literal["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"]

FORMATS: dict[str, MediaType] = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
MOST_PIXELS = 50_000_000
"""A page of A3 at 600 dpi has 70 million pixels, a screen 8; more is a bomb or a mistake."""

MOST_BYTES = 20_000_000
MOST_BYTES_DRAWN = 5_000_000
"""A drawing is read as a tree, which takes many times its bytes."""
MOST_LETTERS = 10_000
"""Characters of text in a drawing: each is set by itself."""
MOST_STYLE = 100_000
"""Characters of style sheets in a drawing: every rule is tried on every element."""

UPRIGHT = 1
ORIENTATION = 0x0112
"""The Exif tag by which a camera says that the picture lies on its side."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's type and its natural size in CSS pixels."""

    media_type: MediaType
    width: int
    height: int


class Unfit(Exception):
    """The file cannot be carried. `code` is the problem, `what` says what is wrong."""

    def __init__(self, code: str, what: str) -> None:
        """Keep code and reason."""
        self.code = code
        self.what = what
        super().__init__(what)


def inspect(data: bytes) -> Picture:
    """Return what a picture file is.

    Raises Unfit when it is broken, of another type, too large, or does more than show a picture.
    """
    if len(data) > MOST_BYTES:
        raise Unfit("image-size", f"it has {len(data):,} bytes, more than {MOST_BYTES:,}")
    if re.match(rb"\s*<", data.removeprefix(b"\xef\xbb\xbf")):
        return _svg(data)
    return _bitmap(data)


def _bitmap(data: bytes) -> Picture:
    # WeasyPrint tells Pillow to accept files that are cut off; here they are to be found.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        return _decoded(data)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _decoded(data: bytes) -> Picture:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            Image.open(BytesIO(data), formats=tuple(FORMATS)).verify()
            image = Image.open(BytesIO(data), formats=tuple(FORMATS))
        with image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                pixels = f"it has {width} × {height} pixels"
                raise Unfit("image-size", f"{pixels}, more than {MOST_PIXELS:,} in all")
            image.load()
            if image.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT:
                raise Unfit("image-sideways", "it is stored lying on its side")
            return Picture(FORMATS[str(image.format)], width, height)
    except UnidentifiedImageError:
        raise Unfit("image-type", "it is not a PNG, JPEG, GIF, WebP or SVG file") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError):
        raise Unfit("image-broken", "it cannot be decoded to its end") from None
    except Image.DecompressionBombError:
        raise Unfit("image-size", f"it has more than {MOST_PIXELS:,} pixels") from None


SVG = "{http://www.w3.org/2000/svg}"
LONGEST = 1000
"""Times that a drawing may be longer than wide: more is a line, of which no points can be made."""

MOST_SHAPES = 100_000
"""Elements that a drawing may draw, each use counted."""
FORBIDDEN = {"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler"}
"""Elements that do more than draw (SVG 2, sections 12 and 15)."""

ANIMATIONS = {"animate", "set", "animateTransform", "animateMotion"}
URL = re.compile(r"(?i)url\(\s*['\"]?\s*([^)]*)")
HIDING = re.compile(r"(?i)@import|\\")
"""What in a style could fetch something, or hide what does."""

EMBEDDED = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.I)
DATA = re.compile(r"data:[^,]*?(;base64)?,(.*)", re.I | re.DOTALL)
DRAWN = frozenset(
    f"{SVG}{name}"
    for name in (
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("text", "image", "use"),
    )
)
"""Elements that leave a mark (SVG 2, section 3.2)."""
KEPT = frozenset(
    f"{SVG}{name}"
    for name in ("defs", "symbol", "clipPath", "mask", "marker", "pattern", "title", "desc")
)
"""Elements whose content is drawn only where something else asks for it (SVG 2, section 5)."""
LENGTH = re.compile(r"(?i)\s*(\+?\d*\.?\d+(?:e[-+]?\d+)?)\s*(px|pt|pc|mm|cm|in|q|em|ex|rem|)\s*")
PIXELS = {
    **{"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4},
    **{"q": 96 / 101.6, "em": 16.0, "rem": 16.0, "ex": 8.0},
}
"""CSS pixels to a unit (CSS Values 4, section 6)."""


def _svg(data: bytes) -> Picture:
    if len(data) > MOST_BYTES_DRAWN:
        raise Unfit("image-size", f"it is a drawing of more than {MOST_BYTES_DRAWN:,} bytes")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        what = f"it is not well-formed XML (line {error.lineno})"
        raise Unfit("image-broken", what) from None
    if root.tag == "svg":
        raise Unfit("image-type", f'its <svg> element lacks xmlns="{SVG[1:-1]}"')
    if root.tag != f"{SVG}svg":
        raise Unfit("image-type", f"its root element is {root.tag}, not svg")
    _refuse_entities(root)
    for node in _nodes(root):
        _refuse_unsafe(node)
    _refuse_much_text(root)
    _refuse_repetition(root)
    _refuse_unfit_pictures(root)
    size = _svg_size(root)
    if not _draws(root):
        raise Unfit("image-empty", "it has nothing but an empty frame")
    return size


def _nodes(root: etree._Element) -> Iterator[etree._Element]:
    """Yield every node of a drawing, and those that stand before and after its root."""
    yield from root.itersiblings(preceding=True)
    yield from root.iter()
    yield from root.itersiblings()


def _refuse_much_text(root: etree._Element) -> None:
    """Refuse a drawing with more letters or rules of style than can be worked through in time."""
    if _length(root, "text") > MOST_LETTERS:
        raise Unfit("image-size", f"it sets more than {MOST_LETTERS:,} characters")
    if _length(root, "style") > MOST_STYLE:
        raise Unfit("image-size", f"its styles have more than {MOST_STYLE:,} characters")


def _length(root: etree._Element, name: str) -> int:
    return sum(len(str(part)) for one in root.iter(f"{SVG}{name}") for part in one.itertext())


def _draws(node: etree._Element) -> bool:
    """Tell whether a drawing has an element that leaves a mark."""
    return node.tag in DRAWN or any(_draws(part) for part in node if part.tag not in KEPT)


def letters(data: bytes) -> str:
    """Return the characters that a drawing sets; none if the file is not one."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return ""
    return "".join(str(part) for text in root.iter(f"{SVG}text") for part in text.itertext())


def _refuse_unfit_pictures(root: etree._Element) -> None:
    """Refuse a drawing that holds pictures which are broken, or too large together."""
    pixels = 0
    for node in root.iter(f"{SVG}image"):
        if match := DATA.fullmatch(_target(node)):
            held = _bitmap(_decoded_address(match))
            pixels += held.width * held.height
    if pixels > MOST_PIXELS:
        raise Unfit("image-size", f"its pictures have more than {MOST_PIXELS:,} pixels in all")


def _decoded_address(match: re.Match[str]) -> bytes:
    """Return the file that an address holds (RFC 2397)."""
    data = unquote_to_bytes(match[2])
    try:
        return base64.b64decode(data) if match[1] else data
    except binascii.Error:
        raise Unfit("image-broken", "a picture in it is not Base64") from None


def _refuse_repetition(root: etree._Element) -> None:
    """Refuse a drawing whose `use` elements draw themselves, or more than a page can take."""
    shapes = {node.get("id"): node for node in root.iter() if node.get("id")}
    counted: dict[etree._Element, int] = {}

    def count(node: etree._Element, inside: frozenset[etree._Element]) -> int:
        """Return how many elements are drawn for a node, with all that it uses."""
        if node in inside:
            raise Unfit("image-unsafe", "an element of it uses itself")
        if node not in counted:
            used = shapes.get(_used(node))
            parts = [*node, *([] if used is None else [used])]
            counted[node] = 1 + sum(count(part, inside | {node}) for part in parts)
        return min(counted[node], MOST_SHAPES + 1)

    try:
        drawn = count(root, frozenset())
    except RecursionError:
        raise Unfit("image-unsafe", "its elements are nested too deeply") from None
    if drawn > MOST_SHAPES:
        raise Unfit("image-unsafe", f"it draws more than {MOST_SHAPES:,} elements")


def _used(node: etree._Element) -> str | None:
    """Return the id of the element that a `use` element draws."""
    return _target(node).removeprefix("#") if node.tag == f"{SVG}use" else None


def _target(node: etree._Element) -> str:
    return (node.get("href") or node.get("{http://www.w3.org/1999/xlink}href") or "").strip()


def _refuse_entities(root: etree._Element) -> None:
    internal = root.getroottree().docinfo.internalDTD
    if internal is not None and list(cast(Any, internal).iterentities()):
        raise Unfit("image-unsafe", "it declares entities")


def _refuse_unsafe(node: etree._Element) -> None:
    if isinstance(node, etree._Comment):
        return
    if not isinstance(node.tag, str):
        raise Unfit("image-unsafe", "it has a processing instruction or an entity")
    name = etree.QName(node).localname
    if name in FORBIDDEN:
        raise Unfit("image-unsafe", f"it has an element <{name}>")
    if name in ANIMATIONS and "href" in node.get("attributeName", "").lower():
        raise Unfit("image-unsafe", "it has an animation of a link")
    if name == "style" and _refers_outside("".join(map(str, node.itertext()))):
        raise Unfit("image-unsafe", "its styles refer to something outside")
    for attribute, value in node.attrib.items():
        _refuse_unsafe_attribute(etree.QName(str(attribute)).localname, str(value))


def _refuse_unsafe_attribute(name: str, value: str) -> None:
    if name.lower().startswith("on"):
        raise Unfit("image-unsafe", f"it has an event attribute {name}")
    if name in {"href", "src"} and not EMBEDDED.match(value.strip()):
        raise Unfit("image-unsafe", f"it refers to {value.strip()[:60]}")
    if _refers_outside(value):
        raise Unfit("image-unsafe", f"its attribute {name} refers to something outside")


def _refers_outside(style: str) -> bool:
    targets = (match[1] for match in URL.finditer(style))
    return bool(HIDING.search(style)) or not all(map(EMBEDDED.match, targets))


def _svg_size(root: etree._Element) -> Picture:
    """Natural size as CSS Images 3, section 4, has it: own lengths, else the view box."""
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    box = [_pixels(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    if len(box) == 4 and box[2] and box[3]:
        if width and not height:
            height = width * box[3] / box[2]
        elif height and not width:
            width = height * box[2] / box[3]
        width, height = width or box[2], height or box[3]
    if not width or not height:
        raise Unfit("image-dimensions", "it has neither width and height nor a viewBox")
    if max(width, height) > LONGEST * min(width, height):
        raise Unfit("image-size", f"it is more than {LONGEST:,} times as long as it is wide")
    return Picture("image/svg+xml", max(1, round(width)), max(1, round(height)))


def _pixels(length: str | None) -> float | None:
    match = LENGTH.fullmatch(length or "")
    value = float(match[1]) * PIXELS[match[2].lower()] if match else 0
    return value if 0 < value < 1e6 else None
