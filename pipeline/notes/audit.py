"""Whether the notes of a finished brief agree with its calls."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from pipeline import model as m
from pipeline import walk
from pipeline.notes.numbering import Numbering, letter, note_id, number, table_note_id
from pipeline.problems import Problem, problem


def audit(brief: m.Brief, path: str) -> tuple[Problem, ...]:
    """Name every way in which the notes of a finished brief contradict its calls.

    A brief made by the reader has none; a JSON document that somebody edited may.
    """
    calls = walk.calls(brief)
    labels = {note.label for note in brief.notes}
    expected = number([(call.note, None) for call in calls], labels)
    faults = (
        *_audit_calls(calls, expected),
        *_audit_notes(brief, expected),
        *_audit_references(brief, expected),
        *_audit_tables(brief),
    )
    return tuple(
        problem("note-inconsistent", path, line, column, what=what) for what, line, column in faults
    )


Fault = tuple[str, int, int]


def _audit_calls(calls: Sequence[m.Call], expected: Numbering) -> Iterator[Fault]:
    for call, wanted in zip(calls, expected.call_ids, strict=True):
        if wanted is None:
            yield (
                f"call {call.id} names the note '{call.note}', which is not there",
                call.line,
                call.column,
            )
        elif (call.id, call.number) != (wanted, expected.numbers[call.note]):
            should = expected.numbers[call.note]
            yield (
                f"call {call.id} with number {call.number} should be {wanted} with number {should}",
                call.line,
                call.column,
            )


def _audit_notes(brief: m.Brief, expected: Numbering) -> Iterator[Fault]:
    for label, count in Counter(note.label for note in brief.notes).items():
        if count > 1:
            yield f"{count} notes have the label '{label}'", 0, 0
    for index, note in enumerate(brief.notes, start=1):
        where = note.line, note.column
        if note.label not in expected.numbers:
            yield f"note {note.number} ('{note.label}') is never called", *where
        elif (note.number, note.id) != (expected.numbers[note.label], note_id(index)):
            yield f"note '{note.label}' is out of order or has the wrong number", *where
        elif note.calls != expected.calls_of(note.label):
            yield f"note {note.number} does not list the calls that the text has", *where
        if any(map(_is_call, walk.inlines_of(note.blocks))):
            yield f"note {note.number} holds a call", *where


def _is_call(inline: m.Inline) -> bool:
    return isinstance(inline, m.Call | m.TableCall)


def _audit_references(brief: m.Brief, expected: Numbering) -> Iterator[Fault]:
    allowed = {call.id for call in walk.calls(brief)}
    for inline in walk.everything(brief):
        if isinstance(inline, m.CrossReference) and (
            expected.numbers.get(inline.note) != inline.number
        ):
            yield (
                f"the cross-reference to '{inline.note}' has the wrong number",
                inline.line,
                inline.column,
            )
        elif isinstance(inline, m.Call) and inline.id not in allowed:
            yield f"call {inline.id} stands where no note may be called", inline.line, inline.column


def _audit_tables(brief: m.Brief) -> Iterator[Fault]:
    """Compare the notes that tables keep to themselves with the calls in each of them."""
    tables = [one for one in walk.blocks_within(brief.body) if isinstance(one, m.Table)]
    own = dict(enumerate((one for one in tables if one.notes), start=1))
    owners = _owners(own)
    calls = [one for one in walk.everything(brief) if isinstance(one, m.TableCall)]
    labels = {note.label for table in own.values() for note in table.notes}
    expected = number([(call.note, owners.get(id(call))) for call in calls], labels)
    for call, wanted in zip(calls, expected.call_ids, strict=True):
        place = expected.letters.get(call.note)
        if place is None or (call.id, call.letter) != (wanted, place.letter):
            yield f"call {call.id} does not agree with the notes of its table", *_place(call)
    taken = {note.label for note in brief.notes}
    for table in own.values():
        yield from _audit_table(table, expected, taken)
        taken |= {note.label for note in table.notes}


def _owners(tables: Mapping[int, m.Table]) -> dict[int, int]:
    """Return which table each call belongs to: of a table in a table's cell, to the inner one."""
    return {
        id(inline): ordinal
        for ordinal, table in tables.items()
        for inline in walk.inlines_of((table,))
        if isinstance(inline, m.TableCall)
    }


def _audit_table(table: m.Table, expected: Numbering, taken: Set[str]) -> Iterator[Fault]:
    for index, note in enumerate(table.notes, start=1):
        where = note.line, note.column
        place = expected.letters.get(note.label)
        if note.label in taken:
            yield f"a table's note has the label '{note.label}' of another note", *where
        elif place is None:
            yield f"note {note.letter} ('{note.label}') of a table is never called", *where
        elif (note.letter, note.id) != (letter(index), table_note_id(place)):
            yield f"note '{note.label}' of a table is out of order or has the wrong letter", *where
        elif note.calls != expected.calls_of(note.label):
            yield f"note {note.letter} of a table does not list the calls that it has", *where
        if any(map(_is_call, walk.inlines_within(note.content))):
            yield f"note {note.letter} of a table holds a call", *where


def _place(call: m.Call | m.TableCall) -> tuple[int, int]:
    return call.line, call.column
