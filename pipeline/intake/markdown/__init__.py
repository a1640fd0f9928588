"""A brief as the Markdown an author would write: what the reader reads, the other way round.

Texts come back exactly as they were, labels too; numbers, ids and lines are for the reader to find.
One paragraph is one line, so that the changes of a version are easy to see.
"""

from collections.abc import Iterable

from pipeline import model as m
from pipeline.intake.markdown.blocks import Headings, blocks, definition
from pipeline.intake.markdown.front import front_matter
from pipeline.walk import blocks_within

__all__ = ["write"]


def write(metadata: m.Metadata, body: m.Blocks, notes: Iterable[m.Note] = ()) -> str:
    """Return the text of a `brief.md`, with the notes at its end in the order given."""
    headings: Headings = "counted" if metadata.section_numbers else "plain"
    lines = [*front_matter(metadata), "", *blocks(body, headings)]
    for note in notes:
        lines += ["", *definition(note.label, note.blocks)]
    for table in blocks_within(body):
        if isinstance(table, m.Table):
            for own in table.notes:
                lines += ["", *definition(own.label, (m.Paragraph(content=own.content, line=1),))]
    return "\n".join(lines) + "\n"
