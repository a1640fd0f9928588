"""The head of a manuscript: credit, title, deck, date and authors, by where and how they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day

from pipeline.intake.plain.chunks import ITEM, Chunk
from pipeline.intake.tongues import (
    BY,
    CREDIT,
    FILLERS,
    JOINERS,
    PUBLISHED,
    UPDATED,
    day_in,
    folded,
    opening_of,
)

LONGEST_LINE = 160
"""Characters of a line that may be a date, a credit or a list of authors."""
LONGEST_DECK = 400
REACH = 3
"""Chunks behind the title among which a date or the authors are looked for."""
NAME = re.compile(
    r"[^\W\d_a-zа-я][\w.’'-]*(?:\s+(?:(?:van|von|de|del|da|la|der|den|di|al)\s+)*"
    r"[^\W\d_a-zа-я][\w.’'-]*){1,4}"
)
JOINT = re.compile(r"\s*(?:,|;|&|\b(?:" + "|".join(sorted(JOINERS)) + r")\b)\s*")


@dataclass(slots=True)
class Head:
    """What was found before the text; chunks say where each part stands."""

    title: Chunk | None = None
    deck: Chunk | None = None
    credit: Chunk | None = None
    date: tuple[Day, Chunk] | None = None
    updated: tuple[Day, Chunk] | None = None
    authors: tuple[tuple[str, ...], Chunk] | None = None
    chunks: int = 0
    """How many chunks it takes."""


def read_head(chunks: Sequence[Chunk]) -> Head:
    """Return the head of a text; what it does not know for certain is left to the body."""
    head = Head()
    for index, chunk in enumerate(chunks):
        if not _take(head, chunk, chunks[index + 1 : index + 1 + REACH]):
            break
        head.chunks = index + 1
    return head


def _take(head: Head, chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Take a chunk as the next part of the head, if it can be one."""
    if head.credit is None and is_credit(chunk.text):
        head.credit = chunk
    elif head.title is None:
        head.title = chunk
    elif head.date is None and (day := day_of(chunk.text, PUBLISHED)):
        head.date = day, chunk
    elif head.updated is None and (day := day_of(chunk.text, UPDATED)):
        head.updated = day, chunk
    elif head.authors is None and (names := names_of(chunk.text)):
        head.authors = names, chunk
    elif head.deck is None and _is_deck(head, chunk, following):
        head.deck = chunk
    else:
        return False
    return True


def _is_deck(head: Head, chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """A paragraph between the title and the date or the authors is the deck."""
    if head.date or head.authors or len(chunk.text) > LONGEST_DECK or ITEM.match(chunk.text):
        return False
    return any(
        day_of(one.text, PUBLISHED) or names_of(one.text) or day_of(one.text, UPDATED)
        for one in following
    )


def is_credit(text: str) -> bool:
    """Tell whether a line says who made the picture, by the word it begins with."""
    word = opening_of(text, CREDIT)
    if word is None or len(text) > LONGEST_LINE:
        return False
    after = folded(text)[len(word) :].lstrip()
    return word in ("©", "(c)", "photo by") or after.startswith(":")


def day_of(text: str, words: tuple[str, ...]) -> Day | None:
    """Return the day that a line names, if it says nothing else but one of the words before it."""
    found = day_in(text) if len(text) <= LONGEST_LINE else None
    if found is None:
        return None
    day, written = found
    rest = folded(text.replace(written, " ", 1))
    word = opening_of(f"{rest} ", words) or ""
    if words is UPDATED and not word:
        return None
    left = re.findall(r"\w+", rest.removeprefix(word))
    return day if set(left) <= FILLERS else None


def names_of(text: str) -> tuple[str, ...]:
    """Return the authors that a line names behind a word that says so, if it names nothing else."""
    word = opening_of(text, BY)
    if word is None or len(text) > LONGEST_LINE:
        return ()
    rest = text.strip()[len(word) :].strip(" \t:.")
    names = tuple(name for name in JOINT.split(rest) if name)
    return names if names and all(NAME.fullmatch(name) for name in names) else ()
