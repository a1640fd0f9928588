"""What templates ask about nodes: attributes, links in pieces, entries, the places of cells."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from markupsafe import Markup

from pipeline import model as m
from pipeline import walk
from pipeline.languages import Direction, direction
from pipeline.text import plain

FEW_ROWS = 12
FEW_CHARACTERS = 1500
"""About half a page."""
WIDE = 3
"""From how many columns on a table may be wider than a phone."""


def marks(node: m.Span | m.Division | m.Figure | m.Table, page: Direction) -> Markup:
    """Return the attributes of a node that are there: anchor, classes, language, direction.

    A class that an author wrote begins with `is-`, so it never meets one of the page's own. Where
    nothing on the page is written from right to left, no direction needs to be named.
    """
    match node:
        case m.Span() | m.Division():
            classes = " ".join(f"is-{name}" for name in node.classes)
            found = {"id": node.id, "class": classes, "lang": node.lang}
            if node.lang and "rtl" in (page, direction(node.lang)):
                found["dir"] = direction(node.lang)
        case m.Figure() | m.Table():
            found = {"id": node.id}
    return Markup("").join(
        Markup(' {}="{}"').format(name, value) for name, value in found.items() if value
    )


def pieces(link: m.Link) -> Iterator[m.Inline]:
    """Yield a link cut at the links in it, such as calls: HTML allows no link within a link."""
    for is_link, group in groupby(_cut_at_links(link.content), key=itemgetter(0)):
        content = tuple(inline for _, inline in group)
        if is_link:
            yield from content
        else:
            yield link.model_copy(update={"content": content})


def _cut_at_links(inlines: m.Inlines) -> Iterator[tuple[bool, m.Inline]]:
    """Yield the inlines, and whether each is or holds a link; what holds more than that is cut."""
    for inline in inlines:
        match inline:
            case m.Call() | m.TableCall() | m.CrossReference() | m.ElementReference() | m.Link():
                yield True, inline
            case m.Text() | m.Code() | m.LineBreak() | m.Image():
                yield False, inline
            case _:
                for is_link, group in groupby(_cut_at_links(inline.content), key=itemgetter(0)):
                    content = tuple(part for _, part in group)
                    yield is_link, inline.model_copy(update={"content": content})
                    inline = without_anchor(inline)


def without_anchor(inline: m.Inline) -> m.Inline:
    """Return the inline as it stands in a second place, where its anchor would be set again."""
    return inline.model_copy(update={"id": None}) if isinstance(inline, m.Span) else inline


def as_entry(inlines: m.Inlines) -> m.Inlines:
    """Return a heading as an entry of the contents list: without calls, anchors and links."""
    return tuple(kept for inline in inlines for kept in _in_entry(inline))


def _in_entry(inline: m.Inline) -> m.Inlines:
    match inline:
        case m.Call() | m.TableCall():
            return ()
        case m.CrossReference() | m.ElementReference():
            return (m.Text(text=str(inline.number)),)
        case m.Image():
            return (m.Text(text=inline.alt),) if inline.alt else ()
        case m.Link():
            return as_entry(inline.content)
        case m.Text() | m.Code() | m.LineBreak():
            return (inline,)
        case _:
            content = as_entry(inline.content)
            return (without_anchor(inline.model_copy(update={"content": content})),)


def described(figure: m.Figure) -> m.Image:
    """Return the picture of a figure for an output whose alt text may be long.

    Print and Word have no place for a description that only those need who cannot see the picture.
    """
    if figure.description is None:
        return figure.image
    alt = ". ".join(filter(None, [figure.image.alt.rstrip("."), figure.description]))
    return figure.image.model_copy(update={"alt": alt})


def ends_in_call(inline: m.Inline) -> bool:
    """Tell whether the last thing in an inline is a call, which another next to it would join."""
    match inline:
        case m.Call() | m.TableCall():
            return True
        case (
            m.Text()
            | m.Code()
            | m.LineBreak()
            | m.Image()
            | m.CrossReference()
            | m.ElementReference()
        ):
            return False
        case _:
            return bool(inline.content) and ends_in_call(inline.content[-1])


def is_wide(table: m.Table) -> bool:
    """Tell whether a table may have to scroll by itself on a narrow screen."""
    return len(table.columns) >= WIDE


def count_text(blocks: m.Blocks) -> int:
    """Return the number of characters in the text of blocks."""
    texts = (one.text for one in walk.inlines_of(blocks) if isinstance(one, m.Text))
    return len("".join(texts))


def is_short(table: m.Table) -> bool:
    """Tell whether a table is better set on one page than broken over two."""
    rows = (*table.head, *table.body, *table.foot)
    said = sum(count_text(cell.blocks) for cell in walk.cells(table))
    return len(rows) <= FEW_ROWS and said <= FEW_CHARACTERS


def is_hanging(cell: m.Cell) -> bool:
    """Tell whether a cell is a line that ends in a call, which pushes its figures out of line."""
    match cell.blocks:
        case (m.Paragraph(content=(*_, m.Call() | m.TableCall())) as line,):
            return sum(isinstance(inline, m.Call | m.TableCall) for inline in line.content) == 1
        case _:
            return False


def count_hanging(cell: m.Cell) -> int:
    """Return how many characters the call prints that a hanging cell ends in."""
    match cell.blocks[-1:]:
        case (m.Paragraph(content=(*_, m.Call(number=number))),):
            return len(str(number))
        case (m.Paragraph(content=(*_, m.TableCall(letter=letter))),):
            return len(letter)
        case _:
            return 0


def is_unnamed(author: m.Author) -> bool:
    """Tell whether a biography does not name its author, so that the page must."""
    return author.name not in plain(author.bio)


def places(rows: Iterable[m.Row]) -> list[list[tuple[m.Cell, int]]]:
    """Return the rows of one part of a table, each cell with the index of its first column."""
    busy: Sequence[int] = ()
    placed = []
    for row in rows:
        left = dict(enumerate(busy))
        line: list[tuple[m.Cell, int]] = []
        column = 0
        for cell in row.cells:
            while left.get(column, 0):
                column += 1
            line.append((cell, column))
            end = column + cell.column_span
            left |= {at: max(left.get(at, 0), cell.row_span) for at in range(column, end)}
            column = end
        busy = [max(left.get(index, 0) - 1, 0) for index in range(max(left, default=-1) + 1)]
        placed.append(line)
    return placed
