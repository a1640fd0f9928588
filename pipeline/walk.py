"""Ways through a brief, in the order in which it is read."""

from collections.abc import Iterable, Iterator

from pipeline import model as m

Passage = m.Block | m.DefinitionEntry | m.LegendLine | m.TableNote | m.Attribution
"""What holds running text of its own: a block, or a part of one that is read behind others."""

DEEPEST_BLOCKS = 12
"""Levels of blocks in blocks; a list in a list in a box has four."""
DEEPEST_INLINES = 20
"""Levels of markup in markup; three are many."""


def page_fields(metadata: m.Metadata) -> Iterator[tuple[str, m.Inlines]]:
    """Yield the front matter that is printed before the body and may call notes, by field name."""
    yield "deck", metadata.deck
    if metadata.hero:
        yield "hero", metadata.hero.caption
    if metadata.summary:
        for item in metadata.summary.items:
            yield metadata.summary.kind, item


def closing_fields(metadata: m.Metadata) -> Iterator[tuple[str, m.Inlines]]:
    """Yield the front matter that is printed after the body and may call notes, by field name."""
    if metadata.recommendations:
        for item in metadata.recommendations.items:
            yield "recommendations", item.content


def reading_order(brief: m.Brief) -> Iterator[m.Inline]:
    """Yield every inline that may call a note, in reading order, without what the notes contain."""
    for _, inlines in page_fields(brief.metadata):
        yield from inlines_within(inlines)
    yield from inlines_of(brief.body)
    for _, inlines in closing_fields(brief.metadata):
        yield from inlines_within(inlines)
    yield from inlines_of(brief.references)


def inlines_within(inlines: m.Inlines) -> Iterator[m.Inline]:
    """Yield the inlines and all that they contain, parents first."""
    for inline in inlines:
        yield inline
        yield from inlines_within(content_of(inline))


def content_of(inline: m.Inline) -> m.Inlines:
    """Return the inlines that an inline contains."""
    match inline:
        case (
            m.Emphasis()
            | m.Strong()
            | m.Underline()
            | m.Strikeout()
            | m.SmallCaps()
            | m.Superscript()
            | m.Subscript()
            | m.Link()
            | m.Span()
        ):
            return inline.content
        case _:
            return ()


def inlines_of(blocks: m.Blocks) -> Iterator[m.Inline]:
    """Yield every inline of the blocks and of all blocks in them, in reading order."""
    for block in blocks_within(blocks):
        for inlines in own_inlines(block):
            yield from inlines_within(inlines)


def blocks_within(blocks: Iterable[m.Block]) -> Iterator[Passage]:
    """Yield the blocks and all blocks in them, parents first; entries stand for their terms."""
    for block in blocks:
        yield block
        match block:
            case m.BlockQuote():
                yield from blocks_within(block.blocks)
                yield from filter(None, [block.attribution])
            case m.PullQuote():
                yield from filter(None, [block.attribution])
            case m.Figure():
                yield from block.legend
            case m.Division() | m.Box():
                yield from blocks_within(block.blocks)
            case m.BulletList() | m.OrderedList():
                for item in block.items:
                    yield from blocks_within(item.blocks)
            case m.DefinitionList():
                for entry in block.entries:
                    yield entry
                    for definition in entry.definitions:
                        yield from blocks_within(definition)
            case m.Table():
                for cell in cells(block):
                    yield from blocks_within(cell.blocks)
                yield from block.legend
                yield from block.notes
            case _:
                pass


def blocks_in(block: Passage) -> Iterator[m.Blocks]:
    """Yield each run of blocks that a block holds."""
    match block:
        case m.BlockQuote() | m.Division() | m.Box():
            yield block.blocks
        case m.BulletList() | m.OrderedList():
            yield from (item.blocks for item in block.items)
        case m.DefinitionList():
            yield from (one for entry in block.entries for one in entry.definitions)
        case m.Table():
            yield from (cell.blocks for cell in cells(block))
        case _:
            pass


def cells(table: m.Table) -> Iterator[m.Cell]:
    """Yield the cells of a table row by row: head, body, foot."""
    for row in (*table.head, *table.body, *table.foot):
        yield from row.cells


def own_inlines(block: Passage) -> tuple[m.Inlines, ...]:
    """Return the runs of inlines that belong to the block itself and not to a block in it."""
    match block:
        case m.Paragraph() | m.Heading() | m.PullQuote() | m.Attribution():
            return (block.content,)
        case m.LegendLine() | m.TableNote():
            return (block.content,)
        case m.LineBlock():
            return block.lines
        case m.DefinitionEntry():
            return (block.term,)
        case m.Box():
            return (block.title,)
        case m.Figure():
            return (block.caption, (block.image,))
        case m.Table():
            return (block.caption,)
        case _:
            return ()


def everything(brief: m.Brief) -> Iterator[m.Inline]:
    """Yield every inline of the brief: title, page in reading order, notes, end matter."""
    metadata = brief.metadata
    yield from inlines_within(metadata.title)
    if metadata.hero:
        if metadata.hero.image:
            yield metadata.hero.image
        yield from inlines_within(metadata.hero.credit)
    yield from reading_order(brief)
    for note in brief.notes:
        yield from inlines_of(note.blocks)
    for author in metadata.authors:
        yield from inlines_within(author.bio)
        if author.portrait:
            yield author.portrait
    yield from inlines_of(metadata.acknowledgements)
    yield from inlines_of(metadata.about)
    if metadata.contact:
        yield from inlines_within(metadata.contact.text)
    yield from inlines_of(metadata.disclaimer)


def calls(brief: m.Brief) -> tuple[m.Call, ...]:
    """Return every call of the brief in reading order."""
    return tuple(inline for inline in reading_order(brief) if isinstance(inline, m.Call))


def table_notes(brief: m.Brief) -> Iterator[m.TableNote]:
    """Yield the notes that tables keep to themselves, table by table."""
    return (one for one in blocks_within(brief.body) if isinstance(one, m.TableNote))


def count_characters(brief: m.Brief) -> int:
    """Return how many characters of running text a brief has, notes included."""
    text = (inline.text for inline in everything(brief) if isinstance(inline, m.Text | m.Code))
    code = (block.text for block in blocks_within(brief.body) if isinstance(block, m.CodeBlock))
    return sum(map(len, text)) + sum(map(len, code))


def headings(blocks: m.Blocks) -> Iterator[m.Heading]:
    """Yield the headings that structure the text; boxes, quotations and cells have none."""
    for block in blocks:
        if isinstance(block, m.Heading):
            yield block
        elif isinstance(block, m.Division):
            yield from headings(block.blocks)
