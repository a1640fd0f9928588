"""Blocks as JATS has them.

What an element may hold directly differs much; a paragraph may stand nearly everywhere and hold
nearly everything, so that it is put around what has no other place.
"""

from collections.abc import Iterable, Iterator, Sequence

from pipeline import model as m
from pipeline.renderers.jats.captions import caption, legend
from pipeline.renderers.jats.inlines import content, fill, picture
from pipeline.renderers.jats.scope import Scope
from pipeline.renderers.jats.tables import table
from pipeline.renderers.jats.xml import Element, add, before, make, name_of
from pipeline.renderers.numerals import DELIMITERS, numeral

NUMERALS = {
    "decimal": "order",
    "lower-alpha": "alpha-lower",
    "upper-alpha": "alpha-upper",
    "lower-roman": "roman-lower",
    "upper-roman": "roman-upper",
}
TEXTS = ("p", "title", "term", "verse-line", "td", "th", "attrib")
"""Elements of running text, which can hold the anchor of what they are in."""


def blocks(nodes: Iterable[m.Block], scope: Scope) -> Iterator[Element]:
    """Yield elements for blocks, as sections, boxes and quotations hold them."""
    for node in nodes:
        if isinstance(node, m.Division):
            yield from _division(node, scope)
        else:
            yield _block(node, scope)


def in_paragraphs(
    nodes: Iterable[m.Block], scope: Scope, also: Sequence[str] = ()
) -> Iterator[Element]:
    """Yield elements for blocks, as notes, items and cells hold them: paragraphs, and `also`."""
    for element in blocks(nodes, scope):
        yield element if element.tag in ("p", *also) else make("p", element)


def anchored(element: Element, ident: str | None) -> Element:
    """Return the element with an anchor, if it has one."""
    if ident:
        element.set("id", name_of(ident))
    return element


def _division(node: m.Division, scope: Scope) -> Iterator[Element]:
    """Yield what a division holds: JATS has no element for it, and its text says what it says."""
    found = [*blocks(node.blocks, scope.speaking(node.lang))]
    if node.id:
        _give_anchor(found, node.id)
    yield from found


def _give_anchor(elements: Sequence[Element], ident: str) -> None:
    """Let the first text in elements be where an anchor leads."""
    for element in elements:
        for inner in element.iter(*TEXTS, "code"):
            if inner.tag == "code":
                anchored(inner, ident)
                return
            if inner.text or any(part.tag not in TEXTS for part in inner):
                before(inner, anchored(make("target"), ident))
                return


def _block(node: m.Block, scope: Scope) -> Element:
    match node:
        case m.Paragraph():
            return fill(make("p"), node.content, scope)
        case m.Heading():
            return anchored(_minor_heading(node, scope), node.id)
        case m.BulletList() | m.OrderedList():
            return _list(node, scope)
        case m.DefinitionList():
            return make("def-list", *(_entry(entry, scope) for entry in node.entries))
        case m.BlockQuote():
            said = [_attribution(node.attribution, scope)]
            return make("disp-quote", *blocks(node.blocks, scope), *said)
        case m.PullQuote():
            words = fill(make("p"), node.content, scope)
            said = [_attribution(node.attribution, scope)]
            return make("disp-quote", words, *said, content_type="pull-quote")
        case m.CodeBlock():
            return make("code", node.text, language=node.language, lang=scope.lang)
        case m.LineBlock():
            lines = (fill(make("verse-line"), line, scope) for line in node.lines)
            return make("verse-group", *lines)
        case m.Figure():
            return _figure(node, scope)
        case m.Table():
            return table(node, scope, lambda cell: cell_content(cell, scope))
        case m.ThematicBreak():
            return make("p", make("hr"))
        case m.Box():
            return anchored(_box(node, scope), node.id)
    raise AssertionError(f"a division is no block of its own: {node.type}")


def label_and_title(node: m.Heading, scope: Scope) -> Iterator[Element]:
    """Yield what stands over a section."""
    if node.number:
        yield make("label", node.number, lang=scope.lang)
    yield fill(make("title"), node.content, scope)


def _minor_heading(node: m.Heading, scope: Scope) -> Element:
    """Return a heading in a box, a quotation or the like, where no section can begin."""
    number = (m.Text(text=f"{node.number} "),) if node.number else ()
    words = fill(make("bold"), (*number, *node.content), scope)
    return make("p", words, content_type=f"heading-{node.level}")


def _list(node: m.BulletList | m.OrderedList, scope: Scope) -> Element:
    """Return a list. Items of a numbered one have labels: JATS knows no other start than 1."""
    if isinstance(node, m.BulletList):
        return make("list", *(_item(item, None, scope) for item in node.items), list_type="bullet")
    labels = (
        make("label", DELIMITERS[node.delimiter].format(numeral(number, node.style)))
        for number in range(node.start, node.start + len(node.items))
    )
    items = (_item(item, label, scope) for item, label in zip(node.items, labels, strict=True))
    return make("list", *items, list_type=NUMERALS[node.style])


def _item(item: m.ListItem, label: Element | None, scope: Scope) -> Element:
    found = [*in_paragraphs(item.blocks, scope, ("list", "def-list"))]
    return make("list-item", label, *(found or [make("p")]))


def _entry(entry: m.DefinitionEntry, scope: Scope) -> Element:
    definitions = (
        make("def", *([*in_paragraphs(one, scope)] or [make("p")])) for one in entry.definitions
    )
    return make("def-item", fill(make("term"), entry.term, scope), *definitions)


def _attribution(said: m.Attribution | None, scope: Scope) -> Element | None:
    return fill(make("attrib"), said.content, scope) if said else None


def _figure(node: m.Figure, scope: Scope) -> Element:
    head = [*caption(node, scope.words.figure, scope)]
    if lines := [*legend(node, scope)]:
        if not head or head[-1].tag != "caption":
            head.append(make("caption"))
        add(head[-1], *lines)
    graphic = picture(node.image, scope, "graphic")
    if node.description:
        graphic.append(make("long-desc", node.description))
    return anchored(make("fig", *head, graphic), node.id)


def _box(node: m.Box, scope: Scope) -> Element:
    title = make("caption", fill(make("title"), node.title, scope)) if node.title else None
    return make("boxed-text", title, *blocks(node.blocks, scope), content_type=node.kind)


def cell_content(cell: m.Cell, scope: Scope) -> Iterator[Element | str | None]:
    """Yield what a cell holds: the words of its only paragraph, or all that it has."""
    match cell.blocks:
        case (m.Paragraph() as only,) if not scope.lang:
            yield from content(only.content, scope)
        case _:
            yield from in_paragraphs(cell.blocks, scope)
