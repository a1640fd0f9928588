"""Paragraphs, headings and items that come or go, as patches of whole lines of Markdown."""

import re
from collections.abc import Sequence

from pipeline.intake.markdown.signs import escape_opening
from pipeline.merge.atoms import Atoms
from pipeline.merge.prose import Known, Unplaced, prose
from pipeline.merge.trace import Traced
from pipeline.merge.words import Patch

PREFIX = re.compile(r"[ \t>]*")
ITEM = re.compile(r"([ \t>]*)([-+*]|\(?(?:\d{1,9}|[A-Za-z]|\#)[.)])([ \t]+)")
NOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
HEADING = re.compile(r"#{1,6}")
BEFORE = re.compile(
    r"[ \t>]*(?:#{1,6}[ \t]+|(?:[-+*]|\(?\w{1,9}[.)])[ \t]+"
    r"|[:|][ \t]+|\w+:[ \t]+|\[\^\S+\]:[ \t]*)*"
)
"""What may stand in the lines of a paragraph before its words, and go with it."""
BEHIND = re.compile(r"(?:[ \t]*\{[^{}]*\})?[ \t]*(?:\n[ \t>]*(?:=+|-+)(?=[ \t]*$))?[ \t]*", re.M)
BY_LINES = frozenset(("paragraph", "heading", "legend", "attribution", "pull-quote", "table-note"))
"""What stands on lines of its own."""


def deletion(traced: Traced, text: str) -> Patch:
    """Return a patch that takes out the lines of a text; raises Unplaced."""
    if traced.leaf.kind not in BY_LINES or traced.leaf.field not in ("body", "note"):
        raise Unplaced(f"a whole {traced.leaf.kind.replace('-', ' ')}")
    start, end = _extent(traced, text)
    return _lines(start, end, text)


def lines_of(start: int, end: int, text: str) -> Patch:
    """Return a patch that takes out lines, and the empty ones that are then too many."""
    return _lines(start, end, text)


def _extent(traced: Traced, text: str) -> tuple[int, int]:
    """Return the span of a text with all that stands on its lines."""
    low = min([traced.spans[0][0], *(one[0] for one in traced.outer)])
    high = max([traced.spans[-1][1], *(one[1] for one in traced.outer)])
    start = text.rfind("\n", 0, low) + 1
    found = BEHIND.match(text, high)
    end = found.end() if found else high
    if not BEFORE.fullmatch(text, start, low) or text[end : end + 1] not in ("", "\n"):
        raise Unplaced("lines that hold something else too")
    return start, end


def _lines(start: int, end: int, text: str) -> Patch:
    end = min(end + 1, len(text))
    blank = re.compile(r"[ \t>]*\n")
    is_behind_blank = not text[:start].strip() or re.search(r"\n[ \t>]*\n$", text[:start])
    while is_behind_blank and end < len(text) and (found := blank.match(text, end)):
        end = found.end()
    if end >= len(text):
        start = len(text[:start].rstrip("\n"))
        return Patch(start, len(text), "\n" if start else "")
    return Patch(start, end, "")


