"""YAML as a plain tree in which everything knows its place and every scalar is text.

Only what front matter needs is accepted: mappings, lists and scalars, a few levels deep. Anchors,
aliases and tags are refused: nothing expands, and nothing is converted behind the author's back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, cast

import yaml
from yaml import events as ev

from pipeline.problems import Problem, problem
from pipeline.reader.source import Source

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 5
"""Levels of nesting; authors need three."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value. `start` and `end` are the offsets of what stands in the source, quotes included."""

    text: str
    start: int
    end: int
    plain: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing, or one of YAML's words for nothing, stands here."""
        return not self.text.strip() or (self.plain and self.text in {"~", "null"})


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: "tuple[Tree, ...]"
    start: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: str
    start: int
    value: "Tree"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values in the order of the source."""

    entries: tuple[Entry, ...]
    start: int


Tree = Scalar | Items | Mapping


class Mark(Protocol):
    """A place as either of PyYAML's parsers gives it: line and column from 0."""

    line: int
    column: int


class Refused(Exception):
    """The text is not the YAML that front matter may use."""

    def __init__(self, found: Problem) -> None:
        """Keep the one problem: after it the parser has lost its way."""
        self.problem = found
        super().__init__(found.message)


def read_tree(source: Source, start: int, end: int) -> Tree | None:
    """Return the tree of the YAML between two offsets, which begin lines; None if there is nothing.

    Raises Refused.
    """
    builder = _Builder(source, start, end)
    try:
        return builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and builder.offset(mark) >= end and error.context_mark:
            # A quotation mark that is never closed runs on to the end: name where it opens.
            mark = error.context_mark
        what = error.problem or error.context or "it cannot be read"
        raise Refused(builder.fault("meta-yaml", mark, what)) from None


class _Builder:
    """Recursive descent over the events of the YAML parser."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.first_line = source.place(start)[0]
        self.end = end
        self.events: Iterator[ev.Event] = yaml.parse(source.text[start:end], Loader=Loader)

    def offset(self, mark: Mark) -> int:
        line = min(self.first_line + mark.line, len(self.source.starts))
        return min(self.source.offset(line, mark.column + 1), self.end)

    def fault(self, code: str, mark: Mark | None, what: str) -> Problem:
        line, column = self.source.place(self.offset(mark)) if mark else (1, 1)
        return problem(code, self.source.path, line, column, what=what)

    def document(self) -> Tree | None:
        tree: Tree | None = None
        for event in self.events:
            match event:
                case ev.StreamStartEvent() | ev.StreamEndEvent() | ev.DocumentEndEvent():
                    pass
                case ev.DocumentStartEvent():
                    if tree is not None or event.tags or event.version:
                        raise self.refuse(event, "a second document or a directive")
                case _:
                    tree = self.node(event, 1)
        return tree

    def refuse(self, event: ev.Event, what: str) -> Refused:
        return Refused(self.fault("meta-yaml-feature", event.start_mark, what))

    def node(self, event: ev.Event, depth: int) -> Tree:
        if isinstance(event, ev.AliasEvent):
            raise self.refuse(event, f"the alias *{event.anchor}")
        if isinstance(event, ev.NodeEvent) and event.anchor:
            raise self.refuse(event, f"the anchor &{event.anchor}")
        if getattr(event, "tag", None):
            raise self.refuse(event, "a tag (a word that begins with !)")
        if depth > DEEPEST:
            raise self.refuse(event, f"nesting deeper than {DEEPEST} levels")
        start = self.offset(cast(Mark, event.start_mark))
        match event:
            case ev.ScalarEvent():
                end = self.offset(cast(Mark, event.end_mark))
                return Scalar(event.value, start, end, plain=event.implicit[0])
            case ev.SequenceStartEvent():
                return Items(tuple(self.items(depth + 1)), start)
            case _:
                return Mapping(tuple(self.entries(depth + 1)), start)

    def items(self, depth: int) -> Iterator[Tree]:
        for event in self.events:
            if isinstance(event, ev.SequenceEndEvent):
                return
            yield self.node(event, depth)

    def entries(self, depth: int) -> Iterator[Entry]:
        for event in self.events:
            if isinstance(event, ev.MappingEndEvent):
                return
            key = self.node(event, depth)
            if not isinstance(key, Scalar):
                raise self.refuse(event, "a key that is not a word")
            yield Entry(key.text, key.start, self.node(next(self.events), depth))
