"""Pictures of pages: taken small, compared with approved ones, and the difference made visible."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.matrix import PROJECT

APPROVED = PROJECT / "tests/pictures"
DPI = 60
COLOURS = 32
RED = (214, 0, 28)
GAP = 12


@dataclass(frozen=True)
class Tolerance:
    """What is no difference: a move within `reach` pixels, a `shade` of 255, so many `pixels`."""

    reach: int
    shade: int
    pixels: int


SAME_PROGRAM = Tolerance(reach=0, shade=24, pixels=60)
"""For what one program draws alike on every machine: a line that moves by a point is seen."""

OTHER_VERSION = Tolerance(reach=1, shade=32, pixels=150)
"""For what Chromium and LibreOffice draw: their edges differ by version, a margin does not."""


def of_pdf(file: Path) -> list[Image.Image]:
    """Return a picture of each page of a PDF."""
    with pypdfium2.PdfDocument(file) as document:
        return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]


def named(name: str, pages: list[Image.Image]) -> dict[str, Image.Image]:
    """Return the pictures of a document by name and number."""
    return {f"{name}-{number}": page for number, page in enumerate(pages, start=1)}


def difference(now: Image.Image, approved: Image.Image, tolerance: Tolerance) -> Image.Image:
    """Return a mask that is white where the pictures differ.

    Each pixel is the mean of its neighbourhood first, so that a step at an edge counts little and a
    moved edge counts much. It differs when it is lighter or darker than all pixels within reach.
    """
    size = (max(now.width, approved.width), max(now.height, approved.height))
    one, other = (_blurred(_laid_on(picture, size)) for picture in (now, approved))
    outside = ImageChops.lighter(
        _outside(one, other, tolerance.reach), _outside(other, one, tolerance.reach)
    )
    red, green, blue = outside.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return strongest.point([255 if shade > tolerance.shade else 0 for shade in range(256)])


def pixels(mask: Image.Image) -> int:
    """Return how many pixels of a mask are white."""
    return mask.histogram()[255]


def shown(now: Image.Image, approved: Image.Image, mask: Image.Image) -> Image.Image:
    """Return the approved picture, the new one, and a pale one with the differences in red."""
    pale = Image.blend(_laid_on(now, mask.size), Image.new("RGB", mask.size, "white"), 0.7)
    pale.paste(RED, mask=mask.filter(ImageFilter.MaxFilter(3)))
    panels = (approved, now, pale)
    sheet = Image.new("RGB", (sum(p.width + GAP for p in panels) - GAP, mask.height), "#888888")
    left = 0
    for panel in panels:
        sheet.paste(panel, (left, 0))
        left += panel.width + GAP
    return sheet


def compare(
    group: str,
    taken: Mapping[str, Image.Image],
    results: Path,
    tolerance: Tolerance,
    approved: Path = APPROVED,
) -> list[str]:
    """Write the new pictures of a group below `results`, and say how they differ from the old."""
    for kind in ("now", "different"):
        shutil.rmtree(results / kind / group, ignore_errors=True)
    few = {name: _reduced(picture) for name, picture in taken.items()}
    for name, picture in few.items():
        _save(picture, results / "now" / group / f"{name}.png")
    return list(_told(group, few, results, tolerance, approved))


def must_be_approved(
    group: str, taken: Mapping[str, Image.Image], results: Path, tolerance: Tolerance
) -> None:
    """Fail a test with one line for each picture that is not as approved."""
    told = compare(group, taken, results, tolerance)
    if told:
        advice = "when you have looked and it is right, `make accept` approves"
        pytest.fail("\n".join([*told, advice]), pytrace=False)


def _told(
    group: str,
    taken: Mapping[str, Image.Image],
    results: Path,
    tolerance: Tolerance,
    approved: Path,
) -> Iterator[str]:
    known = {file.stem: file for file in (approved / group).glob("*.png")}
    for name in sorted(known.keys() - taken.keys()):
        yield f"{group}/{name} is gone; it was {known[name]}"
    for name, picture in taken.items():
        now = results / "now" / group / f"{name}.png"
        if name not in known:
            yield f"{group}/{name} is new, look at {now}"
            continue
        before = Image.open(known[name]).convert("RGB")
        after = picture.convert("RGB")
        mask = difference(after, before, tolerance)
        if pixels(mask) > tolerance.pixels or picture.size != before.size:
            sheet = results / "different" / group / f"{name}.png"
            _save(_reduced(shown(after, before, mask)), sheet)
            yield f"{group}/{name} differs in {pixels(mask)} pixels, look at {sheet}"


def _reduced(picture: Image.Image) -> Image.Image:
    return picture.quantize(COLOURS, dither=Image.Dither.NONE)


def _save(picture: Image.Image, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.save(file, "PNG", optimize=True)


def _laid_on(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    sheet = Image.new("RGB", size, "white")
    sheet.paste(picture, (0, 0))
    return sheet


def _blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.BoxBlur(1))


def _outside(one: Image.Image, other: Image.Image, reach: int) -> Image.Image:
    """Return by how much each pixel is lighter or darker than all near it in the other picture."""
    window = 2 * reach + 1
    lightest = other.filter(ImageFilter.MaxFilter(window)) if reach else other
    darkest = other.filter(ImageFilter.MinFilter(window)) if reach else other
    return ImageChops.add(ImageChops.subtract(one, lightest), ImageChops.subtract(darkest, one))
