"""Elements of WordprocessingML and its neighbours, each made by one call."""

import re
from collections.abc import Iterable
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold (section 2.2, production Char)."""


class IllegalCharacterError(ValueError):
    """A text holds a character that no XML document can hold."""

    def __init__(self, character: str) -> None:
        """Keep the character for the message."""
        self.character = f"U+{ord(character):04X}"
        super().__init__(self.character)


def legal(text: str) -> str:
    """Return the text, or raise IllegalCharacterError."""
    if found := ILLEGAL.search(text):
        raise IllegalCharacterError(found.group())
    return text


def name(qualified: str) -> str:
    """Return `w:val` in the notation of lxml."""
    prefix, local = qualified.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def make(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Return the element `tag`, such as `a:blip`, with attributes that have no namespace."""
    element = etree.Element(name(tag), nsmap=NAMESPACES)
    for key, value in attributes.items():
        element.set(key, legal(str(value)))
    element.extend(children)
    return element


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Return the element `w:tag`, whose attributes are of the same namespace."""
    element = etree.Element(name(f"w:{tag}"), nsmap=NAMESPACES)
    for key, value in attributes.items():
        element.set(name(f"w:{key}"), legal(str(value)))
    element.extend(children)
    return element


def text(content: str, tag: str = "t") -> Element:
    """Return `w:t`, or another element with text, whose spaces are kept."""
    element = w(tag)
    element.text = legal(content)
    element.set(SPACE, "preserve")
    return element


def paragraph(style: str, content: Iterable[Element], *properties: Element) -> Element:
    """Return a paragraph in a style; `properties` are those a style cannot carry (17.3.1.26)."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


def serialise(root: Element) -> bytes:
    """Return the element as a part of the package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
