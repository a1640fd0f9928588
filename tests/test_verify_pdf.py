"""Every kind of damage to a PDF is seen, and named."""

from collections.abc import Callable

import pikepdf
import pytest

from pipeline import model as m
from pipeline.renderers import imprint
from pipeline.renderers.pdf import render_pdf
from pipeline.theme import load_theme
from pipeline.verify import verify_pdf
from tests import spoiling as s
from tests.samples import call, inlines, minimal, note, p, sample

BRIEF = sample()
OPEN: s.Instruction = ([], b"q")
CLOSE: s.Instruction = ([], b"Q")


@pytest.fixture(scope="module")
def document() -> bytes:
    return render_pdf(BRIEF, load_theme())


def found(data: bytes) -> dict[str, list[str]]:
    """The messages about the file, by their codes."""
    by_code: dict[str, list[str]] = {}
    for problem in verify_pdf(BRIEF, data, "output/sample/sample.pdf"):
        assert problem.path == "output/sample/sample.pdf"
        by_code.setdefault(problem.code, []).append(problem.message)
    return by_code


def test_a_good_file_has_no_faults(document: bytes) -> None:
    assert found(document) == {}
    assert verify_pdf(minimal(), render_pdf(minimal(), load_theme()), "x") == ()


# What a renderer might do: another brief is printed than the one that is proved ------------------


def with_notes(*notes: m.Note) -> m.Brief:
    return BRIEF.model_copy(update={"notes": notes})


def with_body(*body: m.Block) -> m.Brief:
    return BRIEF.model_copy(update={"body": body})


def with_metadata(**values: object) -> m.Brief:
    return BRIEF.model_copy(update={"metadata": BRIEF.metadata.model_copy(update=values)})


def replaced(before: str, after: str) -> m.Brief:
    """The brief with a passage changed wherever it stands."""
    text = BRIEF.model_dump_json(by_alias=True, exclude_none=True)
    assert before in text
    return m.Brief.model_validate_json(text.replace(before, after))


def without_block(kind: type[m.Block], index: int = 0) -> m.Brief:
    chosen = [block for block in BRIEF.body if isinstance(block, kind)][index]
    return with_body(*(block for block in BRIEF.body if block is not chosen))


def without_row() -> m.Brief:
    table = next(block for block in BRIEF.body if isinstance(block, m.Table))
    cut = table.model_copy(update={"body": table.body[:1]})
    return with_body(*(cut if block is table else block for block in BRIEF.body))


def with_swapped_cells() -> m.Brief:
    table = next(block for block in BRIEF.body if isinstance(block, m.Table))
    year, level, trend = table.body[1].cells
    row = m.Row(cells=(level, year, trend))
    swapped = table.model_copy(update={"body": (table.body[0], row)})
    return with_body(*(swapped if block is table else block for block in BRIEF.body))


def without_figure() -> m.Brief:
    """The brief with a figure's caption alone."""
    figure = next(block for block in BRIEF.body if isinstance(block, m.Figure))
    caption = m.Paragraph(content=figure.caption, line=1)
    alone = m.Division(id=figure.id, blocks=(caption,), line=1)
    return with_body(*(alone if block is figure else block for block in BRIEF.body))


def swapped_notes() -> m.Brief:
    notes = list(BRIEF.notes)
    four, five = notes[3], notes[4]
    notes[3] = four.model_copy(update={"blocks": five.blocks})
    notes[4] = five.model_copy(update={"blocks": four.blocks})
    return with_notes(*notes)


def cut_note() -> m.Brief:
    notes = list(BRIEF.notes)
    notes[7] = notes[7].model_copy(update={"blocks": notes[7].blocks[:-1]})
    return with_notes(*notes)


