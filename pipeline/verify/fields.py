"""Front matter on the page: values in a known order, with nothing but separators between them."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

GAP, DATE = "\ufdd2", "\ufdd3"
_SEPARATORS = r"[\s·•,،;:|/()\u2013\u2014]*"


def fields_text(values: Iterable[str | date | None]) -> str:
    """Return values as the text of one block of kind `fields`, without those not given."""
    return GAP.join(
        DATE + value.isoformat() if isinstance(value, date) else value for value in values if value
    )


def holds_fields(text: str, printed: str) -> bool:
    """Tell whether printed text has all values, in order, and nothing else but separators."""
    return fields_pattern(text).fullmatch(printed) is not None


def first_difference(text: str, printed: str) -> tuple[str, str]:
    """Return the first value that is not in its place, and what is printed from there on."""
    values, end = text.split(GAP), 0
    for count in range(1, len(values) + 1):
        match = fields_pattern(GAP.join(values[:count])).match(printed)
        if match is None:
            return shown_fields(values[count - 1]), printed[end:]
        end = match.end()
    return shown_fields(values[-1]), f"{shown_fields(values[-1])} {printed[end:]}"


def shown_fields(text: str) -> str:
    """Return a text of fields for a message."""
    return text.replace(GAP, " · ").replace(DATE, "")


@lru_cache(maxsize=64)
def fields_pattern(text: str) -> re.Pattern[str]:
    """Return the pattern of every way to print the values: separators between them are free."""
    values = [_date(value[1:]) if value[:1] == DATE else _value(value) for value in text.split(GAP)]
    return re.compile(
        _SEPARATORS + _SEPARATORS.join(f"(?:{value})" for value in values) + _SEPARATORS
    )


def _value(value: str) -> str:
    """A value as it stands, or in capitals; its lines may break at spaces and within long words."""
    return "|".join(dict.fromkeys(map(_lines, (value, value.upper()))))


def _lines(value: str) -> str:
    words = [r"(?:\u2010?\n)?".join(map(re.escape, word)) for word in value.split(" ")]
    return r"\s+".join(words)


def _date(iso: str) -> str:
    """A date in the words of any language: its day, month and year in one of the usual orders."""
    day = date.fromisoformat(iso)
    month = rf"(?:(?:[^\W\d]+\s)?0?{day.month}|[^\W\d](?:\u2010\n|[^\d\n]){{2,24}})"
    # Many languages have a short word for "year" or "day" behind the figure: 2025 г., 18 d.
    word = r"(?:\s?[^\W\d]{1,2}\.|\.)?"
    forms = (
        iso,
        rf"0?{day.day}(?:st|nd|rd|th|er|º|\.)?[\s./\u2013-]*{month}[\s,./-]*{day.year}{word}",
        rf"{month}[\s./-]*0?{day.day}(?:st|nd|rd|th)?[\s,./-]+{day.year}{word}",
        rf"{day.year}\.?\s[^\W\d]+\s0?{day.day}\.?\s{month}",
        rf"{day.year}{word}[\s./年-]*{month}[\s./月-]*0?{day.day}(?:{word}|\D?)",
    )
    return f"(?:{'|'.join(forms)})"
