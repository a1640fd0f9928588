"""Numbers of list items, for outputs that write them down themselves."""

import string
from typing import Literal

Style = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
DELIMITERS = {"period": "{}.", "one-paren": "{})", "two-parens": "({})"}
"""What stands around the number of a list item."""


def numeral(number: int, style: Style) -> str:
    """Return a number as the style writes it; zero has neither a letter nor a Roman numeral."""
    if style == "decimal" or number < 1:
        return str(number)
    text = _letters(number) if style.endswith("alpha") else _roman(number)
    return text.upper() if style.startswith("upper") else text


def _letters(number: int) -> str:
    """Return a to z, then aa, ab and so on."""
    text = ""
    while number:
        number, rest = divmod(number - 1, len(string.ascii_lowercase))
        text = string.ascii_lowercase[rest] + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text
