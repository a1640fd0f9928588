"""Pins the article in JATS XML: its form, its notes, and that what is lost from it is seen."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import model as m
from pipeline.reader import read
from pipeline.renderers.carried import carried
from pipeline.renderers.jats import render_jats
from pipeline.renderers.jats.xml import name_of
from pipeline.theme import load_theme
from pipeline.verify import verify_jats
from tests.random_briefs import briefs
from tests.samples import call, heading, inlines, minimal, note, p, sample
from tests.web import brief_with, with_metadata

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""To make a failing brief smaller takes minutes."""
SOURCES = sorted(
    [
        *Path("tests/cases").glob("*/source.md"),
        *Path("tests/languages").glob("*/brief.md"),
        *Path("source").glob("*/brief.md"),
    ]
)


def made(brief: m.Brief) -> bytes:
    return render_jats(brief, load_theme())


def problems(brief: m.Brief, data: bytes) -> list[str]:
    files = {one.path: one.data for one in carried(brief.images)}
    return [f"{one.code} {one.message}" for one in verify_jats(brief, data, "x.xml", files)]


def tree(brief: m.Brief) -> etree._Element:
    return etree.fromstring(made(brief))


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.parent.name)
def test_every_sample_is_proved(file: Path) -> None:
    brief, _ = read(file)
    assert brief is not None
    assert problems(brief, made(brief)) == []


def test_a_brief_with_everything_is_proved_and_has_the_same_bytes_again() -> None:
    assert problems(sample(), made(sample())) == []
    assert made(sample()) == made(sample())


