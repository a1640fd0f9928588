"""Contrast of colours, as WCAG 2.2 measures it. A colour is written `#rrggbb`."""

from collections.abc import Iterable, Iterator

TEXT = 4.5
"""The least contrast of running text and its ground (success criterion 1.4.3)."""
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
STEPS = 256


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def nearest(colour: str, grounds: Iterable[str], least: float = TEXT) -> str | None:
    """Return the colour, darkened or lightened no more than needed to be read on all grounds."""
    asked = tuple(grounds)
    found = (one for one in _shades(colour) if all(ratio(one, other) >= least for other in asked))
    return next(found, None)


def _shades(colour: str) -> Iterator[str]:
    """Yield mixtures with black and with white, the smallest change first."""
    for step in range(1, STEPS + 1):
        for end in (BLACK, WHITE):
            mixed = zip(_parts(colour), end, strict=True)
            yield "#" + "".join(f"{a + round((b - a) * step / STEPS):02x}" for a, b in mixed)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    """Return the relative luminance: 0 for black, 1 for white."""
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
