"""What the head of a page says, in each of its vocabularies."""

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from pipeline.verify.found import Property, normal

DATA = "application/ld+json"
VOCABULARIES = {
    "title": ("citation_title", "dcterms.title", "og:title"),
    "description": ("dcterms.abstract", "og:description"),
    "date": ("citation_publication_date", "dcterms.issued", "article:published_time"),
    "language": ("citation_language", "dcterms.language"),
    "DOI": ("citation_doi",),
    "series": ("citation_series_title",),
    "number": ("citation_technical_report_number",),
}
"""The names under which each vocabulary says a property, once for a page."""
LISTS = {
    "authors": ("author", "citation_author", "dcterms.creator"),
    "keywords": ("dcterms.subject", "article:tag"),
}
"""The names that stand once for each author or keyword."""
JOINED = {"authors": "; ", "keywords": ", "}


def properties(root: Element) -> Iterator[Property]:
    """Yield what the head of the page says, and its language."""
    said: dict[str, list[str]] = {}
    for one in root.iter("meta"):
        name = (one.get("name") or one.get("property") or "").lower()
        said.setdefault(name, []).append(normal(one.get("content", "")))

    def text(name: str) -> str:
        return " ".join(said.get(name, []))

    where = "in the head of the page"
    yield Property("title", normal(root.findtext("head/title", "")), where)
    yield Property("language", root.get("lang", ""), "in the html element")
    yield Property("description", text("description"), where)
    yield Property("keywords", text("keywords"), where)
    yield Property("date", text("date"), where)
    yield Property("updated", text("last-modified") or text("date"), where)
    for kind, names in VOCABULARIES.items():
        for name in names:
            value = text(name).replace("/", "-") if kind == "date" else text(name)
            yield Property(kind, value, f"in {name}")
    for kind, names in LISTS.items():
        for name in names:
            yield Property(kind, JOINED[kind].join(said.get(name, [])), f"in {name}")
    days = [time.get("datetime", "") for time in root.iter("time")]
    yield Property("dates on the page", "; ".join(days), "in the time elements")
    yield from _data(root)


def _data(root: Element) -> Iterator[Property]:
    """Yield what the report of schema.org says; one that cannot be read says nothing."""
    found = [one.text or "" for one in root.iter("script") if one.get("type") == DATA]
    report: dict[str, Any] = {}
    if len(found) == 1:
        try:
            report = json.loads(found[0])
        except ValueError:
            report = {}
    where = "in the data of schema.org"
    yield Property("title", normal(str(report.get("name", ""))), where)
    yield Property("description", normal(str(report.get("description", ""))), where)
    yield Property("date", str(report.get("datePublished", "")), where)
    yield Property("updated", str(report.get("dateModified", "")), where)
    yield Property("language", str(report.get("inLanguage", "")), where)
    yield Property("number", str(report.get("reportNumber", "")), where)
    names = [normal(str(one.get("name", ""))) for one in report.get("author", [])]
    yield Property("authors", "; ".join(names), where)
    yield Property("keywords", ", ".join(map(normal, report.get("keywords", []))), where)
