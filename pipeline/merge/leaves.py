"""The texts of a brief one by one: each with what it is made of and where in the source it begins.

A copy of the brief has a marker in front of each, by which the paragraphs of its Word file are
known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline import model as m
from pipeline.merge.atoms import Atom, Atoms, character
from pipeline.merge.marking import marker

Updated = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Element:
    """Markup in a text: its record, and the atoms from `first` up to `last` that stand in it."""

    node: m.Inline
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text of a brief."""

    atoms: Atoms
    """Those of the source: calls have the labels of their notes."""
    elements: tuple[Element, ...]
    """Outer ones first."""
    field: str
    """The field of the front matter; `body` or `note` for the others."""
    kind: str
    """The kind of record it stands in."""
    line: int
    column: int
    is_first: bool = True
    """Whether a search for it begins at its line, and not behind the text before it."""
    note: str = ""
    """The label of the note it stands in."""


@dataclass(slots=True)
class _Maker:
    """Copies a brief with markers and gathers its texts."""

    leaves: list[Leaf] = field(default_factory=list)
    field: str = ""
    note: str = ""
    start: tuple[int, int] | None = None
    """Where the next text begins, if not with a line."""

    def text(
        self, content: m.Inlines, kind: str, line: int = 1, is_first: bool = True
    ) -> m.Inlines:
        """Take a text, and return it with its marker; an empty one is left alone."""
        if not content:
            return content
        gathered = _Gathered()
        gathered.all(content)
        return (self._taken(gathered, kind, line, is_first), *content)

    def _taken(self, gathered: "_Gathered", kind: str, line: int, is_first: bool) -> m.Text:
        self.leaves.append(
            Leaf(
                tuple(gathered.atoms),
                tuple(gathered.elements),
                self.field,
                kind,
                *(self.start or (line, 1)),
                is_first,
                self.note,
            )
        )
        self.start = None
        return marker(len(self.leaves) - 1)

    def code(self, block: m.CodeBlock) -> m.CodeBlock:
        gathered = _Gathered()
        for one in block.text:
            gathered.atoms.append(Atom("break", "\n") if one == "\n" else character(one))
        mark = self._taken(gathered, "code", block.line, True)
        return block.model_copy(update={"text": mark.text + block.text})

    def verse(self, block: m.LineBlock) -> m.LineBlock:
        gathered = _Gathered()
        for index, line in enumerate(block.lines):
            if index:
                gathered.atoms.append(Atom("break", "\n"))
            gathered.all(line)
        mark = self._taken(gathered, "verse", block.line, True)
        return block.model_copy(update={"lines": ((mark, *block.lines[0]), *block.lines[1:])})

    def blocks(self, content: m.Blocks) -> m.Blocks:
        """Return blocks with markers."""
        return tuple(self.block(one) for one in content)

    def block(self, block: m.Block) -> m.Block:
        """Return a block with markers, in the order in which a Word file has its texts."""
        made: Updated = {}
        match block:
            case m.Paragraph() | m.Heading():
                made["content"] = self.text(block.content, block.type, block.line)
            case m.BulletList() | m.OrderedList():
                made["items"] = tuple(
                    one.model_copy(update={"blocks": self.blocks(one.blocks)})
                    for one in block.items
                )
            case m.DefinitionList():
                made["entries"] = tuple(map(self._entry, block.entries))
            case m.BlockQuote():
                made["blocks"] = self.blocks(block.blocks)
                made["attribution"] = self._attribution(block.attribution)
            case m.PullQuote():
                made["content"] = self.text(block.content, "pull-quote", block.line)
                made["attribution"] = self._attribution(block.attribution)
            case m.CodeBlock():
                return self.code(block)
            case m.LineBlock():
                return self.verse(block)
            case m.Figure():
                made["caption"] = self.text(block.caption, "caption", block.line)
                made["legend"] = self._legend(block.legend)
            case m.Table():
                made = self._table(block)
            case m.Box():
                made["title"] = self.text(block.title, "box-title", block.line)
                made["blocks"] = self.blocks(block.blocks)
            case m.Division():
                made["blocks"] = self.blocks(block.blocks)
            case m.ThematicBreak():
                return block
        return block.model_copy(update=made)

    def _entry(self, entry: m.DefinitionEntry) -> m.DefinitionEntry:
        term = self.text(entry.term, "term", entry.line)
        told = tuple(map(self.blocks, entry.definitions))
        return entry.model_copy(update={"term": term, "definitions": told})

    def _attribution(self, said: m.Attribution | None) -> m.Attribution | None:
        if said is None:
            return None
        content = self.text(said.content, "attribution", said.line)
        return said.model_copy(update={"content": content})

    def _legend(self, lines: Sequence[m.LegendLine]) -> tuple[m.LegendLine, ...]:
        return tuple(
            one.model_copy(update={"content": self.text(one.content, "legend", one.line)})
            for one in lines
        )

    def _table(self, table: m.Table) -> Updated:
        made: Updated = {"caption": self.text(table.caption, "table-caption", table.line)}
        is_first = [True]
        for part in ("head", "body", "foot"):
            made[part] = tuple(
                row.model_copy(
                    update={
                        "cells": tuple(self._cell(cell, table.line, is_first) for cell in row.cells)
                    }
                )
                for row in getattr(table, part)
            )
        made["legend"] = self._legend(table.legend)
        made["notes"] = tuple(map(self._table_note, table.notes))
        return made

    def _table_note(self, note: m.TableNote) -> m.TableNote:
        self.start = note.line, note.column
        content = self.text(note.content, "table-note", note.line)
        return note.model_copy(update={"content": content})

    def _cell(self, cell: m.Cell, line: int, is_first: list[bool]) -> m.Cell:
        made: list[m.Block] = []
        for block in cell.blocks:
            if isinstance(block, m.Paragraph):
                content = self.text(block.content, "cell", line, is_first[0])
                is_first[0] = False
                made.append(block.model_copy(update={"content": content}))
            else:
                made.append(self.block(block))
        return cell.model_copy(update={"blocks": tuple(made)})

    def metadata(self, said: m.Metadata) -> m.Metadata:
        """Return front matter with markers."""
        made: Updated = {}
        for name in ("title", "deck"):
            self.field = name
            made[name] = self.text(getattr(said, name), name)
        if said.hero:
            self.field = "hero.caption"
            caption = self.text(said.hero.caption, "caption")
            self.field = "hero.credit"
            credit = self.text(said.hero.credit, "credit")
            made["hero"] = said.hero.model_copy(update={"caption": caption, "credit": credit})
        if said.summary:
            made["summary"] = said.summary.model_copy(
                update={"items": self._fields("summary", said.summary.items)}
            )
        if said.recommendations:
            items = said.recommendations.items
            texts = self._fields("recommendations", [one.content for one in items])
            wishes = tuple(
                one.model_copy(update={"content": text})
                for one, text in zip(items, texts, strict=True)
            )
            made["recommendations"] = said.recommendations.model_copy(update={"items": wishes})
        for name in ("acknowledgements", "about", "disclaimer"):
            self.field = name
            made[name] = self.blocks(getattr(said, name))
        return said.model_copy(update=made)

    def _fields(self, name: str, items: Sequence[m.Inlines]) -> tuple[m.Inlines, ...]:
        made = []
        for index, item in enumerate(items):
            self.field = f"{name}.{index}"
            made.append(self.text(item, name))
        return tuple(made)

    def of_note(self, note: m.Note) -> m.Note:
        """Return a note with markers."""
        self.field, self.note, self.start = "note", note.label, (note.line, note.column)
        return note.model_copy(update={"blocks": self.blocks(note.blocks)})


