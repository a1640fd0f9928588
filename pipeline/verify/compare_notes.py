"""Notes and calls: the same notes, once each, in order, each joined to its calls."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from pipeline.problems import Problem, problem
from pipeline.verify.compare_text import compare_blocks
from pipeline.verify.found import Call, Document, Note
from pipeline.verify.seen import Profile


def compare_notes(
    expected: Document, found: Document, profile: Profile, path: str
) -> Iterator[Problem]:
    """Name every difference in notes and calls."""
    yield from _compare_numbers(expected.notes, found.notes, path)
    printed: dict[str, Note] = {}
    for note in found.notes:
        printed.setdefault(note.number, note)
    for wanted in expected.notes:
        if wanted.number in printed:
            note, owner = printed[wanted.number], f"note {wanted.number}"
            yield from compare_blocks(wanted.blocks, note.blocks, path, owner)
            yield from _compare_back(wanted, note, profile, path)
            if profile.paged:
                yield from _compare_page(wanted, note, found.calls, path)
    yield from _compare_calls(expected.calls, found.calls, path)


def _compare_numbers(
    expected: Sequence[Note], found: Sequence[Note], path: str
) -> Iterator[Problem]:
    """Each note stands there once, and they follow one another as their numbers do."""
    wanted = {note.number: note for note in expected}
    counts = Counter(note.number for note in found)
    for number, note in wanted.items():
        if not counts[number]:
            yield problem("verify-note-missing", path, number=number, place=note.place)
    for number, count in counts.items():
        if number not in wanted:
            where = next(note.place for note in found if note.number == number)
            yield problem("verify-note-unknown", path, number=number, where=where)
        elif count > 1:
            yield problem("verify-note-doubled", path, number=number, count=count)
    known = list(dict.fromkeys(note.number for note in found if note.number in wanted))
    should = [number for number in wanted if counts[number]]
    for before, after in zip(should, known, strict=True):
        if before != after:
            yield problem("verify-note-order", path, number=after, expected=before)


def _compare_back(wanted: Note, note: Note, profile: Profile, path: str) -> Iterator[Problem]:
    """Backlinks lead to the calls of the note, by their ordinals in reading order."""
    should = {"every call": wanted.back, "first call": wanted.back[:1], "none": ()}[profile.back]
    if profile.back != "none" and note.back != should:
        yield problem(
            "verify-backlink",
            path,
            number=note.number,
            should=_ordinals(should),
            does=_ordinals(note.back),
        )


def _ordinals(calls: tuple[int, ...]) -> str:
    return ", ".join(f"call {ordinal or '?'}" for ordinal in calls) or "no call"


def _compare_page(wanted: Note, note: Note, calls: Sequence[Call], path: str) -> Iterator[Problem]:
    """A note at the foot starts on the page of its first call, or on the next that has room."""
    if note.gathered or not wanted.back or wanted.back[0] > len(calls):
        return
    first = calls[wanted.back[0] - 1]
    if note.page < first.page or not set(range(first.page, note.page)) <= set(note.full):
        yield problem(
            "verify-note-page", path, number=note.number, page=note.page, call_page=first.page
        )


def _compare_calls(expected: Sequence[Call], found: Sequence[Call], path: str) -> Iterator[Problem]:
    """The calls, in the order of the running text, and where their links lead."""
    should = [call.number for call in expected]
    does = [call.number for call in found]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, should, does, autojunk=False).get_opcodes():
        if tag == "equal":
            for ordinal, call in enumerate(found[j1:j2], start=i1 + 1):
                if call.lands != call.number:
                    yield _wrong_link(call, ordinal, path)
            continue
        for ordinal, wanted in enumerate(expected[i1:i2], start=i1 + 1):
            yield problem(
                "verify-call-missing",
                path,
                number=wanted.number,
                ordinal=ordinal,
                place=wanted.place,
            )
        for call in found[j1:j2]:
            yield problem("verify-call-extra", path, number=call.number, where=call.place)


def _wrong_link(call: Call, ordinal: int, path: str) -> Problem:
    where = f"note {call.lands}" if call.lands else "no note"
    return problem(
        "verify-call-link", path, number=call.number, ordinal=ordinal, where=where, place=call.place
    )
