"""Finds note marks in Markdown, line by line: what is code, comment or escaped is none.

pandoc forgets the labels of notes and gives no positions; this scan knows both. It need not agree
with pandoc in every corner: what pandoc made of each mark is compared afterwards (`labels.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.reader.inline_scan import scan_inlines
from pipeline.reader.marks import Definition, Mark, Marks

QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)*")
BLANK = re.compile(r"[ \t>]*$", re.MULTILINE)
FENCE = re.compile(r"(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
MARKER = re.compile(
    r"(?:[-+*]|\(?(?:\d{1,9}|\#|[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)]|\(@[\w-]*\)|[:~])(?:[ \t]+|$)",
    re.MULTILINE,
)
RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)
DEFINITION = re.compile(r"\[\^([^\]\[^\s]+)\]:")
LINK_ADDRESS = re.compile(
    r"""(?xm) \[(?!\^)[^\[\]\n]+\]:[ \t]* (?:<[^>\n]*>|\S+)
        (?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))? (?:[ \t]*\{[^{}\n]*\})? [ \t]*$"""
)
ALONE = re.compile(r"\||\#{1,6}[ \t]")
"""Begins a line in which code and inline notes end: a table row, a heading."""

OWN_INDENT = re.compile(r":{3,}|--|.*\n[ \t>]*--")
"""Begins a line that may be set in a little for its own sake: a fence, a table without pipes."""

DEEPEST = 25
"""Lists and notes in one another, or signs of quotes."""

INDENT = 4
"""How far the lines of a note are set in, and code from its surroundings."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: where its text begins, behind which signs of quotes and indent."""

    start: int
    text: int
    end: int
    quotes: int
    indent: int


@dataclass(frozen=True, slots=True)
class Level:
    """An open list item or note whose content is set in. `inside` is the note it belongs to."""

    quotes: int
    indent: int
    inside: int | None
    is_note: bool = False


def scan(text: str) -> Marks:
    """Return the marks of a piece of Markdown."""
    return _Scan(text).run()


