"""Tables: a grid of cells in the house's table style, and panels of one cell."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline import model as m
from pipeline import walk
from pipeline.renderers.word.reference import PANEL_PADDING
from pipeline.renderers.word.xml import Element, w
from pipeline.text import plain

GUTTER = 160
"""Space at the right of each cell, in twips, as the table style has it."""
SHORTEST, LONGEST = 5, 40
"""Characters between which the widths of columns follow their text."""

FillCell = Callable[[m.Cell, str, int], list[Element]]
"""Writes a cell's blocks, given the style of its paragraphs and its width in twips."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the grid: a cell, in the row where it starts or in one it `continues` into."""

    column: int
    columns: int
    rows: int
    cell: m.Cell
    continues: bool = False


def table(node: m.Table, left: int, width: int, fill: FillCell) -> Element:
    """Return the table (17.4.37). Its head rows repeat where it breaks, and no row breaks."""
    widths = column_widths(node, width)
    grid = w("tblGrid", *(w("gridCol", w=one) for one in widths))
    rows = _rows(node, widths, fill)
    title = plain(node.caption)
    return w("tbl", _properties("BriefTable", left, sum(widths), _look(node), title), grid, *rows)


def panel(style: str, title: str, left: int, width: int, content: Sequence[Element]) -> Element:
    """Return a panel: a table of one cell, which keeps lists and notes in it together."""
    look = w("tblLook", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    cell = w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content)
    grid = w("tblGrid", w("gridCol", w=width))
    return w("tbl", _properties(style, left, width, look, title), grid, w("tr", cell))


def panel_width(width: int) -> int:
    """Return the width of the text in a panel."""
    return width - 2 * PANEL_PADDING


def column_widths(node: m.Table, width: int) -> list[int]:
    """Share the width: as the author asks, and what is left in proportion to the text."""
    asked = [column.width for column in node.columns]
    weights = _weights(node)
    free = sum(weight for weight, share in zip(weights, asked, strict=True) if share is None)
    left = max(100 - sum(share for share in asked if share), 100 * 0.1)
    shares = [
        share if share is not None else left * weight / free
        for weight, share in zip(weights, asked, strict=True)
    ]
    return [round(width * share / sum(shares)) for share in shares]


def _weights(node: m.Table) -> list[int]:
    """Return the length of the longest text in each column, within limits."""
    lengths = [SHORTEST] * len(node.columns)
    for places in _grid((*node.head, *node.body, *node.foot), len(node.columns)):
        for place in places:
            if place.columns == 1 and not place.continues:
                lengths[place.column] = max(lengths[place.column], _length(place.cell))
    return [min(length, LONGEST) for length in lengths]


def _length(cell: m.Cell) -> int:
    words = (inline.text for inline in walk.inlines_of(cell.blocks) if isinstance(inline, m.Text))
    return sum(map(len, words))


def _properties(style: str, left: int, width: int, look: Element, title: str) -> Element:
    """Return the properties of a table; the title speaks for it to someone who cannot see it."""
    return w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=width, type="dxa"),
        w("tblInd", w=left, type="dxa"),
        w("tblLayout", type="fixed"),
        look,
        *([w("tblCaption", val=title)] if title else []),
    )


def _look(node: m.Table) -> Element:
    """Return which rows and columns the style shows apart (17.4.55)."""
    return w(
        "tblLook",
        firstRow=int(bool(node.head)),
        lastRow=int(bool(node.foot)),
        firstColumn=int(node.row_heads > 0),
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )


def _rows(node: m.Table, widths: Sequence[int], fill: FillCell) -> Iterator[Element]:
    rows = (*node.head, *node.body, *node.foot)
    for index, places in enumerate(_grid(rows, len(widths))):
        in_head = index < len(node.head)
        properties = w("trPr", w("cantSplit"), *([w("tblHeader")] if in_head else []))
        cells = (_cell(node, place, widths, in_head, fill) for place in places)
        yield w("tr", properties, *cells)


def _cell(
    node: m.Table, place: Place, widths: Sequence[int], in_head: bool, fill: FillCell
) -> Element:
    width = sum(widths[place.column : place.column + place.columns])
    properties = w("tcPr", w("tcW", w=width, type="dxa"))
    if place.columns > 1:
        properties.append(w("gridSpan", val=place.columns))
    if place.continues or place.rows > 1:
        properties.append(w("vMerge", val="continue" if place.continues else "restart"))
    cell = m.Cell() if place.continues else place.cell
    align = place.cell.align or node.columns[place.column].align
    style = _style(in_head, place.column < node.row_heads) + SIDES.get(align or "left", "")
    return w("tc", properties, *fill(cell, style, width - GUTTER))


def _style(in_head: bool, heads_row: bool) -> str:
    """Return the style of a cell; a head of columns keeps its row with the next one."""
    if in_head:
        return "TableHead"
    return "TableRowHead" if heads_row else "TableText"


SIDES: Mapping[m.Alignment, str] = {"right": "Right", "center": "Center"}
"""What is added to the styles of cells that are not aligned at the left."""


def _grid(rows: Sequence[m.Row], columns: int) -> Iterator[list[Place]]:
    """Yield the places of each row, filled up where cells are missing."""
    hanging: dict[int, Place] = {}
    for row in rows:
        cells = iter(row.cells)
        places: list[Place] = []
        column = 0
        while column < columns:
            place = hanging.get(column) or _start(next(cells, m.Cell()), column, columns, hanging)
            places.append(place)
            column += place.columns
        yield places
        hanging = {
            place.column: replace(place, rows=place.rows - 1, continues=True)
            for place in places
            if place.rows > 1
        }


def _start(cell: m.Cell, column: int, columns: int, hanging: Mapping[int, Place]) -> Place:
    """Return the place of a new cell, which ends before the next cell that hangs from above."""
    end = min([columns, *(at for at in hanging if at > column)])
    return Place(column, min(cell.column_span, end - column), cell.row_span, cell)
