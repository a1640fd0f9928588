"""The PDF made for PDF/UA-2: namespaces, notes and their citations, destinations, nesting."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pytest

from pipeline import model as m
from pipeline.renderers.pdf import render_pdf
from pipeline.renderers.print.nesting import nest
from pipeline.renderers.print.structure import Content, Element, descendants
from tests import spoiling as s
from tests.houses import house_for
from tests.samples import heading, inlines, minimal, note, p, sample

OLDER = {"/BlockQuote", "/Code", "/Reference"}
"""What the sample has of the types that PDF 2.0 leaves to the namespace of PDF 1.7."""


@cache
def opened(placement: m.Placement = "foot") -> pikepdf.Pdf:
    """Open the sample, and keep it open as long as its objects are looked at."""
    brief = sample()
    placed = brief.metadata.model_copy(update={"notes": m.NotePlacement(pdf=placement)})
    brief = brief.model_copy(update={"metadata": placed})
    return pikepdf.open(io.BytesIO(render_pdf(brief, house_for("ua-2"))))


def of_kind(kind: str, pdf: pikepdf.Pdf | None = None) -> list[Any]:
    return [one for one in s.elements(pdf or opened()) if f"/{kind}" == one.S]


def links() -> Iterator[Any]:
    """Yield the links to places in the file."""
    for page in opened().pages:
        yield from (one for one in page.get("/Annots", []) if one.A.S == "/GoTo")


# The file -----------------------------------------------------------------------------------------


def test_it_is_pdf_2_without_an_information_dictionary() -> None:
    pdf = opened()
    assert pdf.pdf_version == "2.0"
    assert "/Info" not in pdf.trailer


def test_it_says_which_standards_it_meets() -> None:
    xmp = opened().open_metadata()
    assert (xmp["pdfaid:part"], xmp["pdfaid:rev"], xmp["pdfaid:conformance"]) == ("4", "2020", "F")
    assert (xmp["pdfuaid:part"], xmp["pdfuaid:rev"]) == ("2", "2024")
    packet = opened().Root.Metadata.read_bytes()
    assert b"http://pdfa.org/declarations/wtpdf#accessibility1.0" in packet
    assert b"http://pdfa.org/declarations/wtpdf#reuse1.0" in packet


def test_the_sources_are_inside() -> None:
    assert set(opened().attachments) == {"brief.md", "sample.json"}


def test_the_same_brief_gives_the_same_bytes() -> None:
    first, second = (render_pdf(sample(), house_for("ua-2")) for _ in range(2))
    assert first == second


def test_the_pages_are_drawn_as_for_the_other_standard() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(sample(), house_for("ua-1")))) as other:
        drawn = [page.Contents.read_bytes() for page in other.pages]
    assert [page.Contents.read_bytes() for page in opened().pages] == drawn


# Structure ----------------------------------------------------------------------------------------


def test_every_type_is_in_its_namespace() -> None:
    root = opened().Root.StructTreeRoot
    [namespace] = root.Namespaces
    assert str(namespace.NS) == "http://iso.org/pdf2/ssn"
    assert dict(root.RoleMap) == {"/FENote": "/Note"}
    older = {str(one.S) for one in s.elements(opened()) if "/NS" not in one}
    assert older == OLDER
    assert all(one.NS.objgen == namespace.objgen for one in s.elements(opened()) if "/NS" in one)


@pytest.mark.parametrize(("placement", "kind"), [("foot", "/Footnote"), ("end", "/Endnote")])
def test_notes_say_where_they_stand(placement: m.Placement, kind: str) -> None:
    notes = of_kind("FENote", opened(placement))
    assert [str(one.ID) for one in notes] == [one.id for one in sample().notes]
    assert {(str(one.A.O), str(one.A.NoteType)) for one in notes} == {("/FENote", kind)}


def test_notes_and_what_cites_them_name_each_other() -> None:
    cited: dict[str, list[Any]] = {}
    for reference in of_kind("Reference"):
        [note] = reference.Ref
        cited.setdefault(str(note.ID), []).append(reference)
    assert cited == {str(one.ID): list(one.Ref) for one in of_kind("FENote")}
    assert len(cited["fn:4"]) == 4


def test_lists_say_how_they_are_numbered() -> None:
    kinds = {str(one.A.ListNumbering) for one in of_kind("L")}
    assert kinds == {"/Disc", "/Decimal", "/LowerAlpha", "/Description"}


def test_captions_open_a_table_or_a_section_or_end_one() -> None:
    for caption in of_kind("Caption"):
        assert caption.P.S in ("/Table", "/Sect")
        assert caption in (caption.P.K[0], caption.P.K[-1])


# Destinations -------------------------------------------------------------------------------------


def test_links_lead_to_the_element_and_to_its_page() -> None:
    found = {}
    for link in links():
        element, kind = link.A.SD[0], str(link.A.SD[1])
        found[str(link.get("/Contents"))] = element
        assert kind == str(link.A.D[1]) == "/XYZ"
        assert element.get("/Pg", link.A.D[0]) == link.A.D[0]
        assert "/Dest" not in link
    assert found["Note 7"].ID == "fn:7"
    assert found["Back to the call of note 7"].P.S == "/Reference"
    assert found["numbers"].S == "/H2"


def test_bookmarks_lead_to_titles_and_headings() -> None:
    title = opened().Root.Outlines.First
    chapters = [title.First, title.First.Next]
    assert title.A.SD[0].S == "/H1"
    assert [str(one.A.SD[0].S) for one in chapters] == ["/H2", "/H2"]


def test_names_lead_to_elements_too() -> None:
    names = list(opened().Root.Names.Dests.Names)
    targets = dict(zip(map(str, names[::2]), names[1::2], strict=True))
    assert targets["fn:7"].SD[0].ID == "fn:7"
    assert targets["fig-levels"].SD[0].S == "/Sect"
    assert all({"/D", "/SD"} == set(target.keys()) for target in targets.values())


def test_a_name_without_content_leads_to_what_it_stands_in() -> None:
    empty = m.Span(id="here", content=())
    paragraph = p("See ", m.Link(target="#here", content=inlines("there"), line=1, column=1), empty)
    brief = minimal().model_copy(update={"body": (paragraph,)})
    with pikepdf.open(io.BytesIO(render_pdf(brief, house_for("ua-2")))) as pdf:
        assert pdf.Root.Names.Dests.Names[1].SD[0].S == "/P"


# Nesting ------------------------------------------------------------------------------------------


def tree(element: Element) -> str:
    """Write an element down, for example `P(Span -)`; a dash is marked content."""
    kids = " ".join(tree(kid) if isinstance(kid, Element) else "-" for kid in element.kids)
    return f"{element.kind}({kids})" if kids else element.kind


def built(text: str) -> Element:
    """Build a tree that is written down."""
    root = Element("")
    at = root
    for word in text.replace("(", " ( ").replace(")", " ) ").split():
        match word:
            case "(":
                last = at.kids[-1]
                assert isinstance(last, Element)
                at = last
            case ")":
                assert at.parent is not None
                at = at.parent
            case "-":
                at.kids.append(Content(0, 0))
            case kind:
                at.add(kind)
    [document] = root.kids
    assert isinstance(document, Element)
    return document


NESTED = {
    "Document(Div(Figure(-) Caption(-)))": "Document(Sect(Figure(-) Caption(-)))",
    "Document(Div(Figure(-)))": "Document(Div(Figure(-)))",
    "Document(P(-) Span(-) - P(-) Link(-))": "Document(P(-) P(Span(-) -) P(-) P(Link(-)))",
    "Document(Sect(H2(-) -))": "Document(Sect(H2(-) P(-)))",
    "FENote(Lbl(-) P(-) H2(-) P(-))": "FENote(Lbl(-) P(-) Sect(H2(-) P(-)))",
    "FENote(Lbl(-) Div(Div(H2(-)) P(-)))": "FENote(Lbl(-) Sect(Div(H2(-)) P(-)))",
    "TD(- BlockQuote(P(-)) P(-))": "TD(- Sect(BlockQuote(P(-)) P(-)))",
    "TD(- Reference(-))": "TD(- Reference(-))",
}


@pytest.mark.parametrize("before", NESTED)
def test_elements_stand_where_they_may(before: str) -> None:
    document = built(before)
    nest(document)
    assert tree(document) == NESTED[before]
    for element in [document, *descendants(document)]:
        assert all(kid.parent is element for kid in element.kids if isinstance(kid, Element))


def test_a_heading_in_a_note_opens_a_section() -> None:
    call = m.Call(id="fnref:1", note="a", number=1, line=1, column=1)
    noted = note(1, "a", p("First."), heading(1, "inside", "Inside"), p("Last."))
    brief = minimal().model_copy(update={"body": (p("Text.", call),), "notes": (noted,)})
    with pikepdf.open(io.BytesIO(render_pdf(brief, house_for("ua-2")))) as pdf:
        assert [str(kid.S) for kid in s.note(pdf, 1).K] == ["/Lbl", "/P", "/Sect"]
