"""Checks of tables: cells fill a grid. pandoc makes no others; a JSON document may hold any."""

from collections.abc import Iterator, Sequence

from pipeline import model as m
from pipeline.checks.subject import Subject
from pipeline.problems import Problem


def cells_fill_the_grid(subject: Subject) -> Iterator[Problem]:
    """The cells of a table stand beside and below one another."""
    for block in subject.blocks:
        if isinstance(block, m.Table):
            parts = {"head": block.head, "body": block.body, "foot": block.foot}
            for part, rows in parts.items():
                for number, what in _misplaced(rows, len(block.columns)):
                    where = f"row {number} of the {part}"
                    yield subject.problem("structure-table", block.line, where=where, what=what)


def _misplaced(rows: Sequence[m.Row], columns: int) -> Iterator[tuple[int, str]]:
    """Yield the number of each row, from 1, whose cells cannot stand in it, and why."""
    free_from = [1] * columns
    for number, row in enumerate(rows, start=1):
        column = 0
        if not row.cells:
            yield number, "has no cell of its own"
        for cell in row.cells:
            while column < columns and free_from[column] > number:
                column += 1
            end = column + cell.column_span
            if end > columns:
                yield number, f"has more cells than the table has columns ({columns})"
                break
            if any(until > number for until in free_from[column:end]):
                yield number, "has a cell that covers one from above"
            if number + cell.row_span - 1 > len(rows):
                yield number, "has a cell that reaches below the last row"
            free_from[column:end] = [number + cell.row_span] * cell.column_span
            column = end
