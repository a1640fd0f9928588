"""Pins the Word file: its notes, its structure, and that nothing of this machine gets into it."""

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from pipeline import codec
from pipeline import model as m
from pipeline.problems import BriefError
from pipeline.renderers.docx import render_docx
from pipeline.stages import content_digest
from pipeline.theme import TEMPLATES, load_theme
from pipeline.verify import verify_docx
from tests.docx_files import (
    docx,
    paragraphs,
    placed,
    sample_docx,
    style_of,
    with_body,
    with_metadata,
    words,
)
from tests.docx_lint import faults, inner, read, val, w
from tests.samples import call, heading, inlines, link, minimal, note, p, sample, see, t

GOLDEN = Path(__file__).parent / "golden" / "docx"
GOLDEN_PARTS = {
    "document": ("foot", "word/document.xml"),
    "footnotes": ("foot", "word/footnotes.xml"),
    "numbering": ("foot", "word/numbering.xml"),
    "endnotes": ("end", "word/endnotes.xml"),
}


def canonical(root: etree._Element) -> str:
    """Return a part as text that is the same for equal trees, one element on a line."""
    copy = etree.fromstring(etree.tostring(root), etree.XMLParser(remove_blank_text=True))
    etree.indent(copy)
    return etree.tostring(copy, method="c14n").decode() + "\n"


