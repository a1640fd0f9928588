"""The markup of the page in the syntax of XML, as books must have it (EPUB 3.3, section 6.1.1)."""

import re
from html import escape
from html.parser import HTMLParser

from pipeline.renderers.webfonts import VOID

TYPES = {
    "doc-noteref": "noteref",
    "doc-endnotes": "endnotes",
    "doc-backlink": "backlink",
}
"""What e-readers open notes by, for each role (EPUB 3 Structural Semantics Vocabulary 1.1)."""
NOTE = re.compile(r"fn:\d+")
"""The anchor of a note."""


def xhtml(markup: str) -> str:
    """Return markup of our templates with every element closed and every attribute with a value.

    Elements get the types by which e-readers know notes; languages are named for XML, too.
    """
    writer = _Writer()
    writer.feed(markup)
    writer.close()
    return "".join(writer.parts)


class _Writer(HTMLParser):
    """Writes down again what it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the start of an element, the whole of one that can hold nothing."""
        found = {name: value or "" for name, value in attrs}
        if lang := found.get("lang"):
            found["xml:lang"] = lang
        if kind := TYPES.get(found.get("role", "")):
            found["epub:type"] = kind
        elif NOTE.fullmatch(found.get("id", "")):
            found["epub:type"] = "endnote"
        told = "".join(f' {name}="{escape(value)}"' for name, value in found.items())
        self.parts.append(f"<{tag}{told}{'/' if tag in VOID else ''}>")

    def handle_endtag(self, tag: str) -> None:
        """Write the end of an element."""
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text."""
        self.parts.append(escape(data, quote=False))
