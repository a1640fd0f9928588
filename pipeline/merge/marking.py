"""Invisible numbers at the beginning of texts: which paragraph of a Word file is which text."""

from pipeline import model as m

START, END = "\ue0f0", "\ue0f1"
"""Of private use (Unicode, section 23.5): no brief has them, as no font does."""
DIGITS = "\ue0e0\ue0e1\ue0e2\ue0e3\ue0e4\ue0e5\ue0e6\ue0e7\ue0e8\ue0e9"


def marker(number: int) -> m.Text:
    """Return the marker of a text."""
    digits = "".join(DIGITS[int(one)] for one in str(number))
    return m.Text(text=f"{START}{digits}{END}")


def value_of(character: str) -> int | None:
    """Return the figure that a character of a marker stands for."""
    found = DIGITS.find(character)
    return found if found >= 0 else None
