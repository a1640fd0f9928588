"""The front matter of a brief as YAML."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from pipeline import model as m
from pipeline.intake.markdown.blocks import blocks
from pipeline.intake.markdown.inlines import line

WIDE = 100_000
"""Characters of a line: one text stands on one line."""


def front_matter(metadata: m.Metadata) -> list[str]:
    """Return the lines of the front matter with those around it."""
    given = {key: value for key, value in _fields(metadata) if value not in (None, "", [], {})}
    text = yaml.dump(
        given, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDE, indent=2
    )
    return ["---", *text.rstrip("\n").split("\n"), "---"]


def _fields(metadata: m.Metadata) -> Iterator[tuple[str, Any]]:
    yield "title", line(metadata.title)
    yield "deck", line(metadata.deck)
    yield "date", metadata.date
    yield "updated", metadata.updated
    yield "lang", metadata.lang
    yield "authors", [_author(author) for author in metadata.authors]
    yield "series", metadata.series
    yield "number", metadata.number
    yield "hero", _hero(metadata.hero) if metadata.hero else None
    if metadata.summary:
        items = [line(item) for item in metadata.summary.items]
        is_one = metadata.summary.kind == "summary" and len(items) == 1
        yield metadata.summary.kind, items[0] if is_one else items
    if metadata.recommendations:
        yield "recommendations", [_wish(one) for one in metadata.recommendations.items]
    yield "keywords", list(metadata.keywords)
    yield "acknowledgements", _text(metadata.acknowledgements)
    yield "about", _text(metadata.about)
    yield "contact", _contact(metadata.contact) if metadata.contact else None
    yield "disclaimer", _text(metadata.disclaimer)
    yield "license", metadata.license
    yield "doi", metadata.doi
    yield "issn", metadata.issn
    yield "isbn", metadata.isbn
    yield "url", metadata.url
    yield "section-numbers", metadata.section_numbers or None
    yield "notes", _placement(metadata.notes)


def _placement(notes: m.NotePlacement) -> str | Mapping[str, str] | None:
    if notes.pdf == notes.docx:
        return notes.pdf
    known = {"pdf": notes.pdf, "docx": notes.docx}
    return {output: place for output, place in known.items() if place}


def _author(author: m.Author) -> Any:
    portrait = author.portrait
    known = {
        "name": author.name,
        "family": author.family,
        "role": author.role,
        "affiliation": author.affiliation,
        "orcid": author.orcid,
        "bio": line(author.bio),
        "portrait": _picture(portrait) if portrait else None,
    }
    given = {key: value for key, value in known.items() if value}
    return author.name if len(given) == 1 else given


def _picture(image: m.Image) -> Mapping[str, str]:
    return {"image": image.file, "alt": image.alt}


def _hero(hero: m.Hero) -> Mapping[str, str]:
    texts = {"caption": line(hero.caption), "credit": line(hero.credit)}
    given = {key: value for key, value in texts.items() if value}
    return {**(_picture(hero.image) if hero.image else {}), **given}


def _wish(wish: m.Recommendation) -> Any:
    what = line(wish.content)
    if not wish.who and not wish.by:
        return what
    known = {"what": what, "who": wish.who, "by": wish.by}
    return {key: value for key, value in known.items() if value}


def _contact(contact: m.Contact) -> Any:
    if contact.text:
        return line(contact.text)
    known = {"name": contact.name, "email": contact.email, "phone": contact.phone}
    return {key: value for key, value in known.items() if value}


def _text(content: m.Blocks) -> str:
    return "\n".join(blocks(content))


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as such, and lists set in under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Set lists in."""
        super().increase_indent(flow, False)


def _represent(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Write a text as it stands where YAML allows that, else in quotation marks."""
    is_plain = dumper.analyze_scalar(text).allow_block_plain and yaml.safe_load(text) == text
    style = "|" if "\n" in text else None if is_plain else "'" if "\\" in text else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent)
