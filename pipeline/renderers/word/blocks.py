"""Blocks to paragraphs and tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import model as m
from pipeline.languages import direction
from pipeline.renderers.decimals import decimals
from pipeline.renderers.nodes import is_short
from pipeline.renderers.word import captions, tables
from pipeline.renderers.word.direction import language, turned
from pipeline.renderers.word.inlines import Voice, interface, run, runs
from pipeline.renderers.word.numbering import LEVELS, Instance, bullet, levelled, number_properties
from pipeline.renderers.word.reference import twips
from pipeline.renderers.word.scope import Scope
from pipeline.renderers.word.xml import (
    Element,
    IllegalCharacterError,
    name,
    paragraph,
    text,
    w,
)
from pipeline.text import plain

P, TABLE, ROW = name("w:p"), name("w:tbl"), name("w:tr")
STYLE_PATH = f"{name('w:pPr')}/{name('w:pStyle')}"
VALUE = name("w:val")
TABLE_END = "TableEnd"
"""The empty paragraph that Word demands between two tables and after the last one of a cell."""
REFERENCES = "references"
"""The class of a division with the list of references."""


def blocks(scope: Scope, nodes: Sequence[m.Block]) -> list[Element]:
    """Return the blocks in the scope, with space kept below tables."""
    return spaced(scope, [element for node in nodes for element in block(scope, node)])


def block(scope: Scope, node: m.Block) -> list[Element]:
    """Return one block, or raise BriefError with its place when its text cannot stand in XML."""
    try:
        return _block(scope, node)
    except IllegalCharacterError as error:
        raise scope.book.refuse("structure-control", node.line, char=error.character) from None


def _block(scope: Scope, node: m.Block) -> list[Element]:
    match node:
        case m.Paragraph():
            return [paragraph(scope.text, runs(scope, node.content))]
        case m.Heading():
            return [paragraph(f"{scope.heading}{node.level}", _heading(scope, node))]
        case m.BulletList() | m.OrderedList():
            return _list(scope, node)
        case m.DefinitionList():
            return _definitions(scope, node)
        case m.BlockQuote():
            return _quote(scope, node)
        case m.PullQuote():
            return _pull_quote(scope, node)
        case m.CodeBlock():
            spoken = [w("rPr", *language(scope.lang))] if scope.lang else []
            return [
                paragraph(_own_level(scope, "SourceCode"), [w("r", *spoken, *_code(node.text))])
            ]
        case m.LineBlock():
            return [_verse(scope, node)]
        case m.Figure():
            return captions.figure(scope, node)
        case m.Table():
            return _table(scope, node)
        case m.ThematicBreak():
            return [paragraph("ThematicBreak", [])]
        case m.Box():
            return _box(scope, node)
        case m.Division():
            return _division(scope, node)


def _heading(scope: Scope, node: m.Heading) -> list[Element]:
    """Return the words of a heading; the bookmark of a numbered one stands around its number."""
    words = runs(scope, node.content)
    if node.number is None:
        return scope.book.bookmarks.wrap(node.id, words)
    said = run(scope, Voice(lang=scope.lang), text(node.number))
    number = scope.book.bookmarks.wrap(node.id, [said])
    return [*number, w("r", text(" ")), *words]


def _list(scope: Scope, node: m.BulletList | m.OrderedList) -> list[Element]:
    looseness = "" if node.tight else "Open"
    inner = replace(scope.deeper(f"ListContinue{looseness}"), in_tight_list=node.tight)
    level = min(inner.level, LEVELS) - 1
    if isinstance(node, m.OrderedList):
        instance = Instance(scope.family, node.style, node.delimiter, level, node.start)
        number = scope.book.numbering.add(instance)
        style = inner.style(f"ListNumber{looseness}")
    else:
        number = bullet(f"{scope.family}ListBullet{looseness}")
        style = inner.style(f"ListBullet{looseness}")
    found = [
        element
        for item in node.items
        for element in _item(inner, item, style, number_properties(number, level))
    ]
    if node.tight and not scope.in_tight_list:
        _keep_space_below(scope, found[-1])
    return found


def _item(scope: Scope, item: m.ListItem, style: str, properties: Element) -> list[Element]:
    """Return an item: its first paragraph carries the bullet or number, an empty one if need be."""
    first, rest = item.blocks[:1], item.blocks[1:]
    content: list[Element] = []
    if first and isinstance(first[0], m.Paragraph):
        content = runs(scope, first[0].content)
    else:
        rest = item.blocks
    return [paragraph(style, content, properties), *blocks(scope, rest)]


def _keep_space_below(scope: Scope, element: Element) -> None:
    """Give the last item of a tight list the space that divides paragraphs."""
    style = element.find(STYLE_PATH)
    if style is not None and style.get(VALUE, "").startswith("List"):
        space = twips(scope.book.theme.type.leading / 2)
        style.set(VALUE, scope.book.styles.last(style.get(VALUE, ""), space))


def _keep_space_above(scope: Scope, element: Element) -> None:
    """Give a paragraph that follows a table the space that divides paragraphs."""
    style = element.find(STYLE_PATH)
    if style is not None and style.get(VALUE) != TABLE_END:
        space = twips(scope.book.theme.type.leading * 0.8)
        style.set(VALUE, scope.book.styles.after_table(style.get(VALUE, ""), space))


def _definitions(scope: Scope, node: m.DefinitionList) -> list[Element]:
    inner = scope.deeper("Definition")
    found: list[Element] = []
    for entry in node.entries:
        found.append(paragraph(_own_level(scope, "DefinitionTerm"), runs(scope, entry.term)))
        for definition in entry.definitions:
            found += blocks(inner, definition)
    return found


def _own_level(scope: Scope, role: str) -> str:
    """Return the style of something that is not itself set in, such as code."""
    return levelled(scope.family + role, scope.level + 1)


def _code(lines: str) -> Iterator[Element]:
    for index, line in enumerate(lines.split("\n")):
        if index:
            yield w("br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                yield w("tab")
            if piece:
                yield text(piece)


def _verse(scope: Scope, node: m.LineBlock) -> Element:
    content = runs(scope, node.lines[0])
    for line in node.lines[1:]:
        content += [w("r", w("br")), *runs(scope, line)]
    return paragraph(_own_level(scope, "LineBlock"), content)


def _quote(scope: Scope, node: m.BlockQuote) -> list[Element]:
    quoted = blocks(scope.deeper("Quote"), node.blocks)
    if node.attribution is None:
        return quoted
    style = levelled(f"{scope.family}Attribution", scope.level + 1)
    return [*quoted, paragraph(style, runs(scope, node.attribution.content))]


def _pull_quote(scope: Scope, node: m.PullQuote) -> list[Element]:
    quoted = paragraph("PullQuote", runs(scope, node.content))
    if node.attribution is None:
        return [quoted]
    return [quoted, paragraph("PullQuoteAttribution", runs(scope, node.attribution.content))]


def _table(scope: Scope, node: m.Table) -> list[Element]:
    lacking = decimals(node, scope.book.words.decimal_sign)

    def fill(cell: m.Cell, style: str, width: int) -> list[Element]:
        inside = scope.panel(style, width)
        content = closed(style, blocks(inside, cell.blocks))
        if lack := lacking.of(cell):
            content[-1].append(interface(_spaces(lack)))
        return content

    above = captions.caption(scope, node, "TableCaption")
    below = captions.legend(scope, node)
    if not (node.head or node.body or node.foot):
        return [*above, *below]
    grid = tables.table(node, scope.left, scope.width, fill)
    _keep_together(scope, node, grid, bool(below))
    return [*above, *scope.book.bookmarks.wrap(node.id, [grid]), *below]


def _keep_together(scope: Scope, node: m.Table, grid: Element, explained: bool) -> None:
    """Keep the rows of a short table on one page, and the last row with the lines under it.

    Of a longer table only the last two rows stay together.
    """
    rows = grid.findall(ROW)[0 if is_short(node) else -2 :]
    for row in rows if explained else rows[:-1]:
        for style in row.iterfind(f".//{P}/{STYLE_PATH}"):
            ident = style.get(VALUE, "")
            if not ident.startswith("TableHead"):  # Heads are kept by their own style.
                style.set(VALUE, scope.book.styles.kept(ident))


def _spaces(figures: str) -> str:
    """Return spaces as wide as these figures and their decimal sign."""
    return "".join("\u2007" if one.isdigit() else "\u2008" for one in figures)


def _box(scope: Scope, node: m.Box) -> list[Element]:
    inside = scope.panel("BoxText", tables.panel_width(scope.width))
    kind = scope.book.words.box_kinds[node.kind]
    above = [] if node.kind == "box" else [paragraph("BoxKind", [interface(kind)])]
    if node.title:
        above.append(paragraph("BoxTitle", runs(inside, node.title)))
    content = closed("BoxText", [*above, *blocks(inside, node.blocks)])
    box = tables.panel("Box", plain(node.title) or kind, scope.left, scope.width, content)
    return scope.book.bookmarks.wrap(node.id, [box])


def _division(scope: Scope, node: m.Division) -> list[Element]:
    classes, style = list(node.classes), scope.text
    if REFERENCES in classes and style == "BodyText":
        classes.remove(REFERENCES)
        style = "Bibliography"
    if classes:
        style = scope.book.styles.division(" ".join(classes), style)
    inside = replace(scope, text=style, lang=node.lang or scope.lang)
    found = blocks(inside, node.blocks)
    if node.lang and direction(node.lang) != direction(scope.lang or scope.book.words.lang):
        found = turned(found, direction(node.lang))
    return scope.book.bookmarks.wrap(node.id, found)


def closed(style: str, content: Sequence[Element]) -> list[Element]:
    """Return the content of a cell, which must end with a paragraph (17.4.65)."""
    if not content:
        return [paragraph(style, [])]
    last = next(one for one in reversed(content) if one.tag in (P, TABLE))
    return [*content, paragraph(TABLE_END, [])] if last.tag == TABLE else list(content)


def spaced(scope: Scope, content: Sequence[Element]) -> list[Element]:
    """Return blocks with space below tables, and with tables kept apart, which Word would join."""
    found: list[Element] = []
    after_table = False
    for element in content:
        if after_table and element.tag == TABLE:
            found.append(paragraph(TABLE_END, []))
        elif after_table and element.tag == P:
            _keep_space_above(scope, element)
        if element.tag in (P, TABLE):
            after_table = element.tag == TABLE
        found.append(element)
    return found
