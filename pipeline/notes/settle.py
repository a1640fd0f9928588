"""Matches the notes of a source with their calls."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from pipeline.notes.numbering import Numbering, number
from pipeline.notes.seen import Definition, Mention, Seen
from pipeline.problems import Problem, problem


def settle(seen: Seen, path: str) -> tuple[Numbering, tuple[Problem, ...]]:
    """Number the notes by their first calls, and name every problem.

    `path` is the source, for problems.
    """
    calls = [call for call in seen.calls if call.inside is None]
    known = {definition.label for definition in seen.definitions}
    numbering = number([(call.label, call.table) for call in calls], known)
    problems = (
        *_duplicates(seen.definitions, path),
        *_empty(seen.definitions, path),
        *_undefined(calls, seen.definitions, path),
        *_uncalled(seen, path),
        *_shared(calls, path),
        *_nested(seen.calls, path),
        *_dangling(seen.references, numbering, path),
    )
    return numbering, problems


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


def _shared(calls: Sequence[Mention], path: str) -> Iterator[Problem]:
    """A note of the text is none of a table, and no two tables share one."""
    owners: dict[str, Mention] = {}
    for call in calls:
        first = owners.setdefault(call.label, call)
        if first.table != call.table:
            yield problem(
                "note-shared", path, call.line, call.column, label=call.label, other=first.line
            )


def _nested(calls: Sequence[Mention], path: str) -> Iterator[Problem]:
    for call in calls:
        if call.inside is not None:
            yield problem(
                "note-nested", path, call.line, call.column, label=call.inside, inner=call.label
            )


def _dangling(references: Sequence[Mention], numbering: Numbering, path: str) -> Iterator[Problem]:
    for reference in references:
        place = reference.line, reference.column
        if reference.label in numbering.letters:
            yield problem("note-reference-table", path, *place, label=reference.label)
        elif reference.label not in numbering.numbers:
            near = _near(reference.label, numbering.numbers)
            yield problem("note-reference-unknown", path, *place, label=reference.label, near=near)
