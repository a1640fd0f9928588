"""From a Markdown file to a brief, with every problem of the source at its place."""

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline import model as m
from pipeline import notes
from pipeline.problems import BriefError, Problem, problem
from pipeline.reader.anchors import highest_level, numbered_headings, replaced_anchors
from pipeline.reader.blocks import blocks
from pipeline.reader.captions import empty_captions
from pipeline.reader.citing import cite, means_of
from pipeline.reader.context import Context
from pipeline.reader.elements import elements
from pipeline.reader.front import Front
from pipeline.reader.front_matter import read_front_matter
from pipeline.reader.glued import glued
from pipeline.reader.images import Images
from pipeline.reader.labels import Called, Reading, called_notes
from pipeline.reader.leftover import left_markup
from pipeline.reader.metadata import UNKNOWN_LANGUAGE, Parsed, metadata
from pipeline.reader.own_notes import keepers, kept_notes
from pipeline.reader.parse import parse
from pipeline.reader.pieces import Piece, body_piece
from pipeline.reader.seen import leftovers, seen
from pipeline.reader.source import Source, bytes_of, read_source

__all__ = ["bytes_of", "read"]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read(file: Path, data: bytes | None = None) -> tuple[m.Brief | None, tuple[Problem, ...]]:
    """Read a brief; the name of its folder is its slug. Paths in problems are as `file` was given.

    `data` is what the file holds, where it was read already. A brief comes back with errors too, as
    long as there is something to check further; whoever builds must look for errors among the
    problems.
    """
    slug = file.absolute().parent.name
    found: list[Problem] = []
    if not SLUG.fullmatch(slug):
        found.append(problem("structure-slug", str(file), slug=slug))
        slug = "unnamed"
    brief = None
    try:
        source, unprintable = read_source(file, data)
        found += unprintable
        brief, more = _read(slug, file, source)
        found += more
    except BriefError as error:
        found += error.problems
    return brief, tuple(sorted(set(found)))


def _read(slug: str, file: Path, source: Source) -> tuple[m.Brief | None, list[Problem]]:
    front, start, problems = read_front_matter(source)
    body = body_piece(source, start)
    pieces = [*front.opening(), *front.closing(), *front.silent(), body]
    means = means_of(file.parent, source, front.citation_style)
    try:
        reading, said = parse(source, pieces, citing=means.asked)
    except BriefError as error:
        return None, [*problems, *means.problems, *error.problems]
    order = [*front.opening(), body, *front.closing(), *front.silent()]
    reading, uncited = cite(reading, order, means, front.lang or UNKNOWN_LANGUAGE)
    called, misread = _in_reading_order(reading, [*front.opening(), body, *front.closing()])
    text = reading.parts[-1].blocks
    tables = keepers(text)
    numbering, wrong = notes.settle(seen(reading, called, tables), source.path)
    anchors = replaced_anchors(text, source.text)
    headings = numbered_headings(text) if front.section_numbers else ()
    context = Context(
        reading=reading,
        images=Images(file.parent),
        lang=front.lang or UNKNOWN_LANGUAGE,
        calls=_calls(called, numbering),
        numbers=numbering.numbers,
        kept=kept_notes(tables, called, numbering),
        elements=elements(text, headings, anchors),
        highest=highest_level(text),
        anchors=anchors,
    )
    brief = _brief(slug, file, front, context, called, numbering)
    if all(block["t"] == "RawBlock" for block in reading.parts[-1].blocks):
        problems = (*problems, problem("structure-body", source.path, 1, 1))
    found = [
        *problems,
        *means.problems,
        *uncited,
        *said,
        *misread,
        *leftovers(reading),
        *glued(reading),
        *left_markup(reading),
        *empty_captions(reading),
        *wrong,
        *context.problems,
    ]
    return brief, found


def _in_reading_order(
    reading: Reading, pieces: Sequence[Piece]
) -> tuple[list[Called], list[Problem]]:
    """Return every note that is called on the page, in the order in which the page is read."""
    by_piece = {id(part.piece): part for part in reading.parts}
    names = reading.unused_labels("inline")
    called: list[Called] = []
    problems: list[Problem] = []
    for piece in pieces:
        more, wrong = called_notes(reading, by_piece[id(piece)], names)
        called += more
        problems += wrong
    return called, problems


def _calls(
    called: Sequence[Called], numbering: notes.Numbering
) -> dict[int, m.Call | m.TableCall | None]:
    """Return what stands for each note's node; nothing where the note is not defined."""
    return {
        id(one.node): _call(one, ident, numbering) if ident else None
        for one, ident in zip(called, numbering.call_ids, strict=True)
    }


def _call(called: Called, ident: str, numbering: notes.Numbering) -> m.Call | m.TableCall:
    label, line, column = called.label, called.line, called.column
    if place := numbering.letters.get(label):
        return m.TableCall(id=ident, note=label, letter=place.letter, line=line, column=column)
    number = numbering.numbers[label]
    return m.Call(id=ident, note=label, number=number, line=line, column=column)


def _notes(
    context: Context, called: Sequence[Called], numbering: notes.Numbering
) -> tuple[m.Note, ...]:
    """Return the notes by number, each made of the first of pandoc's copies."""
    first: dict[str, Called] = {}
    for one in called:
        first.setdefault(one.label, one)
    context.in_note = True
    made: list[m.Note] = []
    for label, number in numbering.numbers.items():
        content = blocks(context, first[label].node["c"])
        line, column = context.reading.defined_at(first[label])
        if content:
            note = m.Note(
                id=notes.note_id(number),
                label=label,
                number=number,
                calls=numbering.calls_of(label),
                blocks=content,
                line=line,
                column=column,
            )
            made.append(note)
    context.in_note = False
    return tuple(made)


def _brief(
    slug: str,
    file: Path,
    front: Front,
    context: Context,
    called: Sequence[Called],
    numbering: notes.Numbering,
) -> m.Brief:
    parsed = Parsed(context, {id(part.piece): part.blocks for part in context.reading.parts})
    described = metadata(front, parsed)
    context.field = "body"
    body = blocks(context, context.reading.parts[-1].blocks, headings=True)
    references = blocks(context, context.reading.references, headings=True)
    written = _notes(context, called, numbering)
    return m.Brief(
        slug=slug,
        metadata=described,
        body=body,
        references=references,
        notes=written,
        images=context.images.all(),
        source=m.Source(name=file.name, text=context.reading.source.text),
    )
