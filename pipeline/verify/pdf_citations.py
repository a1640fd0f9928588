"""What notes and their citations say of one another in the tags (ISO 14289-2, 8.2.5.14)."""

from collections.abc import Iterator, Sequence

from pipeline.verify.found import Fault, normal
from pipeline.verify.pdf_parts import Anchor, Tagged

TYPES = {False: "Footnote", True: "Endnote"}
"""The type of a note that stands at the foot of its page, and of one in a section of notes."""


def citation_faults(notes: Sequence[Tagged], anchors: Sequence[Anchor]) -> Iterator[Fault]:
    """Yield notes and citations that do not name each other. Notes of PDF 1.7 name nothing."""
    known = {note.element.reference: note for note in notes if note.element.type == "FENote"}
    for note in known.values():
        where = f"on page {note.placed[0].page}" if note.placed else ""
        citing = {one.element.reference for one in anchors if _cites(one, note)}
        if set(note.element.refers) != citing:
            what = f"the note “{note.label}” does not name in its tags what cites it"
            yield Fault("verify-tags", what, where)
        if note.element.note_type != TYPES[note.gathered]:
            what = f"the note “{note.label}” is tagged as “{note.element.note_type}”"
            yield Fault("verify-tags", what, where)
    for anchor in anchors if known else ():
        cited = [known[one].ident for one in anchor.element.refers if one in known]
        if cited != [f"fn:{normal(anchor.text)}"]:
            what = f"the call or cross-reference “{anchor.text}” does not name its note in the tags"
            yield Fault("verify-tags", what, f"on page {anchor.start.page}" if anchor.start else "")


def _cites(anchor: Anchor, note: Tagged) -> bool:
    return note.element.reference in anchor.element.refers
