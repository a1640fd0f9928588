"""pandoc's blocks as blocks of the model, one function for each node."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pipeline import model as m
from pipeline.reader import frames, tables
from pipeline.reader.context import Context
from pipeline.reader.elements import frame_of
from pipeline.reader.inlines import FIGURE_KEYS, image_of, inlines, refuse_raw
from pipeline.reader.own_notes import OWN_NOTES
from pipeline.reader.tree import Node, attribute, plain_text
from pipeline.walk import DEEPEST_BLOCKS

HEADING_KEYS = frozenset({"#", ".unnumbered"})
BOX_KEYS = frozenset({"#"})
DIVISION_KEYS = frozenset({"#", ".", "lang"})
TABLE_KEYS = frozenset({f".{OWN_NOTES}", f".{frames.ROW_HEADS}"})
PULL_QUOTE = "pull-quote"
BoxKind = Literal["box", "case-study", "definition", "timeline"]
BOX_KINDS: tuple[BoxKind, ...] = ("box", "case-study", "definition", "timeline")

OrderedStyle = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]
STYLES: dict[str, OrderedStyle] = {
    "DefaultStyle": "decimal",
    "Decimal": "decimal",
    "Example": "decimal",
    "LowerAlpha": "lower-alpha",
    "UpperAlpha": "upper-alpha",
    "LowerRoman": "lower-roman",
    "UpperRoman": "upper-roman",
}
Delimiter = Literal["period", "one-paren", "two-parens"]
DELIMITERS: dict[str, Delimiter] = {
    "DefaultDelim": "period",
    "Period": "period",
    "OneParen": "one-paren",
    "TwoParens": "two-parens",
}


def blocks(context: Context, content: Iterable[Node], headings: bool = False) -> m.Blocks:
    """Return blocks; `headings` says whether section headings may stand among them."""
    context.depth += 1
    made: list[m.Block] = []
    for node in content:
        if context.depth > DEEPEST_BLOCKS:
            context.report("structure-depth", node, what="text")
            break
        if node["t"] == "Header" and not headings:
            context.report("structure-heading-place", node, text=plain_text(node["c"][2]))
        made += _block(context, node, headings)
    context.depth -= 1
    return tuple(made)


def _block(context: Context, node: Node, headings: bool) -> Sequence[m.Block]:
    line = context.line(node)
    content: Any = node.get("c")
    match node["t"]:
        case "Para" | "Plain":
            return _paragraph(context, content, line)
        case "Header":
            return _heading(context, node, line)
        case "BulletList":
            return [m.BulletList(tight=_tight(content), items=_items(context, content), line=line)]
        case "OrderedList":
            return [_ordered(context, content, line)]
        case "DefinitionList":
            return _definitions(context, content, line)
        case "BlockQuote":
            return _quote(context, content, line)
        case "CodeBlock":
            return [_code(context, node, line)]
        case "LineBlock":
            lines = tuple(inlines(context, one) for one in content)
            return [m.LineBlock(lines=lines, line=line)]
        case "HorizontalRule":
            return [m.ThematicBreak(line=line)]
        case "Figure":
            return _figure(context, node, line)
        case "Table":
            return tables.table(context, node, line, blocks)
        case "Div":
            return _div(context, node, line, headings)
        case "RawBlock":
            return refuse_raw(context, node)
        case kind:
            context.report("structure-unknown", node, kind=kind)
            return []


def _paragraph(context: Context, content: Any, line: int) -> Sequence[m.Block]:
    """A picture alone in a paragraph is a figure without a caption."""
    made = inlines(context, content)
    if len(made) == 1 and isinstance(made[0], m.Image):
        return [m.Figure(image=made[0], line=made[0].line)]
    return [m.Paragraph(content=made, line=line)] if made else []


def _heading(context: Context, node: Node, line: int) -> Sequence[m.Block]:
    """Levels are still as the author counts them; `structure.py` makes the highest one level 1."""
    level, attributes, content = node["c"]
    context.refuse_attributes(node, attributes, HEADING_KEYS, "a heading")
    made = inlines(context, content)
    if not plain_text(content):
        context.report("structure-heading-empty", node)
    if not plain_text(content) or not made:
        return []
    shown = context.level(level)
    if shown > 3:
        context.report("structure-heading-level", node, text=plain_text(content))
    numbered = context.elements.by_node.get(id(node))
    return [
        m.Heading(
            level=min(max(shown, 1), 3),
            id=context.anchor(attributes[0]),
            number=numbered.number if numbered else None,
            content=made,
            line=line,
        )
    ]


def _tight(items: Sequence[Sequence[Node]]) -> bool:
    return not any(block["t"] == "Para" for item in items for block in item)


def _items(context: Context, items: Sequence[Any]) -> tuple[m.ListItem, ...]:
    return tuple(
        m.ListItem(blocks=blocks(context, item), line=context.line(item)) for item in items
    )


def _ordered(context: Context, content: Any, line: int) -> m.OrderedList:
    (start, style, delimiter), items = content
    return m.OrderedList(
        tight=_tight(items),
        start=start,
        style=STYLES[style["t"]],
        delimiter=DELIMITERS[delimiter["t"]],
        items=_items(context, items),
        line=line,
    )


def _definitions(context: Context, entries: Any, line: int) -> Sequence[m.Block]:
    made: list[m.DefinitionEntry] = []
    for entry in entries:
        term = inlines(context, entry[0])
        definitions = tuple(blocks(context, one) for one in entry[1])
        if term:
            at = context.line(entry)
            made.append(m.DefinitionEntry(term=term, definitions=definitions, line=at))
        else:
            context.report("structure-unknown", entry, kind="a term without text")
    tight = _tight([one for entry in entries for one in entry[1]])
    return [m.DefinitionList(tight=tight, entries=tuple(made), line=line)] if made else []


def _code(context: Context, node: Node, line: int) -> m.CodeBlock:
    attributes, text = node["c"]
    _, classes, _ = attributes
    language = classes[0] if classes else None
    allowed = frozenset({f".{language}"} if language else ())
    context.refuse_attributes(node, attributes, allowed, "a code block")
    return m.CodeBlock(text=text, language=language, line=line)


def _figure(context: Context, node: Node, line: int) -> Sequence[m.Block]:
    attributes, (_, caption), content = node["c"]
    context.refuse_attributes(node, attributes, frozenset({"#"}), "a figure")
    pictures = [one for block in content for one in block["c"]]
    if len(pictures) != 1 or pictures[0]["t"] != "Image":
        context.report("structure-unknown", node, kind="a figure without a picture")
        return []
    texts = [one for block in caption for one in block["c"]]
    shown = inlines(context, texts)
    image = image_of(context, pictures[0], FIGURE_KEYS, caption=shown)
    number = context.elements.by_node.get(id(node))
    return [
        m.Figure(
            id=attributes[0] or None,
            number=int(number.number) if number else None,
            image=image,
            caption=shown,
            line=line,
        )
        for image in filter(None, [image])
    ]


def _div(context: Context, node: Node, line: int, headings: bool) -> Sequence[m.Block]:
    attributes, content = node["c"]
    identifier, classes, _ = attributes
    if frame := frame_of(node):
        allowed = BOX_KEYS | {f".{frame}"} | (TABLE_KEYS if frame == "table" else set())
        context.refuse_attributes(node, attributes, allowed, f"a {frame}")
        return frames.framed(context, node, frame, content, _element)
    if PULL_QUOTE in classes:
        context.refuse_attributes(node, attributes, frozenset({f".{PULL_QUOTE}"}), "a pull quote")
        return _pull_quote(context, node, content, line)
    kind = next((kind for kind in BOX_KINDS if kind in classes), None)
    if kind:
        context.refuse_attributes(node, attributes, BOX_KEYS | {f".{kind}"}, "a box")
        return [_box(context, content, kind, identifier or None, line)]
    context.refuse_attributes(node, attributes, DIVISION_KEYS, "a division")
    lang = attribute(attributes, "lang")
    with context.language(lang):
        inner = blocks(context, content, headings)
    return [
        m.Division(
            id=identifier or None, classes=tuple(classes), lang=lang, blocks=inner, line=line
        )
    ]


def _element(context: Context, node: Node) -> Sequence[m.Block]:
    return _block(context, node, headings=False)


def _quote(context: Context, content: Sequence[Node], line: int) -> Sequence[m.Block]:
    """A last paragraph that begins with a dash says who is quoted."""
    said = frames.attribution(context, content[-1]) if len(content) > 1 else None
    inner = blocks(context, content[:-1] if said else content)
    return [m.BlockQuote(blocks=inner, attribution=said, line=line)] if inner else []


def _pull_quote(
    context: Context, node: Node, content: Sequence[Node], line: int
) -> Sequence[m.Block]:
    """One paragraph, and perhaps a second one that says whose words it has."""
    said = frames.attribution(context, content[-1]) if len(content) > 1 else None
    quoted = content[:-1] if said else content
    if len(quoted) != 1 or quoted[0]["t"] not in ("Para", "Plain"):
        context.report("structure-pull-quote", node)
        return []
    words = inlines(context, quoted[0]["c"])
    return [m.PullQuote(content=words, attribution=said, line=line)] if words else []


def _box(
    context: Context, content: Sequence[Node], kind: BoxKind, identifier: str | None, line: int
) -> m.Box:
    """The first heading of a box is its title, and lends the box its identifier."""
    title: m.Inlines = ()
    if content and content[0]["t"] == "Header":
        _, attributes, texts = content[0]["c"]
        context.refuse_attributes(content[0], attributes, HEADING_KEYS, "a heading")
        title = inlines(context, texts)
        identifier = identifier or context.anchor(attributes[0])
        content = content[1:]
    return m.Box(kind=kind, id=identifier, title=title, blocks=blocks(context, content), line=line)
