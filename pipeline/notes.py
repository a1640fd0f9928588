"""The one place that matches notes with their calls and numbers them.

The reader reports what it saw: definitions, calls and cross-references, each with its label and
place, calls in reading order. `settle` answers with the number of every note and the id of every
call, and with every problem. Nothing else in the project counts; renderers print what stands in
the JSON.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from pipeline import model as m
from pipeline import walk
from pipeline.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Definition:
    """A note as the author wrote it.

    `inline` notes have made-up labels and are called where they stand.
    """

    label: str
    line: int
    column: int
    empty: bool = False
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A call of a note, or a cross-reference to it.

    `inside` is the label of the note it stands in.
    """

    label: str
    line: int
    column: int
    inside: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything about notes in one source.

    `calls` are in reading order, `definitions` in source order.
    """

    definitions: Sequence[Definition]
    calls: Sequence[Mention]
    references: Sequence[Mention] = ()


@dataclass(frozen=True, slots=True)
class Numbering:
    """What `settle` decided: numbers by label, and one id for each call, in reading order.

    Calls that have no note get no id; their places hold None.
    """

    numbers: Mapping[str, int]
    call_ids: Sequence[str | None]

    def calls_of(self, label: str) -> tuple[str, ...]:
        """Return the ids of the calls of one note in reading order."""
        number = self.numbers[label]
        stems = (f"fnref:{number}", f"fnref:{number}:")
        return tuple(
            call
            for call in self.call_ids
            if call and (call == stems[0] or call.startswith(stems[1]))
        )


def note_id(number: int) -> str:
    """Return the anchor of note `number`."""
    return f"fn:{number}"


def call_id(number: int, occurrence: int) -> str:
    """Return the anchor of the call that is the `occurrence`-th (from 1) of note `number`."""
    return f"fnref:{number}" if occurrence == 1 else f"fnref:{number}:{occurrence}"


def settle(seen: Seen, path: str) -> tuple[Numbering, tuple[Problem, ...]]:
    """Number the notes by their first calls and name every problem.

    `path` is the source, for problems.
    """
    calls = [call for call in seen.calls if call.inside is None]
    known = {definition.label for definition in seen.definitions}
    numbering = _number([call.label for call in calls], known)
    problems = (
        *_duplicates(seen.definitions, path),
        *_empty(seen.definitions, path),
        *_undefined(calls, seen.definitions, path),
        *_uncalled(seen, path),
        *_nested(seen.calls, path),
        *_dangling(seen.references, numbering, path),
    )
    return numbering, problems


def _number(labels: Sequence[str], known: set[str]) -> Numbering:
    numbers: dict[str, int] = {}
    occurrences: Counter[str] = Counter()
    ids: list[str | None] = []
    for label in labels:
        if label not in known:
            ids.append(None)
            continue
        number = numbers.setdefault(label, len(numbers) + 1)
        occurrences[label] += 1
        ids.append(call_id(number, occurrences[label]))
    return Numbering(MappingProxyType(numbers), tuple(ids))


MANY = 100


def _near(label: str, known: Iterable[str]) -> str:
    """Name the nearest label there is, for a hint; among thousands it would take minutes."""
    others = set(known) - {label}
    matches = get_close_matches(label, sorted(others), n=1) if len(others) <= MANY else []
    return f"; or did you mean [^{matches[0]}]?" if matches else ""


def _duplicates(definitions: Sequence[Definition], path: str) -> Iterator[Problem]:
    places: dict[str, list[Definition]] = {}
    for definition in definitions:
        places.setdefault(definition.label, []).append(definition)
    for label, group in places.items():
        for index, one in enumerate(group):
            if len(group) > 1:
                other = group[0 if index else 1]
                yield problem(
                    "note-duplicate", path, one.line, one.column, label=label, other=other.line
                )


def _empty(definitions: Sequence[Definition], path: str) -> Iterator[Problem]:
    for definition in definitions:
        if definition.empty:
            yield problem(
                "note-empty", path, definition.line, definition.column, label=definition.label
            )


def _undefined(
    calls: Sequence[Mention], definitions: Sequence[Definition], path: str
) -> Iterator[Problem]:
    known = {definition.label for definition in definitions}
    for call in calls:
        if call.label not in known:
            near = _near(call.label, (item.label for item in definitions if not item.inline))
            yield problem(
                "note-undefined", path, call.line, call.column, label=call.label, near=near
            )


def _uncalled(seen: Seen, path: str) -> Iterator[Problem]:
    called = {call.label for call in seen.calls}
    known = {definition.label for definition in seen.definitions}
    for definition in seen.definitions:
        if definition.label not in called:
            near = _near(definition.label, called - known)
            yield problem(
                "note-uncalled",
                path,
                definition.line,
                definition.column,
                label=definition.label,
                near=near,
            )


def _nested(calls: Sequence[Mention], path: str) -> Iterator[Problem]:
    for call in calls:
        if call.inside is not None:
            yield problem(
                "note-nested", path, call.line, call.column, label=call.inside, inner=call.label
            )


def _dangling(references: Sequence[Mention], numbering: Numbering, path: str) -> Iterator[Problem]:
    for reference in references:
        if reference.label not in numbering.numbers:
            near = _near(reference.label, numbering.numbers)
            yield problem(
                "note-reference-unknown",
                path,
                reference.line,
                reference.column,
                label=reference.label,
                near=near,
            )


def audit(brief: m.Brief, path: str) -> tuple[Problem, ...]:
    """Name every way in which the notes of a finished brief contradict its calls.

    A brief made by the reader has none; a JSON document that somebody edited may.
    """
    calls = walk.calls(brief)
    labels = {note.label for note in brief.notes}
    expected = _number([call.note for call in calls], labels)
    faults = (
        *_audit_calls(calls, expected),
        *_audit_notes(brief, expected),
        *_audit_references(brief, expected),
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
            number = expected.numbers[call.note]
            yield (
                f"call {call.id} with number {call.number} should be {wanted} with number {number}",
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
        if any(isinstance(inline, m.Call) for inline in walk.inlines_of(note.blocks)):
            yield f"note {note.number} holds a call", *where


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
