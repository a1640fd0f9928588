"""Tables of the model as pipe tables, or, with more than a line in a cell, as grid tables."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from pipeline import model as m
from pipeline.intake.markdown.wrap import wrapped

Blocks = Callable[[m.Blocks], list[str]]
"""Writes the blocks of a cell."""

COLUMNS = 72
"""Characters of a line from which pandoc takes relative widths from the source."""

PIPE = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|\|")
"""What is escaped, a piece of code, or the sign between two cells."""
WIDEST_GRID = 8 * COLUMNS
"""Characters of a line from which a table becomes no wider, whatever its words need."""
STEP = 8
"""Characters by which a table is made wider, until its words fit."""
WIDEST = 40
"""Characters that a column of long texts counts for beside others."""
SMALLEST = 6
"""Characters of the narrowest column with its line."""
ALL = 99.9
"""Per cent of the measure from which on the columns take all of it."""
EXACT = 0.005
"""Per cent by which a width may differ."""


def grid(table: m.Table, blocks: Blocks) -> list[str]:
    """Return the rows of a table. Widths and alignments of single cells are not kept exactly."""
    lines = _pipes(table, blocks) if _is_plain(table) else None
    if lines and _is_fit(table, lines):
        return lines
    return _Grid(table, blocks).lines()


def _is_fit(table: m.Table, lines: Sequence[str]) -> bool:
    """Tell whether a pipe table keeps the widths: pandoc counts them where a line is long."""
    shares = [column.width or 0.0 for column in table.columns]
    if not any(shares):
        return True
    return sum(shares) > ALL and max(map(len, lines)) > COLUMNS


def _is_plain(table: m.Table) -> bool:
    """Tell whether every cell is one line of text, as pipe tables have it."""
    rows = (*table.head, *table.body, *table.foot)
    cells = [cell for row in rows for cell in row.cells]
    return (
        len(table.head) < 2
        and not table.foot
        and bool(table.body)
        and all(_is_line(cell) for cell in cells)
    )


def _is_line(cell: m.Cell) -> bool:
    if cell.row_span > 1 or cell.column_span > 1 or len(cell.blocks) > 1:
        return False
    return all(
        isinstance(block, m.Paragraph)
        and not any(isinstance(one, m.LineBreak) for one in block.content)
        for block in cell.blocks
    )


def _pipes(table: m.Table, blocks: Blocks) -> list[str]:
    """Return a pipe table, set out in columns where a line of it does not become too long."""
    count = len(table.columns)
    head = table.head[0].cells if table.head else ()
    rows = [_texts(head, count, blocks), *(_texts(row.cells, count, blocks) for row in table.body)]
    wide = [max(3, *(len(row[index]) for row in rows)) for index in range(count)]
    short = COLUMNS - (sum(wide) + 3 * count + 1)
    is_even = short >= 0
    if is_even and sum(column.width or 0.0 for column in table.columns) > ALL:
        wide[-1] += short + 1  # pandoc heeds widths only where a line is longer than this.
    made = [_row(row, wide if is_even else [0] * count, table.columns) for row in rows]
    is_long = max(map(len, made)) > COLUMNS
    rule = "|".join(map(_rule, table.columns, _lengths(table.columns, wide, is_long)))
    made.insert(1, f"|{rule}|")
    return made


def _lengths(columns: Sequence[m.Column], wide: Sequence[int], is_long: bool) -> list[int]:
    """Return the lengths of the strokes under the head: by width, or else by what is in them.

    Where no line is long the strokes are not either, as they would set widths.
    """
    shares = [column.width or 0.0 for column in columns]
    if sum(shares) > ALL:
        return _shared(shares, 3 * len(columns))
    if sum(wide) + 3 * len(columns) + 1 <= COLUMNS:
        return [size + 2 for size in wide]
    return [min(max(size, SMALLEST), WIDEST) if is_long else 3 for size in wide]


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0] != "|" else "\\|"


def _texts(cells: Sequence[m.Cell], width: int, blocks: Blocks) -> list[str]:
    texts = [PIPE.sub(_escaped, " ".join(blocks(cell.blocks))) for cell in cells]
    return texts + [""] * (width - len(texts))


def _row(texts: Sequence[str], wide: Sequence[int], columns: Sequence[m.Column]) -> str:
    cells = (
        text.rjust(size) if column.align == "right" else text.ljust(size)
        for text, size, column in zip(texts, wide, columns, strict=True)
    )
    return "| " + " | ".join(cells) + " |"


def _rule(column: m.Column, size: int) -> str:
    left = ":" if column.align in ("left", "center") else "-"
    right = ":" if column.align in ("right", "center") else "-"
    return left + "-" * (size - 2) + right


def _sizes(columns: Sequence[m.Column], total: int) -> list[int]:
    """Return the characters of each column with its line, so that its width comes out the same."""
    shares = [column.width or 0.0 for column in columns]
    if sum(shares) > ALL:
        return [max(SMALLEST, size) for size in _shared(shares, total)]
    return [max(SMALLEST, round(share * total / 100)) for share in shares]


def _shared(shares: Sequence[float], least: int) -> list[int]:
    """Return whole numbers with these shares of their sum, which is `least` or more."""
    tries = range(least, 10 * COLUMNS)
    total = next((size for size in tries if _keeps(shares, size)), COLUMNS)
    return [max(3, round(share * total / 100)) for share in shares]


def _keeps(shares: Sequence[float], total: int) -> bool:
    sizes = [round(share * total / 100) for share in shares]
    return (
        min(sizes) >= 3
        and sum(sizes) == total
        and all(
            abs(size * 100 / total - share) < EXACT
            for size, share in zip(sizes, shares, strict=True)
        )
    )


def _may_wrap(content: m.Blocks) -> bool:
    """Tell whether lines may be broken anywhere: running text and lists of it, but no code."""
    for block in content:
        match block:
            case m.Paragraph():
                continue
            case m.BulletList() | m.OrderedList():
                if not all(_may_wrap(item.blocks) for item in block.items):
                    return False
            case _:
                return False
    return True


class _Grid:
    """A grid table in the making: cells have places, columns and rows have sizes."""

    def __init__(self, table: m.Table, blocks: Blocks) -> None:
        self.table = table
        self.rows = (*table.head, *table.body, *table.foot)
        self.columns = len(table.columns)
        self.owner: list[list[int]] = [[-1] * self.columns for _ in self.rows]
        self.texts: list[list[str]] = []
        self.spans: list[tuple[int, int, int, int]] = []
        self.wraps: list[bool] = []
        for at, row in enumerate(self.rows):
            self._place(at, row, blocks)
        self._fill()
        self.wide = self._widths()
        self.high = self._heights()

    def _place(self, at: int, row: m.Row, blocks: Blocks) -> None:
        for cell in row.cells:
            free = [index for index in range(self.columns) if self.owner[at][index] < 0]
            if not free:
                return
            left, right = free[0], min(free[0] + cell.column_span, self.columns)
            down = min(at + cell.row_span, len(self.rows))
            self._own(at, down, left, right, blocks(cell.blocks))
            self.wraps[-1] = _may_wrap(cell.blocks)

    def _own(self, top: int, down: int, left: int, right: int, text: list[str]) -> None:
        for row in range(top, down):
            for column in range(left, right):
                self.owner[row][column] = len(self.texts)
        self.texts.append([line.expandtabs(4) for line in text])
        self.wraps.append(False)
        self.spans.append((top, down, left, right))

    def _fill(self) -> None:
        for row, owners in enumerate(self.owner):
            for column in range(self.columns):
                if owners[column] < 0:
                    self._own(row, row + 1, column, column + 1, [])

    def _widths(self) -> list[int]:
        """Return the characters between the lines of each column, and wrap what may be wrapped.

        Where something does not fit, all columns become wider, so that their shares stay the same;
        those that do not take all of the measure cannot, as pandoc counts them against 72.
        """
        columns = self.table.columns
        if sum(column.width or 0.0 for column in columns) <= ALL:
            return self._fitted([size - 1 for size in _sizes(columns, COLUMNS)])
        for total in range(COLUMNS, WIDEST_GRID, STEP):
            sizes = [size - 1 for size in _sizes(columns, total)]
            if not any(self._missing(index, sizes) for index in range(len(self.spans))):
                break
        return self._fitted(sizes)

    def _room(self, index: int, wide: Sequence[int]) -> int:
        _, _, left, right = self.spans[index]
        return sum(wide[left:right]) + right - left - 3

    def _lines_in(self, index: int, room: int) -> list[str]:
        is_set = any(column.width is not None for column in self.table.columns)
        return (
            wrapped(self.texts[index], room) if is_set and self.wraps[index] else self.texts[index]
        )

    def _missing(self, index: int, wide: Sequence[int]) -> int:
        """Return how many characters the longest line of a cell has too many."""
        room = self._room(index, wide)
        return max(0, max(map(len, self._lines_in(index, room)), default=0) - room)

    def _fitted(self, wide: list[int]) -> list[int]:
        for index, (_, _, _, right) in enumerate(self.spans):
            missing = self._missing(index, wide)
            self.texts[index] = self._lines_in(index, self._room(index, wide))
            wide[right - 1] += missing
        return wide

    def _heights(self) -> list[int]:
        high = [1] * len(self.rows)
        for text, (top, down, _, _) in zip(self.texts, self.spans, strict=True):
            missing = len(text) - (sum(high[top:down]) + down - top - 1)
            if missing > 0:
                high[down - 1] += missing
        return high

    def lines(self) -> list[str]:
        across = [0, *accumulate(size + 1 for size in self.wide)]
        down = [0, *accumulate(size + 1 for size in self.high)]
        page = [[" "] * (across[-1] + 1) for _ in range(down[-1] + 1)]
        for text, (top, bottom, left, right) in zip(self.texts, self.spans, strict=True):
            _frame(page, down[top], down[bottom], across[left], across[right])
            for index, line in enumerate(text):
                start = across[left] + 2
                page[down[top] + 1 + index][start : start + len(line)] = line
        self._rules(page, down, across)
        return ["".join(line) for line in page]

    def _rules(self, page: list[list[str]], down: list[int], across: list[int]) -> None:
        """Draw the lines under the head and around the foot, and the colons of alignments."""
        head, foot = len(self.table.head), len(self.table.foot)
        doubled = [down[head]] if head else []
        if foot:
            doubled += [down[len(self.rows) - foot], down[-1]]
        for row in doubled:
            page[row] = ["=" if sign == "-" else sign for sign in page[row]]
        aligned = page[down[head] if head else 0]
        for index, column in enumerate(self.table.columns):
            if column.align in ("left", "center"):
                aligned[across[index] + 1] = ":"
            if column.align in ("right", "center"):
                aligned[across[index + 1] - 1] = ":"


def _frame(page: list[list[str]], top: int, bottom: int, left: int, right: int) -> None:
    for column in range(left, right + 1):
        for row in (top, bottom):
            page[row][column] = "+" if column in (left, right) or page[row][column] == "+" else "-"
    for row in range(top + 1, bottom):
        for column in (left, right):
            page[row][column] = "+" if page[row][column] in "+-" else "|"
