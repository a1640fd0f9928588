"""Notes that come or go with their calls."""

from pipeline import model as m
from pipeline.intake.markdown.blocks import definition
from pipeline.merge.lines import lines_of
from pipeline.merge.plan import Plan, known
from pipeline.merge.prose import Known, content
from pipeline.merge.story import Note
from pipeline.merge.view import View
from pipeline.merge.words import Patch


def note_patches(made: Plan) -> list[Patch]:
    """Return patches for notes that nothing calls any more, and for those that are new."""
    expected = made.expected()
    text = made.view.source.text
    patches: list[Patch] = []
    for note in made.view.brief.notes:
        start = made.view.source.offset(note.line, note.column)
        if note.label not in expected and text.startswith(f"[^{note.label}]:", start):
            patches.append(lines_of(start, _end_of(made.view, note, start), text))
    lines: list[str] = []
    for label, units in made.new_notes.items():
        if label in expected:
            lines += ["", *definition(label, _paragraphs(units, known(made)))]
    if lines:
        gap = "" if text.endswith("\n") else "\n"
        patches.append(Patch(len(text), len(text), gap + "\n".join(lines) + "\n"))
    return patches


def _end_of(view: View, note: m.Note, start: int) -> int:
    """Return where the last line of a note ends."""
    ends = [
        traced.spans[-1][1] for traced in view.traced if traced and traced.leaf.note == note.label
    ]
    end = view.source.text.find("\n", max([start, *ends]))
    return len(view.source.text) if end < 0 else end


def _paragraphs(units: Note, to: Known) -> m.Blocks:
    return tuple(m.Paragraph(content=content(one.atoms, to), line=1) for one in units)
