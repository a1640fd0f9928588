"""What a brief says, read aloud: the other side of the comparison with its manuscript."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import model as m
from pipeline.intake.markdown.lists import marker
from pipeline.intake.seen import BULLET, call_mark

SIGN = "\ue001"
"""Stands before what tells only that an item of a list begins."""


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of a brief. Those of the front matter come with the key they stand under."""

    front: tuple[tuple[str, str], ...]
    body: str
    notes: tuple[tuple[int, str], ...]
    """Number and text of each note."""


def said(brief: m.Brief, marked: bool = True) -> Said:
    """Return all that a brief says. Texts keep their spaces; blocks end with a line.

    Signs and numerals before items of lists are said if they are `marked`.
    """
    body = "\n".join(_read(brief.body, marked))
    notes = tuple((note.number, "\n".join(_read(note.blocks, marked))) for note in brief.notes)
    return Said(tuple(_front(brief.metadata)), body, notes)


def _read(content: m.Blocks, marked: bool = True) -> Iterator[str]:
    for text in _blocks(content):
        if not text.startswith(SIGN):
            yield text
        elif marked:
            yield text.removeprefix(SIGN)


def _front(metadata: m.Metadata) -> Iterator[tuple[str, str]]:
    """Yield the texts of the front matter that a manuscript may have word for word."""
    yield "title", aloud(metadata.title)
    yield "deck", aloud(metadata.deck)
    if metadata.hero:
        yield "hero", aloud(metadata.hero.credit)
        yield "hero", aloud(metadata.hero.caption)
    if metadata.summary:
        yield metadata.summary.kind, "\n".join(aloud(one) for one in metadata.summary.items)
    if metadata.recommendations:
        wishes = metadata.recommendations.items
        yield "recommendations", "\n".join(aloud(one.content) for one in wishes)
    if metadata.contact:
        yield "contact", aloud(metadata.contact.text)
    for author in metadata.authors:
        yield "authors", aloud(author.bio)
    yield "acknowledgements", "\n".join(_read(metadata.acknowledgements))
    yield "about", "\n".join(_read(metadata.about))
    yield "disclaimer", "\n".join(_read(metadata.disclaimer))


def aloud(content: m.Inlines) -> str:
    """Return running text with a mark for each call."""
    return "".join(map(_inline, content))


def _inline(inline: m.Inline) -> str:
    match inline:
        case m.Text() | m.Code():
            return inline.text
        case m.LineBreak():
            return "\n"
        case m.Call():
            return call_mark(inline.number)
        case m.CrossReference() | m.ElementReference():
            return str(inline.number)
        case m.Image() | m.TableCall():
            return ""
        case _:
            return aloud(inline.content)


def _blocks(content: m.Blocks) -> Iterator[str]:
    for block in content:
        yield from _block(block)


def _block(block: m.Block) -> Iterator[str]:
    match block:
        case m.Paragraph() | m.Heading():
            yield aloud(block.content)
        case m.BulletList() | m.OrderedList():
            yield from _items(block)
        case m.DefinitionList():
            for entry in block.entries:
                yield aloud(entry.term)
                for definition in entry.definitions:
                    yield from _blocks(definition)
        case m.BlockQuote():
            yield from _blocks(block.blocks)
            yield from _attribution(block.attribution)
        case m.PullQuote():
            yield aloud(block.content)
            yield from _attribution(block.attribution)
        case m.CodeBlock():
            yield block.text
        case m.LineBlock():
            yield from map(aloud, block.lines)
        case m.Figure():
            yield aloud(block.caption)
            yield from (aloud(one.content) for one in block.legend)
        case m.Table():
            yield from _table(block)
        case m.ThematicBreak():
            return
        case m.Box():
            yield aloud(block.title)
            yield from _blocks(block.blocks)
        case m.Division():
            yield from _blocks(block.blocks)


def _items(block: m.BulletList | m.OrderedList) -> Iterator[str]:
    for index, item in enumerate(block.items):
        mark = BULLET if isinstance(block, m.BulletList) else marker(block, index).strip()
        yield SIGN + mark
        yield from _blocks(item.blocks)


def _table(table: m.Table) -> Iterator[str]:
    yield aloud(table.caption)
    for row in (*table.head, *table.body, *table.foot):
        for cell in row.cells:
            yield from _blocks(cell.blocks)
    yield from (aloud(one.content) for one in table.legend)


def _attribution(attribution: m.Attribution | None) -> Iterator[str]:
    if attribution:
        yield aloud(attribution.content)
