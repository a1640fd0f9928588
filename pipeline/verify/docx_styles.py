"""Styles of a DOCX file by their visible names, and what they say about lists and paint."""

from dataclasses import dataclass

from pipeline.verify.docx_package import NAMESPACES, Element, name

VAL = name("w:val")
_ID = name("w:styleId")
OFF = frozenset(("0", "false", "off"))


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its visible name, the id of the style it is based on, its list and its place."""

    name: str
    base: str
    list_id: str
    level: int
    outline: str
    hidden: bool


class Styles:
    """All styles of a document, each read when it is first asked for."""

    def __init__(self, root: Element | None) -> None:
        """Know where each style is defined."""
        found = () if root is None else root.iterchildren(name("w:style"))
        self._sources = {style.get(_ID, ""): style for style in found}
        self._chains: dict[str, tuple[Style, ...]] = {}

    def chain(self, ident: str) -> tuple[Style, ...]:
        """Return the style and those it is based on, nearest first."""
        if ident not in self._chains:
            chain: list[Style] = []
            source = self._sources.get(ident)
            while source is not None and len(chain) < len(self._sources):
                chain.append(_style(source))
                source = self._sources.get(chain[-1].base)
            self._chains[ident] = tuple(chain)
        return self._chains[ident]

    def name(self, ident: str) -> str:
        """Return the visible name of a style, or its id when it is not defined."""
        chain = self.chain(ident)
        return chain[0].name if chain else ident

    def names(self, ident: str) -> tuple[str, ...]:
        """Return the visible names of a style and those it is based on."""
        return tuple(style.name for style in self.chain(ident))

    def numbering(self, ident: str) -> tuple[str, int] | None:
        """Return the list that a paragraph style belongs to, and the level in it."""
        for style in self.chain(ident):
            if style.list_id:
                return (style.list_id, style.level) if style.list_id != "0" else None
        return None

    def outline(self, ident: str) -> int:
        """Return the level, from 1, at which the navigation pane shows a paragraph; 0 for none."""
        level = next((style.outline for style in self.chain(ident) if style.outline), "9")
        return int(level) + 1 if int(level) < 9 else 0

    def is_hidden(self, ident: str) -> bool:
        """Tell whether text in this style is not shown."""
        return any(style.hidden for style in self.chain(ident))


def value(element: Element, path: str, default: str = "") -> str:
    """Return the `w:val` of the element at a path."""
    found = element.find(path, NAMESPACES)
    return default if found is None else found.get(VAL, default)


def is_on(element: Element | None, path: str) -> bool:
    """Tell whether a toggle such as `w:vanish` is there and not switched off (17.17.4)."""
    found = None if element is None else element.find(path, NAMESPACES)
    return found is not None and found.get(VAL, "1") not in OFF


def hides(properties: Element | None) -> bool:
    """Tell whether run properties leave nothing to see: hidden, white on white, or a hair high."""
    if properties is None:
        return False
    if is_on(properties, "w:vanish") or is_on(properties, "w:webHidden"):
        return True
    size = value(properties, "w:sz", "20")
    white = value(properties, "w:color").upper() == "FFFFFF"
    shaded = any(properties.find(path, NAMESPACES) is not None for path in ("w:shd", "w:highlight"))
    return (white and not shaded) or (size.isdigit() and int(size) < SMALLEST)


SMALLEST = 6
"""Half-points under which nobody can read a text; the styles of empty spacers may be smaller."""


def _style(style: Element) -> Style:
    return Style(
        name=value(style, "w:name"),
        base=value(style, "w:basedOn"),
        list_id=value(style, "w:pPr/w:numPr/w:numId"),
        level=int(value(style, "w:pPr/w:numPr/w:ilvl", "0")),
        outline=value(style, "w:pPr/w:outlineLvl"),
        hidden=hides(style.find("w:rPr", NAMESPACES)),
    )
