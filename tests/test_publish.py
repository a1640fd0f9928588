"""Pins the folder to publish: whole, proved, the same bytes for the same sources, or untouched."""

import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.problems import BriefError
from pipeline.publish import folder, links
from pipeline.renderers.site import Entry, entry, render_site
from pipeline.theme import Theme, load_theme
from tests.published import ADDRESS, HEAT, WATER, Content, bytes_in, new_content, states_in
from tests.samples import minimal

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
AROUND = {
    *("index.html", "series.html", "topics.html", "authors.html", "languages.html", "404.html"),
    *("feed.atom", "sitemap.xml", "robots.txt", "provenance.json", "SHA256SUMS"),
}
OF_A_BRIEF = (
    *(".pdf", ".docx", ".epub", ".jats.xml", ".png"),
    *(".csl.json", ".bib", ".ris", ".txt", ".zip"),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Three briefs, built and published. Tests that change something work on copies."""
    content = new_content(tmp_path_factory.mktemp("content"))
    content.publish()
    return content


@pytest.fixture
def content(published: Content, tmp_path: Path) -> Content:
    return published.copied(tmp_path / "content")


def codes(error: pytest.ExceptionInfo[BriefError]) -> list[str]:
    return [one.code for one in error.value.problems]


def test_the_folder_holds_a_page_and_files_of_each_brief_and_what_goes_around(
    published: Content,
) -> None:
    names = set(bytes_in(published.dist))
    look = {name for name in names if name.startswith("site.files/")}
    briefs = {
        name
        for slug in ("heat", "river", "water")
        for name in (f"{slug}/index.html", *(f"{slug}/{slug}{end}" for end in OF_A_BRIEF))
    }
    assert names - look == AROUND | briefs
    assert {Path(name).suffix for name in look} == {".css", ".woff2"}


def test_outputs_are_published_as_they_were_proved(published: Content) -> None:
    output = published.folder / "output"
    for end in (".pdf", ".docx", ".png", ".csl.json", ".bib", ".ris"):
        for slug in ("heat", "river", "water"):
            name = f"{slug}/{slug}{end}"
            assert (published.dist / name).read_bytes() == (output / name).read_bytes()
    page = published.dist / "water" / "index.html"
    assert page.read_bytes() == (output / "water" / "water.html").read_bytes()


def test_the_sums_are_of_every_file_and_sha256sum_agrees(published: Content) -> None:
    lines = (published.dist / "SHA256SUMS").read_text().splitlines()
    assert {line[66:] for line in lines} == set(bytes_in(published.dist)) - {"SHA256SUMS"}
    assert lines == sorted(lines, key=lambda line: line[66:])
    for line in lines:
        data = (published.dist / line[66:]).read_bytes()
        assert line[:64] == hashlib.sha256(data).hexdigest()
    if program := shutil.which("sha256sum"):
        command = [program, "--check", "--strict", "--quiet", "SHA256SUMS"]
        assert subprocess.run(command, cwd=published.dist, check=False).returncode == 0


def test_the_same_sources_give_the_same_bytes_elsewhere(published: Content, tmp_path: Path) -> None:
    other = new_content(tmp_path / "elsewhere")
    other.publish()
    assert bytes_in(other.dist) == bytes_in(published.dist)


def test_nothing_changed_writes_nothing(content: Content) -> None:
    before, inode = states_in(content.dist), content.dist.stat().st_ino
    assert content.publish().written == 0
    assert states_in(content.dist) == before
    assert content.dist.stat().st_ino == inode


def test_a_change_leaves_the_files_of_other_briefs_alone(content: Content) -> None:
    before = states_in(content.dist)
    content.write("heat", HEAT.replace("sentence", "word"))
    content.build()
    content.publish()
    after = states_in(content.dist)
    changed = {name for name in after if after[name] != before.get(name)}
    assert {name.split("/")[0] for name in changed} == {
        "heat",
        "SHA256SUMS",
        "provenance.json",
        "feed.atom",
    }
    assert not list(content.folder.glob(".dist*"))


def test_a_brief_that_is_gone_vanishes(content: Content) -> None:
    shutil.rmtree(content.folder / "source" / "river")
    content.publish()
    names = bytes_in(content.dist)
    assert not [name for name in names if "river" in name]
    assert b"river/" not in names["index.html"] + names["feed.atom"] + names["sitemap.xml"]


def test_some_briefs_can_be_published_alone(content: Content) -> None:
    content.publish(slugs=["heat"])
    folders = {name.split("/")[0] for name in bytes_in(content.dist) if "/" in name}
    assert folders == {"heat", "site.files"}
    index = (content.dist / "index.html").read_text()
    assert "topics.html" not in index
    assert "authors.html" not in index


def test_a_brief_that_is_not_built_leaves_the_folder_as_it_was(content: Content) -> None:
    before = states_in(content.dist)
    content.write("heat", HEAT + "\n[^lost]\n")
    (content.folder / "output" / "water" / "water.pdf").write_bytes(b"spoiled")
    with pytest.raises(BriefError) as error:
        content.publish()
    assert codes(error) == ["dist-unbuilt", "dist-unbuilt"]
    assert [Path(one.path).parent.name for one in error.value.problems] == ["heat", "water"]
    assert states_in(content.dist) == before
    assert not list(content.folder.glob(".dist*"))


def test_what_others_put_into_the_folder_is_never_removed(content: Content) -> None:
    (content.dist / "CNAME").write_text("briefs.example.org\n")
    (content.dist / "water" / ".htaccess").write_text("")
    with pytest.raises(BriefError) as error:
        content.publish()
    assert codes(error) == ["usage-dist"] * 2
    assert (content.dist / "CNAME").exists()


@pytest.mark.parametrize("name", ["source", "output", "."])
def test_a_folder_of_other_things_is_refused(content: Content, name: str) -> None:
    before = bytes_in(content.folder)
    with pytest.raises(BriefError) as error:
        content.again(content.folder / name)
    assert set(codes(error)) == {"usage-dist"}
    assert bytes_in(content.folder) == before


def test_a_file_is_no_folder(content: Content) -> None:
    (content.folder / "site").write_text("")
    with pytest.raises(BriefError) as error:
        content.again(content.folder / "site")
    assert codes(error) == ["usage-dist"]


@pytest.mark.parametrize("place", ["file/below", "/proc/dist"])
def test_where_there_can_be_no_folder_it_is_told(content: Content, place: str) -> None:
    (content.folder / "file").write_text("")
    with pytest.raises(BriefError) as error:
        content.again(content.folder / place)
    assert codes(error) == ["setup-write"]


def test_a_link_in_the_folder_is_a_stranger_and_a_link_to_it_is_followed(content: Content) -> None:
    (content.folder / "linked").symlink_to(content.dist)
    assert content.again(content.folder / "linked").written == 0
    assert (content.folder / "linked").is_symlink()
    (content.dist / "more").symlink_to(content.folder / "source")
    with pytest.raises(BriefError) as error:
        content.again(content.folder / "linked")
    assert codes(error) == ["usage-dist"]
    assert (content.folder / "source" / "water" / "brief.md").exists()


def test_an_edited_file_is_made_again_and_a_killed_run_is_swept_up(content: Content) -> None:
    before = bytes_in(content.dist)
    (content.dist / "index.html").write_text("edited")
    left = content.folder / ".dist.999.partial"
    (left / "water").mkdir(parents=True)
    assert content.publish().written == 1
    assert bytes_in(content.dist) == before
    assert not left.exists()


def test_where_folders_cannot_change_names_the_new_one_still_takes_its_place(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "_exchange", lambda *_: False)
    content.publish("https://other.example.org")
    assert "other.example.org" in (content.dist / "feed.atom").read_text()
    assert not list(content.folder.glob(".dist*"))


def test_folders_change_names_at_once(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for place in (one, other):
        place.mkdir()
        (place / "name").write_text(place.name)
    if folder._exchange(one, other):
        assert (one / "name").read_text() == "other"
        assert (other / "name").read_text() == "one"


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example",
        "briefs.example.org",
        "https://",
        "https://a.example/?x",
        "https://a b",
        "http://[",
        "https://a.example/#x",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(published: Content, address: str) -> None:
    with pytest.raises(BriefError) as error:
        published.publish(address)
    assert codes(error) == ["usage-site"]


def test_without_an_address_there_is_neither_feed_nor_map_and_it_is_told(content: Content) -> None:
    assert [one.code for one in content.publish("").problems] == ["dist-address"]
    names = bytes_in(content.dist)
    assert "feed.atom" not in names
    assert "sitemap.xml" not in names
    assert b"feed.atom" not in names["index.html"]
    assert b"Sitemap" not in names["robots.txt"]


# Links -------------------------------------------------------------------------------------------


def test_a_link_that_leads_nowhere_is_named_with_its_file(content: Content) -> None:
    before = states_in(content.dist)
    lost = f"[a]({ADDRESS}/gone/) [b]({ADDRESS}/heat/#gone) [c]({ADDRESS}/heat/) [d]({ADDRESS}x/)"
    content.write("water", WATER.replace("Levels have", f"{lost} Levels have"))
    content.build()
    with pytest.raises(BriefError) as error:
        content.publish()
    assert codes(error) == ["dist-link", "dist-link"]
    assert all(one.path.endswith("dist/water/index.html") for one in error.value.problems)
    told = " ".join(one.message for one in error.value.problems)
    assert "/gone/' leads to no file" in told
    assert "#gone' leads to a page that has no such anchor" in told
    assert states_in(content.dist) == before


@pytest.mark.parametrize(
    ("target", "is_broken"),
    [
        ("#here", False),
        ("#%C3%BC", False),
        ("#gone", True),
        ("", False),
        ("b.html", False),
        ("./sub/", False),
        ("sub", True),
        ("c.html", True),
        ("/a/b.html", False),
        ("/b.html", False),
        ("https://x.example/a/c.html", True),
        ("https://x.example/a", False),
        ("https://y.example/c", False),
        ("//y.example/c", False),
        ("mailto:a@b.example", False),
        ("data:text/plain,x", False),
        ("http://[", False),
    ],
)
def test_which_links_are_looked_at(target: str, is_broken: bool) -> None:
    markup = f'<p id="here"></p><p id="ü"></p><a href="{target}">x</a>'
    pages = {"index.html": links.read_page(markup.encode())}
    names = frozenset(["index.html", "b.html", "sub/index.html"])
    found = [*links.broken(pages, names, ["https://x.example/a"], "dist")]
    assert [one.code for one in found] == ["dist-link"] * is_broken


# What goes around --------------------------------------------------------------------------------


def house(**institute: str) -> Theme:
    theme = load_theme()
    changed = theme.institute.model_copy(update=institute)
    return theme.model_copy(update={"institute": changed})


def an_entry(slug: str, **changes: object) -> Entry:
    brief = minimal().model_copy(update={"slug": slug})
    brief = brief.model_copy(update={"metadata": brief.metadata.model_copy(update=changes)})
    return entry(brief, {f"{slug}.pdf": 3})


def headings(page: bytes, level: int) -> list[str]:
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", page.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one) for one in found]


def test_the_index_has_the_newest_first(published: Content) -> None:
    page = (published.dist / "index.html").read_bytes()
    assert headings(page, 2) == ["2026", "2025", "2024"]
    assert headings(page, 3) == ["المقياس عند الحدود", "Water &amp; the Border", "Heat"]
    assert b'<h3 lang="ar" dir="rtl"><a href="river/">' in page
    assert b"<script" not in page


def test_topics_are_gathered_whatever_their_case_and_authors_by_family_name(
    published: Content,
) -> None:
    topics = (published.dist / "topics.html").read_bytes()
    assert headings(topics, 2) == ["borders", "Water", "مياه"]
    authors = (published.dist / "authors.html").read_bytes()
    assert headings(authors, 2) == ["Zoë van der Berg", "Ada Example", "سلمى الحداد"]
    languages = (published.dist / "languages.html").read_bytes()
    assert headings(languages, 2) == ["Arabic", "English"]


def test_names_that_look_alike_have_anchors_of_their_own() -> None:
    entries = [an_entry("a", keywords=("C", "C++", "C#", "…", "!"))]
    page = render_site(entries, house(), ADDRESS)["topics.html"]
    anchors = re.findall(r'<h2 id="([^"]*)"', page.decode())
    assert len(anchors) == len(set(anchors)) == 5


@pytest.mark.parametrize("lang", ["en", "fr", "de", "es", "pl", "be", "ru", "uk", "lt", "ar", "he"])
def test_the_pages_speak_the_language_of_the_house(lang: str) -> None:
    made = render_site([an_entry("a", series="S", keywords=("k",))], house(lang=lang), ADDRESS)
    page = made["index.html"].decode()
    assert f'<html lang="{lang}"' in page
    assert ('dir="rtl"' in page.split("<head>")[0]) == (lang in ("ar", "he"))
    said = headings(made["index.html"], 1) + headings(made["404.html"], 1)
    english = {"Publications", "This page does not exist"}
    assert (lang == "en") == (set(said) == english)


def test_a_page_that_is_missing_leads_home_from_anywhere() -> None:
    page = render_site([an_entry("a")], house(), ADDRESS)["404.html"].decode()
    assert 'href="/all/"' in page
    assert 'href="/all/site.files/' in page
    assert 'content="noindex"' in page


def test_texts_of_briefs_are_escaped_everywhere() -> None:
    hostile = "<script>&\"'</script>"
    made = render_site(
        [an_entry("a", series=hostile, keywords=(hostile,), number=hostile)], house(), ADDRESS
    )
    for name, data in made.items():
        assert b"<script>" not in data, name
    ElementTree.fromstring(made["feed.atom"].decode())


def test_the_feed_is_as_rfc_4287_asks(published: Content) -> None:
    feed = ElementTree.parse(published.dist / "feed.atom").getroot()
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(ATOM + name)) == 1
    assert feed.findtext(f"{ATOM}updated") == "2026-03-01T00:00:00Z"
    [own] = [one for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert own.get("href") == f"{ADDRESS}/feed.atom"
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        f"{ADDRESS}/{slug}/" for slug in ("river", "water", "heat")
    ]
    for one in entries:
        for name in ("id", "title", "updated"):
            assert len(one.findall(ATOM + name)) == 1
        rels = {link.get("rel"): link for link in one.findall(f"{ATOM}link")}
        file = published.dist / str(rels["enclosure"].get("href")).removeprefix(f"{ADDRESS}/")
        assert rels["enclosure"].get("length") == str(file.stat().st_size)
        assert str(rels["alternate"].get("href")).endswith("/")
    assert entries[1].findtext(f"{ATOM}updated") == "2026-01-02T00:00:00Z"
    # Who wrote one without authors is said for the whole feed (4.1.2).
    assert entries[2].find(f"{ATOM}author") is None
    assert feed.find(f"{ATOM}author") is not None


def test_the_feed_keeps_its_names_where_the_site_is_served_from_elsewhere() -> None:
    theme = house(base_url="https://briefs.example.org/")
    feed = render_site([an_entry("a")], theme, "https://trial.example.org")["feed.atom"].decode()
    assert "<id>https://briefs.example.org/a/</id>" in feed
    assert 'href="https://trial.example.org/a/"' in feed


def test_the_map_names_every_page(published: Content) -> None:
    root = ElementTree.parse(published.dist / "sitemap.xml").getroot()
    found = {one.text for one in root.iter(f"{SITEMAP}loc")}
    pages = {name for name in bytes_in(published.dist) if name.endswith(".html")} - {"404.html"}
    assert found == {f"{ADDRESS}/{name.removesuffix('index.html')}" for name in pages}


def test_the_archive_of_a_brief_holds_its_files_and_no_time_of_ours(published: Content) -> None:
    data = (published.dist / "water" / "water.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert names == sorted(names)
        ends = (".html", *(end for end in OF_A_BRIEF if end != ".zip"))
        assert set(names) == {f"water/water{end}" for end in ends}
        assert {info.date_time for info in packed.infolist()} == {(2026, 1, 2, 0, 0, 0)}
        pdf = published.dist / "water" / "water.pdf"
        assert packed.read("water/water.pdf") == pdf.read_bytes()


def test_the_provenance_is_a_statement_that_can_be_signed(published: Content) -> None:
    said = json.loads((published.dist / "provenance.json").read_bytes())
    assert said["_type"] == "https://in-toto.io/Statement/v1"
    assert said["predicateType"] == "https://slsa.dev/provenance/v1"
    subjects = {one["name"]: one["digest"]["sha256"] for one in said["subject"]}
    assert set(subjects) == set(bytes_in(published.dist)) - {"provenance.json", "SHA256SUMS"}
    for name, digest in subjects.items():
        assert digest == hashlib.sha256((published.dist / name).read_bytes()).hexdigest()
    build = said["predicate"]["buildDefinition"]
    assert set(build) >= {"buildType", "externalParameters", "resolvedDependencies"}
    assert build["externalParameters"]["site"] == ADDRESS
    source = published.folder / "source" / "water" / "brief.md"
    digest = {"sha256": hashlib.sha256(source.read_bytes()).hexdigest()}
    assert {"name": "water/brief.md", "digest": digest} in build["resolvedDependencies"]
    assert said["predicate"]["runDetails"]["builder"]["id"]
    assert str(published.folder) not in json.dumps(said)
