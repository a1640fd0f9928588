"""Blocks of pandoc's tree as those of a brief."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pipeline import model as m
from pipeline.intake.tongues import without_number
from pipeline.intake.tree.inlines import clean, inlines_of, trimmed
from pipeline.intake.tree.tables import table_of
from pipeline.intake.tree.taken import Node, Taken
from pipeline.reader.anchors import identifier_for
from pipeline.text import plain

CAPTION = re.compile(r"(?i)(?:image |table |figure )?caption(?:ed figure)?")
"""The styles of captions; pandoc gives the names that Word knows, whatever the language."""
QUOTATION = re.compile(r"(?i)(?:intense )?quot(?:e|ations?)|block text")
Style = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]
STYLES: dict[str, Style] = {
    "LowerAlpha": "lower-alpha",
    "UpperAlpha": "upper-alpha",
    "LowerRoman": "lower-roman",
    "UpperRoman": "upper-roman",
}
DELIMITERS: dict[str, Literal["period", "one-paren", "two-parens"]] = {
    "OneParen": "one-paren",
    "TwoParens": "two-parens",
}


def blocks_of(nodes: Sequence[Node], taken: Taken) -> m.Blocks:
    """Return blocks, captions with what they belong to; headings keep the levels they have."""
    made: list[m.Block] = []
    caption: m.Inlines = ()
    for node in _flat(nodes):
        if CAPTION.fullmatch(style_of(node)):
            said = trimmed(inlines_of(_runs(node), taken, blocks_of))
            said = without_number(said)
            if made and _takes(made[-1]):
                made[-1] = made[-1].model_copy(update={"caption": said})
            elif caption := said:
                continue
            caption = ()
            continue
        found = list(_block(node, taken))
        if caption and found and _takes(found[0]):
            found[0] = found[0].model_copy(update={"caption": caption})
        elif caption:
            made.append(m.Paragraph(content=caption, line=1))
        caption = ()
        made += found
    if caption:
        made.append(m.Paragraph(content=caption, line=1))
    return tuple(made)


def _takes(block: m.Block) -> bool:
    return isinstance(block, m.Figure | m.Table) and not block.caption


def style_of(node: Node) -> str:
    """Return the name of the style that a block of Word has; empty where it has none."""
    if node["t"] != "Div":
        return ""
    return next((str(value) for key, value in node["c"][0][2] if key == "custom-style"), "")


def _flat(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield blocks without the divisions that mean nothing in a brief."""
    for node in nodes:
        means = CAPTION.fullmatch(style_of(node)) or QUOTATION.fullmatch(style_of(node))
        if node["t"] == "Div" and not means:
            yield from _flat(node["c"][1])
        else:
            yield node


def _runs(node: Node) -> list[Node]:
    """Return the running text of all paragraphs in a division."""
    made: list[Node] = []
    for one in _flat(node["c"][1]):
        if one["t"] in ("Para", "Plain"):
            made += [{"t": "Space"}, *one["c"]]
        elif one["t"] == "Header":
            made += [{"t": "Space"}, *one["c"][2]]
    return made


def _block(node: Node, taken: Taken) -> Iterator[m.Block]:
    kind, content = node["t"], node.get("c", [])
    match kind:
        case "Para" | "Plain":
            yield from _paragraph(content, taken)
        case "Header":
            yield from _heading(content, taken)
        case "BulletList":
            if items := _items(content, taken):
                yield m.BulletList(tight=_is_tight(items), items=items, line=1)
        case "OrderedList":
            yield from _ordered(content, taken)
        case "DefinitionList":
            yield from _definitions(content, taken)
        case "BlockQuote" | "Div":
            inner = blocks_of(content if kind == "BlockQuote" else content[1], taken)
            yield from [m.BlockQuote(blocks=inner, line=1)] if inner else []
        case "CodeBlock":
            yield m.CodeBlock(text=clean(content[1]).expandtabs(4), line=1)
        case "LineBlock":
            lines = tuple(inlines_of(one, taken, blocks_of) for one in content)
            yield m.LineBlock(lines=lines, line=1)
        case "HorizontalRule":
            yield m.ThematicBreak(line=1)
        case "Figure":
            yield from _figure(content, taken)
        case "Table":
            yield from table_of(content, taken, blocks_of)
        case "RawBlock":
            taken.tell("intake-left-out", content[1], what=f"code of {content[0]}")
        case _:
            raise ValueError(f"pandoc has a block {kind}")


