"""Where links and bookmarks of a PDF lead: to a point, and to an element (ISO 32000-2, 12.3.2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf

from pipeline.verify.pdf_drawn import Page
from pipeline.verify.pdf_geometry import Box
from pipeline.verify.pdf_tags import Element, Reference, contents, elements


@dataclass(frozen=True, slots=True)
class Destination:
    """A point on a page, from its lower left corner, in points; None where it is not said."""

    page: int
    left: float | None
    top: float | None


@dataclass(frozen=True, slots=True)
class Action:
    """What a link does: open an address, go to a place in the file, or nothing that is known."""

    uri: str = ""
    places: tuple[Destination | None, ...] = (None,)
    """The point on a page, and where the element begins that is named beside it."""
    says: str = ""
    """The description for assistive technology (ISO 14289-1, 7.18.5)."""


class Destinations:
    """Turns what links and bookmarks say into places."""

    def __init__(self, pdf: pikepdf.Pdf, tags: Element, pages: Sequence[Page]) -> None:
        """Read the pages, the elements and the named destinations of a file."""
        self._elements = {element.reference: element for element in elements(tags)}
        self._first = {
            (page.number, one.mcid): one.box
            for page in pages
            for one in reversed(page.drawn)
            if one.shows
        }
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        self._named = dict(_names(names)) if names is not None else {}
        for key, value in dict(pdf.Root.get("/Dests", {})).items():
            self._named[str(key)[1:]] = value

    def places(self, target: object) -> tuple[Destination | None, ...]:
        """Return all places that a destination means: explicit, named, or that of an action."""
        for _ in range(3):
            if isinstance(target, pikepdf.String | pikepdf.Name):
                name = str(target)
                target = self._named.get(name[1:] if name.startswith("/") else name)
            elif isinstance(target, pikepdf.Dictionary):
                places = self.places(target.get("/D"))
                return (*places, self._begin(target.SD)) if "/SD" in target else places
        if not isinstance(target, pikepdf.Array) or len(target) < 2:
            return (None,)
        page = self._pages.get(target[0].objgen, 0)
        left, top = _point(target)
        return (Destination(page, left, top) if page else None,)

    def _begin(self, target: object) -> Destination | None:
        """Return where the element that is named begins to show (ISO 32000-2, 12.3.2.3)."""
        if not isinstance(target, pikepdf.Array) or len(target) < 2:
            return None
        element = self._elements.get(target[0].objgen)
        for content in contents(element) if element else ():
            box = self._first.get((content.page, content.mcid))
            if box:
                return Destination(content.page, box.left, box.top)
        return None


def _point(target: pikepdf.Array) -> tuple[float | None, float | None]:
    numbers = [*map(_number, target[2:]), None, None]
    match str(target[1]):
        case "/XYZ":
            return numbers[0], numbers[1]
        case "/FitH" | "/FitBH":
            return None, numbers[0]
        case _:
            return None, None


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]  # pikepdf has several types of numbers.
    except (TypeError, ValueError):
        return None


def _names(node: pikepdf.Object, depth: int = 0) -> Iterator[tuple[str, object]]:
    """Yield the entries of a name tree (ISO 32000-1, 7.9.6)."""
    names = list(node.get("/Names", []))
    for key, value in zip(names[::2], names[1::2], strict=False):
        yield str(key), value
    if depth < DEEPEST:
        for kid in node.get("/Kids", []):
            yield from _names(kid, depth + 1)


DEEPEST = 32
"""Levels of a name tree or an outline after which a file is taken to be broken."""


def read_actions(pdf: pikepdf.Pdf, destinations: Destinations) -> Mapping[Reference, Action]:
    """Return what every link annotation of the file does."""
    found: dict[Reference, Action] = {}
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if annotation.get("/Subtype") == "/Link":
                found[annotation.objgen] = _action(annotation, destinations)
    return found


def _action(annotation: pikepdf.Object, destinations: Destinations) -> Action:
    says = str(annotation.get("/Contents", ""))
    action = annotation.get("/A")
    if action is None:
        return Action(places=destinations.places(annotation.get("/Dest")), says=says)
    if action.get("/S") == "/URI":
        return Action(uri=str(action.get("/URI", "")), says=says)
    if action.get("/S") == "/GoTo":
        return Action(places=destinations.places(action), says=says)
    return Action(says=says)


def distance(place: Destination, box: Box) -> float:
    """Return how far a thing is from a point for a reader who looks right and down from there.

    What reaches above the point counts as further than what lies below it; what ends more than a
    line above it cannot be meant. Across, more than a few points count as much as a few.
    """
    if place.top is None:
        return -box.top
    if box.bottom > place.top + LINE:
        return FAR
    left = place.left if place.left is not None else box.left
    above = max(0.0, box.top - place.top)
    across = min(12.0, 4 * max(0.0, abs(box.left - left) - 1.5))
    return abs(place.top - box.top) + 3 * above + across


LINE = 8.0
"""Points above a destination at which a thing may still be what it leads to."""
FAR = 1e9
