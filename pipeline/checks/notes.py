"""Checks of calls where they stand. That notes and calls agree is settled in `pipeline.notes`."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline import model as m
from pipeline import walk
from pipeline.checks.subject import Subject
from pipeline.problems import Problem


def no_space_before_calls(subject: Subject) -> Iterator[Problem]:
    """A call follows its word without a space."""
    for (before, _), (inline, _) in pairwise(subject.inlines):
        spaced = isinstance(before, m.Text) and before.text.endswith((" ", "\u00a0"))
        if spaced and isinstance(inline, m.Call | m.TableCall):
            yield subject.problem("note-space", inline.line, inline.column, label=inline.note)


def no_calls_in_links(subject: Subject) -> Iterator[Problem]:
    """A call does not stand in a link."""
    for link, _ in subject.inlines:
        for inline in walk.inlines_within(link.content) if isinstance(link, m.Link) else ():
            if isinstance(inline, m.Call | m.TableCall):
                yield subject.problem("note-in-link", inline.line, inline.column, label=inline.note)