OTHERS: dict[str, tuple[Callable[[], m.Brief], str, str]] = {
    "a letter": (
        lambda: replaced("Under the heading", "Under the heding"),
        "verify-text-changed",
        "heding",
    ),
    "a digit": (lambda: replaced("fell by 12", "fell by 13"), "verify-text-changed", "13"),
    "an accent": (lambda: replaced("français", "francais"), "verify-text-changed", "francais"),
    "a comma": (
        lambda: replaced("calls a note,", "calls a note"),
        "verify-text-changed",
        "calls a note",
    ),
    "how to cite": (
        lambda: with_metadata(doi="10.1234/other"),
        "verify-text-changed",
        "doi.org/10.1234/other",
    ),
    "a licence": (
        lambda: with_metadata(license="CC-BY-SA-4.0"),
        "verify-text-changed",
        "Attribution 4.0 International",
    ),
    "a contact": (
        lambda: with_metadata(contact=m.Contact(name="Nobody")),
        "verify-text-changed",
        "Nobody",
    ),
    "the institute": (lambda: with_metadata(about=()), "verify-text-missing", "neighbours owe"),
    "an ISBN": (lambda: with_metadata(isbn=None), "verify-text-changed", "978-3-16"),
    "a web version": (
        lambda: with_metadata(url="https://x.example"),
        "verify-picture",
        "x.example",
    ),
    "two letters": (lambda: replaced("remembers", "remebmers"), "verify-text-changed", "remebmers"),
    "a paragraph": (
        lambda: without_block(m.Division),
        "verify-text-missing",
        "Ein deutscher Absatz",
    ),
    "a paragraph more": (
        lambda: with_body(*BRIEF.body, p("Buy now.")),
        "verify-text-extra",
        "Buy now.",
    ),
    "a heading": (lambda: without_block(m.Heading, 1), "verify-text-missing", "A level below"),
    "a heading's level": (
        lambda: replaced('"level":2', '"level":1'),
        "verify-structure",
        "heading 2",
    ),
    "a row": (without_row, "verify-text-missing", "row 3, column 2"),
    "swapped cells": (with_swapped_cells, "verify-", "row 3, column 1"),
    "a list's start": (lambda: replaced('"start":3', '"start":4'), "verify-structure", "d)"),
    "a list's numbers": (lambda: replaced('"lower-alpha"', '"decimal"'), "verify-structure", "3)"),
    "a figure": (without_figure, "verify-picture", "Levels fall"),
    "a text alternative": (
        lambda: replaced("Levels fall from", "Levels rise from"),
        "verify-picture",
        "Levels rise",
    ),
    "an address": (lambda: replaced("report?a=1", "report?a=2"), "verify-link", "a=2"),
    "an inner link": (lambda: replaced("#numbers", "#end"), "verify-link", "#The end"),
    "a note's text": (
        lambda: replaced("A note to a verse.", "A note to averse."),
        "verify-text-changed",
        "note 11",
    ),
    "a note of a table": (lambda: replaced('"Of "', '"On "'), "verify-text-changed", "On all."),
    "a letter of a table": (
        lambda: replaced('"letter":"c"', '"letter":"d"'),
        "verify-text-changed",
        "12.5bd",
    ),
    "swapped notes": (swapped_notes, "verify-text-", "note 4"),
    "a note's last line": (cut_note, "verify-text-missing", "note 8"),
    "the title": (lambda: replaced(" the Border", " the Boarder"), "verify-property", "title"),
    "an author": (
        lambda: with_metadata(authors=BRIEF.metadata.authors[:1]),
        "verify-property",
        "Boris Sample",
    ),
    "the language": (lambda: with_metadata(lang="fr"), "verify-property", "language"),
    "keywords": (lambda: with_metadata(keywords=("water",)), "verify-property", "keywords"),
    "the date": (
        lambda: with_metadata(date=BRIEF.metadata.date.replace(day=19)),
        "verify-text-changed",
        "19",
    ),
    "the source": (
        lambda: BRIEF.model_copy(update={"source": m.Source(name="brief.md", text="x")}),
        "verify-attachment",
        "source",
    ),
    "a name for the JSON": (
        lambda: BRIEF.model_copy(update={"slug": "simple"}),
        "verify-attachment",
        "JSON",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_brief_is_told_apart(name: str) -> None:
    other, code, named = OTHERS[name]
    faults = found(render_pdf(other(), load_theme()))
    told = [text for key, texts in faults.items() if key.startswith(code) for text in texts]
    assert any(named in text for text in told), faults


def test_a_code_that_leads_elsewhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    code = imprint.qr_code("https://www.example.com/briefs/water/")
    monkeypatch.setattr(imprint, "qr_code", lambda address: code)
    faults = found(render_pdf(BRIEF, load_theme()))
    assert [text for text in faults["verify-picture"] if "QR: https://www.example.org" in text]


def test_notes_at_the_end_are_right_only_where_they_are_asked_for() -> None:
    data = render_pdf(with_metadata(notes=m.NotePlacement(pdf="end")), load_theme())
    assert set(found(data)) == {"verify-attachment"}
    foot = with_metadata(notes=m.NotePlacement(pdf="foot"))
    assert "verify-note-placement" in {problem.code for problem in verify_pdf(foot, data, "x")}


def test_a_note_of_a_box_with_words_of_the_house_stands_at_the_foot() -> None:
    box = m.Box(kind="case-study", title=inlines("A title", call("a", 1)), blocks=(p("x"),), line=1)
    brief = minimal().model_copy(update={"body": (box,), "notes": (note(1, "a", p("A note.")),)})
    foot = brief.metadata.model_copy(update={"notes": m.NotePlacement(pdf="foot")})
    brief = brief.model_copy(update={"metadata": foot})
    assert verify_pdf(brief, render_pdf(brief, load_theme()), "x") == ()


# What may happen to the file: its objects and its drawing are spoiled -----------------------------


def page_of(pdf: pikepdf.Pdf, number: int) -> int:
    """The page that a note starts on."""
    start = s.note(pdf, number).Pg.objgen
    return next(at for at, page in enumerate(pdf.pages, start=1) if page.obj.objgen == start)


def redrawn(
    document: bytes,
    number: int,
    change: Callable[[int], Callable[[s.Instructions], s.Instructions]],
) -> dict[str, list[str]]:
    """The faults after a change to how the last line of a note is drawn."""

    def edit(pdf: pikepdf.Pdf) -> None:
        mcid = s.mcids(s.note(pdf, number))[-1]
        s.redraw(pdf, page_of(pdf, number), change(mcid))

    return found(s.in_pdf(document, edit))


def move(x: float, y: float) -> s.Instructions:
    return [OPEN, ([1, 0, 0, 1, x, y], b"cm")]


DRAWING: dict[str, tuple[Callable[[int], Callable[[s.Instructions], s.Instructions]], str]] = {
    "not at all": (lambda mcid: lambda found: s.without(found, mcid), "verify-text-missing"),
    "invisibly": (lambda mcid: s.within(mcid, [([3], b"Tr")]), "verify-hidden"),
    "in white": (lambda mcid: s.within(mcid, [([1, 1, 1], b"rg")]), "verify-hidden"),
    "in nearly white": (lambda mcid: s.within(mcid, [([0.97], b"g")]), "verify-hidden"),
    "off the page": (lambda mcid: s.around(mcid, move(0, 4000), [CLOSE]), "verify-cut"),
    "over the edge": (lambda mcid: s.around(mcid, move(-300, 0), [CLOSE]), "verify-cut"),
    "cut": (
        lambda mcid: s.around(
            mcid, [OPEN, ([0, 0, 10, 10], b"re"), ([], b"W"), ([], b"n")], [CLOSE]
        ),
        "verify-cut",
    ),
    "too small to read": (
        lambda mcid: s.around(mcid, [OPEN, ([0.05, 0, 0, 0.05, 100, 700], b"cm")], [CLOSE]),
        "verify-hidden",
    ),
    "over another": (lambda mcid: s.around(mcid, move(0, -14.5), [CLOSE]), "verify-overlap"),
    "under a rectangle": (
        lambda mcid: s.around(
            mcid, [], [OPEN, ([1, 1, 1], b"rg"), ([0, 0, 900, 1200], b"re"), ([], b"f"), CLOSE]
        ),
        "verify-hidden",
    ),
    "without a tag": (lambda mcid: lambda found: s.untagged(found, mcid), "verify-tags"),
}


@pytest.mark.parametrize("name", DRAWING)
def test_a_line_that_cannot_be_read_is_named(document: bytes, name: str) -> None:
    change, code = DRAWING[name]
    faults = redrawn(document, 2, change)
    told = " ".join(faults.get(code, []))
    assert "A note to the hero caption." in told or "note 2" in told, faults


def test_a_lost_note_is_named(document: bytes) -> None:
    faults = found(s.in_pdf(document, lambda pdf: s.drop(s.note(pdf, 15))))
    assert "note 15 ([^cell], line 105) is missing" in faults["verify-note-missing"]
    assert "A note to a cell." in " ".join(faults["verify-tags"])


def test_a_doubled_note_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        kept = s.note(pdf, 15)
        twin = pdf.make_indirect(pikepdf.Dictionary(dict(kept)))
        kept.P.K.append(twin)

    assert found(s.in_pdf(document, edit))


def test_swapped_numbers_are_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        four, five = s.note(pdf, 4), s.note(pdf, 5)
        four.K[0], five.K[0] = five.K[0], four.K[0]

    told = " ".join(text for texts in found(s.in_pdf(document, edit)).values() for text in texts)
    assert "note 4" in told and "note 5" in told


def test_a_note_without_its_id_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        s.note(pdf, 7).ID = pikepdf.String("fn:8")

    assert "note “7” has the ID “fn:8”" in found(s.in_pdf(document, edit))["verify-tags"][0]


def test_a_note_on_a_later_page_is_named(document: bytes) -> None:
    faults = found(s.in_pdf(document, lambda pdf: s.move_to_page(pdf, s.note(pdf, 2), 3)))
    assert faults["verify-note-page"] == [
        "note 2 starts on page 3, but its first call is on page 1"
    ]


def test_a_lost_paragraph_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        paragraph = s.note(pdf, 7).K[1]
        s.drop(paragraph)

    faults = found(s.in_pdf(document, edit))
    assert "note 7" in faults["verify-text-missing"][0]


def annotation(pdf: pikepdf.Pdf, target: str) -> pikepdf.Object:
    """The first link that leads to a place or an address."""
    for page in pdf.pages:
        for one in page.Annots:
            if target in (
                str(one.get("/Dest", "")),
                str(one.get("/A", pikepdf.Dictionary()).get("/URI", "")),
            ):
                return one
    raise AssertionError(target)


def test_a_call_that_leads_elsewhere_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        annotation(pdf, "fn:7").Dest = pikepdf.String("fn:13")

    assert "leads to note 13" in found(s.in_pdf(document, edit))["verify-call-link"][0]


def test_a_call_in_a_table_that_leads_to_another_of_its_notes_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        annotation(pdf, "tn:1:c").Dest = pikepdf.String("tn:1:b")

    assert "b See r." in found(s.in_pdf(document, edit))["verify-link"][0]


def test_a_call_that_is_no_link_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        lost = annotation(pdf, "fn:7")
        for page in pdf.pages:
            kept = [one for one in page.Annots if one.objgen != lost.objgen]
            page.Annots = pikepdf.Array(kept)

    assert "call of note 7" in found(s.in_pdf(document, edit))["verify-call-link"][0]


def test_a_backlink_that_leads_elsewhere_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        annotation(pdf, "fnref:7").Dest = pikepdf.String("fnref:6")

    assert "note 7 should lead back" in found(s.in_pdf(document, edit))["verify-backlink"][0]


def test_a_destination_that_is_gone_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        annotation(pdf, "fnref:7").Dest = pikepdf.String("nowhere")

    assert "leads to call ?" in found(s.in_pdf(document, edit))["verify-backlink"][0]


def test_another_address_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        link = annotation(pdf, "https://www.example.org/report?a=1&b=2")
        link.A.URI = pikepdf.String("https://www.example.org/")

    assert "https://www.example.org/" in found(s.in_pdf(document, edit))["verify-link"][0]


def test_lost_bookmarks_are_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Outlines

    assert "A level below" in found(s.in_pdf(document, edit))["verify-contents"][0]


def test_a_renamed_bookmark_is_named(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.First.Title = pikepdf.String("Waters")

    assert "Waters" in found(s.in_pdf(document, edit))["verify-contents"][0]


def test_properties_are_compared_wherever_they_stand(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Lang
        packet = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(packet.replace(b"Boris Sample", b"Boris Simple"))

    told = found(s.in_pdf(document, edit))["verify-property"]
    assert "the language in the catalogue is “nothing” instead of “en”" in told
    assert any("Boris Simple" in text for text in told)


def test_attached_files_are_compared(document: bytes) -> None:
    def drop(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments["sample.json"]

    def change(pdf: pikepdf.Pdf) -> None:
        file = pdf.attachments["brief.md"].obj.EF.F
        file.write(file.read_bytes() + b"More.")

    assert "attached files" in found(s.in_pdf(document, drop))["verify-attachment"][0]
    assert "attached source" in found(s.in_pdf(document, change))["verify-attachment"][0]


def test_pictures_are_compared_by_what_they_show(document: bytes) -> None:
    def images(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
        return [one for one in pdf.objects if one.get("/Subtype") == "/Image"]

    def edit(pdf: pikepdf.Pdf) -> None:
        for image in images(pdf):
            image.write(bytes(3 * 64 * 32))
            if "/DecodeParms" in image:
                del image.DecodeParms

    assert "is not the picture" in " ".join(found(s.in_pdf(document, edit))["verify-picture"])


def test_an_alternative_text_is_compared(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        figure = next(one for one in s.elements(pdf) if one.S == "/Figure")
        figure.Alt = pikepdf.String("A hill")

    assert "A hill" in found(s.in_pdf(document, edit))["verify-picture"][0]


def test_a_lost_page_is_seen(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[-1]

    assert "gauge keepers" in " ".join(found(s.in_pdf(document, edit))["verify-text-missing"])


def test_a_file_without_tags_is_seen(document: bytes) -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot

    assert found(s.in_pdf(document, edit))["verify-tags"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"])
def test_what_is_no_pdf_is_a_problem_and_not_an_accident(data: bytes) -> None:
    assert [problem.code for problem in verify_pdf(BRIEF, data, "x")] == ["verify-unreadable"]


def test_a_file_that_is_cut_off_is_seen(document: bytes) -> None:
    for part in range(1, 20):
        assert verify_pdf(BRIEF, document[: len(document) * part // 20], "x")
