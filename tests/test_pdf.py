"""The print PDF: structure, links, attachments, metadata, and what cannot be printed."""

import base64
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pipeline import codec
from pipeline import model as m
from pipeline.problems import BriefError
from pipeline.renderers import pdf
from pipeline.renderers.pdf import render_pdf, sheet
from pipeline.renderers.print.boxtree import element_id
from pipeline.renderers.print.press import Printed, lay_out
from pipeline.theme import load_theme
from pipeline.verify import verify_pdf
from tests.samples import call, cell, image_file, inlines, minimal, note, p, row, sample

ROOT = Path(__file__).parent.parent


@cache
def printed() -> bytes:
    return render_pdf(sample(), load_theme())


@cache
def opened(data: bytes | None = None) -> pikepdf.Pdf:
    """Open a PDF, and keep it open as long as its objects are looked at."""
    return pikepdf.open(io.BytesIO(printed() if data is None else data))


def elements(parent: Any) -> Iterator[Any]:
    """Yield the structure elements below another, in reading order."""
    kids = parent.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kinds(parent: Any) -> list[str]:
    return [str(element.S)[1:] for element in elements(parent)]


def of_kind(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    return [each for each in elements(pdf.Root.StructTreeRoot) if str(each.S)[1:] == kind]


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]


def with_metadata(brief: m.Brief, **fields: object) -> m.Brief:
    return brief.model_copy(update={"metadata": brief.metadata.model_copy(update=fields)})


# Structure ----------------------------------------------------------------------------------------


def test_every_note_is_tagged_once_with_its_id_and_label() -> None:
    notes = of_kind(opened(), "Note")
    assert [str(each.ID) for each in notes] == [each.id for each in sample().notes]
    assert all("Lbl" in kinds(each) for each in notes)


def test_ids_of_notes_can_be_looked_up() -> None:
    names = list(opened().Root.StructTreeRoot.IDTree.Names)
    assert [str(name) for name in names[::2]] == sorted(each.id for each in sample().notes)
    assert [str(each.ID) for each in names[1::2]] == [str(name) for name in names[::2]]


@pytest.mark.parametrize(("kind", "notes"), [("P", ["fn:4", "fn:5"]), ("H2", ["fn:6"])])
def test_notes_stand_right_behind_the_paragraph_or_heading_that_calls_them(
    kind: str, notes: list[str]
) -> None:
    first = next(each for each in of_kind(opened(), kind) if behind(each)[:1] == notes[:1])
    assert behind(first)[: len(notes)] == notes


def behind(element: Any) -> list[str]:
    """Return the IDs of what follows an element in the one that holds it."""
    kids = list(element.P.K)
    return [str(kid.get("/ID", "")) for kid in kids[kids.index(element) + 1 :]]


def test_calls_and_cross_references_are_references_that_hold_a_link() -> None:
    references = of_kind(opened(), "Reference")
    calls = sum(len(each.calls) for each in sample().notes)
    cross_references = 3
    assert len(references) == calls + cross_references
    assert all(kinds(each) == ["Link"] for each in references)


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(kind[1]) for kind in kinds(opened().Root.StructTreeRoot) if kind[0] == "H"]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_lists_have_items_with_label_and_body() -> None:
    items = [each for each in of_kind(opened(), "LI") if each.P.S == "/L"]
    assert items
    assert all("/LBody" in [str(kid.S) for kid in each.K] for each in items)


def test_lists_say_how_they_are_numbered() -> None:
    kinds = [str(each.A.ListNumbering) for each in of_kind(opened(), "L")]
    assert set(kinds) == {"/Disc", "/Decimal", "/LowerAlpha", "/None"}


def test_figures_speak_and_table_heads_have_a_scope() -> None:
    pdf = opened()
    assert [str(each.Alt) for each in of_kind(pdf, "Figure")] == [
        "A river seen from above",
        "tiny chart",
        "Levels fall from 1990 to 2020. Four bars, each shorter than the one before it.",
        "QR: https://www.example.org/briefs/water/",
    ]
    assert {str(each.A.Scope) for each in of_kind(pdf, "TH")} == {"/Column"}


