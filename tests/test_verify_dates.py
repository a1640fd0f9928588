"""Pins that a date in the words of any European language is read back as that date alone."""

from datetime import date, timedelta

import pytest

from pipeline.theme import TEMPLATES
from pipeline.verify.fields import fields_text, holds_fields
from pipeline.words import words_for

LANGUAGES = (
    *("en", "en-GB", "fr", "de", "es", "pl", "be", "ru", "uk", "lt", "lv", "et", "fi", "sv", "nb"),
    *("da", "nl", "pt", "it", "cs", "sk", "hu", "ro", "bg", "sr", "hr", "sl", "el", "tr", "ka"),
)
DAYS = (date(2025, 6, 18), date(2024, 11, 1), date(2026, 2, 28))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_a_date_in_words_is_that_date(lang: str, day: date) -> None:
    printed = words_for(lang, TEMPLATES).day(day)
    assert holds_fields(fields_text([day]), printed)
    assert not holds_fields(fields_text([day + timedelta(days=1)]), printed)
    assert not holds_fields(fields_text([day.replace(year=day.year + 1)]), printed)