class _Gathered:
    """The atoms and markup of a text."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.elements: list[Element] = []

    def all(self, content: m.Inlines) -> None:
        for one in content:
            self.one(one)

    def one(self, one: m.Inline) -> None:
        match one:
            case m.Text():
                self.atoms += map(character, one.text)
            case m.Code():
                self._marked(one, [character(sign) for sign in one.text])
            case m.LineBreak():
                self.atoms.append(Atom("break", "\n"))
            case m.Image():
                self.atoms.append(Atom("picture", ""))
            case m.Call():
                self.atoms.append(Atom("call", one.note))
            case m.TableCall():
                pass  # Its letter is the house's.
            case m.CrossReference():
                self.atoms.append(Atom("reference", one.note))
            case m.ElementReference():
                self.atoms.append(Atom("reference", f"#{one.target}"))
            case _:
                self._marked(one, one.content)

    def _marked(self, one: m.Inline, content: "m.Inlines | list[Atom]") -> None:
        first, place = len(self.atoms), len(self.elements)
        if isinstance(content, list):
            self.atoms += content
        else:
            self.all(content)
        self.elements.insert(place, Element(one, first, len(self.atoms)))


def marked(brief: m.Brief) -> tuple[m.Brief, tuple[Leaf, ...]]:
    """Return the brief with markers, and its texts by their numbers."""
    maker = _Maker()
    metadata = maker.metadata(brief.metadata)
    maker.field = "body"
    body = maker.blocks(brief.body)
    notes = tuple(map(maker.of_note, brief.notes))
    made = brief.model_copy(update={"metadata": metadata, "body": body, "notes": notes})
    return made, tuple(maker.leaves)
