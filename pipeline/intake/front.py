"""The opening of a manuscript with marks: what its first paragraphs say about it."""

import datetime
import re
from dataclasses import dataclass, replace

from pipeline import model as m
from pipeline.intake.draft import Value
from pipeline.intake.plain.head import LONGEST_DECK, day_of, is_credit, names_of
from pipeline.intake.tongues import DISCLAIMER, PUBLISHED, UPDATED, day_in
from pipeline.intake.tree import Taken
from pipeline.problems import BriefError, problem
from pipeline.text import plain

REACH = 4
"""Blocks behind the title that may be deck, date, authors or credit."""
JOINT = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b)\s*")
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known of a text before it begins. Texts are empty where nothing is known."""

    title: m.Inlines = ()
    deck: m.Inlines = ()
    authors: tuple[str, ...] = ()
    """The lines that name authors, as they stand."""
    dated: str = ""
    """The line that says when it was published, as it stands."""
    abstract: m.Inlines = ()
    credit: m.Inlines = ()
    names: tuple[str, ...] = ()
    day: datetime.date | None = None
    updated: datetime.date | None = None
    disclaimer: m.Blocks = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """An opening that is understood, the text behind it, and what is kept as values."""

    opening: Opening
    body: m.Blocks
    values: tuple[Value, ...]


def open_text(opening: Opening, body: m.Blocks, taken: Taken) -> Opened:
    """Take from the text what belongs into front matter.

    Raises BriefError when there is no title, or a note is called in it.
    """
    blocks = list(body)
    if not opening.title:
        opening = replace(opening, title=_title(blocks, taken.path))
        taken.tell("intake-head", plain(opening.title), what="title", text=_short(opening.title))
    if any(isinstance(one, m.Call) for one in opening.title):
        raise BriefError([problem("intake-title-call", taken.path, 1, 1)])
    opening, values = _styled(opening, taken)
    opening, more = _read_on(opening, blocks, taken)
    opening = replace(opening, disclaimer=_closing(blocks, taken))
    return Opened(opening, tuple(blocks), (*values, *more))


def _title(blocks: list[m.Block], path: str) -> m.Inlines:
    """Take the first words as the title: a heading, or a paragraph that is short enough."""
    while blocks:
        first = blocks.pop(0)
        if isinstance(first, m.Heading):
            return first.content
        if isinstance(first, m.Paragraph) and len(plain(first.content)) <= LONGEST_DECK:
            return _bare(first.content)
        break
    raise BriefError([problem("intake-empty", path, what="title")])


def _bare(content: m.Inlines) -> m.Inlines:
    """Return words without the bold type that is the whole of them."""
    return content[0].content if len(content) == 1 and isinstance(content[0], m.Strong) else content


def _styled(opening: Opening, taken: Taken) -> tuple[Opening, tuple[Value, ...]]:
    """Understand the lines that have a style which says what they are."""
    values: list[Value] = []
    if opening.authors:
        names = tuple(
            name
            for line in opening.authors
            for name in (names_of(line) or tuple(filter(None, JOINT.split(line))))
        )
        opening = replace(opening, names=names)
        values += [Value("authors", line) for line in opening.authors]
        taken.tell("intake-head", opening.authors[0], what="authors", text=", ".join(names))
    found = day_in(opening.dated) if opening.dated else None
    if found and day_of(opening.dated, PUBLISHED):
        opening = replace(opening, day=found[0])
        values.append(Value("date", opening.dated))
        taken.tell("intake-head", opening.dated, what="date", text=found[0])
    elif opening.dated:
        words = (m.Text(text=opening.dated),)
        deck = (*opening.deck, m.Text(text=" "), *words) if opening.deck else words
        opening = replace(opening, deck=deck)
    return opening, tuple(values)


def _read_on(
    opening: Opening, blocks: list[m.Block], taken: Taken
) -> tuple[Opening, tuple[Value, ...]]:
    """Take date, authors, credit and deck from the first paragraphs, as long as they are these."""
    values: list[Value] = []
    for _ in range(REACH):
        if not blocks or not isinstance(blocks[0], m.Paragraph):
            break
        text = plain(blocks[0].content)
        known = _as_value(opening, text)
        if known:
            opening, value = known
            values.append(value)
            taken.tell("intake-head", text, what=value.field, text=text[:SHOWN])
        elif not opening.credit and is_credit(text):
            opening = replace(opening, credit=blocks[0].content)
            taken.tell("intake-head", text, what="credit", text=text[:SHOWN])
        elif not opening.deck and _is_deck(opening, blocks):
            opening = replace(opening, deck=_unslanted(blocks[0].content))
            taken.tell("intake-head", text, what="deck", text=text[:SHOWN])
        else:
            break
        del blocks[0]
    return opening, tuple(values)


def _as_value(opening: Opening, text: str) -> tuple[Opening, Value] | None:
    """Return the opening with what a line says, if that is a date or names and nothing else."""
    if not opening.day and (day := day_of(text, PUBLISHED)):
        return replace(opening, day=day), Value("date", text)
    if not opening.updated and (day := day_of(text, UPDATED)):
        return replace(opening, updated=day), Value("updated", text)
    if not opening.names and (names := names_of(text)):
        return replace(opening, names=names), Value("authors", text)
    return None


def _is_deck(opening: Opening, blocks: list[m.Block]) -> bool:
    """A paragraph between the title and the date or the authors is the deck, or one in italics."""
    first = blocks[0]
    assert isinstance(first, m.Paragraph)
    if len(plain(first.content)) > LONGEST_DECK or opening.day or opening.names:
        return False
    behind = (plain(one.content) for one in blocks[1:3] if isinstance(one, m.Paragraph))
    is_slanted = len(first.content) == 1 and isinstance(first.content[0], m.Emphasis)
    return is_slanted or any(_as_value(opening, text) for text in behind)


def _unslanted(content: m.Inlines) -> m.Inlines:
    is_whole = len(content) == 1 and isinstance(content[0], m.Emphasis)
    return content[0].content if is_whole and isinstance(content[0], m.Emphasis) else content


def _closing(blocks: list[m.Block], taken: Taken) -> m.Blocks:
    """Take the paragraphs at the end that say whose views the text has."""
    made: list[m.Block] = []
    while len(blocks) > 1 and isinstance(last := blocks[-1], m.Paragraph):
        text = plain(last.content)
        if not DISCLAIMER.search(text) or any(isinstance(one, m.Call) for one in last.content):
            break
        taken.tell("intake-disclaimer", text)
        made.insert(0, blocks.pop())
    return tuple(made)


def _short(content: m.Inlines) -> str:
    return plain(content)[:SHOWN]
