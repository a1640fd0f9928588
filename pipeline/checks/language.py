"""Checks of languages and characters."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from pipeline import fonts, languages, words
from pipeline import model as m
from pipeline.checks.subject import Subject
from pipeline.problems import Problem

LIGATURES = frozenset(map(chr, range(0xFB00, 0xFB07)))
"""Characters that stand for several Latin letters (Unicode 16, Alphabetic Presentation Forms)."""

MOST_MARKS = 5
"""Marks on one letter: Hebrew with vowels and cantillation has so many, others fewer."""


def tags_well_formed(subject: Subject) -> Iterator[Problem]:
    """Languages are named by their BCP 47 tags."""
    for tag, line in _tags(subject):
        if not languages.is_well_formed(tag):
            yield subject.problem("language-tag", line, tag=tag)


def _tags(subject: Subject) -> Iterator[tuple[str, int]]:
    yield subject.brief.metadata.lang, 1
    for block in subject.blocks:
        if isinstance(block, m.Division) and block.lang is not None:
            yield block.lang, block.line
    for inline, line in subject.inlines:
        if isinstance(inline, m.Span) and inline.lang is not None:
            yield inline.lang, line


def characters_covered(subject: Subject) -> Iterator[Problem]:
    """Every character is in one of the fonts."""
    known: set[str] = set()
    for text, line in _texts(subject):
        for char in fonts.missing(text, [subject.covered]):
            if char not in known:
                known.add(char)
                yield subject.problem(
                    "language-glyph",
                    *(subject.find(char, line) or (line, 0)),
                    char=f"U+{ord(char):04X}",
                    name=unicodedata.name(char, "unnamed"),
                    script=languages.script_of(char),
                )


def letters_apart(subject: Subject) -> Iterator[Problem]:
    """Letters are written one by one."""
    known: set[str] = set()
    for text, line in _texts(subject):
        for char in sorted(LIGATURES & set(text) - known):
            known.add(char)
            yield subject.problem(
                "language-ligature",
                *(subject.find(char, line) or (line, 0)),
                char=f"U+{ord(char):04X}",
                letters=unicodedata.normalize("NFKD", char),
            )


def dates_covered(subject: Subject) -> Iterator[Problem]:
    """The date can be printed in the language of the brief."""
    metadata = subject.brief.metadata
    for day in filter(None, (metadata.date, metadata.updated)):
        text = words.day_in_words(day, metadata.lang)
        for char in fonts.missing(text, [subject.covered])[:1]:
            yield subject.problem(
                "language-date",
                *(subject.find_key("lang") or subject.find_key("language") or (1, 0)),
                text=text,
                char=f"U+{ord(char):04X}",
                name=unicodedata.name(char, "unnamed"),
            )
            return


def marks_in_number(subject: Subject) -> Iterator[Problem]:
    """A letter has no more accents than can be told apart."""
    for text, line in _texts(subject):
        for start, count in _piles(text):
            letter = text[max(start - 1, 0)]
            place = subject.find(text[max(start - 1, 0) : start + count], line) or (line, 0)
            yield subject.problem(
                "language-marks", *place, letter=letter, count=count, most=MOST_MARKS
            )


def _piles(text: str) -> Iterator[tuple[int, int]]:
    """Yield where too many marks follow one another in a text, and how many."""
    if text.isascii():
        return
    at = 0
    for is_mark, group in groupby(text, lambda char: unicodedata.combining(char) > 0):
        count = sum(1 for _ in group)
        if is_mark and count > MOST_MARKS:
            yield at, count
        at += count


def _texts(subject: Subject) -> Iterator[tuple[str, int]]:
    """Yield every printed text with the line at which it may be looked for."""
    metadata = subject.brief.metadata
    plain = [metadata.series, metadata.number, metadata.license, metadata.doi, *metadata.keywords]
    plain.append(metadata.url)
    if contact := metadata.contact:
        plain += [contact.name, contact.email, contact.phone]
    for author in metadata.authors:
        plain += [author.name, author.role, author.affiliation]
    yield from ((one, 1) for one in plain if one)
    for inline, line in subject.inlines:
        if isinstance(inline, m.Text | m.Code):
            yield inline.text, line
    for block in subject.blocks:
        if isinstance(block, m.CodeBlock):
            yield block.text, block.line
