"""The front matter as metadata of the model, its Markdown parsed with the body."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline import model as m
from pipeline.reader.blocks import blocks
from pipeline.reader.context import Context
from pipeline.reader.front import (
    AuthorDraft,
    ContactDraft,
    Front,
    HeroDraft,
    Picture,
    WishDraft,
)
from pipeline.reader.inlines import inlines
from pipeline.reader.pieces import Piece
from pipeline.reader.tree import Node
from pipeline.values import as_date
from pipeline.words import day_in_words

UNTITLED: m.Inlines = (m.Text(text="?"),)
UNDATED = date(1, 1, 1)
UNKNOWN_LANGUAGE = "und"
"""What stands for a required value that is missing, so that the rest can still be checked. The
problem has been reported as an error, so no such brief is ever built."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What pandoc made of the fields, by the identity of their pieces."""

    context: Context
    found: Mapping[int, Sequence[Node]]

    def blocks(self, piece: Piece | None) -> m.Blocks:
        """Return a field of several paragraphs."""
        if piece is None:
            return ()
        self.context.field = piece.field
        made = blocks(self.context, self.found[id(piece)])
        return made or self._empty(piece)

    def inlines(self, piece: Piece | None) -> m.Inlines:
        """Return a field of one paragraph; one that is anything else has been reported."""
        found = self.found[id(piece)] if piece else ()
        if piece is None or not is_paragraph(found):
            return ()
        self.context.field = piece.field
        return inlines(self.context, found[0]["c"]) or self._empty(piece)

    def _empty(self, piece: Piece) -> tuple[()]:
        """A field of nothing but a comment."""
        place = self.context.reading.source.place(piece.offset(0))
        self.context.report_at(place, "meta-empty", key=piece.field)
        return ()

    def items(self, pieces: Sequence[Piece]) -> tuple[m.Inlines, ...]:
        """Return the fields of a list."""
        return tuple(made for piece in pieces if (made := self.inlines(piece)))

    def image(self, picture: Picture | None) -> m.Image | None:
        """Return a picture that the front matter names."""
        if picture is None:
            return None
        line, column = place = self.context.reading.source.place(picture.offset)
        if picture.alt is None:
            self.context.report_at(place, "image-alt", file=picture.file)
        file = self.context.add_image(place, picture.file)
        return m.Image(file=file, alt=picture.alt or "", line=line, column=column) if file else None


def is_paragraph(found: Sequence[Node]) -> bool:
    """Tell whether pandoc read a field as exactly one paragraph."""
    return len(found) == 1 and found[0]["t"] == "Para"


def metadata(front: Front, parsed: Parsed) -> m.Metadata:
    """Return the metadata."""
    summary, recommended = front.summary, front.recommendations
    items = parsed.items(summary.items) if summary else ()
    wishes = tuple(_wishes(recommended.items, parsed)) if recommended else ()
    return m.Metadata(
        title=parsed.inlines(front.title) or UNTITLED,
        deck=parsed.inlines(front.deck),
        date=front.date or UNDATED,
        updated=front.updated,
        lang=front.lang or UNKNOWN_LANGUAGE,
        authors=tuple(_author(author, parsed) for author in front.authors),
        series=front.series,
        number=front.number,
        hero=_hero(front.hero, parsed) if front.hero else None,
        summary=m.Summary(kind=summary.kind, items=items, line=summary.line)
        if summary and items
        else None,
        recommendations=m.Recommendations(items=wishes, line=recommended.line)
        if recommended and wishes
        else None,
        keywords=front.keywords,
        acknowledgements=parsed.blocks(front.acknowledgements),
        about=parsed.blocks(front.about),
        contact=_contact(front.contact, parsed) if front.contact else None,
        disclaimer=parsed.blocks(front.disclaimer),
        license=front.license,
        doi=front.doi,
        issn=front.issn,
        isbn=front.isbn,
        url=front.url,
        section_numbers=front.section_numbers,
        notes=front.notes,
    )


def _wishes(drafts: Sequence[WishDraft], parsed: Parsed) -> Iterator[m.Recommendation]:
    for draft in drafts:
        if content := parsed.inlines(draft.what):
            by = _when(draft.by, parsed.context.lang)
            yield m.Recommendation(content=content, who=draft.who, by=by)


def _when(by: str | None, lang: str) -> str | None:
    """Return when something should be done, a date in words."""
    day = as_date(by) if by else None
    return day_in_words(day, lang) if day else by


def _author(author: AuthorDraft, parsed: Parsed) -> m.Author:
    return m.Author(
        name=author.name,
        family=author.family,
        role=author.role,
        affiliation=author.affiliation,
        orcid=author.orcid,
        bio=parsed.inlines(author.bio),
        portrait=parsed.image(author.portrait),
    )


def _contact(contact: ContactDraft, parsed: Parsed) -> m.Contact:
    return m.Contact(
        text=parsed.inlines(contact.text),
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
    )


def _hero(hero: HeroDraft, parsed: Parsed) -> m.Hero:
    return m.Hero(
        image=parsed.image(hero.image),
        caption=parsed.inlines(hero.caption),
        credit=parsed.inlines(hero.credit),
        line=hero.line,
    )
