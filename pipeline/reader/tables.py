"""pandoc's tables as tables of the model."""

from collections.abc import Callable, Sequence
from typing import Any

from pipeline import model as m
from pipeline.reader.context import Context
from pipeline.reader.inlines import inlines
from pipeline.reader.tree import Node

Blocks = Callable[[Context, Any], m.Blocks]

ALIGNMENTS: dict[str, m.Alignment | None] = {
    "AlignDefault": None,
    "AlignLeft": "left",
    "AlignRight": "right",
    "AlignCenter": "center",
}
NO_KEYS: frozenset[str] = frozenset()


def table(context: Context, node: Node, line: int, blocks: Blocks) -> Sequence[m.Block]:
    """Return a table; `blocks` converts what stands in a cell."""
    attributes, (_, caption), specs, head, bodies, foot = node["c"]
    context.refuse_attributes(node, attributes, frozenset({"#"}), "a table")
    if len(caption) > 1 or any(block["t"] not in {"Plain", "Para"} for block in caption):
        context.report("structure-unknown", node, kind="a caption of several blocks")
    if len(bodies) != 1 or bodies[0][2]:
        context.report("structure-unknown", node, kind="a table with several bodies")
    texts = inlines(context, [one for block in caption[:1] for one in block["c"]])
    columns = _columns(specs)
    number = context.elements.by_node.get(id(node))
    head_rows = _rows(context, head[1], columns, blocks)
    if not any(cell.blocks for row in head_rows for cell in row.cells):
        head_rows = ()
    return [
        m.Table(
            id=attributes[0] or None,
            number=int(number.number) if number else None,
            caption=texts,
            columns=columns,
            head=head_rows,
            body=tuple(row for body in bodies for row in _rows(context, body[3], columns, blocks)),
            foot=_rows(context, foot[1], columns, blocks),
            row_heads=bodies[0][1] if bodies else 0,
            line=line,
        )
    ]


def _columns(specs: Sequence[Any]) -> tuple[m.Column, ...]:
    """Widths that add up to more than the table are scaled down to it."""
    widths = [width.get("c") for _, width in specs]
    total = max(1.0, sum(width or 0.0 for width in widths))
    return tuple(
        m.Column(
            align=ALIGNMENTS[align["t"]],
            width=max(0.01, round(width / total * 100, 2)) if width else None,
        )
        for (align, _), width in zip(specs, widths, strict=True)
    )


def _rows(
    context: Context, rows: Sequence[Any], columns: Sequence[m.Column], blocks: Blocks
) -> tuple[m.Row, ...]:
    """A cell that spans rows takes its place from the cells below it."""
    made: list[m.Row] = []
    taken = [0] * len(columns)
    for attributes, cells in rows:
        context.refuse_attributes(cells, attributes, NO_KEYS, "a table row")
        row: list[m.Cell] = []
        at = 0
        for cell in cells:
            while at < len(taken) and taken[at]:
                at += 1
            column = columns[min(at, len(columns) - 1)]
            row.append(_cell(context, cell, column, blocks))
            for index in range(at, min(at + cell[3], len(taken))):
                taken[index] = cell[2]
            at += cell[3]
        taken = [max(0, rest - 1) for rest in taken]
        made.append(m.Row(cells=tuple(row)))
    return _without_covered(made)


def _without_covered(rows: Sequence[m.Row]) -> tuple[m.Row, ...]:
    """Return the rows but those that cells from above cover whole, which no page can show."""
    kept = [index for index, row in enumerate(rows) if row.cells]
    return tuple(
        m.Row(cells=tuple(_shortened(cell, index, kept) for cell in rows[index].cells))
        for index in kept
    )


def _shortened(cell: m.Cell, row: int, kept: Sequence[int]) -> m.Cell:
    """Return a cell that spans as many rows as are left of those it did."""
    span = sum(row <= index < row + cell.row_span for index in kept)
    return cell if span == cell.row_span else cell.model_copy(update={"row_span": span})


def _cell(context: Context, cell: Any, column: m.Column, blocks: Blocks) -> m.Cell:
    attributes, align, row_span, column_span, content = cell
    context.refuse_attributes(cell, attributes, NO_KEYS, "a table cell")
    own = ALIGNMENTS[align["t"]]
    return m.Cell(
        blocks=blocks(context, content),
        align=own if own != column.align else None,
        row_span=row_span,
        column_span=column_span,
    )
