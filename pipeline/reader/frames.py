"""Figures and tables in their frame: a division with the lines that explain them under them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

from pipeline import model as m
from pipeline.notes import table_note_id
from pipeline.numbers import Kind
from pipeline.reader.context import Context
from pipeline.reader.elements import KINDS
from pipeline.reader.inlines import inlines
from pipeline.reader.own_notes import KeptNote, keeps_notes
from pipeline.reader.tree import Node, plain_text
from pipeline.text import plain

LineKind = Literal["source", "note", "credit"]
WORDS: Mapping[str, LineKind | Literal["description"]] = {
    "source": "source",
    "sources": "source",
    "note": "note",
    "notes": "note",
    "credit": "credit",
    "description": "description",
}
"""What a line is, by the word it begins with; the outputs say it in the brief's language."""
ROW_HEADS = "row-heads"
"""The class of the frame of a table whose first column names its rows."""
OPENING = re.compile(r"([A-Za-z]+):")
DASHES = ("—", "–")

Convert = Callable[[Context, Node], Sequence[m.Block]]


def framed(
    context: Context, node: Node, kind: Kind, content: Sequence[Node], convert: Convert
) -> Sequence[m.Block]:
    """Return the figure or table of a frame with its lines; `convert` makes the element itself."""
    inner = [one for one in content if KINDS.get(one["t"]) == kind]
    others = [one for one in content if KINDS.get(one["t"]) != kind]
    made = [block for one in inner for block in convert(context, one)]
    if len(inner) != 1 or len(made) != 1:
        context.report("structure-frame", node, kind=kind, count=len(inner))
        return made
    element = made[0]
    assert isinstance(element, m.Figure | m.Table)
    changes: dict[str, object] = {"line": context.line(node)}
    legend: list[m.LegendLine] = []
    for number, (opening, *line) in _lines(context, others, kind):
        word = WORDS[_word(opening)]
        words = inlines(context, line)
        is_fit = word != "description" or (kind == "figure" and not any(map(_is_rich, words)))
        if not words or not is_fit:
            context.report_at((number, 1), "structure-legend", text=opening["c"], kind=kind)
        elif word == "description":
            changes["description"] = plain(words)
        else:
            legend.append(m.LegendLine(kind=word, content=words, line=number))
    identifier = node["c"][0][0]
    if identifier and element.id:
        what = f"the frame of a {kind} that has the anchor #{element.id}"
        context.report("structure-attribute", node, name=f"#{identifier}", what=what)
    elif identifier:
        changes["id"] = identifier
    if isinstance(element, m.Table):
        changes["notes"] = _own_notes(context, node)
        changes["row_heads"] = int(ROW_HEADS in node["c"][0][1])
    return [element.model_copy(update={**changes, "legend": tuple(legend)})]


def _own_notes(context: Context, frame: Node) -> tuple[m.TableNote, ...]:
    """Return the notes that a table keeps to itself; each is one paragraph."""
    if not keeps_notes(frame):
        return ()
    kept = context.kept.get(id(frame), ())
    if not kept:
        context.report("note-table-none", frame)
    context.in_note = True
    made = [note for one in kept for note in _own_note(context, one)]
    context.in_note = False
    return tuple(made)


def _own_note(context: Context, kept: KeptNote) -> Iterator[m.TableNote]:
    place = context.reading.defined_at(kept.called)
    label, content = kept.called.label, kept.called.node["c"]
    words = inlines(context, content[0]["c"]) if _is_paragraph(content) else ()
    if not words:
        context.report_at(place, "note-table-form", label=label)
        return
    line, column = place
    yield m.TableNote(
        id=table_note_id(kept.place),
        label=label,
        letter=kept.place.letter,
        calls=tuple(kept.calls),
        content=words,
        line=line,
        column=column,
    )


def _is_paragraph(content: Sequence[Node]) -> bool:
    return len(content) == 1 and content[0]["t"] in ("Para", "Plain")


def _is_rich(inline: m.Inline) -> bool:
    """Tell whether something cannot stand in a long description, which is plain text."""
    return not isinstance(inline, m.Text | m.LineBreak)


def _lines(
    context: Context, blocks: Sequence[Node], kind: Kind
) -> Iterator[tuple[int, list[Node]]]:
    """Yield the lines of paragraphs; the first node of each is the word that says what it is."""
    for block in blocks:
        lines = list(_cut(block["c"])) if block["t"] in ("Para", "Plain") else []
        if not lines or not all(_word(line[0]) for line in lines):
            context.report("structure-legend", block, text=plain_text(block)[:40], kind=kind)
            continue
        number = context.line(block)
        for line in lines:
            yield number, line
            number += sum(node["t"] == "SoftBreak" for node in line)


def _cut(content: Sequence[Node]) -> Iterator[list[Node]]:
    """Cut a paragraph at the line ends before a word that says what a line is."""
    line: list[Node] = []
    for is_end, group in groupby(content, key=lambda one: one["t"] == "SoftBreak"):
        nodes = list(group)
        if not is_end and line and _word(nodes[0]):
            yield line
            line = []
        line += nodes
    if line:
        yield line


def _word(opening: Node) -> str:
    """Return the word that says what a line is, in small letters; nothing if it is none."""
    found = OPENING.fullmatch(opening["c"]) if opening["t"] == "Str" else None
    word = found[1].lower() if found else ""
    return word if word in WORDS else ""


def attribution(context: Context, block: Node) -> m.Attribution | None:
    """Return who said what is quoted, when a paragraph begins with a dash."""
    if block["t"] not in ("Para", "Plain") or not plain_text(block).startswith(DASHES):
        return None
    words = inlines(context, block["c"])
    return m.Attribution(content=words, line=context.line(block)) if words else None
