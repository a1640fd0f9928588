"""Finds marks within one paragraph, cell or heading, outside code, escapes and comments."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from pipeline.reader.marks import Kind, Mark

TOKEN = re.compile(
    r"""(?x)
      (?P<escape> \\[\s\S] )
    | (?P<code> `+ )
    | (?P<comment> <!-- )
    | (?P<superscript> \^ (?: \\. | [^\s^\[\]\\] ){1,100} \^ )
    | (?P<inline> \^\[ )
    | \[\^(?P<call> [^\]\[^\s]{1,200} )\]
    | (?P<spaced> \[\^[^\]\s][^\]\n]{0,80}[ ][^\]\n]{0,80}\] )
    | (?P<label> \[\^ (?: [^\]\s]{1,300} \] | [^\]\[^\s]{201} ) )
    | (?P<leftover> \[\^\S{0,20} )
    | \[\]\(\#fn:(?P<reference> [^)\s]{1,600} )\)
    | (?P<number> \[\d{1,3}\] )(?![\[({:])
    | (?P<open> \[ )
    | (?P<close> \] )
    | (?P<attributes> (?<![\]:]) (?<!:\ ) \{ (?=[\#.][^\W\d] | \w{1,40}=) [\#.\w=-]{1,40} )
    | (?P<strong> (?<![\w*]) \*\* (?=\w) | (?<![\w_]) __ (?=[^\W_]) )
    """
)
"""Repetitions are bounded, so that time grows with the length of the text and no faster."""

DEEPEST = 60
"""Brackets in brackets; pandoc's memory grows fast with more."""

COLON = re.compile(r"[ \t]+:(?=\s|$)|\uff1a")
"""What no definition has behind its label: a space before the colon, or a wide colon."""
TICKS = re.compile("`+")
PICTURE = re.compile(r"(?<!\\)!\[")
WORD = re.compile(r"\w{1,12}")
BEGINNING = 20
"""Characters of a comment by which it is known."""


@dataclass(slots=True)
class Found:
    """What one run of text holds. Reading goes on at `stop`, beyond the end after a comment."""

    stop: int
    marks: list[Mark] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Bracket:
    start: int
    inline: bool
    deep: int
    """How many inline notes are open, this one included."""


def scan_inlines(text: str, start: int, end: int, inside: int | None, last_comment: int) -> Found:
    """Return the marks between two offsets that belong to one paragraph.

    `last_comment` is where the last comment of the whole text ends; one may run beyond `end`.
    """
    found = Found(end)
    code = _Code(text, start, end)
    brackets: list[_Bracket] = []
    position = start
    while match := TOKEN.search(text, position, end):
        kind, at = str(match.lastgroup), match.start()
        position = match.end()
        deep = brackets[-1].deep if brackets else 0
        match kind:
            case "escape" | "superscript":
                pass
            case "code":
                position = code.after(match[0], position)
                if position == match.end():
                    found.marks.append(_markup("code", text, at, position, inside))
            case "attributes" | "strong":
                found.marks.append(_markup(kind, text, at, position, inside))
            case "comment":
                beginning = text[at : position + BEGINNING]
                found.marks.append(Mark("comment", beginning, at, inside))
                if position <= last_comment:
                    position = text.index("-->", position) + 3
                    found.comments.append((at, position))
                    found.stop = max(found.stop, position)
            case "inline" | "open" if len(brackets) >= DEEPEST:
                found.marks.append(Mark("deep", "run of brackets", at))
                return found
            case "inline":
                brackets.append(_Bracket(at, True, deep + 1))
            case "open":
                brackets.append(_Bracket(at, False, deep))
                if PICTURE.match(text, at - 1, position):
                    found.marks.append(_markup("picture", text, at - 1, position, inside))
            case "close":
                if not brackets:
                    continue
                closed = brackets.pop()
                joined = text[position : position + 1] in {"[", "(", "{"}
                if closed.inline:
                    name: Kind = "joined" if joined else "inline"
                    mark = Mark(name, text[closed.start : position], closed.start, inside)
                    found.marks.append(_nested(mark, closed.deep > 1))
                elif joined and not PICTURE.match(text, closed.start - 1):
                    stop = position + 1
                    found.marks.append(_markup("link", text, closed.start, stop, inside))
            case "call" if COLON.match(text, position) and _begins_line(text, at):
                found.marks.append(Mark("colon", match["call"], at, inside))
            case "call" | "spaced" | "label" | "leftover" | "reference" | "number":
                mark = Mark(kind, match[kind], at, inside)
                found.marks.append(_nested(mark, deep > 0))
    found.marks += [
        Mark("leftover", text[one.start : one.start + 20].split("\n")[0], one.start, inside)
        for one in brackets
        if one.inline
    ]
    found.marks.sort(key=lambda mark: mark.start)
    return found


def _begins_line(text: str, position: int) -> bool:
    line = text.rfind("\n", 0, position) + 1
    return not text[line:position].strip(" \t>")


def _markup(kind: Kind, text: str, start: int, stop: int, inside: int | None) -> Mark:
    """Return a mark of no note: its signs, and the word that follows right after them."""
    word = WORD.match(text, stop)
    return Mark(kind, text[start : word.end() if word else stop], start, inside)


def _nested(mark: Mark, nested: bool) -> Mark:
    return Mark(mark.kind, mark.text, mark.start, mark.inside, nested) if nested else mark


class _Code:
    """The runs of backticks in a paragraph by their length, looked at only when there are any."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.runs: dict[int, list[int]] | None = None

    def after(self, ticks: str, position: int) -> int:
        """Return the end of the code that `ticks` open, or their own end if nothing closes them."""
        if self.runs is None:
            self.runs = {}
            for run in TICKS.finditer(self.text, self.start, self.end):
                self.runs.setdefault(run.end() - run.start(), []).append(run.end())
        ends = self.runs.get(len(ticks), [])
        following = bisect_right(ends, position)
        return ends[following] if following < len(ends) else position
