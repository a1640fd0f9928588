"""The front matter as it was read: values checked, Markdown still to be parsed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from pipeline import model as m
from pipeline.reader.pieces import Piece

ListKind = Literal["summary", "key-findings"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture named in the front matter. `alt` is None when the author said nothing."""

    file: str
    alt: str | None
    offset: int


@dataclass(frozen=True, slots=True)
class StyleName:
    """The file of the citation style, and where it is named."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class AuthorDraft:
    """An author whose biography is still Markdown."""

    name: str
    family: str | None = None
    role: str | None = None
    affiliation: str | None = None
    orcid: str | None = None
    bio: Piece | None = None
    portrait: Picture | None = None


@dataclass(frozen=True, slots=True)
class HeroDraft:
    """The opening picture, its texts still Markdown."""

    image: Picture | None
    caption: Piece | None
    credit: Piece | None
    line: int


@dataclass(frozen=True, slots=True)
class ListDraft:
    """Summary or key findings, still Markdown."""

    kind: ListKind
    items: tuple[Piece, ...]
    line: int


@dataclass(frozen=True, slots=True)
class WishDraft:
    """A recommendation whose text is still Markdown."""

    what: Piece
    who: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class WishesDraft:
    """Recommendations, still Markdown."""

    items: tuple[WishDraft, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Whom to ask: a text that is still Markdown, or a name with its addresses."""

    text: Piece | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter with checked values; what is Markdown is still to be parsed."""

    title: Piece | None = None
    deck: Piece | None = None
    date: datetime.date | None = None
    updated: datetime.date | None = None
    lang: str | None = None
    authors: tuple[AuthorDraft, ...] = ()
    series: str | None = None
    number: str | None = None
    hero: HeroDraft | None = None
    summary: ListDraft | None = None
    recommendations: WishesDraft | None = None
    keywords: tuple[str, ...] = ()
    acknowledgements: Piece | None = None
    about: Piece | None = None
    contact: ContactDraft | None = None
    disclaimer: Piece | None = None
    license: str | None = None
    doi: str | None = None
    issn: str | None = None
    isbn: str | None = None
    url: str | None = None
    section_numbers: bool = False
    notes: m.NotePlacement = field(default_factory=m.NotePlacement)
    citation_style: StyleName | None = None

    def opening(self) -> Iterator[Piece]:
        """Yield what may call notes and is printed before the body, in reading order."""
        if self.deck:
            yield self.deck
        if self.hero and self.hero.caption:
            yield self.hero.caption
        if self.summary:
            yield from self.summary.items

    def closing(self) -> Iterator[Piece]:
        """Yield what may call notes and is printed after the body, in reading order."""
        if self.recommendations:
            yield from (wish.what for wish in self.recommendations.items)

    def silent(self) -> Iterator[Piece]:
        """Yield what may not call notes; texts of several paragraphs come last."""
        once = [self.title, self.hero.credit if self.hero else None]
        bios = [author.bio for author in self.authors]
        contact = self.contact.text if self.contact else None
        ending = (self.acknowledgements, self.about, self.disclaimer)
        for piece in (*once, *bios, contact, *ending):
            if piece:
                yield piece
