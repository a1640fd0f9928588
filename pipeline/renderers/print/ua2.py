"""What PDF/UA-2 (ISO 14289-2) asks of tags beyond PDF/UA-1: namespaces, notes, destinations."""

import pydyf

from pipeline.renderers.print.destinations import Written, lead_to_elements
from pipeline.renderers.print.nesting import nest
from pipeline.renderers.print.structure import Element, Pdf, Ties, descendants

NAMESPACE = "http://iso.org/pdf2/ssn"
"""Where the structure types of PDF 2.0 are defined (ISO 32000-2, 14.8.6)."""

OF_PDF_1_7 = frozenset(
    ("Art", "BibEntry", "BlockQuote", "Code", "Index", "Quote", "Reference", "TOC", "TOCI")
)
"""Types that PDF 2.0 leaves to the older namespace, which is that of elements without one."""


def prepare(document: Element, at_foot: bool) -> None:
    """Turn the elements of PDF/UA-1 into those of PDF/UA-2.

    `at_foot` says that notes stand at the foot of their pages, and not in a section of notes.
    """
    for element in descendants(document):
        if element.kind == "Note":
            element.kind = "FENote"
            note_type = "/Footnote" if at_foot else "/Endnote"
            element.attributes = {"O": "/FENote", "NoteType": note_type}
        elif element.attributes.get("ListNumbering") == "/None":
            element.attributes["ListNumbering"] = "/Description"  # Its terms are labels (8.2.5.25).
    nest(document)


def complete(pdf: Pdf, written: Written, ties: Ties) -> None:
    """Add what elements say of one another, once they are written."""
    _name_types(pdf, written)
    _refer(written, ties)
    lead_to_elements(pdf, written, ties)


def _name_types(pdf: Pdf, written: Written) -> None:
    """Say of each element that its type is one of PDF 2.0, if it is."""
    namespace = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String(NAMESPACE)})
    pdf.add_object(namespace)
    for element, dictionary in written.items():
        if element.kind not in OF_PDF_1_7:
            dictionary["NS"] = namespace.reference
    for tree in pdf.objects:
        if isinstance(tree, dict) and tree.get("Type") == "/StructTreeRoot":
            tree["Namespaces"] = pydyf.Array([namespace.reference])
            # For readers that know no namespaces: those that do, do not look here (14.7.3).
            tree["RoleMap"] = pydyf.Dictionary({"FENote": "/Note"})


def _refer(written: Written, ties: Ties) -> None:
    """Let notes and what refers to them know one another (8.2.5.14)."""
    for ident, references in ties.references.items():
        note = written[ties.anchors[ident]]
        note["Ref"] = pydyf.Array(written[each].reference for each in references)
        for each in references:
            written[each]["Ref"] = pydyf.Array([note.reference])
