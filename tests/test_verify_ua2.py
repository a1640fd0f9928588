"""A PDF for PDF/UA-2 is read back like any other, with what it says in ways of its own."""

from collections.abc import Callable

import pikepdf
import pytest

from pipeline import model as m
from pipeline.renderers.pdf import render_pdf
from pipeline.verify import verify_pdf
from tests import spoiling as s
from tests.houses import house_for
from tests.samples import minimal, sample

BRIEF = sample()


@pytest.fixture(scope="module")
def document() -> bytes:
    return render_pdf(BRIEF, house_for("ua-2"))


def found(data: bytes, brief: m.Brief = BRIEF) -> dict[str, str]:
    """The messages about the file, by their codes."""
    by_code: dict[str, str] = {}
    for problem in verify_pdf(brief, data, "x"):
        by_code[problem.code] = f"{by_code.get(problem.code, '')}\n{problem.message}"
    return by_code


@pytest.mark.parametrize("placement", ["foot", "end"])
def test_a_good_file_has_no_faults(placement: m.Placement) -> None:
    placed = BRIEF.metadata.model_copy(update={"notes": m.NotePlacement(pdf=placement)})
    brief = BRIEF.model_copy(update={"metadata": placed})
    assert found(render_pdf(brief, house_for("ua-2")), brief) == {}
    assert found(render_pdf(minimal(), house_for("ua-2")), minimal()) == {}


def link(pdf: pikepdf.Pdf, says: str) -> pikepdf.Object:
    """The link that says something of itself."""
    return next(one for page in pdf.pages for one in page.Annots if one.get("/Contents") == says)


def lead(says: str, to: str, keys: tuple[str, ...] = ("/SD",)) -> s.Edit:
    """Return an edit that lets a link lead where another does: its element, its point, or both."""

    def edit(pdf: pikepdf.Pdf) -> None:
        for key in keys:
            link(pdf, says).A[key] = link(pdf, to).A[key]

    return edit


def lead_nowhere(pdf: pikepdf.Pdf) -> None:
    link(pdf, "Note 7").A.SD[0] = pdf.Root


def mislead_a_bookmark(pdf: pikepdf.Pdf) -> None:
    first = pdf.Root.Outlines.First.First
    first.A.SD = first.Next.A.SD


def forget_a_citation(pdf: pikepdf.Pdf) -> None:
    s.note(pdf, 4).Ref = pikepdf.Array(list(s.note(pdf, 4).Ref)[1:])


def cite_another(pdf: pikepdf.Pdf) -> None:
    [reference] = s.note(pdf, 7).Ref
    reference.Ref = pikepdf.Array([s.note(pdf, 13)])


def cite_nothing(pdf: pikepdf.Pdf) -> None:
    [reference] = s.note(pdf, 7).Ref
    del reference.Ref
    del s.note(pdf, 7).Ref


def call_it_an_endnote(pdf: pikepdf.Pdf) -> None:
    s.note(pdf, 7).A.NoteType = pikepdf.Name.Endnote


def call_it_a_paragraph(pdf: pikepdf.Pdf) -> None:
    s.note(pdf, 7).S = pikepdf.Name.P


def swap_numbers(pdf: pikepdf.Pdf) -> None:
    four, five = s.note(pdf, 4), s.note(pdf, 5)
    four.K[0], five.K[0] = five.K[0], four.K[0]


def double_a_note(pdf: pikepdf.Pdf) -> None:
    kept = s.note(pdf, 15)
    kept.P.K.append(pdf.make_indirect(pikepdf.Dictionary(dict(kept))))


def change_an_alternative(pdf: pikepdf.Pdf) -> None:
    next(one for one in s.elements(pdf) if one.S == "/Figure").Alt = pikepdf.String("A hill")


def change_the_source(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["brief.md"].obj.EF.F.write(b"More.")


def change_an_author(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"Boris Sample", b"Boris Simple"))


SPOILED: dict[str, tuple[Callable[[pikepdf.Pdf], None], str, str]] = {
    "a call's element": (lead("Note 7", "Note 13"), "verify-call-link", "call of note 7"),
    "a call's point": (lead("Note 7", "Note 13", ("/D",)), "verify-call-link", "call of note 7"),
    "both": (lead("Note 7", "Note 13", ("/D", "/SD")), "verify-call-link", "leads to note 13"),
    "an element that is not there": (lead_nowhere, "verify-call-link", "call of note 7"),
    "a backlink's element": (
        lead("Back to the call of note 7", "Back to the call of note 6"),
        "verify-backlink",
        "note 7 should lead back",
    ),
    "an inner link's element": (lead("numbers", "Note 13"), "verify-link", "an inner link"),
    "a bookmark's element": (mislead_a_bookmark, "verify-contents", "Key findings"),
    "a note that forgets a citation": (forget_a_citation, "verify-tags", "note “4” does not name"),
    "a call that names another note": (cite_another, "verify-tags", "“7” does not name"),
    "a call that names nothing": (cite_nothing, "verify-tags", "“7” does not name"),
    "a footnote tagged as an endnote": (call_it_an_endnote, "verify-tags", "tagged as “Endnote”"),
    "a note tagged as a paragraph": (call_it_a_paragraph, "verify-note-missing", "note 7"),
    "a lost note": (lambda pdf: s.drop(s.note(pdf, 15)), "verify-note-missing", "note 15"),
    "a lost paragraph": (lambda pdf: s.drop(s.note(pdf, 7).K[1]), "verify-text-missing", "note 7"),
    "a doubled note": (double_a_note, "verify-unreadable", "twice"),
    "swapped numbers": (swap_numbers, "verify-text", "note 4"),
    "a note on a later page": (
        lambda pdf: s.move_to_page(pdf, s.note(pdf, 2), 3),
        "verify-note-page",
        "note 2 starts on page 3",
    ),
    "a text alternative": (change_an_alternative, "verify-picture", "A hill"),
    "the source": (change_the_source, "verify-attachment", "source"),
    "an author": (change_an_author, "verify-property", "Boris Simple"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_damage_is_named(document: bytes, name: str) -> None:
    edit, code, named = SPOILED[name]
    faults = found(s.in_pdf(document, edit))
    assert any(named in told for key, told in faults.items() if key.startswith(code)), faults
