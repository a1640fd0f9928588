"""The one place that numbers figures, tables and sections.

Figures and tables are counted each by themselves, in reading order. What has a caption is numbered,
unless it stands in a note: a number without a title would be hard to find. Sections are numbered
where the brief asks for it. Renderers print what stands in the JSON.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from pipeline import model as m
from pipeline import walk
from pipeline.problems import Problem, problem

Kind = Literal["figure", "table"]


def count(kinds: Iterable[Kind]) -> Iterator[int]:
    """Yield the number of each of some figures and tables, given their kinds in reading order."""
    so_far: Counter[Kind] = Counter()
    for kind in kinds:
        so_far[kind] += 1
        yield so_far[kind]


def sections(levels: Iterable[int]) -> Iterator[str]:
    """Yield the number of each section, such as `2.1`, given the levels of their headings."""
    counts: list[int] = []
    for level in levels:
        counts = [*counts[:level], *[0] * (level - len(counts))]
        counts[-1] += 1
        yield ".".join(str(max(one, 1)) for one in counts)


def audit(brief: m.Brief, path: str) -> tuple[Problem, ...]:
    """Name every number of a figure or table that contradicts the brief.

    A brief made by the reader has none; a JSON document that somebody edited may.
    """
    faults = (*_audit_elements(brief), *_audit_sections(brief), *_audit_references(brief))
    return tuple(
        problem("structure-number", path, line, column, what=what) for what, line, column in faults
    )


Fault = tuple[str, int, int]


def _audit_elements(brief: m.Brief) -> Iterator[Fault]:
    shown = list(_elements(walk.blocks_within(brief.body)))
    captioned = [element for element in shown if element.caption]
    expected = dict(zip(map(id, captioned), count(one.type for one in captioned), strict=True))
    for element in shown:
        if element.number != expected.get(id(element)):
            should = expected.get(id(element), "none")
            yield f"a {element.type} has the number {element.number}, not {should}", element.line, 0
    for note in brief.notes:
        for element in _elements(walk.blocks_within(note.blocks)):
            if element.number is not None:
                yield f"a {element.type} in a note has a number", element.line, 0


def _elements(passages: Iterable[walk.Passage]) -> Iterator[m.Figure | m.Table]:
    return (one for one in passages if isinstance(one, m.Figure | m.Table))


def _audit_sections(brief: m.Brief) -> Iterator[Fault]:
    numbered = [heading for heading in walk.headings(brief.body) if heading.number]
    expected = dict(zip(map(id, numbered), sections(one.level for one in numbered), strict=True))
    for passage in _all_passages(brief):
        if isinstance(passage, m.Heading):
            should = expected.get(id(passage))
            if passage.number != should:
                yield f"a section has the number {passage.number}, not {should}", passage.line, 0


def _all_passages(brief: m.Brief) -> Iterator[walk.Passage]:
    yield from walk.blocks_within((*brief.body, *brief.references))
    for note in brief.notes:
        yield from walk.blocks_within(note.blocks)


def _audit_references(brief: m.Brief) -> Iterator[Fault]:
    numbers: dict[tuple[str, str | None], str] = {
        (one.type, one.id): str(one.number)
        for one in _elements(walk.blocks_within(brief.body))
        if one.number
    }
    for heading in walk.headings(brief.body):
        if heading.number:
            numbers["section", heading.id] = heading.number
    for inline in walk.everything(brief):
        if isinstance(inline, m.ElementReference):
            number = numbers.get((inline.kind, inline.target))
            if number != inline.number:
                what = f"the reference to '#{inline.target}' prints {inline.number}, not {number}"
                yield what, inline.line, inline.column
