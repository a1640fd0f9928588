"""A brief with the places of its texts: what an edit needs to find its way into the source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline import model as m
from pipeline.merge.atoms import text_of
from pipeline.merge.leaves import Leaf, marked
from pipeline.merge.story import Story, Unit, read_story, rekeyed
from pipeline.merge.trace import Traced, trace
from pipeline.reader.front import Front
from pipeline.reader.front_matter import read_front_matter
from pipeline.reader.pieces import Piece
from pipeline.reader.source import Source, as_source
from pipeline.renderers.docx import render_docx
from pipeline.theme import Theme
from pipeline.wordfile import open_package

CAPTION = re.compile(r"(?m)^[ \t>]*(?:[Tt]able)?:[ \t]")


@dataclass(frozen=True, slots=True)
class View:
    """A brief as its Word file says it, and as its source does."""

    brief: m.Brief
    source: Source
    story: Story
    """With the labels of the notes as keys."""
    leaves: tuple[Leaf, ...]
    traced: tuple[Traced | None, ...]
    """The places of the texts: in the piece of their field, or in the source."""
    pieces: dict[str, Piece]


def view(brief: m.Brief, theme: Theme, path: str) -> View:
    """Render a brief and read it again; raises BriefError when that is not possible."""
    made, leaves = marked(brief)
    story = read_story(open_package(render_docx(made, theme), path))
    story = rekeyed(story, _labels(story, leaves))
    source = as_source(brief.source.text, path)
    pieces = pieces_of(source)
    return View(brief, source, story, leaves, tuple(_traced(leaves, source, pieces)), pieces)


def pieces_of(source: Source) -> dict[str, Piece]:
    """Return the fields of the front matter by name; raises BriefError where there is none."""
    return dict(_pieces(read_front_matter(source)[0]))


def _pieces(front: Front) -> Iterator[tuple[str, Piece]]:
    """Yield the fields of the front matter that a Word file shows, by the names of their texts."""
    one_by_one = {
        "title": front.title,
        "deck": front.deck,
        "hero.caption": front.hero and front.hero.caption,
        "hero.credit": front.hero and front.hero.credit,
        "acknowledgements": front.acknowledgements,
        "about": front.about,
        "disclaimer": front.disclaimer,
    }
    yield from ((name, piece) for name, piece in one_by_one.items() if piece)
    for index, piece in enumerate(front.summary.items if front.summary else ()):
        yield f"summary.{index}", piece
    for index, wish in enumerate(front.recommendations.items if front.recommendations else ()):
        yield f"recommendations.{index}", wish.what


def _labels(story: Story, leaves: Sequence[Leaf]) -> dict[str, str]:
    """Return the labels of notes by the keys that they have in the file."""
    found: dict[str, str] = {}
    for key, units in story.notes.items():
        for unit in units:
            if unit.leaf is not None:
                found[key] = leaves[unit.leaf].note
    return found


def _traced(
    leaves: Sequence[Leaf], source: Source, pieces: dict[str, Piece]
) -> list[Traced | None]:
    made: list[Traced | None] = []
    text = source.text
    before = 0
    in_field: dict[str, int] = {}
    for leaf in leaves:
        if leaf.field not in ("body", "note"):
            piece = pieces.get(leaf.field)
            found = trace(leaf, piece.text, in_field.get(leaf.field, 0)) if piece else None
            in_field[leaf.field] = found.spans[-1][1] if found else 0
            made.append(found)
            continue
        found = _caption(leaf, source) if leaf.kind == "table-caption" else None
        if found is None:
            start = _start(leaf, source) if leaf.is_first else before
            found = trace(leaf, text, start + 2 if text.startswith("^[", start) else start)
        made.append(found)
        if found and leaf.kind != "table-caption":
            before = found.spans[-1][1]
    return made


def _start(leaf: Leaf, source: Source) -> int:
    """Return where a text begins: with its line, if nothing stands before it on that line."""
    line, at = source.offset(leaf.line, 1), source.offset(leaf.line, leaf.column)
    return at if source.text[line:at].strip() else line


def _caption(leaf: Leaf, source: Source) -> Traced | None:
    """Return the place of a caption, which stands below its table or above it."""
    at = source.offset(leaf.line, 1)
    below = [one.start() for one in CAPTION.finditer(source.text, at)]
    above = [one.start() for one in CAPTION.finditer(source.text, 0, at)]
    tried = (trace(leaf, source.text, start) for start in (*below, *above[::-1]))
    return next(filter(None, tried), None)


def traced_of(view: View, unit: Unit | None) -> Traced | None:
    """Return the places of a paragraph of the brief, if they are known exactly."""
    if unit is None or unit.leaf is None:
        return None
    traced = view.traced[unit.leaf]
    if traced is None or len(traced.leaf.atoms) != len(unit.atoms):
        return None
    return traced if text_of(traced.leaf.atoms) == text_of(unit.atoms) else None
