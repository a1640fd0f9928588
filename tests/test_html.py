"""Pins the web page: its structure, its notes, and that it is one file without script."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from pipeline import model as m
from pipeline.renderers.html import render_html
from pipeline.theme import load_theme
from tests.samples import call, cell, heading, inlines, link, minimal, note, p, row, sample, see
from tests.web import brief_with, find, meta, one, page, sample_page, text

GOLDEN = Path(__file__).parent / "golden" / "page.txt"


# The structure -----------------------------------------------------------------------------------


def outline(element: Element, depth: int = 0) -> Iterator[str]:
    """Yield what assistive technology has of a page: elements, ids, roles and names, no classes."""
    told = "".join(
        f" {name}={element.get(name)}"
        for name in (
            "id",
            "role",
            "href",
            "aria-label",
            "aria-labelledby",
            "lang",
            "scope",
            "start",
        )
        if element.get(name) is not None and not (element.get(name) or "").startswith("data:")
    )
    yield f"{'  ' * depth}{element.tag}{told}"
    for child in element:
        if isinstance(child.tag, str) and child.tag != "style":
            yield from outline(child, depth + 1)


def test_the_structure_of_a_page_with_everything_is_the_golden_one(tmp_path: Path) -> None:
    found = "\n".join(outline(sample_page())) + "\n"
    (tmp_path / GOLDEN.name).write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8"), f"if meant so, take {tmp_path}"


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert render_html(sample(), load_theme()) == render_html(sample(), load_theme())


def test_every_id_is_there_once_and_every_inner_link_leads_to_one() -> None:
    ids = [element.get("id") for element in sample_page().iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [link.get("href") or "" for link in sample_page().iter("a")]
    inner = [target[1:] for target in targets if target.startswith("#")]
    assert inner
    assert set(inner) <= set(ids)


def test_the_head_says_what_the_brief_is() -> None:
    tree = sample_page()
    assert tree.get("lang") == "en"
    assert text(one(tree, tag="title")) == "Water and the Border"
    assert meta(tree, "publisher") == [load_theme().institute.name]
    assert meta(tree, "description") == ["What shared rivers ask of neighbours."]
    assert meta(tree, "author") == ["Ada Example", "Boris Sample"]
    assert meta(tree, "keywords") == ["water, borders"]
    assert meta(tree, "date") == ["2025-06-18"]
    assert meta(tree, "last-modified") == ["2025-07-02"]
    assert meta(tree, "viewport") == ["width=device-width, initial-scale=1"]


def test_a_brief_without_the_rest_leaves_no_empty_places() -> None:
    tree = page(minimal())
    body = one(tree, tag="body")
    assert not find(tree, role="doc-toc")
    assert not find(tree, role="doc-endnotes")
    assert meta(tree, "author") == meta(tree, "keywords") == meta(tree, "description") == []
    empty = [
        element.tag for element in body.iter() if not text(element) and element.tag not in ("hr",)
    ]
    assert empty == []


def test_the_parts_stand_in_reading_order() -> None:
    whole = text(one(sample_page(), tag="body"))
    parts = (
        "Policy Brief",
        "Water and the Border",
        "What shared rivers ask",
        "Ada Example",
        "The river in spring.",
        "Levels fell by 12 per cent.",
        "The first paragraph calls",
        "Ibid once,",
        "Measure together.",
        "A note to the deck.",
        "The authors thank",
        "Ada Example writes on rivers.",
        "How to cite",
        "The institute asks",
        "desk@example.org",
        "The views are those",
        "2049-3630",
    )
    places = [whole.index(part) for part in parts]
    assert places == sorted(places)


# One file, without script ------------------------------------------------------------------------


def test_nothing_is_loaded_and_nothing_runs() -> None:
    tree = sample_page()
    assert [one.get("type") for one in find(tree, tag="script")] == ["application/ld+json"]
    for element in tree.iter():
        assert not [name for name in element.attrib if str(name).startswith("on")]
        for name in ("src", "srcset", "data", "poster"):
            assert (element.get(name) or "data:").startswith("data:")
        if element.tag == "link" and element.get("rel") not in ("canonical", "schema.dcterms"):
            assert (element.get("href") or "").startswith("data:")
    css = "".join(style.text or "" for style in find(tree, tag="style"))
    assert "@import" not in css
    assert {address[:5] for address in re.findall(r"url\(\s*[\"']?([^)]*)", css)} == {"data:"}


def test_the_policy_allows_only_what_is_inside() -> None:
    element = one(sample_page(), http_equiv="Content-Security-Policy")
    policy = {
        part.split()[0]: part.split()[1:] for part in (element.get("content") or "").split(";")
    }
    assert policy["default-src"] == ["'none'"]
    assert policy["img-src"] == policy["font-src"] == ["data:"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["style-src"] == ["'unsafe-inline'"]
    data = one(sample_page(), "script", type="application/ld+json").text or ""
    digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
    assert policy["script-src"] == [f"'sha256-{digest}'"]


# Notes -------------------------------------------------------------------------------------------


def test_each_call_leads_to_its_note_and_each_note_back_to_each_call() -> None:
    tree = sample_page()
    brief = sample()
    for item in brief.notes:
        backlinks = [
            one.get("href")
            for one in one(tree, id=item.id).iter("a")
            if one.get("role") == "doc-backlink"
        ]
        assert backlinks == [f"#{ident}" for ident in item.calls]
        for ident in item.calls:
            element = one(tree, id=ident)
            assert element.get("role") == "doc-noteref"
            assert element.get("href") == f"#{item.id}"
            assert text(element) == str(item.number)


def test_a_note_is_on_the_page_once() -> None:
    whole = text(one(sample_page(), tag="body"))
    for words in ("A note to the deck.", "Called in a finding and in the text."):
        assert whole.count(words) == 1
    assert whole.count("Ibid.") == 4


def test_controls_of_notes_have_names_of_their_own_that_begin_with_what_is_seen() -> None:
    tree = sample_page()
    backlinks = find(tree, role="doc-backlink")
    names = [element.get("aria-label") or text(element) for element in backlinks]
    assert len(names) == len(set(names)) == 20
    for element in (*backlinks, *find(tree, role="doc-noteref")):
        seen = text(element).strip("↑ ")
        assert seen in (element.get("aria-label") or seen)


def test_a_call_in_a_heading_is_not_in_the_contents() -> None:
    contents = one(sample_page(), role="doc-toc")
    entries = {text(link): link.get("href") for link in contents.iter("a")}
    assert entries["1 Numbers and notes"] == "#numbers"
    assert entries["The end"] == "#end"
    assert not find(contents, role="doc-noteref")


def test_contents_need_two_headings() -> None:
    assert not find(page(brief_with(body=(heading(1, "one", "One"), p("Text.")))), role="doc-toc")
    two = (heading(1, "one", "One"), p("Text."), heading(2, "two", "Two"), p("Text."))
    assert len(find(page(brief_with(body=two)), role="doc-toc")) == 1


def test_contents_follow_the_levels_even_where_one_is_left_out() -> None:
    body = tuple(heading(level, f"h{at}", f"H{at}") for at, level in enumerate((3, 1, 3, 2, 1)))
    contents = one(page(brief_with(body=body)), role="doc-toc")
    assert [link.get("href") for link in contents.iter("a")] == [f"#h{at}" for at in range(5)]


def test_an_entry_of_the_contents_is_one_link_and_no_anchor() -> None:
    words = (
        link("https://www.example.org", "Linked"),
        m.Span(id="here", content=inlines(" and named")),
        see("n", 1),
    )
    body = (heading(1, "one", *words), p("Text.", call("n", 1)), heading(1, "two", "Two"))
    tree = page(brief_with(body=body, notes=(note(1, "n", p("A note.")),)))
    (entry, _) = one(tree, role="doc-toc").iter("a")
    assert (text(entry), entry.get("href")) == ("Linked and named1", "#one")
    assert len(find(tree, id="here")) == 1


def test_a_call_in_a_link_is_not_a_link_in_a_link() -> None:
    words = link("https://www.example.org", "before", call("a", 1), "after")
    brief = brief_with(body=(p(words, " see ", see("a", 1)),), notes=(note(1, "a", p("A note.")),))
    links = [(text(one), one.get("href")) for one in one(page(brief), tag="main").iter("a")]
    outward = [words for words, target in links if target == "https://www.example.org"]
    assert "".join(outward) == "beforeafter"
    assert ("1", "#fn:1") in links


# Words of authors and of the house ---------------------------------------------------------------


def test_a_class_of_an_author_is_none_of_the_page() -> None:
    brief = brief_with(body=(p(m.Span(classes=("note", "call"), content=inlines("x"))),))
    (span,) = find(one(page(brief), id="page:text"), tag="span")
    assert span.get("class") == "is-note is-call"


def test_the_house_disclaims_where_the_brief_does_not() -> None:
    theme = load_theme()
    institute = theme.institute.model_copy(update={"disclaimer": "The house says no."})
    house = theme.model_copy(update={"institute": institute})
    assert b"The house says no." in render_html(minimal(), house)
    assert b"The house says no." not in render_html(sample(), house)
    assert b"page:disclaimer" not in render_html(minimal(), theme)


# Tables ------------------------------------------------------------------------------------------


def test_cells_that_span_keep_the_others_in_their_columns() -> None:
    tall = m.Cell(blocks=(p("tall"),), row_span=2)
    wide = m.Cell(blocks=(p("wide"),), column_span=2)
    table = m.Table(
        columns=(m.Column(align="left"), m.Column(align="right"), m.Column(align="center")),
        head=(row(cell("A"), wide),),
        body=(row(tall, cell("b"), cell("c")), row(cell("d"), cell("e"))),
        row_heads=1,
        line=1,
    )
    tree = page(brief_with(body=(table,)))
    cells = {text(element): element for element in tree.iter() if element.tag in ("th", "td")}
    assert cells["wide"].get("colspan") == "2"
    assert cells["wide"].get("scope") == "colgroup"
    assert cells["tall"].get("rowspan") == "2"
    assert cells["tall"].get("scope") == "rowgroup"
    assert {name: "right" in (element.get("class") or "") for name, element in cells.items()} == {
        "A": False, "wide": True, "tall": False, "b": True, "c": False, "d": True, "e": False
    }  # fmt: skip
    assert [cells[name].tag for name in "bcde"] == ["td"] * 4


# Notes in the margin ------------------------------------------------------------------------------


def test_short_notes_stand_beside_a_long_text() -> None:
    noted = p("word " * 90, call("a", 1), m.Text(text="."))
    short = brief_with(body=(noted,), notes=(note(1, "a", p("A short note.")),))
    css = "".join(text(style) for style in find(page(short), tag="style"))
    assert one(page(short), tag="body").get("class") == "without-contents notes-in-margin"
    assert '[id="fnref:1"] { anchor-name: --call-1 }' in css
    assert '[id="fn:1"] { --at: --call-1; --own: --note-1; --above: --note-0 }' in css


def test_notes_that_would_outrun_the_text_stay_in_their_section() -> None:
    for notes in ((), (note(1, "a", p("word " * 90)),)):
        body = (p("word " * 90, call("a", 1)) if notes else p("word"),)
        made = brief_with(body=body, notes=notes)
        assert one(page(made), tag="body").get("class") == "without-contents"
        assert "anchor-name" not in render_html(made, load_theme()).decode()


def test_calls_side_by_side_do_not_read_as_one_number() -> None:
    body = (p("Two.", call("a", 1), call("b", 2), " Apart.", call("a", 1, 2)),)
    notes = (note(1, "a", p("A."), calls=2), note(2, "b", p("B.")))
    tree = page(minimal().model_copy(update={"body": body, "notes": notes}))
    between = [one for one in find(tree, "sup") if one.get("data-interface") is not None]
    assert [one.text for one in between] == [","]
