"""Pins the words of the outputs: each one in each language, and dates as a language writes them."""

import string
import tomllib
from datetime import date
from pathlib import Path

import pyphen  # type: ignore[import-untyped]  # It has no types.
import pytest

from pipeline.model import Paragraph
from pipeline.reader import read
from pipeline.theme import TEMPLATES
from pipeline.verify.flatten import running_text
from pipeline.verify.found import normal
from pipeline.words import words_for

CATALOGUE: dict[str, dict[str, str]] = tomllib.loads(
    (TEMPLATES / "words.toml").read_text(encoding="utf-8")
)
LANGUAGES = sorted(CATALOGUE)
DAY = date(2025, 6, 18)


def blanks(text: str) -> set[str]:
    """Return the names of what is filled into a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_every_word_with_the_same_blanks(lang: str) -> None:
    english = {key: blanks(text) for key, text in CATALOGUE["en"].items()}
    assert {key: blanks(text) for key, text in CATALOGUE[lang].items()} == english
    assert all(text == text.strip() and text for text in CATALOGUE[lang].values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_say_which_note_and_which_call(lang: str) -> None:
    words = words_for(lang, TEMPLATES)
    names = {
        words.back_to_call(4),
        words.back_to_call(5),
        words.back_to_call(4, 1, 2),
        words.back_to_call(4, 2, 2),
    }
    assert len(names) == 4
    assert "4" in words.note_number(4)
    assert "Ada" in words.orcid_of("Ada")
    assert words.page_of("3", "8") == "3 / 8"


def test_one_author_and_several_have_headings_of_their_own() -> None:
    words = words_for("en", TEMPLATES)
    assert words.about_the_authors(1) == "About the author"
    assert words.about_the_authors(2) == "About the authors"


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "June 18, 2025"),
        ("en-GB", "18 June 2025"),
        ("fr", "18 juin 2025"),
        ("de", "18. Juni 2025"),
        ("de-AT", "18. Juni 2025"),
        ("pl", "18 czerwca 2025"),
        ("uk", "18 червня 2025"),
        ("lt", "2025 m. birželio 18 d."),
        ("es", "18 de junio de 2025"),
        ("be", "18 чэрвеня 2025 г."),
        ("ru", "18 июня 2025 г."),
        ("ar", "18 يونيو 2025"),
        ("he", "18 ביוני 2025"),
    ],
)
def test_a_day_is_written_as_the_language_does(lang: str, written: str) -> None:
    day = words_for(lang, TEMPLATES).day(DAY)
    assert " ".join(day.split()).removesuffix(" р.") == written


NB, NN = "\u00a0", "\u202f"
MARKS = {
    "en": "“a ‘b’ c”",
    "fr": f"«{NN}a “b” c{NN}»",
    "de": "„a ‚b‘ c“",
    "es": "«a “b” c»",
    "pl": "„a «b» c”",
    "be": "«a „b“ c»",
    "ru": "«a „b“ c»",
    "uk": "«a „b“ c»",
    "lt": "„a ‚b‘ c“",
    "ar": "”a ’b‘ c“",
    "he": "”a ’b’ c”",
}
"""A quotation with one in it, as the locale data of Unicode (CLDR) have the marks. In Belarusian,
French and Lithuanian the inner ones follow national custom."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quotation_marks_are_those_of_the_language(lang: str, tmp_path: Path) -> None:
    folder = tmp_path / "marks"
    folder.mkdir()
    front = f"---\ntitle: A title\ndate: 2025-06-18\nlang: {lang}\n---\n\n"
    (folder / "brief.md").write_text(f"{front}Say \"a 'b' c\" to them.\n", encoding="utf-8")
    brief, problems = read(folder / "brief.md")
    assert brief is not None
    assert problems == ()
    paragraph = brief.body[0]
    assert isinstance(paragraph, Paragraph)
    assert running_text(paragraph.content) == normal(f"Say {MARKS[lang]} to them.")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_stops_between_words_are_those_of_the_language(lang: str) -> None:
    words = words_for(lang, TEMPLATES)
    assert words.comma == ("، " if lang == "ar" else ", ")
    assert words.before_value("a") == (f"a{NB}: " if lang == "fr" else "a: ")
    assert words.labelled("a", "b") == (f"a{NB}: b" if lang == "fr" else "a: b")
    assert words.labelled("a", "") == "a"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_divided_in_every_language_that_divides_them(lang: str) -> None:
    found = pyphen.language_fallback(lang)
    assert (found is None) == (lang in ("ar", "he"))


def test_a_region_or_a_script_does_not_change_the_words() -> None:
    assert words_for("de-AT", TEMPLATES).notes == words_for("DE", TEMPLATES).notes == "Anmerkungen"


@pytest.mark.parametrize("lang", ["ka", "x-house", "qaa", "zz-Zzzz"])
def test_a_language_without_words_gets_english_ones_and_a_date(lang: str) -> None:
    words = words_for(lang, TEMPLATES)
    assert words.notes == "Notes"
    assert "2025" in words.day(DAY)
