"""Figures of a table column aligned on the decimal sign.

No output aligns on a character, so the shorter figures of a right-aligned column are set in from
the right by as much as they lack. Figures of tables are all of one width.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline import model as m
from pipeline.renderers.nodes import places

GROUPING = ".,'’ \u00a0\u202f"
"""What may stand between groups of digits, but for the sign that divides the decimals."""
NOTHING = frozenset(("", "–", "—", "-", "…", ".."))
"""What stands in a cell that has no number."""


@dataclass(frozen=True, slots=True)
class Decimals:
    """What each cell of a table lacks to the longest decimals of its column, such as `.00`."""

    lacking: Mapping[int, str] = field(default_factory=dict)

    def of(self, cell: m.Cell) -> str:
        """Return what a cell lacks; nothing, in most tables."""
        return self.lacking.get(id(cell), "")


def decimals(table: m.Table, sign: str) -> Decimals:
    """Return what the cells of a table lack. `sign` divides the decimals in the brief's language.

    A column is aligned when the author aligned it at the right and all its cells are numbers.
    """
    columns: dict[int, list[m.Cell]] = {}
    for rows in (table.body, table.foot):
        for line in places(rows):
            for cell, column in line:
                columns.setdefault(column, []).append(cell)
    return Decimals(
        {
            ident: lack
            for column, cells in columns.items()
            if table.columns[column].align == "right"
            for ident, lack in _lacking(cells, sign)
        }
    )


def _lacking(cells: Sequence[m.Cell], sign: str) -> Iterator[tuple[int, str]]:
    found = {id(cell): _figures(cell) for cell in cells}
    if any(text is None for text in found.values()) or any(one.column_span > 1 for one in cells):
        return
    numbers = {ident: text for ident, text in found.items() if text and text not in NOTHING}
    grouping = GROUPING.replace(sign, "")
    pattern = re.compile(
        rf"[−–+-]?\d[\d{grouping}]*(?P<decimals>{re.escape(sign)}\d+)?[\s\u00a0\u202f]?%?"
    )
    matches = {ident: pattern.fullmatch(text) for ident, text in numbers.items()}
    if not all(matches.values()):
        return
    tails = {ident: match["decimals"] or "" for ident, match in matches.items() if match}
    longest = max(map(len, tails.values()), default=0)
    for ident, tail in tails.items():
        if len(tail) < longest:
            yield ident, ("" if tail else sign) + "0" * (longest - (len(tail) or 1))


def _figures(cell: m.Cell) -> str | None:
    """Return the text of a cell that is one line without markup, apart from a call at its end."""
    match cell.blocks:
        case ():
            return ""
        case (m.Paragraph(content=(m.Text(text=text),)),):
            return text
        case (m.Paragraph(content=(m.Text(text=text), m.Call() | m.TableCall())),):
            return text
        case _:
            return None
