"""Numbers as letters and as Roman numerals."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def letters(number: int) -> str:
    """Count a, b, … z, aa, ab, … as the web and print do (CSS Counter Styles 3, section 6.1.2)."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text or "0"


def repeated_letters(number: int) -> str:
    """Count a, b, … z, aa, bb, … as Word does (ECMA-376, part 1, 17.18.59)."""
    if number < 1:
        return "0"
    turn, rest = divmod(number - 1, 26)
    return chr(ord("a") + rest) * (turn + 1)


def roman(number: int) -> str:
    """Return a number in lower-case Roman numerals."""
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text or "0"
