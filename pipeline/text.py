"""The plain text of inlines, for the places that take no markup: titles, bookmarks, properties."""

from pipeline import model as m


def plain(inlines: m.Inlines) -> str:
    """Return the text of the inlines on one line.

    Calls are left out; pictures speak by their alt text.
    """
    return " ".join("".join(map(_plain, inlines)).split())


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
