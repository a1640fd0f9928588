"""Figures, and what stands above and below figures and tables: number, caption and legend."""

from pipeline import model as m
from pipeline.renderers.nodes import described
from pipeline.renderers.word.inlines import Voice, field, interface, properties, runs
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
    last = scope.book.styles.last("Legend", BELOW_LEGEND)
    styles = ["Legend"] * (len(node.legend) - 1) + [last]
    return [
        paragraph(
            style,
            [interface(f"{scope.book.words.legend[line.kind]} "), *runs(scope, line.content)],
        )
        for style, line in zip(styles, node.legend, strict=False)
    ]