def test_running_heads_and_folios_are_not_read_out() -> None:
    pdf = opened()
    content = pdf.pages[1].Contents.read_bytes()
    for subtype in (b"Header", b"Footer"):
        nature = b"<</Type /Pagination/Subtype /" + subtype + b">>"
        assert content.count(b"/Artifact\n" + nature) == 2


# Links --------------------------------------------------------------------------------------------


def test_calls_lead_to_their_note_and_labels_back_to_the_first_call() -> None:
    targets = [str(each.Dest) for each in links(opened()) if "/Dest" in each]
    for each in sample().notes:
        references = 1 if each.label in ("head", "long", "plain") else 0
        assert targets.count(each.id) == len(each.calls) + references
        assert targets.count(each.calls[0]) == 1


def test_every_destination_exists() -> None:
    pdf = opened()
    names = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
    assert {str(each.Dest) for each in links(pdf) if "/Dest" in each} <= names


def test_every_link_is_named_and_tied_to_the_structure() -> None:
    pdf = opened()
    assert all(str(each.Contents) and "/StructParent" in each for each in links(pdf))
    assert "Note 4" in {str(each.Contents) for each in links(pdf)}


def test_a_box_longer_than_a_page_begins_where_it_stands() -> None:
    box = m.Box(kind="case-study", blocks=(p("Item words here. " * 500),), line=1)
    body = (p("Intro."), m.Heading(level=1, id="head", content=inlines("Head"), line=1), box)
    printed = render_pdf(minimal().model_copy(update={"body": body}), load_theme())
    with pypdfium2.PdfDocument(printed) as document:
        first = document[0].get_textpage().get_text_range()
    assert "Head" in first
    assert "Item words here" in first


def test_a_heading_longer_than_a_page_begins_below_the_title() -> None:
    words = inlines("Words of a heading. " * 150)
    body = (m.Heading(level=1, id="head", content=words, line=1), p("Text."))
    printed = render_pdf(minimal().model_copy(update={"body": body}), load_theme())
    with pypdfium2.PdfDocument(printed) as document:
        first = document[0].get_textpage().get_text_range()
    assert "A short title" in first
    assert "Words of a heading" in first


def test_a_thousand_notes_find_their_calls() -> None:
    content: list[str | m.Inline] = []
    for number in range(1, 1003):
        content += ["word", call(f"n{number}", number)]
    notes = tuple(note(number, f"n{number}", p("Note.")) for number in range(1, 1003))
    paragraphs = tuple(p(*content[start : start + 20]) for start in range(0, len(content), 20))
    brief = minimal().model_copy(update={"body": paragraphs, "notes": notes})
    assert verify_pdf(brief, render_pdf(brief, load_theme()), "x") == ()


def test_no_call_begins_a_line() -> None:
    marks = [".", "!", "?", "…", "—", ")", "”", "%", "/", "-"]
    words = [(f"word{'d' * (n % 7)}{marks[n % len(marks)]}", n + 1) for n in range(300)]
    content = [part for word, n in words for part in (word, call(f"n{n}", n), " ")]
    notes = tuple(note(n, f"n{n}", p("x")) for _, n in words)
    brief = minimal().model_copy(update={"body": (p(*content),), "notes": notes})
    document, *_ = lay_out(sheet(brief, load_theme()))
    lines = [
        box
        for page in document.pages
        for box in page._page_box.descendants()
        if type(box).__name__ == "LineBox" and box.element_tag == "p"
    ]
    assert len(lines) > 20
    assert not any(element_id(line.children[0]).startswith("fnref:") for line in lines)


# The file -----------------------------------------------------------------------------------------


