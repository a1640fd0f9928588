"""The list of references, as archives expect it: an entry is a citation that can be found."""

from collections.abc import Iterator

from pipeline import model as m
from pipeline.renderers.jats.blocks import anchored
from pipeline.renderers.jats.inlines import fill
from pipeline.renderers.jats.scope import Scope
from pipeline.renderers.jats.xml import Element, make


def reference_list(blocks: m.Blocks, scope: Scope) -> Element | None:
    """Return the list of references, or nothing where blocks are something else."""
    match blocks:
        case (m.Heading(number=None) as heading, m.Division(id=None, lang=None) as division):
            made = [*_entries(division.blocks, scope)]
            if len(made) == len(division.blocks):
                title = fill(make("title"), heading.content, scope)
                level = f"heading-{heading.level}"
                return anchored(make("ref-list", title, *made, content_type=level), heading.id)
    return None


def _entries(blocks: m.Blocks, scope: Scope) -> Iterator[Element]:
    for block in blocks:
        match block:
            case m.Division(id=str(), lang=None, blocks=(m.Paragraph() as entry,)):
                said = fill(make("mixed-citation"), entry.content, scope)
                yield anchored(make("ref", said), block.id)
