"""Tells whether a passage says what the brief keeps as a value."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from pipeline import model as m
from pipeline.intake.draft import Value
from pipeline.intake.tongues import BY, FILLERS, JOINERS, PUBLISHED, UPDATED, month_names
from pipeline.text import plain


def agrees(metadata: m.Metadata, value: Value) -> bool:
    """Tell whether everything a passage says is kept under its key.

    The heading of the notes says nothing of its own.
    """
    match value.field:
        case "date":
            return says_day(value.text, metadata.date, PUBLISHED)
        case "updated":
            return metadata.updated is not None and says_day(value.text, metadata.updated, UPDATED)
        case "authors":
            return _says_names(value.text, [one.name for one in metadata.authors])
        case "keywords":
            return all(_folded(one) in _folded(value.text) for one in metadata.keywords)
        case "title":
            return _folded(plain(metadata.title)) in _folded(value.text)
        case _:
            known = getattr(metadata, value.field, None)
            return isinstance(known, str) and _folded(known) in _folded(value.text)


def says_day(text: str, day: date, words: Iterable[str]) -> bool:
    """Tell whether a text names a day, with `words` before it, and nothing else."""
    figures = sorted(int(one) for one in re.findall(r"\d+", text))
    names = set(re.findall(r"[^\W\d_]+", _folded(text)))
    names -= {part for word in words for part in word.split()} | FILLERS
    if figures == sorted((day.year, day.month, day.day)):
        return not names
    months = names & month_names(day.month)
    return figures == sorted((day.year, day.day)) and len(months) == 1 and names == months


def _says_names(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text is a list of names, with a word for authors before it."""
    rest = _folded(text)
    for name in names:
        if _folded(name) not in rest:
            return False
        rest = rest.replace(_folded(name), " ", 1)
    words = {part for word in BY for part in word.split()} | JOINERS
    return set(re.findall(r"\w+", rest)) <= words


def _folded(text: str) -> str:
    """Return a text in one form for capitals and accents, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
