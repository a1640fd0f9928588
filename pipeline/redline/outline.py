"""A brief as parts that hold parts or words, all of one form, so that any two can be compared."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

from pipeline import model as m
from pipeline.redline.tokens import Side, Token, tokens
from pipeline.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or what stands in one: its kind, how it is set, and its words or parts.

    Only parts of equal `form` can be one: tables of as many columns, boxes of one kind.
    """

    kind: str
    words: tuple[Token, ...] = ()
    parts: tuple["Part", ...] = ()
    facts: tuple[str, ...] = ()
    form: tuple[Hashable, ...] = ()
    ident: str = ""
    key: Hashable = field(init=False)

    def __post_init__(self) -> None:
        """Note what makes two parts equal; an anchor alone is not printed."""
        said = tuple(one.key for one in self.words)
        held = tuple(part.key for part in self.parts)
        object.__setattr__(self, "key", (self.kind, self.form, self.facts, said, held))

    def all_words(self) -> Iterator[Token]:
        """Yield its words and those of all its parts."""
        yield from self.words
        for part in self.parts:
            yield from part.all_words()


@dataclass(frozen=True, slots=True)
class Outliner:
    """Makes parts of what one version holds.

    `words` are the house's, in the language of the page.
    """

    side: Side
    words: Words

    def line(self, kind: str, inlines: m.Inlines, said: str | None = None, ident: str = "") -> Part:
        """Return a part with words of its own; words of the house may stand before them."""
        before = (m.Text(text=f"{said} "),) if said else ()
        return Part(kind, tuple(tokens(self.side, (*before, *inlines))), ident=ident)

    def lines(self, kind: str, texts: Iterable[str | None]) -> Iterator[Part]:
        """Yield a part for each text that is there."""
        for one in texts:
            if one:
                yield self.line(kind, (m.Text(text=one),))

    def blocks(self, content: m.Blocks) -> tuple[Part, ...]:
        """Return one part for each block."""
        return tuple(map(self.block, content))

    def block(self, node: m.Block) -> Part:
        """Return the part that a block makes."""
        match node:
            case m.Paragraph():
                return self.line("paragraph", node.content)
            case m.Heading():
                words = tuple(tokens(self.side, (*_number(node.number), *node.content)))
                return Part("heading", words, facts=(str(node.level),), ident=node.id)
            case m.BulletList():
                return Part("list", parts=self.items(node.items), facts=("bullet", _loose(node)))
            case m.OrderedList():
                style = (node.style, str(node.start), node.delimiter)
                facts = ("numbered", _loose(node), *style)
                return Part("list", parts=self.items(node.items), facts=facts)
            case m.DefinitionList():
                return Part("definitions", parts=tuple(self._definitions(node)))
            case m.BlockQuote():
                said = self._attribution(node.attribution)
                return Part("quotation", parts=(*self.blocks(node.blocks), *said))
            case m.PullQuote():
                said = self._attribution(node.attribution)
                return Part("pull-quote", parts=(self.line("paragraph", node.content), *said))
            case m.CodeBlock():
                return self.line("code", (m.Text(text=node.text),) if node.text else ())
            case m.LineBlock():
                return self.line("verse", tuple(_verse(node.lines)))
            case m.Figure():
                return self._figure(node)
            case m.Table():
                return self._table(node)
            case m.ThematicBreak():
                return Part("break")
            case m.Box():
                title = (self.line("box-title", node.title),) if node.title else ()
                inside = (*title, *self.blocks(node.blocks))
                return Part("box", parts=inside, facts=(node.kind,), ident=node.id or "")
            case m.Division():
                form = (node.classes, node.lang)
                parts = self.blocks(node.blocks)
                lang = (node.lang,) if node.lang else ()
                return Part("division", parts=parts, facts=lang, form=form, ident=node.id or "")

    def items(self, items: Iterable[m.ListItem]) -> tuple[Part, ...]:
        """Return the items of a list."""
        return tuple(Part("item", parts=self.blocks(item.blocks)) for item in items)

    def _definitions(self, node: m.DefinitionList) -> Iterator[Part]:
        for entry in node.entries:
            yield self.line("term", entry.term)
            for one in entry.definitions:
                yield Part("definition", parts=self.blocks(one))

    def _attribution(self, said: m.Attribution | None) -> tuple[Part, ...]:
        return (self.line("attribution", said.content),) if said else ()

    def _figure(self, node: m.Figure) -> Part:
        parts = [*self._caption(node, self.words.figure), self.line("picture", (node.image,))]
        if node.description:
            parts.append(self.line("description", (m.Text(text=node.description),)))
        return Part("figure", parts=(*parts, *self._legend(node)), ident=node.id or "")

    def _caption(self, node: m.Figure | m.Table, kind: str) -> Iterator[Part]:
        if node.caption:
            said = f"{kind} {node.number}" if node.number else None
            yield self.line("caption", node.caption, said)

    def _legend(self, node: m.Figure | m.Table) -> Iterator[Part]:
        for one in node.legend:
            yield self.line("legend", one.content, self.words.legend[one.kind])

    def _table(self, node: m.Table) -> Part:
        groups = (("head", node.head), ("body", node.body), ("foot", node.foot))
        rows = [self._row(node, group, row) for group, part in groups for row in part]
        notes = (self.line("table-note", one.content, one.letter, one.id) for one in node.notes)
        form: tuple[Hashable, ...] = (len(node.columns), min(node.row_heads, len(node.columns)))
        if any(cell.row_span > 1 for _, part in groups for row in part for cell in row.cells):
            form = (*form, *(row.form for row in rows))
        facts = tuple(f"{one.align or 'left'} {one.width or ''}" for one in node.columns)
        parts = (*self._caption(node, self.words.table), *rows, *self._legend(node), *notes)
        return Part("table", parts=parts, facts=facts, form=form, ident=node.id or "")

    def _row(self, node: m.Table, group: str, row: m.Row) -> Part:
        cells = tuple(self._cell(node, group, cell) for cell in row.cells)
        shape = tuple((cell.row_span, cell.column_span) for cell in row.cells)
        return Part("row", parts=cells, facts=(group,), form=(group, *shape))

    def _cell(self, node: m.Table, group: str, cell: m.Cell) -> Part:
        facts = (cell.align or "", str(cell.row_span), str(cell.column_span))
        return Part("cell", parts=self.blocks(cell.blocks), facts=facts)


def _loose(node: m.BulletList | m.OrderedList) -> str:
    return "" if node.tight else "loose"


def _number(number: str | None) -> m.Inlines:
    return (m.Text(text=f"{number} "),) if number else ()


def _verse(lines: Iterable[m.Inlines]) -> Iterator[m.Inline]:
    for index, line in enumerate(lines):
        if index:
            yield m.LineBreak()
        yield from line