@settings(max_examples=40, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(briefs())
def test_any_brief_is_proved(brief: m.Brief) -> None:
    assert problems(brief, made(brief)) == []


@given(st.text(min_size=1, max_size=6), st.text(min_size=1, max_size=6))
@example("a:b", "a.b")
@example("_a", "a")
@example("_61_", "a")
@example("1", "_1")
@example("a_", "a_5f_")
def test_anchors_become_names_and_stay_different(one: str, other: str) -> None:
    assert etree.QName(name_of(one)).localname == name_of(one)
    assert (name_of(one) == name_of(other)) == (one == other)


def test_sections_are_in_sections_whatever_levels_are_left_out() -> None:
    levels = [2, 3, 1, 3, 2, 1]
    body = [heading(level, f"h{at}", f"{level}") for at, level in enumerate(levels)]
    found = tree(brief_with(body=(p("Before."), *body)))

    def shape(element: etree._Element) -> list[object]:
        return [(one.get("disp-level"), shape(one)) for one in element.iterchildren("sec")]

    text = found.find("body")
    assert text is not None
    assert text[0].tag == "p"
    below: list[object] = [("2", [("3", [])]), ("1", [("3", []), ("2", [])]), ("1", [])]
    assert shape(text) == below


def test_a_note_called_twice_is_there_once_and_both_calls_lead_to_it() -> None:
    body = (p("One.", call("a", 1)), p("Two.", call("a", 1, 2)))
    brief = brief_with(body=body, notes=(note(1, "a", p("The note."), calls=2),))
    found = tree(brief)
    assert [one.get("id") for one in found.iter("fn")] == ["fn.1"]
    calls = [one for one in found.iter("xref") if one.get("ref-type") == "fn"]
    assert [(one.get("id"), one.get("rid"), one.text) for one in calls] == [
        ("fnref.1", "fn.1", "1"),
        ("fnref.1.2", "fn.1", "1"),
    ]


def test_the_front_says_what_archives_ask() -> None:
    found = tree(sample())
    said = {one.tag: one.text for one in found.iter()}
    assert said["journal-title"] == "Policy Brief"
    assert said["issue"] == "7"
    assert said["issn"] == "2049-3630"
    assert found.findtext(".//article-id[@pub-id-type='doi']") == "10.1234/example.7"
    assert found.findtext(".//string-name/surname") == "Example"
    assert found.findtext(".//string-name/given-names") == "Ada"
    [licence] = found.iter("{http://www.niso.org/schemas/ali/1.0/}license_ref")
    assert licence.text == "https://creativecommons.org/licenses/by/4.0/"
    assert [one.get("iso-8601-date") for one in found.iter("pub-date")] == ["2025-06-18"]


def test_names_stay_in_the_order_in_which_they_are_printed() -> None:
    authors = (
        m.Author(name="Kodály Zoltán", family="Kodály"),
        m.Author(name="Zoë van der Berg"),
        m.Author(name="Institute of Rivers", family="Institute of Rivers"),
        m.Author(name="Plato"),
    )
    found = tree(with_metadata(authors=authors))
    people = found.findall(".//contrib/*[1]")
    assert ["".join(map(str, one.itertext())) for one in people] == [
        author.name for author in authors
    ]
    assert [one.tag for one in people] == ["string-name"] * 2 + ["collab", "string-name"]
    assert found.findtext(".//surname") == "Kodály"


def test_a_passage_in_another_language_is_marked_though_there_are_no_divisions() -> None:
    inner = (heading(1, "h", "Ein Titel"), p("Ein Satz."))
    brief = brief_with(body=(m.Division(id="part", lang="de", blocks=inner, line=1),))
    text = made(brief).decode()
    assert text.count('<styled-content xml:lang="de">') == 2
    assert problems(brief, made(brief)) == []


DAMAGE = [
    ("A letter", "Water remembers", "Water remember", "verify-text-changed"),
    ("A call's number", r'(id="fnref.3"[^>]*>)3', r"\g<1>4", "verify-call"),
    ("A call's way", '(rid="fn.)3(" id="fnref.3")', r"\g<1>4\2", "verify-call-link"),
    ("A call", '<sup><xref[^>]*id="fnref.3"[^>]*>3</xref></sup>', "", "verify-call-missing"),
    ("A way to nowhere", 'rid="fn.3"', 'rid="fn.99"', "verify-note-link"),
    ("A note", '<fn id="fn.2">.*?</fn>', "", "verify-note-missing"),
    ("A note twice", '(<fn id="fn.2">.*?</fn>)', r"\1\1", "verify-note-doubled"),
    ("A note's number", '(<fn id="fn.2"><label>)2', r"\g<1>9", "verify-note"),
    ("A picture", r"pictures/\w+\.png", "pictures/other.png", "verify-picture"),
    ("Words for those who cannot see", "A river seen from above", "A", "verify-picture"),
    ("A language", 'xml:lang="en"', 'xml:lang="de"', "verify-property"),
    ("An author", "<contrib contrib-type=.author.><string-name>.*?</contrib>", "", "verify-"),
    ("A day", 'iso-8601-date="2025-06-18"', 'iso-8601-date="2025-06-19"', "verify-property"),
    ("A head cell", r"<th( [^>]*)?>(.*?)</th>", r"<td\1>\2</td>", "verify-structure"),
    ("A level", 'disp-level="1"', 'disp-level="2"', "verify-structure"),
    ("A link", 'xlink:href="https://www.example.org', 'xlink:href="https://x.org', "verify-link"),
    ("The licence", "licenses/by/4.0", "licenses/by/3.0", "verify-link"),
    ("Who should act", "Both towns", "One town", "verify-text-changed"),
    ("An element", "<disp-quote>", "<statement>", "verify-unreadable"),
]


@pytest.mark.parametrize(
    ("before", "after", "code"), [one[1:] for one in DAMAGE], ids=[one[0] for one in DAMAGE]
)
def test_damage_is_seen(before: str, after: str, code: str) -> None:
    text, count = re.subn(before, after, made(sample()).decode(), flags=re.DOTALL)
    assert count
    found = problems(sample(), text.encode())
    assert any(one.startswith(code) for one in found), found


def test_what_is_no_article_is_named() -> None:
    for data in (b"", b"<book/>", b"<article/>", made(sample())[:-40]):
        [told] = problems(sample(), data)
        assert told.startswith("verify-unreadable")


def test_pictures_that_are_not_beside_it_are_missed() -> None:
    found = verify_jats(sample(), made(sample()), "x.xml", {})
    assert {one.code for one in found} == {"verify-picture"}


def test_the_smallest_brief_is_an_article() -> None:
    found = tree(minimal())
    assert found.get("article-type") == "brief-report"
    assert problems(minimal(), made(minimal())) == []
    assert problems(with_metadata(title=inlines("Other")), made(minimal())) != []


def test_numbers_of_another_language_are_heard_in_it() -> None:
    head = m.Heading(level=1, id="kopf", number="1", content=inlines("Kopf"), line=1)
    german = m.Division(lang="de", blocks=(head, p("Text.")), line=1)
    numbered = minimal().metadata.model_copy(update={"section_numbers": True})
    brief = brief_with(body=(p("First."), german), metadata=numbered)
    assert problems(brief, made(brief)) == []
    data = made(brief).replace(b'<label xml:lang="de">1', b"<label>1")
    assert [one.split()[0] for one in problems(brief, data)] == ["verify-language"]
