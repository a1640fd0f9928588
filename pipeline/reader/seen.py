"""Tells `pipeline.notes` what was seen of notes, and what looks like one but is none."""

import re
from collections.abc import Iterator, Sequence

from pipeline.notes import Definition, Mention, Seen
from pipeline.problems import Problem, problem
from pipeline.reader.document import NoteKey
from pipeline.reader.labels import Called, Reading
from pipeline.reader.own_notes import Keepers
from pipeline.reader.references import cross_reference
from pipeline.reader.tree import Node, nodes, plain_text

CALL = re.compile(r"\[\^([^\]\s]+)\]")
UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200d\u2060]*")
"""Text that prints nothing."""
STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "--", "—": "---", "…": "..."}
)
"""What typographic characters were before pandoc made them so."""

SHOWN = 20
"""Characters of a long mark shown from its beginning and from its end."""

NOTES_HEADING = re.compile(
    r"(?i)\W*(?:foot|end)?notes?\W*|references|anmerkungen|notas|przypisy|"
    r"примечания|заўвагі|примітки|išnašos|pastabos"
)
"""What a section is called in which a manuscript keeps its notes."""


def seen(reading: Reading, called: Sequence[Called], tables: Keepers) -> Seen:
    """Return everything about notes. `called` are the notes in reading order.

    `tables` are those that keep the notes that are called in them.

    Notes that are called only where no note may be are left out: the calls are reported.
    """
    silent = [part for part in reading.parts if not part.piece.may_call]
    misplaced = {label for part in silent for label in reading.labels_called_in(part)}
    misplaced -= {one.label for one in called}
    return Seen(
        definitions=[one for one in _definitions(reading, called) if one.label not in misplaced],
        calls=[
            *(
                Mention(one.label, one.line, one.column, table=tables.by_note.get(id(one.node)))
                for one in called
            ),
            *_nested_calls(reading),
        ],
        references=list(_references(reading)),
    )


def _definitions(reading: Reading, called: Sequence[Called]) -> Iterator[Definition]:
    """Yield the notes that the scan saw and pandoc did not deny, and the inline ones."""
    recovered = reading.recovered
    empty = {recovered.keys.get(id(one.node)) for one in called if not _has_content(one.node)}
    for index, part in enumerate(reading.parts):
        for number, one in enumerate(part.marks.definitions):
            key = index, number
            if key not in recovered.code and key not in recovered.strays:
                line, column = reading.place(part, one.start)
                yield Definition(one.label, line, column, one.empty or key in empty)
    for call in called:
        if call.inline:
            is_empty = not _has_content(call.node)
            yield Definition(call.label, call.line, call.column, is_empty, inline=True)


def _has_content(note: Node) -> bool:
    """Tell whether a note has anything to print."""
    silent = {"Para", "Plain", "Span", "Space", "SoftBreak", "LineBreak", "RawInline", "RawBlock"}
    return any(
        node["t"] not in silent and not (node["t"] == "Str" and UNSEEN.fullmatch(node["c"]))
        for node, _ in nodes(note["c"])
    )


def _nested_calls(reading: Reading) -> Iterator[Mention]:
    """Yield the calls that stand inside notes, where pandoc prints them as text."""
    recovered = reading.recovered
    quiet = _without_brackets(reading) | recovered.code | recovered.strays
    for index, part in enumerate(reading.parts):
        for mark in part.marks.marks:
            if mark.kind not in {"call", "inline"}:
                continue
            line, column = reading.place(part, mark.start)
            inner = mark.text if mark.kind == "call" else "label"
            if mark.inside is None:
                if mark.nested:
                    yield Mention(inner, line, column, "inline")
            elif (index, mark.inside) not in quiet:
                yield Mention(inner, line, column, part.marks.definitions[mark.inside].label)