def test_the_sources_are_inside_with_the_dates_of_the_brief() -> None:
    pdf = opened()
    brief = sample()
    assert pdf.attachments["brief.md"].get_file().read_bytes() == brief.source.text.encode()
    assert pdf.attachments["sample.json"].get_file().read_bytes() == codec.dump(brief)
    kinds_of_files = {str(each.F): str(each.AFRelationship) for each in pdf.Root.AF}
    assert kinds_of_files == {"brief.md": "/Source", "sample.json": "/Data"}
    parameters = pdf.Root.AF[0].EF.F.Params
    assert str(parameters.CreationDate) == "D:20250618000000Z"
    assert str(parameters.ModDate) == "D:20250702000000Z"


def test_metadata_come_from_the_brief() -> None:
    pdf = opened()
    xmp = pdf.open_metadata()
    assert xmp["dc:title"] == "Water and the Border"
    assert xmp["dc:creator"] == ["Ada Example", "Boris Sample"]
    assert xmp["dc:description"] == "What shared rivers ask of neighbours."
    assert xmp["dc:subject"] == {"water", "borders"}
    assert xmp["dc:rights"] == "Creative Commons Attribution 4.0 International (CC BY 4.0)"
    assert xmp["xmpRights:WebStatement"] == "https://creativecommons.org/licenses/by/4.0/"
    assert xmp["dc:publisher"] == {"Institute for Neighbourhood Policy"}
    assert xmp["dc:language"] == {"en"}
    assert xmp["dc:date"] == ["2025-06-18"]
    assert xmp["dc:identifier"] == "https://doi.org/10.1234/example.7"
    assert xmp["xmp:CreateDate"] == "2025-06-18"
    assert xmp["xmp:ModifyDate"] == "2025-07-02"
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
    assert xmp["pdfuaid:part"] == "1"
    assert str(pdf.Root.Lang) == "en"
    assert str(pdf.docinfo.Title) == "Water and the Border"


def test_text_for_xml_is_escaped() -> None:
    brief = with_metadata(sample(), title=inlines("Rivers & <borders>"))
    xmp = opened(render_pdf(brief, load_theme())).open_metadata()
    assert xmp["dc:title"] == "Rivers & <borders>"


def test_bookmarks_leave_calls_out() -> None:
    with opened().open_outline() as outline:
        chapters = outline.root[0].children
    assert outline.root[0].title == "Water and the Border"
    assert "1 Numbers and notes" in [each.title for each in chapters]


def test_only_fonts_of_the_house_are_inside() -> None:
    used = [font for page in opened().pages for font in page.Resources.Font.values()]
    names = {str(font.BaseFont).split("+")[1] for font in used}
    assert names
    assert all(name.startswith("Briefwright-") for name in names)


def test_the_same_brief_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    program = (
        "import hashlib; from pipeline.renderers.pdf import render_pdf;"
        "from pipeline.theme import load_theme; from tests.samples import sample;"
        "print(hashlib.sha256(render_pdf(sample(), load_theme())).hexdigest())"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Apia",
        "LC_ALL": "C",
    }
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.strip() == hashlib.sha256(printed()).hexdigest()


# Notes at the end ---------------------------------------------------------------------------------


def test_notes_can_stand_in_a_section_at_the_end() -> None:
    brief = with_metadata(sample(), notes=m.NotePlacement(pdf="end"))
    pdf = opened(render_pdf(brief, load_theme()))
    notes = of_kind(pdf, "Note")
    assert [str(each.ID) for each in notes] == [each.id for each in sample().notes]
    assert len({each.P.objgen for each in notes}) == 1
    targets = [str(each.Dest) for each in links(pdf) if "/Dest" in each]
    assert all(each.calls[0] in targets for each in sample().notes)


# Pictures -----------------------------------------------------------------------------------------


def picture_of(image: Image.Image, form: str) -> m.Brief:
    """Return a brief with one figure, in a cell of a table that has no words."""
    output = io.BytesIO()
    image.save(output, form)
    file = image_file().model_copy(
        update={
            "data": base64.b64encode(output.getvalue()).decode(),
            "media_type": f"image/{form.lower()}",
        }
    )
    shown = m.Image(file="chart.png", alt="A chart", width=40, line=1, column=1)
    cell = m.Cell(blocks=(m.Figure(image=shown, line=1),))
    table = m.Table(columns=(m.Column(),), body=(m.Row(cells=(cell,)),), line=1)
    return minimal().model_copy(update={"body": (table,), "images": (file,)})


