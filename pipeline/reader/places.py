"""Where in the source each node of pandoc's tree stands: pandoc does not say it for Markdown.

The words of the tree are found again in the source (`align.py`). What has no words of its own, such
as a rule, a fence or the bracket of a link, is looked for between the words around it.
"""

import re
from collections.abc import Container, Mapping, Sequence
from typing import Any

from pipeline.reader.align import align
from pipeline.reader.document import NoteKey
from pipeline.reader.marks import Marks
from pipeline.reader.pieces import Piece
from pipeline.reader.trail import WORD, Trail, Visit, trail
from pipeline.reader.tree import Node, nodes

DIV = re.compile(r"^[ \t>]*:{3,}[ \t]*[^\s:]", re.MULTILINE)
FENCE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})", re.MULTILINE)
RULE = re.compile(r"^[ \t>]*([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)
PICTURE = re.compile(r"!\[")
NOTE = re.compile(r"\^\[|\[\^")
EMPTY_LINK = re.compile(r"\[\]")
LINK = re.compile(r"(?<!!)\[|<")
TEXT = re.compile(r"\S")
EMPTY_MARKUP = {
    "Subscript": re.compile("~~+"),
    "Superscript": re.compile(r"\^\^"),
    "Strikeout": re.compile("~~"),
    "Emph": re.compile(r"[*_]"),
    "Strong": re.compile(r"\*\*|__"),
}
OTHER = re.compile(r"^[ \t>]*(?::{3,}|`{3,}|~{3,}|[-+*:]|\S{1,9}[.)])[ \t]*$", re.MULTILINE)
"""A line that ends a box or code, or a list item without text: not a part of what follows."""

BLANK = re.compile(r"\n[ \t>]*(?=\n)")

SILENT = re.compile(
    r"""(?x)
      (?<=\]) \( [^()\s]{1,2000} (?: \s+ " [^"]{0,500} " )? \)    # the address of a link
    | (?<=[\])`]) \{ [^{}]{1,2000} \}                            # attributes
    """
)
"""What stands in running text but is not printed as part of it."""

KEEPS = {
    *("Link", "Image", "Note", "Div", "CodeBlock", "HorizontalRule", "RawInline", "RawBlock"),
    *EMPTY_MARKUP,
}
"""What has its mark for itself; a figure begins with the mark of its picture."""

Places = dict[int, int]
"""By the identity of a node, the offset at which it stands."""


def locate(
    parts: Sequence[tuple[Piece, Marks, Sequence[Node]]], keys: Mapping[int, NoteKey]
) -> Places:
    """Return where in the source every node of the pieces stands.

    `keys` names the definition of a note by the identity of its node; a note without one is an
    inline note and stands where it is called.
    """
    found: Places = {}
    readable = [_readable(piece, marks) for piece, marks, _ in parts]
    for (piece, marks, blocks), text in zip(parts, readable, strict=True):
        running = _masked(text, [(one.start, one.end) for one in marks.definitions])
        here, _ = _region(blocks, running, 0, len(running), keys)
        found |= {node: piece.offset(index) for node, index in here.items()}
        for note in (node for node, _ in nodes(blocks) if id(node) in keys):
            index, number = keys[id(note)]
            home, home_marks, _ = parts[index]
            one = home_marks.definitions[number]
            here, _ = _region(note["c"], readable[index], one.content, one.end, keys)
            found |= {node: home.offset(index) for node, index in here.items()}
    return found


def _readable(piece: Piece, marks: Marks) -> str:
    """Return the text with blanks for comments, addresses and attributes."""
    silent = (match.span() for match in SILENT.finditer(piece.text))
    return _masked(piece.text, [*marks.comments, *marks.addresses, *silent])


def _masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return the text with blanks in the spans, its lines and length unchanged."""
    parts, position = [], 0
    for start, end in sorted(spans):
        start = max(start, position)
        if end > start:
            parts += [text[position:start], re.sub(r"[^\n]", " ", text[start:end])]
            position = end
    return "".join([*parts, text[position:]])


def _region(
    value: Any, text: str, start: int, end: int, apart: Container[int]
) -> tuple[Places, int]:
    """Locate what stands between two offsets; return the places and how many words were found."""
    made = trail(value, apart)
    spans = [match.span() for match in WORD.finditer(text, start, end)]
    matches = align(made.words, [text[first:last] for first, last in spans])
    near = _Neighbours([None if at is None else spans[at] for at in matches], start, end)
    places = _claim(made, text, near, _side_by_side(made, text, near, matches))
    for table, caption in made.captions:
        places |= _caption(table, caption, text, near, apart)
    return places, sum(match is not None for match in matches)


def _caption(
    table: Visit, caption: Any, text: str, near: "_Neighbours", apart: Container[int]
) -> Places:
    """Locate the caption of a table below it or above it, wherever more of its words are."""
    below = near.before(table.last), near.after(table.last)
    above = near.before(table.first), near.after(table.first)
    tried = [_region(caption, text, *gap, apart) for gap in (below, above)]
    return max(tried, key=lambda result: result[1])[0]


def _side_by_side(
    made: Trail, text: str, near: "_Neighbours", matches: Sequence[int | None]
) -> dict[int, int]:
    """Return where those words of tables stand that are out of order in the source.

    Cells of several lines stand side by side there, and are read one after the other.
    """
    found: dict[int, int] = {}
    for table, _ in made.captions:
        lost = [index for index in range(table.first, table.last) if matches[index] is None]
        if lost:
            start, end = near.before(table.first), near.after(table.last)
            spots: dict[str, list[int]] = {}
            for match in WORD.finditer(text, start, end):
                spots.setdefault(match[0], []).append(match.start())
            for index in lost:
                if spots.get(made.words[index]):
                    found[index] = spots[made.words[index]].pop(0)
    return found


def _claim(made: Trail, text: str, near: "_Neighbours", side_by_side: Mapping[int, int]) -> Places:
    """Give each node its place, in reading order; no two take the same fence or bracket."""
    places: Places = {}
    cursor = near.start
    for visit in made.visits:
        if visit.first < visit.last and visit.first in side_by_side:
            places[id(visit.node)] = side_by_side[visit.first]
            continue
        cursor = max(cursor, near.before(visit.first))
        limit = max(near.after(visit.first), cursor)
        mark = _mark(visit, text, cursor, limit)
        places[id(visit.node)] = mark.start() if mark else limit
        if mark and visit.kind in KEEPS:
            cursor = mark.end()
        if mark and visit.kind == "CodeBlock":
            closing = FENCE.search(text, max(cursor, near.before(visit.last)))
            cursor = closing.end() if closing else cursor
    return places


def _mark(visit: Visit, text: str, start: int, end: int) -> re.Match[str] | None:
    """Return what a node begins with in the source, between the words before it and its own."""
    has_words = visit.first < visit.last
    match visit.kind:
        case "Link" | "Span" if has_words:
            return _last(LINK, text, start, end)
        case "Link":
            return EMPTY_LINK.search(text, start, end)
        case "Image" | "Figure" if has_words:
            return _last(PICTURE, text, start, end)
        case "Image" | "Figure":
            return PICTURE.search(text, start, end)
        case "Note":
            return NOTE.search(text, start, end)
        case "Div":
            return DIV.search(text, start, end)
        case "RawInline" | "RawBlock":
            beginning = re.compile(re.escape(visit.node["c"][1][:20].rstrip()))
            return beginning.search(text, start, end + 20)
        case "CodeBlock":
            return FENCE.search(text, start, end)
        case "HorizontalRule":
            return RULE.search(text, start, end)
        case kind if kind in EMPTY_MARKUP and not has_words:
            return EMPTY_MARKUP[kind].search(text, start, end)
        case "Para" | "Plain" if not visit.in_table:
            return _signs(text, start, end)
        case _:
            return None if has_words else TEXT.search(text, start, end)


def _signs(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the beginning of a paragraph whose first lines are signs without a word."""
    blank = _last(BLANK, text, start, end)
    if blank is None or OTHER.search(text, blank.end(), end):
        return None
    return TEXT.search(text, blank.end(), end)


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the last match: the nearest before the node's own words."""
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found


class _Neighbours:
    """The nearest found words around any word."""

    def __init__(self, words: Sequence[tuple[int, int] | None], start: int, end: int) -> None:
        self.start = start
        self.ends = [start]
        for word in words:
            self.ends.append(word[1] if word else self.ends[-1])
        self.starts = [end]
        for word in reversed(words):
            self.starts.append(word[0] if word else self.starts[-1])
        self.starts.reverse()

    def before(self, index: int) -> int:
        """Return where the last word before a word ends."""
        return self.ends[index]

    def after(self, index: int) -> int:
        """Return where a word, or the first found one after it, begins."""
        return self.starts[index]
