"""Checks of measures: how long, how many and how wide what a page has room for may be.

Each bound is far above what people write, and keeps the time and memory of every output within
those of a book. What is longer than the bound is rarely meant: a paragraph in the wrong field.
"""

from collections.abc import Iterator

from pipeline import model as m
from pipeline import text
from pipeline.checks.subject import Subject
from pipeline.problems import Problem

KNOWN_BY = 40
"""Characters by which a value is found again in the source."""
LONGEST_LINE = 500
"""Characters of a title, a name or any other value that is printed on a few lines."""
LONGEST_DECK = 2_000
LONGEST_BIO = 3_000
MOST_AUTHORS = 500
MOST_KEYWORDS = 100
MOST_FINDINGS = 50
MOST_RECOMMENDATIONS = 100
MOST_NOTES = 2_000
MOST_CALLS = 5_000
MOST_COLUMNS = 50


def values_fit_the_page(subject: Subject) -> Iterator[Problem]:
    """A value of the front matter is as long as the place where it is printed has room for."""
    for key, value, most in _values(subject.brief.metadata):
        if len(value) > most:
            place = subject.find_key(key) or subject.find(value[:KNOWN_BY], 1) or (1, 1)
            what = f"{len(value):,} characters"
            yield subject.problem("meta-long", *place, key=key, what=what, most=f"{most:,}")


def lists_fit_the_page(subject: Subject) -> Iterator[Problem]:
    """A list of the front matter has as many entries as a reader can be asked to look through."""
    for key, count, most in _lists(subject.brief.metadata):
        if count > most:
            place = subject.find_key(key) or (1, 1)
            what = f"{count:,} entries"
            yield subject.problem("meta-long", *place, key=key, what=what, most=f"{most:,}")


def notes_can_be_counted(subject: Subject) -> Iterator[Problem]:
    """Notes and their calls are no more than the outputs can be made with in reasonable time."""
    notes = subject.brief.notes
    if len(notes) > MOST_NOTES:
        last = notes[MOST_NOTES]
        what = f"{len(notes):,} notes"
        yield subject.problem(
            "note-many", last.line, last.column, what=what, most=f"{MOST_NOTES:,}"
        )
        return
    calls = [one for one, _ in subject.inlines if isinstance(one, m.Call | m.TableCall)]
    if len(calls) > MOST_CALLS:
        over = calls[MOST_CALLS]
        what = f"{len(calls):,} calls of notes"
        yield subject.problem(
            "note-many", over.line, over.column, what=what, most=f"{MOST_CALLS:,}"
        )


def tables_fit_the_page(subject: Subject) -> Iterator[Problem]:
    """A table has no more columns than could ever stand side by side."""
    for block in subject.blocks:
        if isinstance(block, m.Table) and len(block.columns) > MOST_COLUMNS:
            yield subject.problem("structure-wide", block.line)


def _values(metadata: m.Metadata) -> Iterator[tuple[str, str, int]]:
    yield "title", text.plain(metadata.title), LONGEST_LINE
    yield "deck", text.plain(metadata.deck), LONGEST_DECK
    lines = {
        "series": metadata.series,
        "number": metadata.number,
        "license": metadata.license,
        "doi": metadata.doi,
        "url": metadata.url,
    }
    if metadata.contact:
        lines |= {"contact": metadata.contact.name, "phone": metadata.contact.phone}
        yield "email", metadata.contact.email or "", LONGEST_LINE
    for key, value in lines.items():
        yield key, value or "", LONGEST_LINE
    for author in metadata.authors:
        yield "name", author.name, LONGEST_LINE
        yield "role", author.role or "", LONGEST_LINE
        yield "affiliation", author.affiliation or "", LONGEST_LINE
        yield "bio", text.plain(author.bio), LONGEST_BIO
    for word in metadata.keywords:
        yield "keywords", word, LONGEST_LINE
    for one in metadata.recommendations.items if metadata.recommendations else ():
        yield "who", one.who or "", LONGEST_LINE
        yield "by", one.by or "", LONGEST_LINE


def _lists(metadata: m.Metadata) -> Iterator[tuple[str, int, int]]:
    yield "authors", len(metadata.authors), MOST_AUTHORS
    yield "keywords", len(metadata.keywords), MOST_KEYWORDS
    if metadata.summary:
        yield metadata.summary.kind, len(metadata.summary.items), MOST_FINDINGS
    if metadata.recommendations:
        count = len(metadata.recommendations.items)
        yield "recommendations", count, MOST_RECOMMENDATIONS
