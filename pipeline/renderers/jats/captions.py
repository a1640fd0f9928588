"""What stands over and under figures and tables."""

from collections.abc import Iterator

from pipeline import model as m
from pipeline.renderers.jats.inlines import fill
from pipeline.renderers.jats.scope import Scope
from pipeline.renderers.jats.xml import Element, make


def caption(node: m.Figure | m.Table, word: str, scope: Scope) -> Iterator[Element]:
    """Yield the label and the caption of a figure or table."""
    if node.number:
        yield make("label", f"{word} {node.number}", lang=scope.lang)
    if node.caption:
        yield make("caption", fill(make("title"), node.caption, scope))


def legend(node: m.Figure | m.Table, scope: Scope) -> Iterator[Element]:
    """Yield the lines under a figure or table, each with what it is."""
    for line in node.legend:
        yield fill(make("p", content_type=line.kind), line.content, scope)
