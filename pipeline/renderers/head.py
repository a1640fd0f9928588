"""What the head of the web page says to those who find, file and share it.

Four vocabularies say the same: schema.org for search engines, the tags of Highwire Press for
catalogues of research, Dublin Core for libraries, Open Graph for links in messages.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline import model as m
from pipeline.citation import name_of
from pipeline.renderers.imprint import Imprint
from pipeline.text import plain
from pipeline.theme import Theme

CARD = (1200, 630)
"""Width and height of the picture of a link in pixels."""


@dataclass(frozen=True, slots=True)
class Head:
    """Named texts, texts with a property of RDFa, and one block of data."""

    names: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...]
    address: str
    """The one address of the page; empty when it is not known."""
    data: Markup


@dataclass(frozen=True, slots=True)
class Facts:
    """What all vocabularies are told."""

    meta: m.Metadata
    theme: Theme
    title: str
    description: str
    address: str
    card: str
    """Address of the picture of a link; it is known when the house says where the outputs are."""
    pdf: str
    doi: str
    license: str

    @property
    def publisher(self) -> str:
        """The institute."""
        return self.theme.institute.name


def head(brief: m.Brief, theme: Theme, told: Imprint) -> Head:
    """Return what the head of a brief's page says."""
    meta = brief.metadata
    base = theme.institute.base_url.rstrip("/")
    stem = f"{base}/{brief.slug}/{brief.slug}" if base else ""
    facts = Facts(
        meta=meta,
        theme=theme,
        title=plain(meta.title),
        description=plain(meta.deck),
        address=told.address,
        card=f"{stem}.png" if stem else "",
        pdf=f"{stem}.pdf" if stem else "",
        doi=told.doi,
        license=(told.licence.url or told.licence.name) if told.licence else "",
    )
    names = (*_highwire(facts), *_dublin_core(facts), *_twitter(facts))
    return Head(
        names=tuple((name, text) for name, text in names if text),
        properties=tuple((name, text) for name, text in _open_graph(facts) if text),
        address=told.address,
        data=as_data(_report(facts)),
    )


def _highwire(facts: Facts) -> Iterator[tuple[str, str]]:
    meta = facts.meta
    yield "citation_title", facts.title
    for author in meta.authors:
        yield "citation_author", author.name
        yield "citation_author_institution", author.affiliation or ""
        yield "citation_author_orcid", f"https://orcid.org/{author.orcid}" if author.orcid else ""
    yield "citation_publication_date", f"{meta.date:%Y/%m/%d}"
    yield "citation_technical_report_institution", facts.publisher
    yield "citation_technical_report_number", meta.number or ""
    yield "citation_series_title", meta.series or ""
    yield "citation_doi", meta.doi or ""
    yield "citation_issn", meta.issn or ""
    yield "citation_isbn", meta.isbn or ""
    yield "citation_language", meta.lang
    yield "citation_keywords", "; ".join(meta.keywords)
    yield "citation_public_url", facts.address
    yield "citation_pdf_url", facts.pdf


def _dublin_core(facts: Facts) -> Iterator[tuple[str, str]]:
    meta = facts.meta
    yield "dcterms.title", facts.title
    yield from (("dcterms.creator", author.name) for author in meta.authors)
    yield "dcterms.issued", meta.date.isoformat()
    yield "dcterms.modified", meta.updated.isoformat() if meta.updated else ""
    yield "dcterms.publisher", facts.publisher
    yield "dcterms.language", meta.lang
    yield "dcterms.type", "Text"
    yield "dcterms.identifier", facts.doi or facts.address
    yield "dcterms.abstract", facts.description
    yield from (("dcterms.subject", word) for word in meta.keywords)
    yield "dcterms.license", facts.license


def _twitter(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield what Open Graph has no word for; the rest is taken from there."""
    yield "twitter:card", "summary_large_image" if facts.card else "summary"


def _open_graph(facts: Facts) -> Iterator[tuple[str, str]]:
    meta = facts.meta
    yield "og:type", "article"
    yield "og:title", facts.title
    yield "og:description", facts.description
    yield "og:site_name", facts.publisher
    yield "og:url", facts.address
    if facts.card:
        yield "og:image", facts.card
        yield "og:image:type", "image/png"
        yield "og:image:width", str(CARD[0])
        yield "og:image:height", str(CARD[1])
        yield "og:image:alt", facts.title
    yield "article:published_time", meta.date.isoformat()
    yield "article:modified_time", meta.updated.isoformat() if meta.updated else ""
    yield from (("article:tag", word) for word in meta.keywords)


def _report(facts: Facts) -> dict[str, Any]:
    """Return the brief as a Report of schema.org; what is not known is left out."""
    meta = facts.meta
    series = {"@type": "CreativeWorkSeries", "name": meta.series, "issn": meta.issn}
    said = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": facts.title,
        "headline": facts.title,
        "description": facts.description,
        "inLanguage": meta.lang,
        "datePublished": meta.date.isoformat(),
        "dateModified": (meta.updated or meta.date).isoformat(),
        "author": [_person(author) for author in meta.authors],
        "publisher": {
            "@type": "Organization",
            "name": facts.publisher,
            "url": facts.theme.institute.url,
        },
        "reportNumber": meta.number,
        "isPartOf": series if meta.series else None,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": kind, "value": value}
            for kind, value in (("DOI", meta.doi), ("ISBN", meta.isbn))
            if value
        ],
        "sameAs": facts.doi,
        "keywords": list(meta.keywords),
        "license": facts.license,
        "url": facts.address,
        "image": facts.card,
    }
    known = _known(said)
    assert isinstance(known, dict)
    return known


def _person(author: m.Author) -> dict[str, Any]:
    parts = name_of(author)
    family = (parts.get("non-dropping-particle"), parts.get("family"))
    is_organisation = author.family == author.name
    group = {"@type": "Organization", "name": author.affiliation}
    return {
        "@type": "Organization" if is_organisation else "Person",
        "name": author.name,
        "givenName": parts.get("given"),
        "familyName": " ".join(filter(None, family)),
        "jobTitle": author.role,
        "affiliation": group if author.affiliation else None,
        "sameAs": f"https://orcid.org/{author.orcid}" if author.orcid else None,
    }


def _known(value: Any) -> Any:
    """Return data without what is empty."""
    if isinstance(value, list):
        return [_known(item) for item in value]
    if isinstance(value, dict):
        return {key: _known(item) for key, item in value.items() if item}
    return value


def as_data(value: object) -> Markup:
    """Return JSON for a `script` element, where no text of a brief can end it (HTML, 4.12.1.3).

    The signs that markup is made of are written as JSON escapes.
    """
    text = json.dumps(value, ensure_ascii=False, indent=1)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