def _without_brackets(reading: Reading) -> set[NoteKey]:
    """Return the definitions in which pandoc left no bracket outside of code: no call either."""
    loud: set[int] = set()
    for part in reading.parts:
        for node, note in nodes(part.blocks):
            if note and (node["t"] == "Note" or (node["t"] == "Str" and "[" in node["c"])):
                loud.add(id(note))
    return {key for name, key in reading.recovered.keys.items() if name not in loud}


def _references(reading: Reading) -> Iterator[Mention]:
    """Yield each cross-reference once, although a note that is called twice is there twice."""
    known: set[Mention] = set()
    for part in reading.parts:
        for node, note in nodes(part.blocks):
            label = cross_reference(node)
            if label is not None:
                inside = reading.author_label(note) if note else None
                mention = Mention(label, *reading.place_of(node), inside)
                if mention not in known:
                    known.add(mention)
                    yield mention


def leftovers(reading: Reading) -> Iterator[Problem]:
    """Yield what looks like a note mark but would be printed as it stands."""
    yield from _printed(reading)
    path = reading.source.path
    numbered = _has_notes_section(reading)
    for key in sorted(reading.recovered.strays):
        part = reading.parts[key[0]]
        one = part.marks.definitions[key[1]]
        yield problem("note-glued", path, *reading.place(part, one.start), label=one.label)
    for part in reading.parts:
        for mark in part.marks.marks:
            place = reading.place(part, mark.start)
            if mark.kind == "spaced":
                label = mark.text[2:-1]
                suggestion = "-".join(label.split())
                yield problem("note-label", path, *place, label=label, suggestion=suggestion)
            elif mark.kind == "label":
                yield problem("note-label-form", path, *place, text=shortened(mark.text))
            elif mark.kind == "colon":
                yield problem("note-colon", path, *place, label=mark.text)
            elif mark.kind == "indent":
                yield problem("note-indent", path, *place, label=mark.text)
            elif mark.kind == "joined":
                yield problem("note-joined", path, *place, text=mark.text)
            elif mark.kind == "leftover" or (mark.kind == "number" and numbered):
                yield problem("note-leftover", path, *place, text=mark.text)


def shortened(text: str) -> str:
    """Return the text of a mark for a message: on one line, its middle left out if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= 2 * SHOWN else f"{line[:SHOWN]}…{line[-SHOWN:]}"


def _printed(reading: Reading) -> Iterator[Problem]:
    """Yield the calls that pandoc left in the text, unless they are escaped or known already."""
    source = reading.source
    inside = {
        mark.text for part in reading.parts for mark in part.marks.marks if mark.inside is not None
    }
    misread = {
        mark.text[2:-1]
        for part in reading.parts
        for mark in part.marks.marks
        if mark.kind == "label"
    }
    plain_source = source.text.translate(STRAIGHT)
    known = inside | misread | reading.stray_labels()
    for part in reading.parts:
        place = source.place(part.piece.offset(0))
        for node, _ in nodes(part.blocks):
            if id(node) in reading.places:
                place = reading.place_of(node)
            text = node["c"].translate(STRAIGHT) if node["t"] == "Str" else ""
            for label in CALL.findall(text):
                if label not in known and not _is_escaped(label, plain_source):
                    yield problem("note-leftover", source.path, *place, text=f"[^{label}]")


def _is_escaped(label: str, text: str) -> bool:
    signs = "".join(rf"\\?{re.escape(sign)}" for sign in label)
    opened = re.search(rf"(?:\\\[\\?\^|\[\\\^){signs}\\?\]", text)
    return opened is not None or f"[^{label}\\]" in text


def _has_notes_section(reading: Reading) -> bool:
    """Tell whether the body has a section of notes, as manuscripts from word processors do."""
    for block in reading.parts[-1].blocks:
        content = block["c"][2] if block["t"] == "Header" else block.get("c")
        if block["t"] in {"Header", "Para"} and NOTES_HEADING.fullmatch(plain_text(content)):
            return True
    return False
