"""Tables as JATS has them: those of XHTML, in a frame with caption, legend and notes."""

from collections.abc import Callable, Iterable, Iterator

from pipeline import model as m
from pipeline.renderers.jats.captions import caption, legend
from pipeline.renderers.jats.inlines import fill
from pipeline.renderers.jats.scope import Scope
from pipeline.renderers.jats.xml import Content, Element, make, name_of
from pipeline.renderers.nodes import places

Filling = Callable[[m.Cell], Iterable[Content]]


def table(node: m.Table, scope: Scope, inside: Filling) -> Element:
    """Return a table; `inside` gives what stands in a cell."""
    foot = [*_foot(node, scope)]
    return make(
        "table-wrap",
        *caption(node, scope.words.table, scope),
        make("table", _columns(node), *_groups(node, inside)),
        make("table-wrap-foot", *foot) if foot else None,
        id=name_of(node.id) if node.id else None,
    )


def _columns(node: m.Table) -> Element | None:
    if not any(column.width for column in node.columns):
        return None
    widths = (f"{column.width:.2f}%" if column.width else None for column in node.columns)
    return make("colgroup", *(make("col", width=width) for width in widths))


def _groups(node: m.Table, inside: Filling) -> Iterator[Element]:
    """Yield head, foot and body, in the order that the standard asks for (XHTML 1.1, tables)."""
    for tag, rows in (("thead", node.head), ("tfoot", node.foot), ("tbody", node.body)):
        lines = [
            make("tr", *(_cell(cell, column, tag, node, inside) for cell, column in line))
            for line in places(rows)
        ]
        if lines or tag == "tbody":
            yield make(tag, *(lines or [make("tr")]))


def _cell(cell: m.Cell, column: int, group: str, node: m.Table, inside: Filling) -> Element:
    scope = "col" if group == "thead" else "row" if column < node.row_heads else ""
    is_head = bool(scope and cell.blocks)
    span = cell.column_span if scope == "col" else cell.row_span
    return make(
        "th" if is_head else "td",
        *inside(cell),
        scope=(f"{scope}group" if span > 1 else scope) if is_head else None,
        align=cell.align or node.columns[column].align,
        colspan=cell.column_span if cell.column_span > 1 else None,
        rowspan=cell.row_span if cell.row_span > 1 else None,
    )


def _foot(node: m.Table, scope: Scope) -> Iterator[Element]:
    """Yield what stands under the table: its legend, and the notes that it keeps to itself."""
    yield from legend(node, scope)
    for note in node.notes:
        words = fill(make("p"), note.content, scope)
        yield make("fn", make("label", note.letter, lang=scope.lang), words, id=name_of(note.id))