class _Scan:
    """Walks down the lines; `levels` are the list items and notes that are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.definitions: list[Definition] = []
        self.marks: list[Mark] = []
        self.comments: list[tuple[int, int]] = []
        self.links: list[tuple[int, int]] = []
        self.levels: list[Level] = []
        self.last_end = 0
        self.last_comment = text.rfind("-->")
        self.unclosed: dict[str, int] = {}
        """By character, the length of the shortest fence that nothing closes any more."""

    def run(self) -> Marks:
        position, after_blank = 0, True
        while position < len(self.text):
            if BLANK.match(self.text, position):
                position, after_blank = self.line_end(position) + 1, True
                continue
            position = self.paragraph(self.line(position), after_blank)
            after_blank = False
        self.close(0)
        return Marks(
            tuple(self.definitions), tuple(self.marks), tuple(self.comments), tuple(self.links)
        )

    def line_end(self, position: int) -> int:
        end = self.text.find("\n", position)
        return len(self.text) if end < 0 else end

    def line(self, position: int) -> Line:
        """Return the line that begins at `position`, or the rest of one after a comment."""
        quoted = QUOTE.match(self.text, position)
        begin = quoted.end() if quoted else position
        end = self.line_end(position)
        bare = self.text[begin:end].lstrip(" \t")
        # A tab reaches to the next multiple of four, counted from the start of the line.
        before = self.text[position : end - len(bare)].expandtabs(INDENT)
        indent = len(before) - len(self.text[position:begin].expandtabs(INDENT))
        quotes = self.text.count(">", position, begin)
        return Line(position, end - len(bare), end, quotes, indent)

    def base(self) -> int:
        return self.levels[-1].indent if self.levels else 0

    def inside(self) -> int | None:
        return self.levels[-1].inside if self.levels else None

    def close(self, keep: int) -> None:
        """Close all levels but the first `keep`; a note ends where its last line ended."""
        for level in self.levels[keep:]:
            if level.is_note and level.inside is not None:
                definition = self.definitions[level.inside]
                end = max(self.last_end, definition.content)
                self.definitions[level.inside] = replace(definition, end=end)
        del self.levels[keep:]

    def leave(self, line: Line) -> None:
        """Close the levels that a line after a blank one is not set in enough for."""
        keep = 0
        while keep < len(self.levels) and (
            self.levels[keep].quotes <= line.quotes and self.levels[keep].indent <= line.indent
        ):
            keep += 1
        self.close(keep)

    def paragraph(self, line: Line, after_blank: bool) -> int:
        """Read what begins in a line; return the offset at which to go on."""
        if line.quotes > DEEPEST:
            self.marks.append(Mark("deep", "quotation", line.text))
        definition = DEFINITION.match(self.text, line.text)
        if after_blank and not definition:
            self.marks += self.nearly_inside(line)
        if after_blank or definition:
            self.leave(line)
        if after_blank and line.indent - self.base() >= INDENT:
            return self.indented_code(line)
        if definition and line.indent - self.base() < INDENT:
            return self.definition(line, definition)
        if address := LINK_ADDRESS.match(self.text, line.text):
            self.links.append(address.span())
            self.last_end = line.end
            return line.end + 1
        return self.content(line.text, line, line.indent)

    def nearly_inside(self, line: Line) -> Iterator[Mark]:
        """Yield a mark if a line is set in further than a note above it, but not far enough."""
        if OWN_INDENT.match(self.text, line.text):
            return
        for level in self.levels:
            near = level.indent - INDENT < line.indent < level.indent
            if level.is_note and level.inside is not None and near and level.quotes == line.quotes:
                yield Mark("indent", self.definitions[level.inside].label, line.text)

    def content(self, position: int, line: Line, indent: int) -> int:
        """Read a line from an offset on: markers of lists, then code or running text."""
        while not RULE.match(self.text, position, line.end) and (
            marker := MARKER.match(self.text, position, line.end)
        ):
            self.list_item(line, position, indent, marker)
            indent += marker.end() - position
            position = marker.end()
        if closing := self.fenced_code(position, line):
            self.last_end = closing
            return closing + 1
        return self.inlines(position, line)

    def list_item(self, line: Line, position: int, indent: int, marker: re.Match[str]) -> None:
        """Open the list item whose marker stands at an offset."""
        inside = self.inside()
        while self.levels and not self.levels[-1].is_note and self.levels[-1].indent > indent:
            self.levels.pop()
        self.levels.append(Level(line.quotes, indent + marker.end() - position, inside))
        if len(self.levels) > DEEPEST:
            self.marks.append(Mark("deep", "list", position))

    def indented_code(self, line: Line) -> int:
        limit, end = self.base() + INDENT, line.end
        while end < len(self.text) and not BLANK.match(self.text, end + 1):
            following = self.line(end + 1)
            if following.indent < limit:
                break
            end = following.end
        self.last_end = end
        return end + 1

    def fenced_code(self, position: int, line: Line) -> int | None:
        """Return the end of the code block that begins at an offset; one never closed is none."""
        opening = FENCE.match(self.text, position, line.end)
        if opening is None:
            return None
        fence = opening[0]
        if len(fence) >= self.unclosed.get(fence[0], len(self.text)):
            return None
        pattern = rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$"
        closing = re.compile(pattern, re.MULTILINE).search(self.text, line.end + 1)
        if closing is None:
            self.unclosed[fence[0]] = len(fence)
        return closing.end() if closing else None

    def definition(self, line: Line, match: re.Match[str]) -> int:
        index = len(self.definitions)
        level = Level(line.quotes, line.indent + INDENT, index, is_note=True)
        content = self.note_text(match.end(), level)
        prefix = self.text[line.start : line.text]
        self.definitions.append(
            Definition(
                match[1], line.text, content or line.end, line.end, prefix, empty=content is None
            )
        )
        self.last_end = line.end
        if content is None:
            return line.end + 1
        self.levels.append(level)
        if content > line.end:
            return self.text.rfind("\n", 0, content) + 1
        return self.content(content, line, level.indent)

    def note_text(self, position: int, level: Level) -> int | None:
        """Return where the text of a note begins: on its line, on the next, or set in below."""
        end = self.line_end(position)
        bare = self.text[position:end].lstrip(" \t")
        if bare:
            return end - len(bare)
        following = end + 1
        while following < len(self.text) and BLANK.match(self.text, following):
            following = self.line_end(following) + 1
        if following >= len(self.text):
            return None
        line = self.line(following)
        glued = following == end + 1 and not DEFINITION.match(self.text, line.text)
        fits = line.quotes >= level.quotes and line.indent >= level.indent
        return line.text if glued or fits else None

    def inlines(self, start: int, line: Line) -> int:
        """Read the running text that begins at `start` in a line and goes on to the next break."""
        end = line.end
        alone = ALONE.match(self.text, start)
        while not alone and end < len(self.text) and not self.breaks(end + 1):
            end = self.line_end(end + 1)
        found = scan_inlines(self.text, start, end, self.inside(), self.last_comment)
        self.marks += found.marks
        self.comments += found.comments
        self.last_end = max(end, found.stop)
        return found.stop if found.stop > end else end + 1

    def breaks(self, position: int) -> bool:
        """Tell whether the line at an offset begins something of its own."""
        if position >= len(self.text) or BLANK.match(self.text, position):
            return True
        line = self.line(position)
        return any(
            pattern.match(self.text, line.text, line.end)
            for pattern in (FENCE, DEFINITION, MARKER, ALONE)
        )
