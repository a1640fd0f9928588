"""Where in its Markdown each character of a text stands."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import model as m
from pipeline.merge.atoms import Atom, Marks
from pipeline.merge.leaves import Element, Leaf

Span = tuple[int, int]
SMART: dict[str, tuple[str, ...]] = dict.fromkeys("“”„«»‘’‚‹›", ('"', "'"))
SMART |= {"–": ("--",), "—": ("---",), "…": ("...",), "☐": ("[ ]",), "☒": ("[x]", "[X]")}
"""What pandoc makes of signs of a typewriter, the other way round; languages differ in quotes."""
QUOTES = ("«", "‹")
CLOSING = ("»", "›")
JOINED = "\u202f\u00a0"
SIGNS = "*_~^[]`<>{}\\|!"
LINE = re.compile("\n")
LINE_END = re.compile(r"[ \t]*\n(?:[ \t>]*)|[ \t]+")
BREAK = re.compile(r"(?:\\|[ ]{2,})?\n[ \t>]*")
VERSE = re.compile(r"\n[ \t>]*\|[ ]?|\n[ \t]*")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{1,32});")
CALL = re.compile(r"\[\^([^\]\s]+)\](?!:)")
REFERENCE = re.compile(r"\[[^\]]*\]\(#[^)\s]*\)|\[@[^\]]*\]")
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}\n]*\})?")
SILENT = re.compile(
    r"""(?x)
      \]\( (?: <[^<>\n]*> | (?: [^()\s\\] | \\. | \([^()\s]*\) )* )
        (?: \s+ (?: "(?:[^"\\]|\\.)*" | '[^']*' ) )? \s* \) (?:\{[^{}]*\})?   # the end of a link
    | \]\{[^{}]*\}                                                         # the end of a span
    | \]\[[^\]]*\]
    | (?<=`)\{[^{}\n]*\}
    | <!--.*?-->
    """,
    re.DOTALL,
)
OPENING = re.compile(
    r"""(?xm)
      ^[ \t>]* (?:
        \[\^[^\]\s]+\]: [ \t]*
      | :{3,}.*$ | `{3,}.*$ | ~{3,}.*$
      | \|?[ \t]*:?-{2,}[-:|+ \t]*$ | \+[-=:+]+$
      | (?: \#{1,6} | [-+*] | \(?(?:\w{1,9}|\#)[.)] | \(@\w*\) | : | Table: | \| )[ \t]+
      | !\[
      )
    """
)
"""What may stand before the words of a line, or instead of them."""
NAMED = re.compile(r"[ \t>]*\w+:[ \t]+")
"""What begins a line under a figure or a table."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A text with its places. `outer` has the span of each element with its signs."""

    leaf: Leaf
    spans: tuple[Span, ...]
    outer: tuple[Span, ...]


def trace(leaf: Leaf, text: str, start: int) -> Traced | None:
    """Return where a text stands, looked for from `start`; nothing where that leaves doubts."""
    spans: list[Span] = []
    at = start
    if leaf.kind == "legend" and (named := NAMED.match(text, at)):
        at = named.end()
    codes = [(one.first, one.last) for one in leaf.elements if isinstance(one.node, m.Code)]
    for index, atom in enumerate(leaf.atoms):
        breaks = VERSE if leaf.kind == "verse" else LINE if leaf.kind == "code" else BREAK
        literal = leaf.kind == "code" or any(low <= index < high for low, high in codes)
        before = leaf.atoms[index - 1].text if index else ""
        after = leaf.atoms[index + 1].text if index + 1 < len(leaf.atoms) else ""
        found = _find(atom, text, at, literal, not index, (before, after), breaks)
        if found is None:
            return None
        spans.append(found)
        at = found[1]
    outer = _outer(leaf.elements, spans, text)
    return None if outer is None else Traced(leaf, tuple(spans), outer)


def _find(
    atom: Atom,
    text: str,
    at: int,
    literal: bool,
    is_first: bool,
    beside: tuple[str, str],
    breaks: re.Pattern[str],
) -> Span | None:
    """Return the next place of an atom behind nothing but signs."""
    while at < len(text):
        is_opening = at == 0 or text[at - 1] == "\n"
        if is_first and is_opening and (opening := OPENING.match(text, at)):
            at = opening.end()
            continue
        end = _match(atom, text, at, literal, beside, breaks)
        if end is not None:
            return at, end
        skip = _skip(text, at, literal)
        if skip is None:
            return None
        at = skip
    if atom.text in JOINED and atom.kind == "character":
        return (at, at) if beside[0] in QUOTES else None
    return None


def _match(
    atom: Atom,
    text: str,
    at: int,
    literal: bool,
    beside: tuple[str, str],
    breaks: re.Pattern[str],
) -> int | None:
    """Return where an atom ends that begins at a place; nothing if it does not."""
    if atom.kind == "call":
        return _call_end(atom.text, text, at)
    if atom.kind == "break":
        found = breaks.match(text, at)
        return found.end() if found else None
    if atom.kind in ("reference", "picture"):
        pattern = REFERENCE if atom.kind == "reference" else PICTURE
        found = pattern.match(text, at)
        return found.end() if found else None
    return _character_end(atom.text, text, at, literal, beside)


def _call_end(label: str, text: str, at: int) -> int | None:
    if found := CALL.match(text, at):
        return found.end() if found[1] == label else None
    return _closing(text, at + 1) if text.startswith("^[", at) else None


def _closing(text: str, at: int) -> int | None:
    """Return where the bracket ends that opens at a place."""
    depth = 0
    for index in range(at, len(text)):
        if text[index - 1] == "\\":
            continue
        depth += (text[index] == "[") - (text[index] == "]")
        if depth == 0:
            return index + 1
    return None


def _character_end(
    sign: str, text: str, at: int, literal: bool, beside: tuple[str, str]
) -> int | None:
    if literal and text[at] == sign:
        return at + 1
    if sign == " " and (space := LINE_END.match(text, at)):
        return space.end()
    if literal:
        return None
    if text[at] == "\\" and at + 1 < len(text):
        wanted = " " if sign == "\u00a0" else sign
        if text[at + 1] == wanted:
            return at + 2
    entity = ENTITY.match(text, at) if text[at] == "&" else None
    if entity and html.unescape(entity[0]) == sign:
        return entity.end()
    if text[at] == sign and not _is_sign(sign, text, at):
        return at + 1
    for typed in SMART.get(sign, ()):
        if text.startswith(typed, at):
            return at + len(typed)
    if sign in JOINED and (beside[0] in QUOTES or beside[1] in CLOSING):
        return at  # It comes with a quotation mark.
    return at + 1 if sign == "\u00a0" and text[at] == " " else None


def _is_sign(sign: str, text: str, at: int) -> bool:
    """Tell whether a sign is markup here, because the same one stands escaped right behind it."""
    if sign not in SIGNS:
        return False
    behind = at
    while behind < len(text) and text[behind] in SIGNS and text[behind] != "\\":
        behind += 1
    return text.startswith(f"\\{sign}", behind)


def _skip(text: str, at: int, literal: bool) -> int | None:
    """Return where the signs end that stand at a place and print nothing."""
    if found := SILENT.match(text, at):
        return found.end()
    if found := CALL.match(text, at):  # Of a note that a table keeps to itself.
        return found.end()
    if text[at] in SIGNS or text[at] in " \t\n:+-=":
        return at + 1
    return None


LENGTHS: dict[type, int] = {
    m.Emphasis: 1,
    m.Strong: 2,
    m.Strikeout: 2,
    m.Superscript: 1,
    m.Subscript: 1,
}
MARK_OF: dict[type, Marks] = {
    m.Emphasis: frozenset({"emphasis"}),
    m.Strong: frozenset({"strong"}),
    m.Strikeout: frozenset({"strikeout"}),
    m.Superscript: frozenset({"superscript"}),
    m.Subscript: frozenset({"subscript"}),
    m.Underline: frozenset({"underline"}),
    m.SmallCaps: frozenset({"small-caps"}),
    m.Code: frozenset({"code"}),
}


def _outer(
    elements: Sequence[Element], spans: Sequence[Span], text: str
) -> tuple[Span, ...] | None:
    """Return the spans of elements with their signs, those of inner ones first."""
    found: dict[int, Span] = {}
    for place in reversed(range(len(elements))):
        one = elements[place]
        if one.first == one.last:
            return None
        start, end = spans[one.first][0], spans[one.last - 1][1]
        for inner in range(place + 1, len(elements)):
            if elements[inner].first >= one.last:
                break
            start, end = min(start, found[inner][0]), max(end, found[inner][1])
        signs = _signs(one.node, text, start, end)
        if signs is None:
            return None
        found[place] = signs
    return tuple(found[place] for place in range(len(elements)))


def _signs(node: m.Inline, text: str, start: int, end: int) -> Span | None:
    """Return a span with the signs of an element around it."""
    if isinstance(node, m.Code):
        opening = re.search(r"`+ ?$", text[:start][-20:])
        closing = re.compile(r" ?`+").match(text, end)
        return (start - len(opening[0]), closing.end()) if opening and closing else None
    if length := LENGTHS.get(type(node)):
        opening_signs, closing_signs = text[start - length : start], text[end : end + length]
        return (start - length, end + length) if opening_signs == closing_signs else None
    if text[start - 1] == "<" and text[end : end + 1] == ">":
        return start - 1, end + 1
    if text[start - 1] != "[":
        return (start, end) if isinstance(node, m.Link) else None  # A bare address.
    close = SILENT.match(text, end)
    if close:
        return start - 1, close.end()
    return (start - 1, end + 1) if text[end : end + 1] == "]" else None
