"""The markers of ordered lists."""

from pipeline import model as m

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def marker(block: m.OrderedList, index: int) -> str:
    """Return what stands before an item, with the spaces behind it, four characters or more."""
    numeral = _numeral(block.style, block.start + index)
    match block.delimiter:
        case "period":
            mark = f"{numeral}. "
        case "one-paren":
            mark = f"{numeral}) "
        case "two-parens":
            mark = f"({numeral}) "
    return mark.ljust(4)


def _numeral(style: str, number: int) -> str:
    if style == "decimal" or number < 1:
        return str(number)
    lower = _roman(number) if style.endswith("roman") else _letter(number)
    return lower.upper() if style.startswith("upper") else lower


def _letter(number: int) -> str:
    """Return a letter; the alphabet does not go on behind z, as in Markdown."""
    return chr(ord("a") + min(number, 26) - 1)


def _roman(number: int) -> str:
    made = ""
    for value, sign in ROMAN:
        made += sign * (number // value)
        number %= value
    return made