def _paragraph(content: list[Node], taken: Taken) -> Iterator[m.Block]:
    """Yield a paragraph; one that is nothing but a picture is a figure."""
    inner = trimmed(inlines_of(content, taken, blocks_of))
    pictures = [one for one in inner if isinstance(one, m.Image)]
    if pictures and all(isinstance(one, m.Image) or not plain((one,)) for one in inner):
        calls = [one for one in inner if isinstance(one, m.Call)]
        if not calls:
            yield from (m.Figure(image=one, line=1) for one in pictures)
            return
    if inner:
        yield m.Paragraph(content=inner, line=1)


def _heading(content: list[Any], taken: Taken) -> Iterator[m.Block]:
    level, _, nodes = content
    inner = trimmed(inlines_of(nodes, taken, blocks_of))
    if plain(inner):
        identifier = identifier_for(plain(inner))
        yield m.Heading(level=min(int(level), 3), id=identifier, content=inner, line=1)
    elif inner:
        yield m.Paragraph(content=inner, line=1)


def _items(content: list[list[Node]], taken: Taken) -> tuple[m.ListItem, ...]:
    made = (blocks_of(item, taken) for item in content)
    return tuple(m.ListItem(blocks=blocks, line=1) for blocks in made if blocks)


def _is_tight(items: Sequence[m.ListItem]) -> bool:
    """Tell whether the items are short enough to stand without space between them."""
    lists = (m.BulletList, m.OrderedList)
    return all(
        isinstance(item.blocks[0], m.Paragraph)
        and all(isinstance(one, lists) for one in item.blocks[1:])
        for item in items
    )


def _ordered(content: list[Any], taken: Taken) -> Iterator[m.Block]:
    (start, style, delimiter), nodes = content
    if items := _items(nodes, taken):
        yield m.OrderedList(
            tight=_is_tight(items),
            start=max(0, int(start)),
            style=STYLES.get(style["t"], "decimal"),
            delimiter=DELIMITERS.get(delimiter["t"], "period"),
            items=items,
            line=1,
        )


def _definitions(content: list[Any], taken: Taken) -> Iterator[m.Block]:
    entries: list[m.DefinitionEntry] = []
    for term, definitions in content:
        named = trimmed(inlines_of(term, taken, blocks_of))
        told = tuple(filter(None, (blocks_of(one, taken) for one in definitions)))
        if named and told:
            entries.append(m.DefinitionEntry(term=named, definitions=told, line=1))
        else:
            yield from [m.Paragraph(content=named, line=1)] if named else []
            yield from (block for one in told for block in one)
    if entries:
        yield m.DefinitionList(tight=False, entries=tuple(entries), line=1)


def _figure(content: list[Any], taken: Taken) -> Iterator[m.Block]:
    """Yield a figure; what cannot be one stands as paragraphs."""
    _, (_, said), nodes = content
    inner = list(blocks_of(nodes, taken))
    captions = [one.content for one in blocks_of(said, taken) if isinstance(one, m.Paragraph)]
    caption: m.Inlines = ()
    for one in captions:
        caption = (*caption, m.Text(text=" "), *one) if caption else one
    caption = without_number(caption)
    figures = [one for one in inner if isinstance(one, m.Figure)]
    if len(figures) == 1 and not figures[0].caption:
        inner[inner.index(figures[0])] = m.Figure(image=figures[0].image, caption=caption, line=1)
    elif caption:
        inner.append(m.Paragraph(content=caption, line=1))
    yield from inner