@pytest.mark.parametrize("name", GOLDEN_PARTS)
def test_the_parts_of_a_brief_with_everything_are_the_golden_ones(name: str) -> None:
    placement, part = GOLDEN_PARTS[name]
    found = canonical(sample_docx("end" if placement == "end" else "foot").roots[part])
    assert found == (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("placement", ["foot", "end"])
def test_a_brief_with_everything_is_sound_and_reads_back(placement: m.Placement) -> None:
    brief = placed(sample(), placement)
    data = render_docx(brief, load_theme())
    assert faults(read(data)) == []
    assert verify_docx(brief, data, "sample.docx") == ()


def test_the_smallest_brief_is_sound_and_has_no_notes() -> None:
    found = docx(minimal())
    assert faults(found) == []
    assert not {"word/footnotes.xml", "word/endnotes.xml"} & set(found.names)


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert render_docx(sample(), load_theme()) == render_docx(sample(), load_theme())


def test_nothing_of_the_machine_is_in_the_file() -> None:
    everything = b"".join(sample_docx().data.values())
    assert str(TEMPLATES).encode() not in everything
    assert b"file:" not in everything
    assert b"chart.png" not in everything


def test_a_note_is_native_once_and_a_field_each_time_it_is_called_again() -> None:
    found = sample_docx()
    references = found.find("word/document.xml", "//w:footnoteReference")
    assert [one.get(w("id")) for one in references] == [str(n) for n in range(1, 18)]
    fields = [one.text for one in found.find("word/document.xml", "//w:instrText")]
    again = r" NOTEREF _Note_4 \f \h "
    noted = [one for one in fields if one and "NOTEREF" in one]
    cited = [r" NOTEREF _Note_8 \h ", r" NOTEREF _Note_3 \f \h ", r" NOTEREF _Note_4 \h "]
    assert noted == [again, *cited, again]


def test_a_cross_reference_in_a_note_is_a_field() -> None:
    fields = [one.text for one in sample_docx().find("word/footnotes.xml", "//w:instrText")]
    assert fields == [r" NOTEREF _Note_6 \h "]


def test_numbers_run_through_the_document_in_figures() -> None:
    for placement, kind in (("foot", "footnote"), ("end", "endnote")):
        found = sample_docx("end" if placement == "end" else "foot")
        parts = ("word/document.xml", "word/settings.xml")
        properties = [one for part in parts for one in found.find(part, f"//w:{kind}Pr")]
        assert len(properties) >= 2
        for one in properties:
            assert val(inner(one, "w:numFmt")) == "decimal"
            assert val(inner(one, "w:numRestart")) == "continuous"


def test_endnotes_stand_before_the_end_of_the_brief() -> None:
    found = sample_docx("end")
    assert "word/footnotes.xml" not in found.names
    first, last = found.find("word/document.xml", "//w:sectPr")
    before = first.xpath("string(../..)")
    assert "Publish the data." in str(before)
    assert val(inner(last, "w:type")) == "continuous"
    assert val(found.find("word/settings.xml", "//w:endnotePr/w:pos")[0]) == "sectEnd"
    assert words(found.find("word/endnotes.xml", "//w:endnote[@w:id='-1']")[0]) == "Notes"


def test_a_link_in_a_note_is_a_relationship_of_the_notes() -> None:
    rels = sample_docx().roots["word/_rels/footnotes.xml.rels"]
    address = "https://www.example.org/feature/a-long-address-that-must-break"
    assert [(one.get("Target"), one.get("TargetMode")) for one in rels] == [(address, "External")]


def test_a_note_that_begins_with_a_list_prints_its_number_before_it() -> None:
    items = m.BulletList(tight=True, items=(m.ListItem(blocks=(p("one"),), line=1),), line=1)
    brief = with_body(p("Text.", call("a", 1)), notes=(note(1, "a", items),))
    [first, second] = docx(brief).find("word/footnotes.xml", "//w:footnote[@w:id='1']/w:p")
    assert style_of(first) == "FootnoteText"
    assert first.find(f".//{w('footnoteRef')}") is not None
    assert style_of(second).startswith("NoteListBullet")


def test_the_opening_comes_in_the_order_of_the_page() -> None:
    styles = [style_of(one) for one in sample_docx().find("word/document.xml", "/*/*/w:p")]
    opening = ["Series", "Title", "Subtitle", "Byline", "Byline-Last", "Hero", "HeroCaption"]
    assert styles[: len(opening) + 1] == [*opening, "Credit"]


def test_headings_are_those_of_the_navigation_pane() -> None:
    found = sample_docx()
    assert paragraphs(found, "Heading1") == ["1 Numbers and notes", "The end", "Recommendations"]
    assert paragraphs(found, "Heading2") == ["A level below"]
    assert paragraphs(found, "Heading3") == ["And one deeper"]


def test_words_of_the_house_are_in_a_style_of_their_own() -> None:
    runs = sample_docx().in_stories("//w:r[w:rPr/w:rStyle/@w:val='Interface']")
    said = [words(one) for one in runs]
    assert said[:2] == ["Updated", "Key findings"]
    assert {"Recommendations", "Acknowledgements", "Licence", "Keywords", "How to cite"} < set(said)


def test_core_properties_come_from_the_brief() -> None:
    core = sample_docx().roots["docProps/core.xml"]
    found = {etree.QName(one).localname: one.text for one in core}
    assert found == {
        "title": "Water and the Border",
        "subject": "Policy Brief 7",
        "creator": "Ada Example; Boris Sample",
        "keywords": "water, borders",
        "description": "What shared rivers ask of neighbours.",
        "identifier": "https://doi.org/10.1234/example.7",
        "language": "en",
        "created": "2025-06-18T00:00:00Z",
        "modified": "2025-07-02T00:00:00Z",
    }


def test_what_word_has_no_property_for_is_kept_as_one_of_our_own() -> None:
    own = sample_docx().roots["docProps/custom.xml"]
    found = {str(one.get("name")): "".join(map(str, one.itertext())) for one in own}
    assert [one.get("pid") for one in own] == [str(number) for number in range(2, len(own) + 2)]
    assert found.pop("Content SHA-256") == content_digest(codec.dump(placed(sample(), "foot")))
    assert found == {
        "DOI": "10.1234/example.7",
        "ISSN": "2049-3630",
        "ISBN": "978-3-16-148410-0",
        "Series": "Policy Brief",
        "Number": "7",
        "License": "CC-BY-4.0",
        "License URL": "https://creativecommons.org/licenses/by/4.0/",
        "Publisher": "Institute for Neighbourhood Policy",
        "Web version": "https://www.example.org/briefs/water/",
        "Language": "en",
    }


def test_the_language_stands_in_styles_settings_and_spans() -> None:
    found = docx(with_metadata(sample(), lang="de"))
    assert val(found.find("word/styles.xml", "//w:docDefaults//w:lang")[0]) == "de"
    assert val(found.find("word/settings.xml", "//w:themeFontLang")[0]) == "de"
    french = found.find("word/document.xml", "//w:r[w:rPr/w:lang/@w:val='fr']")
    assert [words(one) for one in french] == ["mot français"]
    assert "18. Juni 2025" in paragraphs(found, "Series")[0]


def test_the_first_page_has_no_running_head_and_every_page_has_its_folio() -> None:
    section = sample_docx().find("word/document.xml", "//w:sectPr")[-1]
    heads = [(etree.QName(one).localname, one.get(w("type"))) for one in list(section)[:3]]
    assert heads == [
        ("headerReference", "default"),
        ("footerReference", "default"),
        ("footerReference", "first"),
    ]
    assert section.find(w("titlePg")) is not None
    assert words(sample_docx().roots["word/header.xml"]) == "Water and the BorderPolicy Brief 7"
    fields = [one.text for one in sample_docx().find("word/footer.xml", "//w:instrText")]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_a_long_title_is_cut_in_the_running_head_between_words() -> None:
    title = "A very long title that goes on and on until no running head could ever hold it all"
    header = docx(with_metadata(minimal(), title=inlines(title))).roots["word/header.xml"]
    assert words(header).startswith(
        "A very long title that goes on and on until no running head could…"
    )


def test_text_stays_text() -> None:
    said = "<w:p>&amp; ]]> {{ x }} <b>"
    brief = with_body(p(said), heading(1, "x", t(said)))
    found = docx(with_metadata(brief, title=inlines(said), keywords=(said,)))
    assert paragraphs(found, "Heading1") == [said]
    assert words(found.roots["word/header.xml"]).startswith(said)
    assert found.find("docProps/core.xml", "//*[local-name()='keywords']")[0].text == said


def test_nested_markup_is_one_style_and_no_direct_formatting() -> None:
    both = m.Strong(content=(m.Emphasis(content=inlines("both")),))
    found = docx(with_body(p(both, m.Emphasis(content=inlines("one")))))
    styles = [
        val(one)
        for one in found.find(
            "word/document.xml", "//w:p[w:pPr/w:pStyle/@w:val='BodyText']//w:rStyle"
        )
    ]
    assert styles == ["EmphasisStrong", "Emphasis"]
    names = [val(one) for one in found.find("word/styles.xml", "//w:style/w:name")]
    assert "Emphasis + Strong" in names


def test_an_authors_class_is_a_style_to_be_changed_in_word() -> None:
    names = [val(one) for one in sample_docx().find("word/styles.xml", "//w:style/w:name")]
    assert {"Span term", "Division aside on Body Text"} < set(names)


@pytest.mark.parametrize("anchor", ["9-lives", "sec:a.b", "ąę", "x" * 60, "x" * 61, "X" * 60])
def test_any_anchor_can_be_linked_to(anchor: str) -> None:
    others = [heading(1, "x" * 62, "Other"), heading(1, "x" * 63, "Another")]
    found = docx(with_body(heading(1, anchor, "Here"), *others, p(link(f"#{anchor}", "there"))))
    assert faults(found) == []
    [hyperlink] = found.find("word/document.xml", "//w:hyperlink")
    [start] = found.find("word/document.xml", "//w:p[.//w:t='Here']/w:bookmarkStart")
    assert hyperlink.get(w("anchor")) == start.get(w("name"))


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_a_character_that_xml_cannot_hold_is_refused_with_its_line(char: str) -> None:
    line = m.Paragraph.model_construct(content=(m.Text.model_construct(text=f"a{char}"),), line=7)
    with pytest.raises(BriefError) as error:
        docx(with_body(p("fine"), line))
    [problem] = error.value.problems
    assert (problem.code, problem.line) == ("structure-control", 7)


def test_a_link_to_nowhere_is_refused_with_its_place() -> None:
    with pytest.raises(BriefError) as error:
        docx(with_body(p(m.Link(target="#gone", content=inlines("x"), line=4, column=2))))
    [problem] = error.value.problems
    assert (problem.code, problem.line, problem.column) == ("link-anchor", 4, 2)


def test_dates_are_those_of_the_brief_in_its_language() -> None:
    found = docx(with_metadata(minimal(), date=date(1999, 12, 31)))
    assert paragraphs(found, "Series") == ["December 31, 1999"]


def test_a_cross_reference_before_the_first_call_knows_its_number() -> None:
    brief = with_body(p("See ", see("a", 1)), p("x", call("a", 1)), notes=(note(1, "a", p("N")),))
    assert faults(docx(brief)) == []


def save_goldens() -> None:
    """Write the golden parts anew; read the difference before keeping it."""
    for name, (placement, part) in GOLDEN_PARTS.items():
        root = sample_docx("end" if placement == "end" else "foot").roots[part]
        (GOLDEN / f"{name}.xml").write_text(canonical(root), encoding="utf-8")


if __name__ == "__main__":
    save_goldens()
