"""What the head of a page says about its article: Open Graph, Dublin Core, schema.org."""

import datetime
import json
from collections.abc import Iterator
from typing import Any

from pipeline.intake.known import TAG, Known
from pipeline.intake.page.document import Element

AUTHOR = ("author", "dc.creator", "dcterms.creator", "citation_author", "article:author")
PUBLISHED = (
    *("article:published_time", "datepublished", "date", "dc.date", "dcterms.date"),
    *("citation_publication_date", "dcterms.issued"),
)


def properties_of(root: Element) -> Known:
    """Return what a page says about its article."""
    given = [*_metas(root), *_linked_data(root)]
    authors = [value for key, value in given if key in AUTHOR and not value.startswith("http")]
    words = [part for key, value in given if key == "keywords" for part in value.split(",")]
    days = [day for key, value in given if key in PUBLISHED if (day := _day(value))]
    lang = root.get("lang") or ""
    return Known(
        authors=tuple(dict.fromkeys(authors)),
        keywords=tuple(dict.fromkeys(filter(None, map(str.strip, words)))),
        lang=lang if TAG.fullmatch(lang) else None,
        published=days[0] if days else None,
    )


def title_of(root: Element) -> str:
    """Return the title that the head of a page gives its article."""
    found = [value for key, value in _metas(root) if key in ("og:title", "dc.title")]
    titles = ["".join(one.itertext()) for one in root.iter("title")]
    return " ".join((found or titles or [""])[0].split())


def _metas(root: Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        value = " ".join((meta.get("content") or "").split())
        if key and value:
            yield key.lower(), value


def _linked_data(root: Element) -> Iterator[tuple[str, str]]:
    """Yield author and date of an article of schema.org, as search engines ask for them."""
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                data = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            for one in data if isinstance(data, list) else [data]:
                if isinstance(one, dict) and "author" in one:
                    yield from _described(one)


def _described(article: dict[str, Any]) -> Iterator[tuple[str, str]]:
    author = article["author"]
    for one in author if isinstance(author, list) else [author]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield "author", " ".join(name.split())
    if isinstance(day := article.get("datePublished"), str):
        yield "datepublished", day


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        return None
