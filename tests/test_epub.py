"""Pins the book for e-readers: its container, its notes, and that what is lost from it is seen."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pipeline import model as m
from pipeline.reader import read
from pipeline.renderers.epub import contents, render_epub
from pipeline.theme import load_theme
from pipeline.verify import verify_epub
from tests.random_briefs import briefs
from tests.samples import heading, image_file, minimal, sample
from tests.spoiling import in_part, packed, unpacked, without_part
from tests.web import with_metadata

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""To make a failing brief smaller takes minutes."""
SOURCES = sorted(
    [
        *Path("tests/cases").glob("*/source.md"),
        *Path("tests/languages").glob("*/brief.md"),
        *Path("source").glob("*/brief.md"),
    ]
)
TEXT, NAV, PACKAGE = "EPUB/brief.xhtml", "EPUB/nav.xhtml", "EPUB/package.opf"
DC = "{http://purl.org/dc/elements/1.1/}"


def made(brief: m.Brief) -> bytes:
    return render_epub(brief, load_theme())


@pytest.fixture(scope="module")
def book() -> bytes:
    return made(sample())


def package_of(brief: m.Brief) -> ElementTree.Element:
    return ElementTree.fromstring(unpacked(made(brief))[PACKAGE])


def codes(data: bytes) -> list[str]:
    return [one.code for one in verify_epub(sample(), data, "sample.epub")]


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.parent.name)
def test_every_sample_is_proved(file: Path) -> None:
    brief, _ = read(file)
    assert brief is not None
    assert verify_epub(brief, made(brief), "x.epub") == ()


@settings(max_examples=25, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(briefs())
def test_any_brief_is_proved(brief: m.Brief) -> None:
    assert verify_epub(brief, made(brief), "x.epub") == ()


def test_the_same_brief_gives_the_same_bytes(book: bytes) -> None:
    assert made(sample()) == book


def test_the_container_begins_with_what_it_is(book: bytes) -> None:
    first, *others = zipfile.ZipFile(BytesIO(book)).infolist()
    assert first.filename == "mimetype"
    assert first.compress_type == zipfile.ZIP_STORED
    assert book[38:58] == b"application/epub+zip"
    assert {one.date_time for one in (first, *others)} == {(2025, 7, 2, 0, 0, 0)}


def test_pictures_are_files_by_their_content_and_nothing_is_fetched(book: bytes) -> None:
    files = unpacked(book)
    pictures = [name for name in files if name.startswith("EPUB/pictures/")]
    assert f"EPUB/pictures/{image_file().sha256[:16]}.png" in pictures
    text = files[TEXT].decode()
    assert set(re.findall(r'src="([^"]*)"', text)) == {name[5:] for name in pictures}
    assert "data:" not in text


def test_e_readers_know_calls_notes_and_backlinks_by_their_types(book: bytes) -> None:
    text = unpacked(book)[TEXT].decode()
    calls = sum(len(note.calls) for note in sample().notes)
    assert text.count('epub:type="noteref"') == calls
    assert text.count('epub:type="backlink"') == calls
    assert text.count('epub:type="endnote"') == len(sample().notes)
    assert text.count('epub:type="endnotes"') == 1


def test_the_contents_are_a_tree_whatever_levels_are_left_out() -> None:
    levels = [2, 3, 1, 3, 2, 1]
    found = contents(heading(level, f"h{at}", "x") for at, level in enumerate(levels))

    def shape(entries: object) -> list[object]:
        assert isinstance(entries, tuple)
        return [(one.heading.level, shape(one.entries)) for one in entries]

    assert shape(found) == [(2, [(3, [])]), (1, [(3, []), (2, [])]), (1, [])]


def test_the_package_names_the_brief_as_libraries_do() -> None:
    found = package_of(sample())
    assert found.findtext(f".//{DC}identifier") == "https://doi.org/10.1234/example.7"
    assert [one.text for one in found.iter(f"{DC}creator")] == ["Ada Example", "Boris Sample"]
    metas = {one.get("property"): one.text for one in found.iter() if one.get("property")}
    assert metas["file-as"] == "Sample, Boris"
    assert metas["group-position"] == "7"
    assert metas["dcterms:modified"] == "2025-07-02T00:00:00Z"


@pytest.mark.parametrize(
    ("fields", "identifier"),
    [
        ({"isbn": "978-3-16-148410-0", "url": "https://a.example/"}, "urn:isbn:9783161484100"),
        ({"url": "https://a.example/"}, "https://a.example/"),
        ({}, "urn:uuid:"),
    ],
)
def test_a_book_keeps_its_identifier(fields: dict[str, str], identifier: str) -> None:
    found = package_of(with_metadata(**fields)).findtext(f".//{DC}identifier") or ""
    assert found.startswith(identifier)


def test_a_book_from_right_to_left_is_turned_that_way() -> None:
    spine = package_of(with_metadata(lang="ar")).find(".//{*}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == "rtl"


DAMAGE = [
    ("A letter", TEXT, "Water remembers", "Water remember", "verify-text-changed"),
    ("A call's number", TEXT, r'(id="fnref:3"[^>]*>)3', r"\g<1>4", "verify-call"),
    ("A call's way", TEXT, '(id="fnref:3" href="#fn:)3', r"\g<1>4", "verify-call-link"),
    ("A way back", TEXT, 'href="#fnref:3"', 'href="#fnref:2"', "verify-backlink"),
    ("A picture", TEXT, r"pictures/\w+\.png", "pictures/other.png", "verify-picture"),
    ("Words for those who cannot see", TEXT, "A river seen from above", "A", "verify-picture"),
    ("A language", TEXT, r'(<html[^>]* )lang="en"', r'\1lang="de"', "verify-property"),
    ("The title", PACKAGE, "Water and the Border", "Water", "verify-property"),
    ("An author", PACKAGE, "<dc:creator[^>]*>Boris Sample</dc:creator>", "", "verify-property"),
    ("An entry's words", NAV, "(<li class=.level-1.><a[^>]*>)", r"\1x", "verify-contents"),
    ("Markup", TEXT, "</body>", "", "verify-unreadable"),
]


@pytest.mark.parametrize(
    ("part", "before", "after", "code"),
    [one[1:] for one in DAMAGE],
    ids=[one[0] for one in DAMAGE],
)
def test_damage_is_seen(book: bytes, part: str, before: str, after: str, code: str) -> None:
    count = len(re.findall(before, unpacked(book)[part].decode(), re.DOTALL))
    assert count
    found = codes(in_part(book, part, before, after, count))
    assert any(one.startswith(code) for one in found), found


def test_what_is_no_book_is_named(book: bytes) -> None:
    assert codes(b"") == ["verify-unreadable"]
    assert codes(book[:-30]) == ["verify-unreadable"]
    assert codes(without_part(book, "EPUB/nav.xhtml")) == ["verify-unreadable"]
    assert codes(without_part(book, "mimetype")) == ["verify-unreadable"]
    assert "verify-text-unknown" in codes(packed(unpacked(book) | {"EPUB/more.xhtml": b"x"}))


def test_the_smallest_brief_has_contents_too() -> None:
    nav = unpacked(made(minimal()))[NAV].decode()
    assert nav.count('href="brief.xhtml"') == 1
