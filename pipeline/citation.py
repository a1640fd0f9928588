"""How to cite a brief: one line for readers, and one record for reference managers.

Both are made from the same facts: the front matter, and the institute that publishes. The record is
CSL-JSON; `pipeline.bibliography` writes it down.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from babel.lists import format_list

from pipeline import addresses
from pipeline import model as m
from pipeline.text import plain
from pipeline.theme import Theme
from pipeline.words import Words, locale_of

DOI = "https://doi.org/"
PARTICLES = frozenset(
    [
        *("af", "al", "d'", "da", "dal", "de", "degli", "dei", "del", "della", "den", "der", "des"),
        *("di", "dos", "du", "el", "het", "la", "las", "le", "los", "te", "ten", "ter", "van"),
        *("vom", "von", "zu", "zum", "zur"),
    ]
)
"""Small words before a family name that belong to it."""
_PLACE = re.compile("\ufdd0(\\d+)\ufdd1")

Name = TypedDict(
    "Name", {"family": str, "non-dropping-particle": str, "given": str, "literal": str}, total=False
)
Date = TypedDict("Date", {"date-parts": list[list[int]]})
Record = TypedDict(
    "Record",
    {
        "id": str,
        "type": str,
        "title": str,
        "author": list[Name],
        "collection-title": str,
        "number": str,
        "publisher": str,
        "issued": Date,
        "DOI": str,
        "URL": str,
        "ISBN": str,
        "ISSN": str,
        "abstract": str,
        "keyword": str,
        "language": str,
    },
    total=False,
)
"""A brief as CSL-JSON (Citation Style Language 1.0.2, schema csl-data)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the line for readers; `target` is where it leads when it is a link."""

    text: str
    kind: Literal["words", "title", "house"] = "words"
    """What the brief says, its title, or a word that the house or the language adds."""
    target: str = ""


def web_address(brief: m.Brief, theme: Theme) -> str:
    """Return where the web version is: what the brief says, else its place at the institute."""
    base = theme.institute.base_url.rstrip("/")
    return brief.metadata.url or (f"{base}/{brief.slug}/" if base else "")


def citation(brief: m.Brief, theme: Theme, words: Words) -> tuple[Part, ...]:
    """Return authors, title, series and number, institute, date, and DOI or address."""
    meta = brief.metadata
    series = " ".join(filter(None, [meta.series, meta.number]))
    groups = (
        tuple(_names([author.name for author in meta.authors], words)),
        (Part(plain(meta.title), "title"),),
        (Part(series),) if series else (),
        (Part(theme.institute.name, "house"),),
        (Part(words.day(meta.date)),),
        tuple(_address(brief, theme)),
    )
    return tuple(_joined([group for group in groups if group], words.comma))


def _names(names: Sequence[str], words: Words) -> Iterator[Part]:
    """Yield the names as the language lists them, with its own word before the last."""
    places = [f"\ufdd0{index}\ufdd1" for index in range(len(names))]
    listed = format_list(places, locale=locale_of(words.lang)) if places else ""
    for index, piece in enumerate(_PLACE.split(listed)):
        if index % 2:
            yield Part(names[int(piece)])
        elif piece:
            yield Part(piece, "house" if any(map(str.isalpha, piece)) else "words")


def _address(brief: m.Brief, theme: Theme) -> Iterator[Part]:
    """Yield the DOI where there is one, else the address of the web version."""
    if doi := brief.metadata.doi:
        yield Part(DOI + doi, target=addresses.of_doi(doi))
    elif address := web_address(brief, theme):
        yield Part(address, "words" if brief.metadata.url else "house", address)


def _joined(groups: Sequence[Sequence[Part]], comma: str) -> Iterator[Part]:
    for index, group in enumerate(groups):
        if index:
            yield Part(comma)
        yield from group


def record(brief: m.Brief, theme: Theme) -> Record:
    """Return the brief as a record for reference managers."""
    meta = brief.metadata
    day = meta.date
    found: Record = {
        "id": brief.slug,
        "type": "report",
        "title": plain(meta.title),
        "author": [name_of(author) for author in meta.authors],
        "collection-title": meta.series or "",
        "number": meta.number or "",
        "publisher": theme.institute.name,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "DOI": meta.doi or "",
        "URL": web_address(brief, theme),
        "ISBN": meta.isbn or "",
        "ISSN": meta.issn or "",
        "abstract": plain(meta.deck),
        "keyword": ", ".join(meta.keywords),
        "language": meta.lang,
    }
    for key in tuple(found):
        if not found[key]:  # type: ignore[literal-required]  # mypy forgets which keys these are.
            del found[key]  # type: ignore[misc]
    return found


def name_of(author: m.Author) -> Name:
    """Return a name in its parts; what has no family name is one name, as an organisation's is."""
    family = author.family or _family(author.name)
    if not family or family == author.name:
        return {"literal": author.name}
    given = author.name.removesuffix(f" {family}")
    if given == author.name:
        given = author.name.removeprefix(f"{family} ")
    particle, core = _without_particle(family)
    if particle:
        return {"family": core, "non-dropping-particle": particle, "given": given}
    return {"family": core, "given": given}


def _family(name: str) -> str:
    """Return the last word of a name, with the small words before it."""
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return " ".join(words[start:]) if start > 0 else ""


def _without_particle(family: str) -> tuple[str, str]:
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count] in PARTICLES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])
