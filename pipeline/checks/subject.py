"""What a check looks at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline import model as m
from pipeline import walk
from pipeline.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Subject:
    """A brief taken apart once for all checks."""

    brief: m.Brief
    path: str
    """What its problems name."""
    covered: frozenset[int]
    """The characters that the fonts have."""
    lines: Sequence[str]
    """The lines of the source."""
    blocks: Sequence[walk.Passage]
    """Every block of body, notes and end matter."""
    inlines: Sequence[tuple[m.Inline, int]]
    """Every inline with the line of the block it stands in, parents first."""

    def problem(self, code: str, line: int, column: int = 0, **details: object) -> Problem:
        """Return a problem of this brief."""
        return problem(code, self.path, line, column, **details)

    def find(self, text: str, line: int) -> tuple[int, int] | None:
        """Return line and column at which a text stands in the source, from a line on."""
        for number in range(max(line, 1), len(self.lines) + 1):
            column = self.lines[number - 1].find(text)
            if column >= 0:
                return number, column + 1
        return None

    def find_key(self, key: str) -> tuple[int, int] | None:
        """Return line and column of a key of the front matter."""
        for number, line in enumerate(self.lines, start=1):
            if line.startswith(f"{key}:"):
                return number, 1
        return None

    def is_escaped(self, place: tuple[int, int]) -> bool:
        """Tell whether a backslash makes what stands at a place ordinary text."""
        line, column = place
        return column > 1 and self.lines[line - 1][column - 2] == "\\"


def subject_of(brief: m.Brief, path: str, coverage: Mapping[str, frozenset[int]]) -> Subject:
    """Take a brief apart. `coverage` gives the characters of each font family."""
    return Subject(
        brief=brief,
        path=path,
        covered=frozenset().union(*coverage.values()),
        lines=brief.source.text.split("\n"),
        blocks=tuple(_blocks(brief)),
        inlines=tuple(
            (inline, line) for run, line in _runs(brief) for inline in walk.inlines_within(run)
        ),
    )


def _runs(brief: m.Brief) -> Iterator[tuple[m.Inlines, int]]:
    """Yield all runs of inlines; what has no line of its own stands in the front matter."""
    metadata = brief.metadata
    yield metadata.title, 1
    for _, inlines in (*walk.page_fields(metadata), *walk.closing_fields(metadata)):
        yield inlines, 1
    if metadata.hero:
        yield metadata.hero.credit, metadata.hero.line
    for author in metadata.authors:
        yield author.bio, 1
    if metadata.contact:
        yield metadata.contact.text, 1
    for block in _blocks(brief):
        for inlines in walk.own_inlines(block):
            yield inlines, block.line


def _blocks(brief: m.Brief) -> Iterator[walk.Passage]:
    yield from walk.blocks_within((*brief.body, *brief.references))
    for note in brief.notes:
        yield from walk.blocks_within(note.blocks)
    yield from walk.blocks_within(brief.metadata.acknowledgements)
    yield from walk.blocks_within(brief.metadata.about)
    yield from walk.blocks_within(brief.metadata.disclaimer)
