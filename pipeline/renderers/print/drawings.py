"""SVG pictures as WeasyPrint can draw them: their styles in words that it knows."""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from lxml import etree

FONT = re.compile(rb"(?i)\bfont\s*[:=]|@font-face")
SIZE = re.compile(
    r"(?i)(?P<before>.*?)(?:^|\s)(?P<size>[\d.]+(?:[a-z]+|%))\s*"
    r"(?:/\s*\S+)?\s+(?P<family>\S.*)",
    re.DOTALL,
)
"""The shorthand of a font: its size, with what stands before, the families behind (CSS Fonts 4)."""
STYLES = frozenset(("italic", "oblique"))
WEIGHT = re.compile(r"bold|bolder|lighter|[1-9]\d{0,2}|1000")
SVG = "{http://www.w3.org/2000/svg}"


def plain(data: bytes) -> bytes:
    """Return an SVG file with fonts said in full and none of its own.

    WeasyPrint takes the first word of the shorthand for the size of the letters.
    """
    if not FONT.search(data):
        return data
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return data  # WeasyPrint says what is wrong with it.
    for element in root.iter(etree.Element):
        _spell_out(element)
    return etree.tostring(root)


def _spell_out(element: etree._Element) -> None:
    if element.tag == f"{SVG}style":
        element.text = _sheet("".join(map(str, element.itertext())))
        del element[:]
    if style := element.get("style"):
        element.set("style", _declarations(str(style)))
    if font := element.get("font"):
        del element.attrib["font"]
        for name, value in _longhands(str(font)):
            if element.get(name) is None:
                element.set(name, value)


def _sheet(text: str) -> str:
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return "\n".join(_rule(rule) for rule in rules if _is_kept(rule))


def _is_kept(rule: Any) -> bool:
    """Tell whether a rule is one and brings no font: those of the house are used."""
    return rule.type != "error" and getattr(rule, "lower_at_keyword", "") != "font-face"


def _rule(rule: Any) -> str:
    if rule.type != "qualified-rule":
        return str(rule.serialize())
    content = _declarations(tinycss2.serialize(rule.content))
    return f"{tinycss2.serialize(rule.prelude)}{{{content}}}"


def _declarations(text: str) -> str:
    found = tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
    return ";".join(part for one in found for part in _declaration(one))


def _declaration(one: Any) -> Iterator[str]:
    if one.type != "declaration" or one.lower_name != "font":
        if one.type != "error":
            yield one.serialize()
        return
    important = "!important" if one.important else ""
    for name, value in _longhands(tinycss2.serialize(one.value).strip()):
        yield f"{name}:{value}{important}"


def _longhands(font: str) -> Iterator[tuple[str, str]]:
    """Yield what the shorthand of a font says that WeasyPrint can follow."""
    if (match := SIZE.fullmatch(font.strip())) is None:
        return
    words = match["before"].lower().split()
    yield "font-style", next((word for word in words if word in STYLES), "normal")
    yield "font-weight", next((word for word in words if WEIGHT.fullmatch(word)), "normal")
    yield "font-size", match["size"]
    yield "font-family", match["family"].strip()
