"""The text of a manuscript as blocks: headings without marks, lists, quotations, paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from pipeline import model as m
from pipeline.intake.plain.chunks import ITEM, RULE, Chunk
from pipeline.intake.plain.headings import heading_level, is_underline
from pipeline.intake.plain.inlines import Called, inlines
from pipeline.intake.plain.items import (
    delimiter_of,
    follows,
    item_sign,
    kind_of,
    numeral_of,
    value_of,
)
from pipeline.intake.sheet import Sheet
from pipeline.problems import Problem
from pipeline.reader.anchors import identifier_for
from pipeline.text import plain

QUOTE_INDENT = 4
SHOWN = 60


@dataclass(slots=True)
class Body:
    """Makes blocks, and keeps what was understood."""

    sheet: Sheet
    called: Called
    problems: list[Problem] = field(default_factory=list)

    def tell(self, code: str, chunk: Chunk, **details: object) -> None:
        """Note what was understood at a chunk."""
        self.problems.append(self.sheet.problem(code, chunk.start, **details))

    def blocks(self, chunks: Sequence[Chunk]) -> m.Blocks:
        """Return the blocks of chunks that follow one another."""
        made: list[m.Block] = []
        index = 0
        while index < len(chunks):
            block, taken = self._next(chunks, index)
            if block is not None:
                made.append(block)
            index += taken
        return tuple(made)

    def _next(self, chunks: Sequence[Chunk], index: int) -> tuple[m.Block | None, int]:
        """Return the block that begins at a chunk, and how many chunks it takes."""
        chunk, following = chunks[index], chunks[index + 1 :]
        if chunk.quotes:
            return self._quote(chunks[index:])
        if RULE.fullmatch(chunk.text):
            return self._rule(chunk)
        if level := heading_level(chunk, following):
            return self._heading(chunk, level, following)
        if item_sign(chunk):
            return self._list(chunks[index:])
        if _is_set_in(chunk):
            return self._set_in(chunks[index:])
        return self.paragraph(chunk), 1

    def paragraph(self, chunk: Chunk) -> m.Paragraph:
        """Return a chunk as one paragraph."""
        return m.Paragraph(content=inlines(chunk.text, self.called), line=1)

    def _rule(self, chunk: Chunk) -> tuple[m.Block, int]:
        self.tell("intake-rule", chunk)
        return m.ThematicBreak(line=1), 1

    def _heading(self, chunk: Chunk, level: int, following: Sequence[Chunk]) -> tuple[m.Block, int]:
        content = inlines(chunk.text, self.called)
        self.tell("intake-heading", chunk, text=chunk.text[:SHOWN])
        ident = identifier_for(plain(content))
        underlined = bool(following) and is_underline(chunk, following[0])
        return m.Heading(level=level, id=ident, content=content, line=1), 1 + underlined

    def _quote(self, chunks: Sequence[Chunk]) -> tuple[m.Block, int]:
        quoted = list(takewhile(lambda chunk: chunk.quotes > 0, chunks))
        self.tell("intake-quotation", chunks[0])
        inner = tuple(self.paragraph(chunk) for chunk in quoted)
        return m.BlockQuote(blocks=inner, line=1), len(quoted)

    def _set_in(self, chunks: Sequence[Chunk]) -> tuple[m.Block, int]:
        quoted = list(takewhile(_is_set_in, chunks))
        self.tell("intake-quotation", chunks[0])
        inner = tuple(self.paragraph(chunk) for chunk in quoted)
        return m.BlockQuote(blocks=inner, line=1), len(quoted)

    def _list(self, chunks: Sequence[Chunk]) -> tuple[m.Block, int]:
        """Return the list that begins at an item, with lists that are set in further inside it."""
        base, first = chunks[0].lines[0].indent, kind_of(chunks[0])
        items: list[list[Chunk]] = []
        taken = 0
        for chunk in chunks:
            indent = chunk.lines[0].indent
            if chunk.quotes or RULE.fullmatch(chunk.text):
                break
            if items and indent > base + 1:
                items[-1].append(chunk)
            elif kind_of(chunk) == first and follows(chunk, chunks[0], len(items)):
                items.append([chunk])
            else:
                break
            taken += 1
        self.tell("intake-list", chunks[0], count=len(items))
        return self._made(items, chunks[:taken]), taken

    def _made(self, items: Sequence[Sequence[Chunk]], chunks: Sequence[Chunk]) -> m.Block:
        tight = _is_tight(self.sheet, chunks)
        listed = tuple(m.ListItem(blocks=self._item(item), line=1) for item in items)
        if item_sign(items[0][0]) == "sign":
            return m.BulletList(tight=tight, items=listed, line=1)
        numeral = numeral_of(items[0][0])
        is_letter = numeral.strip("().").isalpha()
        return m.OrderedList(
            tight=tight,
            start=value_of(numeral),
            style="lower-alpha" if is_letter else "decimal",
            delimiter=delimiter_of(numeral),
            items=listed,
            line=1,
        )

    def _item(self, chunks: Sequence[Chunk]) -> m.Blocks:
        first = chunks[0]
        found = ITEM.match(first.text)
        text = first.text[found.end() :] if found else first.text
        paragraph = m.Paragraph(content=inlines(text, self.called), line=1)
        inner: list[m.Block] = [paragraph]
        index = 1
        while index < len(chunks):
            if item_sign(chunks[index]):
                block, taken = self._list(chunks[index:])
            else:
                block, taken = self.paragraph(chunks[index]), 1
            inner.append(block)
            index += taken
        return tuple(inner)


def _is_tight(sheet: Sheet, chunks: Sequence[Chunk]) -> bool:
    """Tell whether no empty line stands between the chunks of a list."""
    first, last = sheet.place(chunks[0].start)[0], sheet.place(chunks[-1].lines[-1].start)[0]
    return last - first + 1 == sum(len(chunk.lines) for chunk in chunks)


def _is_set_in(chunk: Chunk) -> bool:
    is_set = all(line.indent >= QUOTE_INDENT for line in chunk.lines)
    return is_set and not chunk.quotes and not item_sign(chunk)
