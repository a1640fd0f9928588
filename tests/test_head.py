"""Pins what the head of the web page tells search engines, catalogues and other sites."""

import json
import re
from typing import Any

import pytest

from pipeline import model as m
from pipeline.renderers.html import render_html
from pipeline.theme import Theme, load_theme
from pipeline.verify import verify_html
from tests.samples import inlines, minimal, sample

THEME = load_theme()
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')


def published() -> Theme:
    """Return the house when it says where its outputs are."""
    told = {"base_url": "https://briefs.example.org/"}
    return THEME.model_copy(update={"institute": THEME.institute.model_copy(update=told)})


def with_metadata(brief: m.Brief, **fields: object) -> m.Brief:
    return brief.model_copy(update={"metadata": brief.metadata.model_copy(update=fields)})


def page(brief: m.Brief, theme: Theme = THEME) -> str:
    return render_html(brief, theme).decode()


def report(text: str) -> dict[str, Any]:
    (data,) = DATA.findall(text)
    found = json.loads(data)
    assert isinstance(found, dict)
    return found


def said(text: str) -> dict[str, list[str]]:
    """Return what the named texts say, by name."""
    found: dict[str, list[str]] = {}
    for name, value in META.findall(text):
        found.setdefault(name, []).append(value)
    return found


def test_the_report_says_what_the_brief_says() -> None:
    found = report(page(sample()))
    assert found["@type"] == "Report"
    assert found["name"] == "Water and the Border"
    assert [one["name"] for one in found["author"]] == ["Ada Example", "Boris Sample"]
    assert found["author"][0] == {
        "@type": "Person",
        "name": "Ada Example",
        "givenName": "Ada",
        "familyName": "Example",
        "jobTitle": "Senior Fellow",
        "affiliation": {"@type": "Organization", "name": "Institute for Neighbourhood Policy"},
        "sameAs": "https://orcid.org/0000-0002-1825-0097",
    }
    assert (found["datePublished"], found["dateModified"]) == ("2025-06-18", "2025-07-02")
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["isPartOf"]["issn"] == "2049-3630"


def test_what_is_not_known_is_not_said() -> None:
    text = page(minimal())
    assert set(report(text)) == {
        *("@context", "@type", "name", "headline", "inLanguage"),
        *("datePublished", "dateModified", "publisher"),
    }
    assert all(all(values) for values in said(text).values())
    assert "canonical" not in text
    assert "og:image" not in said(text)


def test_an_organisation_and_a_small_word_in_a_name() -> None:
    authors = (m.Author(name="Towns United", family="Towns United"), m.Author(name="Jan van Dam"))
    organisation, person = report(page(with_metadata(sample(), authors=authors)))["author"]
    assert organisation == {"@type": "Organization", "name": "Towns United"}
    assert (person["givenName"], person["familyName"]) == ("Jan", "van Dam")


@pytest.mark.parametrize("text", ["</script><b>", "<!--<script>", "]]>&amp;\u2028'\"\\", "{{ x }}"])
def test_no_text_ends_the_data(text: str) -> None:
    brief = with_metadata(
        sample(), title=inlines(text), keywords=(text,), authors=(m.Author(name=text),)
    )
    made = page(brief)
    found = report(made)
    assert found["name"] == " ".join(text.split())
    assert found["author"][0]["name"] == text
    assert made.count("</script>") == made.count("<script") == 1


def test_catalogues_are_told_each_author_and_the_day() -> None:
    found = said(page(sample()))
    assert found["citation_author"] == found["dcterms.creator"] == ["Ada Example", "Boris Sample"]
    assert found["citation_publication_date"] == ["2025/06/18"]
    assert found["citation_doi"] == ["10.1234/example.7"]
    assert found["dcterms.identifier"] == ["https://doi.org/10.1234/example.7"]


def test_a_house_that_says_where_its_outputs_are_has_addresses_for_all() -> None:
    text = page(minimal(), published())
    found = said(text)
    assert '<link rel="canonical" href="https://briefs.example.org/minimal/">' in text
    assert found["og:url"] == ["https://briefs.example.org/minimal/"]
    assert found["og:image"] == ["https://briefs.example.org/minimal/minimal.png"]
    assert found["citation_pdf_url"] == ["https://briefs.example.org/minimal/minimal.pdf"]
    assert found["twitter:card"] == ["summary_large_image"]
    assert report(text)["image"] == found["og:image"][0]


def test_the_brief_knows_better_where_its_page_is() -> None:
    text = page(sample(), published())
    assert said(text)["og:url"] == ["https://www.example.org/briefs/water/"]
    assert '<link rel="canonical" href="https://www.example.org/briefs/water/">' in text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"citation_title" content="W', '"citation_title" content="V'),
        ('"citation_author" content="Boris', '"citation_author" content="Doris'),
        ('"citation_publication_date" content="2025', '"citation_publication_date" content="2024'),
        ('"dcterms.creator" content="Boris', '"dcterms.creator" content="Doris'),
        ('"og:title" content="W', '"og:title" content="V'),
        ('"article:tag" content="water"', '"article:tag" content="wine"'),
        ('"name": "Boris Sample"', '"name": "Doris Sample"'),
        ('"datePublished": "2025', '"datePublished": "2024'),
        ('"@context"', "@context"),
        ("application/ld+json", "application/json"),
    ],
)
def test_a_head_that_says_something_else_is_named(before: str, after: str) -> None:
    text = page(sample())
    assert text.count(before) == 1
    spoiled = text.replace(before, after).encode()
    found = {problem.code for problem in verify_html(sample(), spoiled, "x")}
    assert found == {"verify-property"}
