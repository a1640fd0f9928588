"""What the pages of a PDF really show: each run of characters, where, and whether it is seen.

Read with pdfium from the page's own drawing operators. What the tags claim is read elsewhere.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from pipeline.verify.found import Sample
from pipeline.verify.pdf_geometry import (
    IDENTITY,
    Box,
    Matrix,
    around_points,
    common,
    moved,
    times,
)
from pipeline.verify.samples import of_object

TEXT: int = pdfium.FPDF_PAGEOBJ_TEXT
PATH: int = pdfium.FPDF_PAGEOBJ_PATH
IMAGE: int = pdfium.FPDF_PAGEOBJ_IMAGE
INVISIBLE = frozenset((pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP))


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing that is drawn: a run of text, a path or a picture.

    `text` is what it reads and `shown` the characters of its own glyphs: where a line runs from
    right to left its first run reads it all. `mcid` ties it to the tags (-1 for none), `artifact`
    says that it belongs to the page and not to its text. `clip` is what it is cut to. `seen` is
    False where its own paint leaves nothing to see, `fills` is True where it hides what lies under
    it. A picture has a sample of its pixels.
    """

    kind: int
    order: int
    mcid: int
    artifact: bool
    box: Box
    text: str
    clip: Box | None
    seen: bool
    colour: tuple[int, int, int, int]
    fills: bool
    sample: Sample = ()
    shown: str = ""

    @property
    def is_run(self) -> bool:
        """Whether it is a run of characters, be they only spaces."""
        return self.kind == TEXT

    @property
    def height(self) -> float:
        """The height of its ink in points."""
        return self.box.top - self.box.bottom

    @property
    def is_text(self) -> bool:
        """Whether it is characters with ink."""
        return self.is_run and bool(self.shown.strip())

    @property
    def shows(self) -> bool:
        """Whether a reader sees something here: characters, or part of a picture."""
        return self.is_text or not self.is_run


@dataclass(frozen=True, slots=True)
class Page:
    """A page as drawn: its visible box and, in drawing order, all that stands on it."""

    number: int
    box: Box
    drawn: tuple[Drawn, ...]


def read_page(document: ctypes.c_void_p, index: int) -> Page:
    """Return what page `index`, from 0, shows."""
    page = pdfium.FPDF_LoadPage(document, index)
    try:
        reader = _Reader()
        count, get = pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject
        for position in range(count):
            reader.read(get(page, position), IDENTITY, -1, False)
        return Page(index + 1, _page_box(page), tuple(reader.drawn))
    finally:
        pdfium.FPDF_ClosePage(page)


def _page_box(page: ctypes.c_void_p) -> Box:
    """The part of the page that is shown: crop box, else media box (ISO 32000-1, 14.11.2)."""
    corners = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPage_GetCropBox(page, *corners):
        pdfium.FPDFPage_GetMediaBox(page, *corners)
    left, bottom, right, top = (corner.value for corner in corners)
    return Box(left, bottom, right, top)


class _Reader:
    """Reads page objects one after another; keeps the buffers that pdfium writes into."""

    def __init__(self) -> None:
        self.drawn: list[Drawn] = []
        self._corners = tuple(ctypes.c_float() for _ in range(4))
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._length = ctypes.c_ulong()
        self._mode, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._buffer = (ctypes.c_ushort * 256)()

    def read(self, thing: ctypes.c_void_p, matrix: Matrix, mcid: int, artifact: bool) -> None:
        """Add an object, or the objects in it if it is a form, as it stands on the page."""
        own = pdfium.FPDFPageObj_GetMarkedContentID(thing)
        mcid = own if own >= 0 else mcid
        artifact = artifact or (own < 0 and self._is_artifact(thing))
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = times(self._matrix(thing), matrix)
            for position in range(pdfium.FPDFFormObj_CountObjects(thing)):
                self.read(pdfium.FPDFFormObj_GetObject(thing, position), inner, mcid, artifact)
            return
        self.drawn.append(self._drawn(thing, kind, matrix, mcid, artifact))

    def _drawn(
        self, thing: ctypes.c_void_p, kind: int, matrix: Matrix, mcid: int, artifact: bool
    ) -> Drawn:
        pdfium.FPDFPageObj_GetBounds(thing, *self._corners)
        left, bottom, right, top = (corner.value for corner in self._corners)
        box = moved(Box(left, bottom, right, top), matrix)
        clip = self._clip(thing, matrix)
        is_text = kind == TEXT
        pdfium.FPDFPageObj_GetFillColor(thing, *self._colour)
        red, green, blue, alpha = (part.value for part in self._colour)
        seen = not is_text or (
            alpha > 0 and pdfium.FPDFTextObj_GetTextRenderMode(thing) not in INVISIBLE
        )
        return Drawn(
            kind=kind,
            order=len(self.drawn),
            mcid=mcid,
            artifact=artifact,
            box=box if is_text or clip is None else common([box, clip]),
            text="",
            clip=clip,
            seen=seen,
            colour=(red, green, blue, alpha),
            fills=kind == IMAGE or (kind == PATH and self._is_filled(thing)),
            sample=of_object(thing) if kind == IMAGE else (),
        )

    def _is_filled(self, path: ctypes.c_void_p) -> bool:
        pdfium.FPDFPath_GetDrawMode(path, self._mode, self._stroke)
        return bool(self._mode.value != pdfium.FPDF_FILLMODE_NONE)

    def _is_artifact(self, thing: ctypes.c_void_p) -> bool:
        """Whether a mark says so (ISO 32000-1, 14.8.2.2)."""
        for position in range(pdfium.FPDFPageObj_CountMarks(thing)):
            mark = pdfium.FPDFPageObj_GetMark(thing, position)
            pdfium.FPDFPageObjMark_GetName(mark, self._buffer, len(self._buffer), self._length)
            size = min(ctypes.sizeof(self._buffer), self._length.value)
            name = ctypes.string_at(self._buffer, max(0, size - 2))
            if name.decode("utf-16-le", "replace") == "Artifact":
                return True
        return False

    def _matrix(self, thing: ctypes.c_void_p) -> Matrix:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(thing, matrix)
        return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _clip(self, thing: ctypes.c_void_p, matrix: Matrix) -> Box | None:
        """The box that the object is cut to, on the page."""
        path = pdfium.FPDFPageObj_GetClipPath(thing)
        count = pdfium.FPDFClipPath_CountPaths(path) if path else 0
        if count <= 0:
            return None
        boxes = [around_points(self._points(path, position)) for position in range(count)]
        return moved(common(boxes), matrix)

    def _points(self, path: ctypes.c_void_p, position: int) -> Iterator[tuple[float, float]]:
        x, y = self._corners[:2]
        for number in range(pdfium.FPDFClipPath_CountPathSegments(path, position)):
            segment = pdfium.FPDFClipPath_GetPathSegment(path, position, number)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            yield x.value, y.value
