"""Pictures: their files, their size on the page, and what they say to those who cannot see."""

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image as Pillow

from pipeline import model as m
from pipeline.renderers.word import reference
from pipeline.renderers.word.package import OFFICE, Links, Part
from pipeline.renderers.word.svg import is_plain, rasterise
from pipeline.renderers.word.xml import Element, make, name
from pipeline.theme import Logo, Theme

EMU_PER_PIXEL = 9525
EMU_PER_TWIP = 635
EMU_PER_MILLIMETRE = 36000
DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
"""URI of the extension that marks a picture as decoration ([MS-ODRAWXML], section 2.2.6)."""
VECTOR = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""URI of the extension that carries the SVG beside its PNG ([MS-ODRAWXML], section 2.2.5)."""
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
SUFFIXES: Mapping[str, str] = {
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/gif": "gif",
    "image/svg+xml": "svg",
}


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture as Word takes it: the file it shows, and the SVG for programs that know SVG."""

    shown: Part
    vector: Part | None = None


class Pictures:
    """The pictures of one document. A file that is shown twice is stored once."""

    def __init__(
        self, images: Sequence[m.ImageFile], theme: Theme, beside: "Pictures | None" = None
    ) -> None:
        """Know the files that are shown. A picture leaves room on its page for its caption.

        Another document's pictures `beside` these are stored with them.
        """
        self._files = {image.file: image for image in images}
        self._theme = theme
        self._tallest = reference.height(theme) * EMU_PER_TWIP * 4 // 5
        self._media: dict[str, Medium] = {} if beside is None else beside._media
        self._drawn = 0

    @property
    def parts(self) -> list[Part]:
        """The media parts of all pictures drawn so far."""
        media = self._media.values()
        return [part for one in media for part in (one.shown, one.vector) if part]

    def drawing(self, links: Links, image: m.Image, width: int) -> Element:
        """Return the picture in line with the text, at most `width` twips wide (20.4.2.8)."""
        file = self._files[image.file]
        extent = _extent(file, image.width, width * EMU_PER_TWIP, self._tallest)
        return self._inline(links, file, image, extent)

    def logo(self, links: Links, file: m.ImageFile, logo: Logo) -> Element:
        """Return the logo of the house at the height that the house gives it."""
        height = round(logo.height * EMU_PER_MILLIMETRE)
        extent = (round(height * file.width / file.height), height)
        shown = m.Image(file=file.file, alt=logo.alt, line=1, column=1)
        return self._inline(links, file, shown, extent)

    def _inline(
        self, links: Links, file: m.ImageFile, image: m.Image, extent: tuple[int, int]
    ) -> Element:
        self._drawn += 1
        title = f"Picture {self._drawn}"
        properties = make("wp:docPr", id=self._drawn, name=title, descr=image.alt)
        if image.title:
            properties.set("title", image.title)
        if not image.alt:
            properties.append(_extension(DECORATIVE, make("adec:decorative", val=1)))
        frame = make("wp:cNvGraphicFramePr", make("a:graphicFrameLocks", noChangeAspect=1))
        size = make("wp:extent", cx=extent[0], cy=extent[1])
        graphic = self._graphic(links, file, title, extent)
        inline = make(
            "wp:inline", size, properties, frame, graphic, distT=0, distB=0, distL=0, distR=0
        )
        return make("w:drawing", inline)

    def _graphic(
        self, links: Links, file: m.ImageFile, title: str, extent: tuple[int, int]
    ) -> Element:
        transform = make(
            "a:xfrm", make("a:off", x=0, y=0), make("a:ext", cx=extent[0], cy=extent[1])
        )
        picture = make(
            "pic:pic",
            make(
                "pic:nvPicPr", make("pic:cNvPr", id=self._drawn, name=title), make("pic:cNvPicPr")
            ),
            make("pic:blipFill", self._blip(links, file), make("a:stretch", make("a:fillRect"))),
            make("pic:spPr", transform, make("a:prstGeom", make("a:avLst"), prst="rect")),
        )
        return make("a:graphic", make("a:graphicData", picture, uri=PICTURE))

    def _blip(self, links: Links, file: m.ImageFile) -> Element:
        medium = self._medium(file)
        blip = make("a:blip")
        blip.set(name("r:embed"), links.to(medium.shown))
        if medium.vector:
            vector = make("asvg:svgBlip")
            vector.set(name("r:embed"), links.to(medium.vector))
            blip.append(_extension(VECTOR, vector))
        return blip

    def _medium(self, file: m.ImageFile) -> Medium:
        if file.sha256 not in self._media:
            self._media[file.sha256] = _medium(
                file, self._theme, f"word/media/image{len(self._media) + 1}"
            )
        return self._media[file.sha256]


def _medium(file: m.ImageFile, theme: Theme, stem: str) -> Medium:
    data = base64.b64decode(file.data)
    match file.media_type:
        case "image/svg+xml":
            shown = _part(stem, "image/png", rasterise(data, file.width, file.height, theme))
            return Medium(shown, _part(stem, file.media_type, data) if is_plain(data) else None)
        case "image/webp":
            return Medium(_part(stem, "image/png", _as_png(data)))
        case _:
            return Medium(_part(stem, file.media_type, data))


def _part(stem: str, media_type: str, data: bytes) -> Part:
    return Part(f"{stem}.{SUFFIXES[media_type]}", f"{OFFICE}image", media_type, data)


def _as_png(data: bytes) -> bytes:
    stream = io.BytesIO()
    with Pillow.open(io.BytesIO(data)) as picture:
        picture.save(stream, "PNG")
    return stream.getvalue()


def _extension(uri: str, content: Element) -> Element:
    return make("a:extLst", make("a:ext", content, uri=uri))


def _extent(file: m.ImageFile, share: int | None, widest: int, tallest: int) -> tuple[int, int]:
    """Return width and height in EMU: the share of the measure, or the natural size."""
    wanted = widest * share / 100 if share else file.width * EMU_PER_PIXEL
    width = min(wanted, widest, tallest * file.width / file.height)
    return round(width), round(width * file.height / file.width)
