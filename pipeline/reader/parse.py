"""One run of pandoc for a whole brief, and what it made of each piece."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from pipeline import pandoc
from pipeline.problems import BriefError, Problem, problem
from pipeline.reader.document import Document, NoteKey, split, stamps_for, write
from pipeline.reader.labels import Part, Reading
from pipeline.reader.marks import Marks
from pipeline.reader.pieces import Piece
from pipeline.reader.places import locate
from pipeline.reader.references import exact_places
from pipeline.reader.scan import scan
from pipeline.reader.source import Source
from pipeline.reader.stamped import recover
from pipeline.reader.tree import Node, depth, drop_repeated_calls

DEEPEST = 300
"""Levels of pandoc's tree that Python can follow; a list in a list in a quote has about thirty."""

OPENING = re.compile(r"[\[\](){}<>*_`~^\"'$|!&]|^[ >#]+")
"""Signs of Markdown, each of which pandoc may try to close to the end of the text."""

CODES = {
    "UnclosedDiv": "structure-unclosed",
    "DuplicateLinkReference": "link-duplicate",
    # What notes are called, how often and where is settled by the scan and `pipeline.notes`.
    "NoteDefinedButNotUsed": None,
    "DuplicateNoteReference": None,
    # The identifiers of the model are checked, those made for headings included.
    "DuplicateIdentifier": None,
}
"""The messages of pandoc that are expected, and their problems; any other is a problem too."""


def parse(
    source: Source, pieces: Sequence[Piece], citing: bool = False
) -> tuple[Reading, list[Problem]]:
    """Return what pandoc made of the pieces, the body last, and the problems on the way.

    With `citing`, @key is a citation, which is yet to be rendered.

    Raises BriefError when pandoc cannot read the text at all.
    """
    marks = [scan(piece.text) for piece in pieces]
    too_deep = list(_too_deep(source, pieces, marks))
    if too_deep:
        raise BriefError(too_deep)
    stamps = stamps_for(source.text)
    code: frozenset[NoteKey] = frozenset()
    while True:
        missing = _missing(marks, code)
        document = write(source, pieces, marks, missing, stamps, code)
        blocks, problems = _run(document, source, citing)
        recovered = recover(blocks, stamps)
        if not recovered.code:
            break
        # Some of what looked like notes is code: without stamps it reads as the author wrote it.
        code |= recovered.code
    recovered.code |= code
    found = split(blocks, stamps)
    problems += _swallowed(source, pieces, found)
    if len(pieces) - 1 not in found:
        raise BriefError(problems)
    parsed = [found.get(index, []) for index in range(len(pieces))]
    taken_apart = list(zip(pieces, marks, parsed, strict=True))
    places = locate(taken_apart, recovered.keys) | exact_places(taken_apart, recovered.keys)
    parts = [Part(*part) for part in taken_apart]
    return Reading(source, parts, places, recovered, missing), problems


def _too_deep(source: Source, pieces: Sequence[Piece], marks: Sequence[Marks]) -> Iterator[Problem]:
    for piece, found in zip(pieces, marks, strict=True):
        mark = next((mark for mark in found.marks if mark.kind == "deep"), None)
        if mark:
            place = source.place(piece.offset(mark.start))
            yield problem("structure-depth", source.path, *place, what=mark.text)


def _missing(marks: Sequence[Marks], code: AbstractSet[NoteKey]) -> list[str]:
    """Return the labels that are called but not defined."""
    defined = {
        one.label
        for piece, found in enumerate(marks)
        for number, one in enumerate(found.definitions)
        if (piece, number) not in code
    }
    calls = (mark.text for found in marks for mark in found.marks if mark.kind == "call")
    return [label for label in dict.fromkeys(calls) if label not in defined]


def _run(document: Document, source: Source, citing: bool) -> tuple[list[Node], list[Problem]]:
    try:
        tree, messages = pandoc.parse(document.markdown, source.path, citing)
        too_deep = depth(tree) > DEEPEST
    except RecursionError:
        too_deep = True
    except BriefError as error:
        raise BriefError([_suspected(one, source) for one in error.problems]) from None
    if too_deep:
        found = problem("structure-depth", source.path, what="text")
        raise BriefError([_suspected(found, source)])
    drop_repeated_calls(tree["blocks"])
    problems = list(_said(messages, document, source.path))
    return tree["blocks"], problems


def _suspected(found: Problem, source: Source) -> Problem:
    """Give a problem that pandoc has with the text as a whole the line that looks like its cause.

    That is the one with the most signs that open something.
    """
    if found.line or found.family != "structure":
        return found
    lines = source.text.split("\n")
    most = max(range(len(lines)), key=lambda number: len(OPENING.findall(lines[number])))
    return replace(found, line=most + 1, column=1)


def _said(messages: Sequence[pandoc.Message], document: Document, path: str) -> Iterator[Problem]:
    for message in messages:
        code = CODES.get(message.kind, "internal-pandoc-message")
        if code is not None:
            line = document.source_line(message.line)
            yield problem(code, path, line, message.column, what=message.text)


def _swallowed(
    source: Source, pieces: Sequence[Piece], found: dict[int, list[Node]]
) -> Iterator[Problem]:
    """Name the fields whose Markdown reaches beyond them, or is not the paragraph it has to be."""
    for index, piece in enumerate(pieces):
        parsed = found.get(index, [])
        swallows = index in found and index + 1 < len(pieces) and index + 1 not in found
        paragraph = len(parsed) == 1 and parsed[0]["t"] == "Para"
        place = source.place(piece.offset(0))
        if swallows:
            what = "opens something that it does not close"
            yield problem("meta-markup", source.path, *place, field=piece.field, what=what)
        elif piece.one_paragraph and index in found and not paragraph:
            what = "is not a single paragraph"
            yield problem("meta-markup", source.path, *place, field=piece.field, what=what)