class Newcomers:
    """Writes new paragraphs of one place, between two texts of the brief."""

    def __init__(
        self,
        text: str,
        known: Known,
        before: Traced | None,
        behind: Traced | None,
        kinds: tuple[str, str],
        signs: dict[str, str],
    ) -> None:
        """Know the neighbours, their kinds in the Word file, and how headings are written."""
        self.text, self.known, self.signs = text, known, signs
        self.before, self.behind, self.kinds = before, behind, kinds

    def patch(self, units: Sequence[tuple[str, Atoms]]) -> Patch:
        """Return a patch for paragraphs of these kinds; raises Unplaced."""
        kinds = {kind for kind, _ in units}
        is_list = all(kind.startswith("item") for kind in kinds)
        if is_list and len(kinds) == 1:
            return self._items(units)
        if any(not (kind == "text" or kind.startswith("heading")) for kind in kinds):
            raise Unplaced("a new block of this kind here")
        written = [self._written(kind, atoms) for kind, atoms in units]
        return self._blocks(written)

    def _written(self, kind: str, atoms: Atoms) -> str:
        words = prose(atoms, self.known)
        if kind == "text":
            return escape_opening(words)
        sign = self.signs.get(kind) or "#" * int(kind.removeprefix("heading"))
        return f"{sign} {words}"

    def _blocks(self, written: Sequence[str]) -> Patch:
        before, behind = self.before, self.behind
        is_item = self.kinds[0].startswith("item")
        if before and not is_item and before.leaf.kind in ("paragraph", "heading"):
            return self._below(before, written)
        if behind and behind.leaf.field == "body":
            start = self._line_start(behind.leaf.line)
            prefix = self._prefix(start, behind)
            return Patch(start, start, "".join(f"{prefix}{one}\n{prefix}\n" for one in written))
        if before and before.leaf.field == "body":
            at = self._end_of_block(before)
            return Patch(at, at, "".join(f"\n\n{one}" for one in written))
        raise Unplaced("a new paragraph here")

    def _below(self, before: Traced, written: Sequence[str]) -> Patch:
        start, end = _extent(before, self.text)
        prefix = self._prefix(start, before)
        empty = f"\n{prefix.rstrip(' ')}\n"
        return Patch(end, end, "".join(f"{empty}{prefix}{one}" for one in written))

    def _prefix(self, start: int, near: Traced) -> str:
        """Return what stands before the words of a line beside this one."""
        if NOTE.match(self.text, start):
            return " " * 4
        if near.leaf.kind not in ("paragraph", "heading"):
            return ""
        found = PREFIX.match(self.text, start)
        return found[0] if found else ""

    def _line_start(self, line: int) -> int:
        at = 0
        for _ in range(line - 1):
            at = self.text.index("\n", at) + 1
        return at

    def _end_of_block(self, before: Traced) -> int:
        """Return the end of the line before the next empty one."""
        found = re.compile(r"\n[ \t>]*(?=\n|\Z)").search(self.text, before.spans[-1][1])
        return found.start() if found else len(self.text)

    def _items(self, units: Sequence[tuple[str, Atoms]]) -> Patch:
        kind = units[0][0]
        words = [prose(atoms, self.known) for _, atoms in units]
        if self.before and self.kinds[0] == kind and self.before.leaf.kind == "paragraph":
            return self._items_below(self.before, words)
        if self.behind and self.kinds[1] == kind and self.behind.leaf.kind == "paragraph":
            start, _ = _extent(self.behind, self.text)
            mark = self._mark(start)
            gap = "\n" if self._is_loose(self.behind, start) else ""
            return Patch(start, start, "".join(f"{''.join(mark)}{one}\n{gap}" for one in words))
        raise Unplaced("a new list item here")

    def _items_below(self, before: Traced, words: Sequence[str]) -> Patch:
        start, end = _extent(before, self.text)
        prefix, sign, space = self._mark(start)
        gap = "\n\n" if self._is_loose(before, start) else "\n"
        made = ""
        for one in words:
            sign = _next(sign)
            made += f"{gap}{prefix}{sign}{space}{one}"
        return Patch(end, end, made)

    def _mark(self, start: int) -> tuple[str, str, str]:
        found = ITEM.match(self.text, start)
        if not found:
            raise Unplaced("a new list item here")
        return found[1], found[2], found[3]

    def _is_loose(self, near: Traced, start: int) -> bool:
        """Tell whether empty lines stand between the items of a list."""
        _, end = _extent(near, self.text)
        behind = self.text[end:].split("\n")[1:3]
        above = self.text[:start].split("\n")[-2:-4:-1]
        for lines in (behind, above):
            if lines and self._is_like(lines[0], start):
                return False
        return any(
            len(lines) == 2 and not lines[0].strip() and self._is_like(lines[1], start)
            for lines in (behind, above)
        )

    def _is_like(self, line: str, start: int) -> bool:
        """Tell whether a line begins an item of the list of which one begins here."""
        one, other = ITEM.match(line), ITEM.match(self.text, start)
        if not one or not other or one[1] != other[1]:
            return False
        return one[2] == other[2] or (len(one[2]) > 1 and one[2][-1] == other[2][-1])


def _next(sign: str) -> str:
    """Return the sign of the next item."""
    if number := re.search(r"\d+", sign):
        return sign.replace(number[0], str(int(number[0]) + 1))
    letter = re.search("[A-Ya-y]", sign)
    return sign.replace(letter[0], chr(ord(letter[0]) + 1)) if letter else sign
