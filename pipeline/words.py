"""The words the outputs add to a brief, in the language of the brief."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import get_decimal_symbol

from pipeline import languages

FALLBACK = "en"
LEGEND_KINDS = ("source", "note", "credit")
BOX_KINDS = ("box", "case-study", "definition", "timeline")


@dataclass(frozen=True, slots=True)
class Words:
    """Interface words of one language. Texts with braces are filled in by the methods."""

    lang: str
    notes: str
    contents: str
    summary: str
    key_findings: str
    recommendations: str
    updated: str
    authors: str
    acknowledgements: str
    how_to_cite: str
    about_the_institute: str
    contact: str
    web_version: str
    disclaimer: str
    license: str
    keywords: str
    references: str
    figure: str
    table: str
    description: str
    who: str
    by_when: str
    skip: str
    legend: Mapping[str, str]
    box_kinds: Mapping[str, str]
    texts: Mapping[str, str]

    def note_number(self, number: int | str) -> str:
        """The accessible name of a call: the word for a note, and its number or letter."""
        return self.texts["note_number"].format(number=number)

    def about_the_authors(self, count: int) -> str:
        """The heading over the biographies of one author or of several."""
        return self.texts["about_the_author" if count == 1 else "about_the_authors"]

    def orcid_of(self, name: str) -> str:
        """The accessible name of a link to an ORCID record."""
        return self.texts["orcid"].format(name=name)

    def back_to_call(self, number: int | str, index: int = 1, total: int = 1) -> str:
        """The accessible name of the backlink to the `index`-th of `total` calls of a note."""
        key = "back_to_call" if total > 1 else "back_to_note"
        return self.texts[key].format(number=number, index=index)

    def labelled(self, kind: str, name: str) -> str:
        """The accessible name of something of a kind that has, or has not, a name of its own."""
        return self.texts["labelled"].format(kind=kind, value=name) if name else kind

    def before_value(self, kind: str) -> str:
        """The name of a value that follows on the line, with the colon of the language."""
        return self.texts["labelled"].format(kind=kind, value="")

    @property
    def comma(self) -> str:
        """What stands between the items of a list in a line."""
        return self.texts["listed"].format(before="", after="")

    @property
    def direction(self) -> languages.Direction:
        """In which direction the language is written."""
        return languages.direction(self.lang)

    def labelled_number(self, kind: str, number: str | int) -> str:
        """The accessible name of a reference to a figure, a table or a section."""
        return f"{self.texts[kind]} {number}"

    @property
    def decimal_sign(self) -> str:
        """What divides the decimals of a number, as the language writes it (CLDR)."""
        return get_decimal_symbol(locale_of(self.lang))

    def page_of(self, page: str, pages: str) -> str:
        """A folio: this page of so many."""
        return self.texts["page_of"].format(page=page, pages=pages)

    def day(self, day: datetime.date) -> str:
        """The day in words, as the language writes it (CLDR long form)."""
        return day_in_words(day, self.lang)


def day_in_words(day: datetime.date, lang: str) -> str:
    """Return the day as a language writes it (CLDR long form)."""
    return format_date(day, "long", locale=locale_of(lang))


def words_for(lang: str, folder: Path) -> Words:
    """Return the words of a language (BCP 47 tag) from the catalogue in a templates folder."""
    catalogue = _catalogue(folder / "words.toml")
    known = catalogue.get(lang.split("-")[0].lower(), catalogue[FALLBACK])
    plain = {name: known[name] for name in Words.__dataclass_fields__ if name in known}
    legend = {kind: known[f"legend_{kind}"] for kind in LEGEND_KINDS}
    kinds = {kind: known[kind.replace("-", "_")] for kind in BOX_KINDS}
    return Words(
        lang,
        legend=MappingProxyType(legend),
        box_kinds=MappingProxyType(kinds),
        texts=MappingProxyType(known),
        **plain,
    )


@cache
def _catalogue(file: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def locale_of(lang: str) -> Locale:
    """Return what CLDR knows of a language, or English where it knows nothing."""
    try:
        return Locale.parse(lang, sep="-")
    except (UnknownLocaleError, ValueError):
        base = lang.split("-")[0]
        return locale_of(base) if base != lang else Locale.parse(FALLBACK)
