"""The styles of one document: those of the house, and those that its text asks for.

No run or paragraph is formatted directly. Where markup is nested, or an author used a class of
their own, a style is added that combines or names it, so that an editor can change every case in
one place.
"""

import re
from copy import deepcopy

from lxml import etree

from pipeline.renderers.word.xml import Element, name, serialise, w

MARKS = (
    "Emphasis",
    "Strong",
    "Underline",
    "Strikeout",
    "Small Caps",
    "Superscript",
    "Subscript",
    "Inline Code",
    "Hyperlink",
    "Cross-reference",
    "Table Note Reference",
)
"""The character styles of markup, in the order in which their names are joined."""
STYLE, STYLE_ID, VALUE = name("w:style"), name("w:styleId"), name("w:val")
SPACING = (name("w:pPr"), name("w:spacing"))


class Styles:
    """The styles part while the document is being written."""

    def __init__(self, reference: bytes) -> None:
        """Start from the styles of the reference document."""
        self._root = etree.fromstring(reference)
        self._known = {style.get(STYLE_ID, ""): style for style in self._root.iter(STYLE)}

    def serialise(self) -> bytes:
        """Return the part."""
        return serialise(self._root)

    def run(self, marks: frozenset[str], span: str | None) -> str | None:
        """Return the character style of text with these marks in a span of an author's class."""
        names = [mark for mark in MARKS if mark in marks]
        parts = [*([f"Span {span}"] if span else []), *names]
        if not parts:
            return None
        for end in range(1, len(parts) + 1):
            self._combine(parts[:end])
        return _combined_id(parts)

    def division(self, author_class: str, base: str) -> str:
        """Return the style of an author's class of text that would have the style `base`."""
        ident = f"Division-{_identifier(author_class)}-{base}"
        title = f"Division {author_class} on {self._name(base)}"
        return self._add("paragraph", ident, title, base)

    def after_table(self, ident: str, space: int) -> str:
        """Return the style for a paragraph after a table, which itself keeps no space below."""
        if self.space(ident, "before"):
            return ident
        return self._spaced(ident, "After Table", "before", space)

    def last(self, ident: str, space: int) -> str:
        """Return the style for the last line of a tight group, which keeps the space below it."""
        return self._spaced(ident, "Last", "after", space, w("keepNext", val=0))

    def kept(self, ident: str) -> str:
        """Return the style for a paragraph that stays on the page of what follows it."""
        title = f"{self._name(ident)} Kept"
        return self._add("paragraph", f"{ident}-Kept", title, ident, w("pPr", w("keepNext")))

    def space(self, ident: str, side: str) -> int:
        """Return the space `before` or `after` a paragraph in this style, in twips."""
        style: Element | None = self._known.get(ident)
        while style is not None:
            spacing = style.find("/".join(SPACING))
            if spacing is not None and (value := spacing.get(name(f"w:{side}"))) is not None:
                return int(value)
            style = self._based_on(style)
        return 0

    def _spaced(self, ident: str, suffix: str, side: str, space: int, *more: Element) -> str:
        other = "after" if side == "before" else "before"
        values = {side: space, other: self.space(ident, other)}
        properties = w("pPr", *more, w("spacing", before=values["before"], after=values["after"]))
        joined = suffix.replace(" ", "")
        return self._add(
            "paragraph", f"{ident}-{joined}", f"{self._name(ident)} {suffix}", ident, properties
        )

    def _combine(self, parts: list[str]) -> None:
        """Add the style of the last part based on that of the parts before it."""
        base = _combined_id(parts[:-1]) if parts[:-1] else "DefaultParagraphFont"
        own = self._known.get(_identifier(parts[-1]))
        properties = None if own is None else own.find(name("w:rPr"))
        copies = [] if properties is None else [deepcopy(properties)]
        self._add("character", _combined_id(parts), " + ".join(parts), base, *copies)

    def _add(self, kind: str, ident: str, title: str, base: str, *properties: Element) -> str:
        if ident not in self._known:
            style = w(
                "style",
                w("name", val=title),
                w("basedOn", val=base),
                w("uiPriority", val=41),
                w("qFormat"),
                *properties,
                type=kind,
                customStyle=1,
                styleId=ident,
            )
            self._known[ident] = style
            self._root.append(style)
        return ident

    def _name(self, ident: str) -> str:
        title = self._known[ident].find(name("w:name"))
        return ident if title is None else title.get(VALUE, ident)

    def _based_on(self, style: Element) -> Element | None:
        base = style.find(name("w:basedOn"))
        return None if base is None else self._known.get(base.get(VALUE, ""))


def _combined_id(parts: list[str]) -> str:
    return "".join(map(_identifier, parts))


def _identifier(text: str) -> str:
    """Return `Inline Code` as `InlineCode`, and no character that an id should not have."""
    return re.sub(r"[^\w-]", "", text)
