"""The plain text of inlines, for the places that take no markup: titles, bookmarks, properties."""

import re
import unicodedata

from pipeline import model as m

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Control characters, line separators and the marks that turn the direction of text unseen."""

UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Categories of characters that leave no mark on a page (Unicode, section 4.5)."""


def plain(inlines: m.Inlines) -> str:
    """Return the text of the inlines on one line.

    Calls are left out; pictures speak by their alt text.
    """
    return " ".join("".join(map(_plain, inlines)).split())


def is_blank(text: str) -> bool:
    """Tell whether a text leaves no mark on a page: it is empty, or all spaces and joiners."""
    return all(unicodedata.category(char) in UNSEEN for char in text)


def _plain(inline: m.Inline) -> str:
    match inline:
        case m.Text() | m.Code():
            return inline.text
        case m.LineBreak():
            return " "
        case m.Image():
            return inline.alt
        case m.CrossReference() | m.ElementReference():
            return str(inline.number)
        case m.Call() | m.TableCall():
            return ""
        case _:
            return "".join(map(_plain, inline.content))
