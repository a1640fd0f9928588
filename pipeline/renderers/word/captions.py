"""Figures, and what stands above and below figures and tables: number, caption and legend."""

from pipeline import model as m
from pipeline.renderers.nodes import described
from pipeline.renderers.word.inlines import (
    Voice,
    field,
    interface,
    properties,
    runs,
    table_marker,
)
from pipeline.renderers.word.scope import Scope
from pipeline.renderers.word.xml import Element, paragraph, text, w

BELOW_LEGEND = 240
"""Space below the last line under a figure or a table, in twips."""


def figure(scope: Scope, node: m.Figure) -> list[Element]:
    """Return a figure: its caption, the picture, the lines under it."""
    above, below = caption(scope, node, "Caption"), legend(scope, node)
    picture = scope.book.bookmarks.wrap(node.id, runs(scope, (described(node),)))
    return [*above, paragraph("Figure" if below else "FigureAlone", picture), *below]


def caption(scope: Scope, node: m.Figure | m.Table, style: str) -> list[Element]:
    """Return the caption, with its number as a field that Word counts by itself (17.16.5.56).

    The bookmark stands around the number, so that a reference can repeat it.
    """
    if not node.caption:
        return []
    words = runs(scope, node.caption)
    if node.number is None:
        return [paragraph(style, scope.book.bookmarks.wrap(node.id, words))]
    is_table = isinstance(node, m.Table)
    name = scope.book.words.table if is_table else scope.book.words.figure
    said = properties(scope, Voice(lang=scope.lang))
    counted = field(f"SEQ {'Table' if is_table else 'Figure'}", str(node.number), said)
    number = scope.book.bookmarks.wrap(node.id, counted)
    space = w("r", text(" "))
    return [paragraph(style, [interface(f"{name} "), *number, space, *words])]


def legend(scope: Scope, node: m.Figure | m.Table) -> list[Element]:
    """Return the lines under a figure or a table; the last keeps the space below."""
    said = scope.book.words.legend
    lines = [
        ("Legend", [interface(f"{said[line.kind]} "), *runs(scope, line.content)])
        for line in node.legend
    ]
    for note in node.notes if isinstance(node, m.Table) else ():
        words = [table_marker(scope, note), w("r", w("tab")), *runs(scope, note.content)]
        lines.append(("TableNote", scope.book.bookmarks.wrap(note.id, words)))
    last = [scope.book.styles.last(style, BELOW_LEGEND) for style, _ in lines[-1:]]
    styles = [*(style for style, _ in lines[:-1]), *last]
    return [paragraph(style, line) for style, (_, line) in zip(styles, lines, strict=True)]
