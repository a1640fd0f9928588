"""Inlines of the model as Markdown on one line, but for the line breaks in them."""

import re
from itertools import groupby

from pipeline import model as m
from pipeline.addresses import readable, uri
from pipeline.intake.markdown.signs import NBSP, attributes, code, escape, escape_opening, quoted

NOTHING = "<!-- -->"
"""A comment, which keeps signs apart that would be read as one, and is not printed."""

ESCAPED = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\\([^ ])")
"""A sign with a backslash before it; code is passed over."""
BREAK = "\\\n"
FIRST_CALL = re.compile(r"(?:^|\n)\[\^[^\]]+\]$")
"""A call that begins a line: with a colon behind it, it would define a note."""
LAST_SPACE = re.compile(r"(?<!\\)((?:\\\\)*)\\ $")
"""A no-break space at the end, which would be read as a backslash at the end of a line."""
SIGNS = "*_~^`"
ALONE = re.compile(r"(?:https?|ftp|mailto):[^\s<>]+")


def inlines(content: m.Inlines, depth: int = 0) -> str:
    """Return running text. `depth` counts the markup around it, whose signs alternate."""
    made = ""
    for index, inline in enumerate(content):
        before = content[index - 1] if index else None
        piece = _inline(inline, depth)
        made += _joint(before, inline, made, piece) + piece
    return LAST_SPACE.sub(r"\1&nbsp;", made)


def one_line(content: m.Inlines) -> str:
    """Return running text where no line can be broken: its breaks become spaces."""
    return inlines(content).replace(BREAK, " ")


def line(content: m.Inlines) -> str:
    """Return running text that begins a line, and lines that its breaks begin."""
    return BREAK.join(map(escape_opening, inlines(content).split(BREAK)))


def _joint(before: m.Inline | None, after: m.Inline, left: str, right: str) -> str:
    """Return what keeps two inlines apart that would be read as one."""
    if not left or not right or (isinstance(before, m.Text) and isinstance(after, m.Text)):
        return ""
    if left[-1] in SIGNS and right[0] in SIGNS:
        return NOTHING
    if (left[-1] == "_" and right[0].isalnum()) or (right[0] == "_" and left[-1].isalnum()):
        return NOTHING
    if left[-1] in "]}" and (right[0] in "({" or (right[0] == ":" and FIRST_CALL.search(left))):
        return "\\"
    if left[-1] in "]}" and right[0] == "[" and not isinstance(after, m.Call | m.TableCall):
        return NOTHING
    return ""


def _inline(inline: m.Inline, depth: int) -> str:
    match inline:
        case m.Text():
            return escape(inline.text)
        case m.Emphasis():
            return _between("*" if depth % 2 == 0 else "_", inline.content, depth)
        case m.Strong():
            return _between("**" if depth % 2 == 0 else "__", inline.content, depth)
        case m.Strikeout():
            return _between("~~", inline.content, depth)
        case m.Superscript() | m.Subscript():
            return _raised(inline, depth)
        case m.Underline():
            return _bracketed(inline.content, depth) + "{.underline}"
        case m.SmallCaps():
            return _bracketed(inline.content, depth) + "{.smallcaps}"
        case m.Code():
            return code(inline.text)
        case m.LineBreak():
            return BREAK
        case m.Link():
            return _link(inline, depth)
        case m.Image():
            return picture(inline, "")
        case m.Span():
            marks = attributes(inline.id, inline.classes, (("lang", inline.lang),)) or "{}"
            return _bracketed(inline.content, depth) + marks
        case m.Call() | m.TableCall():
            return f"[^{inline.note}]"
        case m.CrossReference():
            return f"[](#fn:{inline.note})"
        case m.ElementReference():
            return f"[](#{inline.target})"


def _bracketed(content: m.Inlines, depth: int) -> str:
    return f"[{inlines(content, depth)}]"


def _between(signs: str, content: m.Inlines, depth: int) -> str:
    """Return marked-up text; spaces at its ends stand outside, where the signs still count."""
    inner = inlines(content, depth + 1)
    bare = inner.strip(" ")
    if not bare:
        return inner
    start = inner.index(bare)
    return inner[:start] + signs + bare + signs + inner[start + len(bare) :]


def _twice(match: re.Match[str]) -> str:
    """Escape a sign once more, for pandoc takes the text between the signs apart twice."""
    return f"\\\\\\{match[2]}" if match[2] else match[0]


def _raised(raised: m.Superscript | m.Subscript, depth: int) -> str:
    """Return raised or lowered text, in which no line may end: its spaces become no-break.

    Only words can stand in it; a call or a link among them is written beside it.
    """
    groups = [(plain, tuple(group)) for plain, group in groupby(raised.content, _is_words)]
    if any(not plain for plain, _ in groups):
        apart = ((type(raised)(content=group),) if plain else group for plain, group in groups)
        return inlines(tuple(one for group in apart for one in group), depth)
    sign = "^" if isinstance(raised, m.Superscript) else "~"
    inner = ESCAPED.sub(_twice, inlines(raised.content, depth + 1).strip(" "))
    inner = inner.replace("\\ ", NBSP).replace(" ", NBSP).replace(NBSP, "\\ ")
    return sign + inner + sign if inner else ""


def _is_words(inline: m.Inline) -> bool:
    match inline:
        case m.Text():
            return True
        case m.Emphasis() | m.Strong():
            return all(map(_is_words, inline.content))
        case _:
            return False


def _link(link: m.Link, depth: int) -> str:
    words = (
        link.content[0].text
        if len(link.content) == 1 and isinstance(link.content[0], m.Text)
        else ""
    )
    if link.title is None and ALONE.fullmatch(words) and uri(words) == link.target:
        return f"<{words}>"
    title = f" {quoted(link.title)}" if link.title else ""
    address = readable(link.target)
    target = f"<{address}>" if re.search(r"[()\s]", address) else address
    return f"[{inlines(link.content, depth)}]({target}{title})"


def picture(image: m.Image, caption: str, ident: str | None = None) -> str:
    """Return a picture with what is printed under it."""
    target = f"<{image.file}>" if re.search(r"[()\s]", image.file) else image.file
    title = f" {quoted(image.title)}" if image.title else ""
    width = f"{image.width}%" if image.width else None
    marks = attributes(ident, (), (("alt", image.alt), ("width", width)))
    return f"![{caption}]({target}{title}){marks}"
