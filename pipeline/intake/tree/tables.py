"""Tables of pandoc's tree as those of a brief."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pipeline import model as m
from pipeline.intake.tongues import without_number
from pipeline.intake.tree.taken import Node, Taken

Blocks = Callable[[Sequence[Node], Taken], m.Blocks]
ALIGNMENTS: dict[str, m.Alignment] = {
    "AlignLeft": "left",
    "AlignRight": "right",
    "AlignCenter": "center",
}


def table_of(content: list[Any], taken: Taken, blocks: Blocks) -> Iterator[m.Block]:
    """Yield a table; one of a single cell is what the cell holds.

    The caption is taken before the cells, so that notes count in the order of reading.
    """
    _, (_, said), columns, head, bodies, foot = content
    caption = _caption(blocks(said, taken))
    rows_of = _Rows(taken, blocks)
    top = [*rows_of(head[1])]
    body = [row for one in bodies for part in (one[2], one[3]) for row in rows_of(part)]
    bottom = [*rows_of(foot[1])]
    rows = [*top, *body, *bottom]
    if not rows:
        yield from [m.Paragraph(content=caption, line=1)] if caption else []
    elif len(rows) == 1 and len(rows[0].cells) == 1:
        # A frame around a text, which people draw with a table, is what stands in it.
        yield from [m.Paragraph(content=caption, line=1)] if caption else []
        yield from rows[0].cells[0].blocks
    else:
        if not top and len(body) > 1 and _is_head(body):
            top, body = body[:1], body[1:]
        yield m.Table(
            caption=caption,
            columns=tuple(m.Column(align=ALIGNMENTS.get(one[0]["t"])) for one in columns),
            head=tuple(top),
            body=tuple(body),
            foot=tuple(bottom),
            line=1,
        )


def _is_head(body: Sequence[m.Row]) -> bool:
    """Tell whether the first row says what stands below: no cell is empty or spans rows."""
    cells = body[0].cells
    words = ("".join(_strong_or_not(cell)) for cell in cells)
    return all(cell.row_span == 1 and cell.blocks for cell in cells) and all(words)


def _strong_or_not(cell: m.Cell) -> Iterator[str]:
    """Yield a sign for a cell that is one paragraph without figures, as heads of columns are."""
    if len(cell.blocks) == 1 and isinstance(cell.blocks[0], m.Paragraph):
        said = "".join(one.text for one in cell.blocks[0].content if isinstance(one, m.Text))
        if not said.strip(" .,%0123456789"):
            is_strong = any(isinstance(one, m.Strong) for one in cell.blocks[0].content)
            yield "x" if is_strong else ""
        else:
            yield "x"


def _caption(said: m.Blocks) -> m.Inlines:
    """Return the paragraphs of a caption as one."""
    made: m.Inlines = ()
    for one in said:
        if isinstance(one, m.Paragraph):
            made = (*made, m.Text(text=" "), *one.content) if made else one.content
    return without_number(made)


class _Rows:
    """Makes rows of cells."""

    def __init__(self, taken: Taken, blocks: Blocks) -> None:
        self.taken, self.blocks = taken, blocks

    def __call__(self, rows: list[Any]) -> Iterator[m.Row]:
        for _, cells in rows:
            made = tuple(self._cell(*cell) for cell in cells)
            if made:
                yield m.Row(cells=made)

    def _cell(
        self, _: Any, align: Node, row_span: int, column_span: int, content: list[Node]
    ) -> m.Cell:
        return m.Cell(
            blocks=self.blocks(content, self.taken),
            align=ALIGNMENTS.get(align["t"]),
            row_span=row_span,
            column_span=column_span,
        )
