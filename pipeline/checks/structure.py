"""Checks of headings, anchors, classes and of what is left of unread Markdown."""

import re
from collections.abc import Iterator

from pipeline import model as m
from pipeline import text, walk
from pipeline.checks.subject import Subject
from pipeline.problems import Problem

ANCHOR = re.compile(r"[^\W\d_][^\s\"'<>#%&()\[\]{}/\\]*")
RESERVED = ("fn:", "fnref:", "tn:", "tnref:")
CLASS = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
CONTROL = re.compile(r"[\t\r\v\f]")
"""What pandoc leaves in no code block."""
ENDLESS = re.compile(r"\S{1001,}")
"""A thousand words of 5,000 characters take minutes to be broken, one of 200,000 does alone."""
KNOWN_BY = 500
"""Characters by which such a word is found again in the source."""
CITATION = re.compile(r"\[-?@[\w:.#$%&+?<>~/-]+")


def headings_have_words(subject: Subject) -> Iterator[Problem]:
    """A heading has text. The reader sees to that; a JSON document may hold any heading."""
    for block in subject.blocks:
        if isinstance(block, m.Heading) and text.is_blank(text.plain(block.content)):
            yield subject.problem("structure-heading-empty", block.line)


def levels_without_gaps(subject: Subject) -> Iterator[Problem]:
    """Headings leave out no level."""
    before = 0
    for block in walk.blocks_within((*subject.brief.body, *subject.brief.references)):
        if isinstance(block, m.Heading):
            if block.level > before + 1:
                yield subject.problem(
                    "structure-heading-skip",
                    block.line,
                    text=text.plain(block.content),
                    level=block.level,
                    before=before,
                )
            before = block.level


def anchors(subject: Subject) -> Iterator[tuple[str, int]]:
    """Yield every anchor the author can set, with its line."""
    for block in subject.blocks:
        if isinstance(block, m.Heading | m.Figure | m.Table | m.Box | m.Division) and block.id:
            yield block.id, block.line
    for inline, line in subject.inlines:
        if isinstance(inline, m.Span) and inline.id:
            yield inline.id, line


def anchors_once(subject: Subject) -> Iterator[Problem]:
    """An anchor is given once."""
    known: dict[str, int] = {}
    for name, line in anchors(subject):
        if name in known:
            other = known[name]
            yield subject.problem("structure-anchor-twice", line, name=name, other=other)
        known.setdefault(name, line)


def anchors_usable(subject: Subject) -> Iterator[Problem]:
    """Anchors have names that every output can use."""
    for name, line in anchors(subject):
        if not ANCHOR.fullmatch(name) or name.startswith(RESERVED):
            yield subject.problem("structure-anchor-name", line, name=name)


def classes_usable(subject: Subject) -> Iterator[Problem]:
    """Classes have names that every output can use."""
    for name, line in _classes(subject):
        if not CLASS.fullmatch(name):
            yield subject.problem("structure-class", line, name=name)


def _classes(subject: Subject) -> Iterator[tuple[str, int]]:
    for block in subject.blocks:
        if isinstance(block, m.Division):
            yield from ((name, block.line) for name in block.classes)
    for inline, line in subject.inlines:
        if isinstance(inline, m.Span):
            yield from ((name, line) for name in inline.classes)


def items_have_content(subject: Subject) -> Iterator[Problem]:
    """A list item has content."""
    for block in subject.blocks:
        if isinstance(block, m.BulletList | m.OrderedList):
            for item in block.items:
                if not item.blocks:
                    yield subject.problem("structure-list-item", item.line)


def nesting_has_an_end(subject: Subject) -> Iterator[Problem]:
    """A document is not nested without end."""
    brief = subject.brief
    matter = brief.metadata.acknowledgements, brief.metadata.disclaimer
    for blocks in (brief.body, brief.references, *(note.blocks for note in brief.notes), *matter):
        stack = [(block, 1) for block in blocks]
        while stack:
            block, depth = stack.pop()
            if depth > walk.DEEPEST_BLOCKS:
                yield subject.problem("structure-depth", block.line, what="text")
                break
            stack += [(one, depth + 1) for inner in walk.blocks_in(block) for one in inner]


def markup_has_an_end(subject: Subject) -> Iterator[Problem]:
    """Markup is not nested without end."""
    for inline, line in subject.inlines:
        if _depth(inline) > walk.DEEPEST_INLINES:
            yield subject.problem("structure-depth", line, what="markup")


def _depth(inline: m.Inline) -> int:
    """Return how many levels of markup an inline has, as far as it matters."""
    inner: m.Inlines = (inline,)
    for depth in range(walk.DEEPEST_INLINES + 2):
        inner = tuple(one for outer in inner for one in walk.content_of(outer))
        if not inner:
            return depth
    return walk.DEEPEST_INLINES + 1


def code_has_plain_lines(subject: Subject) -> Iterator[Problem]:
    """Lines of code are set in by spaces and end with a line feed."""
    for block in subject.blocks:
        if isinstance(block, m.CodeBlock):
            found = CONTROL.search(block.text)
            if found:
                char = f"U+{ord(found[0]):04X}"
                yield subject.problem("structure-code", block.line, char=char)


def words_can_break(subject: Subject) -> Iterator[Problem]:
    """A word is no longer than a line can be broken into in reasonable time."""
    for inline, line in subject.inlines:
        if isinstance(inline, m.Text | m.Code):
            yield from _endless(subject, inline.text, line)
    for block in subject.blocks:
        if isinstance(block, m.CodeBlock):
            yield from _endless(subject, block.text, block.line)


def _endless(subject: Subject, said: str, line: int) -> Iterator[Problem]:
    for match in ENDLESS.finditer(said):
        place = subject.find(match[0][:KNOWN_BY], line) or (line, 0)
        count = len(match[0])
        yield subject.problem("structure-word", *place, text=match[0][:20], count=count)


def no_citations(subject: Subject) -> Iterator[Problem]:
    """No citation is left in the text, as it is where there is no bibliography."""
    for inline, line in subject.inlines:
        for match in CITATION.finditer(inline.text) if isinstance(inline, m.Text) else ():
            place = subject.find(match[0], line) or (line, 0)
            if not subject.is_escaped(place):
                yield subject.problem("structure-citation", *place, text=match[0] + "]")
