"""Boxes on a page, in points from its lower left corner, and how they are moved."""

from collections.abc import Iterable
from dataclasses import dataclass

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, measured from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: "Box") -> float:
        """Return the area that two boxes share."""
        width = self.shared_width(other)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return width * height if width > 0 and height > 0 else 0.0

    def shared_width(self, other: "Box") -> float:
        """Return the width that two boxes share; below zero it is the gap between them."""
        return min(self.right, other.right) - max(self.left, other.left)

    @property
    def area(self) -> float:
        """The area in square points."""
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    def holds(self, other: "Box", slack: float) -> bool:
        """Tell whether the other box lies in this one, give or take `slack` points."""
        return (
            self.left - slack <= other.left
            and self.bottom - slack <= other.bottom
            and self.right + slack >= other.right
            and self.top + slack >= other.top
        )


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies `inner` and then `outer` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def moved(box: Box, matrix: Matrix) -> Box:
    """Return the box around a box that was moved, turned or scaled."""
    if matrix == IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = ((x, y) for x in (box.left, box.right) for y in (box.bottom, box.top))
    return around_points((a * x + c * y + e, b * x + d * y + f) for x, y in corners)


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes."""
    found = tuple(boxes)
    corners = ((box.left, box.bottom) for box in found)
    others = ((box.right, box.top) for box in found)
    return around_points((*corners, *others))


def around_points(points: Iterable[tuple[float, float]]) -> Box:
    """Return the box around points."""
    found = tuple(points) or ((0.0, 0.0),)
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return Box(min(xs), min(ys), max(xs), max(ys))


def common(boxes: list[Box]) -> Box:
    """Return what all boxes share."""
    return Box(
        max(box.left for box in boxes),
        max(box.bottom for box in boxes),
        min(box.right for box in boxes),
        min(box.top for box in boxes),
    )
