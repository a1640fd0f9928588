"""What the elements of a page say about themselves."""

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from pipeline.verify.found import clean, normal
from pipeline.verify.numerals import letters, roman

INTERFACE = "data-interface"
"""The attribute of elements whose words are the house's and not the brief's."""
NUMERALS: Mapping[str, Callable[[int], str]] = {"1": str, "a": letters, "i": roman}
DELIMITERS = {"period": "{}.", "one-paren": "{})", "two-parens": "({})"}


def classes(element: Element) -> list[str]:
    """Return the classes of an element."""
    return element.get("class", "").split()


def is_hidden(element: Element) -> bool:
    """Tell whether an element says of itself that it is not shown, or not read aloud."""
    style = element.get("style", "").replace(" ", "").lower()
    return (
        element.get("hidden") is not None
        or element.get("inert") is not None
        or element.get("aria-hidden") == "true"
        or any(rule in style for rule in ("display:none", "visibility:hidden", "font-size:0"))
    )


def all_text(element: Element) -> str:
    """Return all characters in an element."""
    return normal(clean("".join(element.itertext())))


def label(element: Element, at: int) -> str:
    """Return the label that a browser draws before an item of a list."""
    if element.tag == "ul":
        return "•"
    kind = element.get("type", "1")
    text = NUMERALS.get(kind.lower(), str)(at)
    form = next((DELIMITERS[name] for name in classes(element) if name in DELIMITERS), "{}.")
    return form.format(text.upper() if kind.isupper() else text)


def rows(element: Element) -> Iterator[Element]:
    """Yield the rows of a table in the order of its parts."""
    for child in element:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from rows(child)


def number(value: str | None, default: int) -> int:
    """Return the number that an attribute gives, or the default."""
    return int(value) if value and value.lstrip("-").isdigit() else default


def span(cell: Element, name: str) -> int:
    """Return how many rows or columns a cell spans."""
    return max(1, number(cell.get(name), 1))


def only_text(text: str) -> Element:
    """Return a paragraph of a text."""
    element = Element("p")
    element.text = text
    return element
