"""Elements of JATS, each made by one call, and names that XML allows."""

import re
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
Content: TypeAlias = "Element | str | None"

XLINK = "http://www.w3.org/1999/xlink"
LICENCES = "http://www.niso.org/schemas/ali/1.0/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACES = {"xlink": XLINK, "ali": LICENCES}
LINE_BREAK = "line-break"
"""The instruction that stands for a line break, for which running text has no element."""
_NO_NAME = re.compile(r"[^\w.\-]|_|\.", re.ASCII)
_NO_START = re.compile(r"[^A-Za-z_]")


def make(tag: str, *content: Content, **attributes: str | int | None) -> Element:
    """Return an element. Of attributes, `_` stands for `-`, and those that are empty are left out.

    `lang` is `xml:lang`, `href` and `tip` are those of XLink.
    """
    element = etree.Element(tag, nsmap=NAMESPACES if tag == "article" else None)
    for key, value in attributes.items():
        if value not in (None, ""):
            element.set(_attribute(key), str(value))
    add(element, *content)
    return element


def _attribute(key: str) -> str:
    known = {"lang": LANG, "href": f"{{{XLINK}}}href", "tip": f"{{{XLINK}}}title"}
    return known.get(key, key.strip("_").replace("_", "-"))


def add(element: Element, *content: Content) -> None:
    """Put text and elements behind what an element holds."""
    for part in content:
        if part is None:
            continue
        if not isinstance(part, str):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text = (element.text or "") + part


def line_break() -> Element:
    """Return what stands for a line break."""
    return etree.ProcessingInstruction(LINE_BREAK)


def name_of(anchor: str) -> str:
    """Return an anchor as a name (Namespaces in XML 1.0, NCName), no two anchors the same one.

    A colon, which our own anchors have, becomes a point; what no name may hold becomes its number.
    """
    name = "".join(_letter(character) for character in anchor)
    return f"_{name}" if _NO_START.match(name) or anchor.startswith("_") else name


def _letter(character: str) -> str:
    if character == ":":
        return "."
    return f"_{ord(character):x}_" if _NO_NAME.match(character) else character


def before(element: Element, content: Element) -> None:
    """Put an element before all that another one holds."""
    content.tail, element.text = element.text, None
    element.insert(0, content)