@pytest.mark.parametrize(("mode", "form"), [("CMYK", "JPEG"), ("I;16", "PNG"), ("RGB", "WEBP")])
def test_pictures_of_all_colours_are_printed(mode: str, form: str) -> None:
    data = render_pdf(picture_of(Image.new(mode, (40, 20)), form), load_theme())
    drawn = [
        each
        for each in opened(data).objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
    ]
    assert [str(each.ColorSpace) in ("/DeviceRGB", "/DeviceGray") for each in drawn] == [True]


# What cannot be printed ---------------------------------------------------------------------------


def refusal(brief: m.Brief) -> BriefError:
    with pytest.raises(BriefError) as caught:
        render_pdf(brief, load_theme())
    return caught.value


def test_a_character_that_no_font_has_is_named_with_its_place() -> None:
    source = m.Source(name="brief.md", text="---\ntitle: A\n---\n\nOne ☃ snowman.\n")
    brief = minimal().model_copy(update={"body": (p("One ☃ snowman."),), "source": source})
    problem = refusal(brief).problems[0]
    assert (problem.code, problem.line, problem.column) == ("language-glyph", 5, 5)
    assert "SNOWMAN" in problem.message


def test_a_picture_that_cannot_be_read_is_not_left_out() -> None:
    broken = image_file().model_copy(update={"data": "AAAA"})
    picture = m.Image(file="chart.png", alt="A chart", line=1, column=1)
    figure = m.Figure(image=picture, line=1)
    brief = minimal().model_copy(update={"body": (figure,), "images": (broken,)})
    assert refusal(brief).problems[0].code == "image-broken"


def table_of(*cells: str) -> m.Brief:
    columns = (m.Column(),) * len(cells)
    table = m.Table(columns=columns, body=(row(*map(cell, cells)),), line=7)
    return minimal().model_copy(update={"body": (table,)})


def test_a_table_is_set_closer_only_as_far_as_it_must_be() -> None:
    for count, word, marks in (
        (3, "Internationalisation", "short"),
        (9, "Internationalisation", "short dense"),
        (2, "m" * 80, "short dense broken"),
    ):
        document, _, too_wide = lay_out(sheet(table_of(*[word] * count), load_theme()))
        tables = (box.element for page in document.pages for box in page._page_box.descendants())
        marked = {one.get("class") for one in tables if one is not None and one.tag == "table"}
        assert (marked, too_wide) == ({marks}, ())


@pytest.mark.parametrize("cells", [["1,234,567.89"] * 12, ["Unbreakable"] * 40])
def test_a_table_too_wide_for_any_page_is_named_with_its_line(cells: list[str]) -> None:
    with pytest.raises(BriefError) as raised:
        render_pdf(table_of(*cells), load_theme())
    assert [(one.code, one.line) for one in raised.value.problems] == [("structure-wide", 7)]


def test_a_note_too_tall_for_any_page_is_named_with_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "print_sheet", lambda _: Printed(b"", (), ("fn:3",)))
    problem = refusal(sample()).problems[0]
    assert (problem.code, problem.line) == ("note-too-tall", 93)
    assert "[^again]" in problem.message


def test_a_page_fetches_nothing() -> None:
    picture = m.Image(file="chart.png", alt="A chart", line=1, column=1)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<image href="https://www.example.org/spy.png" width="9" height="9"/></svg>'
    )
    drawing = image_file().model_copy(
        update={"media_type": "image/svg+xml", "data": base64.b64encode(svg.encode()).decode()}
    )
    brief = minimal().model_copy(
        update={"body": (m.Figure(image=picture, line=1),), "images": (drawing,)}
    )
    assert "nothing but its own pictures and fonts" in str(refusal(brief))
