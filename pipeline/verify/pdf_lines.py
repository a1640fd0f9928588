"""From drawn runs to lines: where a printed line ends, and what cannot be read on the page."""

import unicodedata
from collections.abc import Iterator, Sequence

from pipeline.verify.found import Fault
from pipeline.verify.pdf_drawn import IMAGE, PATH, TEXT, Drawn, Page

SLACK = 1.0
"""Points by which ink may stand out of its box: accents, swashes, rounding."""
OVERLAP = 0.3
"""Share of a run that another may cover; more is text printed over text."""
OVERHANG = 2.0
"""Points by which a slanted letter may lean over its neighbour."""
BACK = 0.5
"""Share of its height by which a run that follows a raised mark may seem to begin too far back: the
mark stands on the letter before it, and the way back from there is measured with the run."""
COVERED = 0.6
"""Share of a run that must be covered for it to be hidden."""
OPAQUE = 200
"""Opacity, of 255, from which on nothing shines through."""
SMALLEST = 1.5
"""Height in points under which letters and digits cannot be read."""
CONTRAST = 1.25
"""Contrast (WCAG 2.2) under which characters cannot be told from their ground."""


def breaks_line(before: Drawn, after: Drawn, turned: bool = False) -> bool:
    """Tell whether a run begins a new line: it goes back to the start, or stands wholly below.

    The start of a line is at the left, or at the right where lines are `turned`.
    """
    if turned:
        goes_back = after.box.right > before.box.left + SLACK
    else:
        goes_back = after.box.left < before.box.right - SLACK
    return goes_back or after.box.top < before.box.bottom


def page_faults(page: Page) -> Iterator[Fault]:
    """Yield every run of a page that is cut, hidden, or printed over another."""
    runs = [drawn for drawn in page.drawn if drawn.is_text and not _is_mark(drawn)]
    shapes = [drawn for drawn in page.drawn if drawn.kind != TEXT]
    where = f"on page {page.number}"
    for run in runs:
        what = f"“{run.shown.strip()}”"
        if not page.box.holds(run.box, SLACK):
            yield Fault("verify-cut", f"{what} does not stand on its page as a whole", where)
        elif run.clip is not None and not run.clip.holds(run.box, SLACK):
            yield Fault("verify-cut", f"{what} is cut off", where)
        if not run.seen or _is_tiny(run) or _is_covered(run, shapes) or _fades(run, shapes):
            yield Fault("verify-hidden", what, where)
    yield from _overlaps(page, runs)


def _is_mark(run: Drawn) -> bool:
    """Tell whether a run is only marks on the letters of another, which it stands on."""
    return all(map(unicodedata.combining, run.shown.strip()))


def _is_tiny(run: Drawn) -> bool:
    return run.height < SMALLEST and any(map(str.isalnum, run.shown))


def _is_covered(run: Drawn, shapes: Sequence[Drawn]) -> bool:
    """Tell whether something opaque was drawn over the run later."""
    return any(
        shape.box.overlap(run.box) > COVERED * run.box.area
        for shape in shapes
        if shape.order > run.order and shape.fills and shape.colour[3] > OPAQUE
    )


def _fades(run: Drawn, shapes: Sequence[Drawn]) -> bool:
    """Tell whether the run has the colour of what lies under it, as far as that is one colour."""
    ground: tuple[int, int, int, int] | None = (255, 255, 255, 255)
    for shape in shapes:
        if shape.order > run.order:
            break
        if shape.kind not in (PATH, IMAGE) or not shape.box.holds(run.box, SLACK):
            continue
        if shape.kind == IMAGE:
            ground = None
        elif shape.fills and shape.colour[3] > OPAQUE:
            ground = shape.colour
    return ground is not None and contrast(run.colour, ground) < CONTRAST


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Sequence[int]) -> float:
    linear = [
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in colour[:3]
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _reaches_up(run: Drawn, above: Drawn) -> bool:
    """Tell whether a run only reaches up into the line above with marks stacked on a letter."""
    marks = "".join(
        "^" if unicodedata.combining(char) else "x"
        for char in unicodedata.normalize("NFD", run.shown)
    )
    return "^^" in marks and run.box.top - above.box.bottom < run.height / 2


def _overlaps(page: Page, runs: Sequence[Drawn]) -> Iterator[Fault]:
    """Yield runs that are printed over others. Runs are swept from the top of the page down."""
    marks = {drawn.order for drawn in page.drawn if drawn.is_text and _is_mark(drawn)}
    open_runs: list[Drawn] = []
    for run in sorted(runs, key=lambda one: -one.box.top):
        open_runs = [one for one in open_runs if one.box.bottom < run.box.top]
        for other in open_runs:
            smaller = min(run.box.area, other.box.area)
            first, last = sorted((run.order, other.order))
            slack = (
                BACK * max(run.height, other.height)
                if marks.intersection(range(first, last))
                else OVERHANG
            )
            leans = run.box.shared_width(other.box) <= slack or _reaches_up(run, other)
            if not leans and run.box.overlap(other.box) > OVERLAP * smaller:
                what = f"“{run.shown.strip()}” and “{other.shown.strip()}”"
                yield Fault("verify-overlap", what, f"on page {page.number}")
        open_runs.append(run)
