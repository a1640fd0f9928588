"""Numbers for the notes of the text, letters for those of a table, and an id for every call."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

LETTERS = "abcdefghijklmnopqrstuvwxyz"

Called = tuple[str, int | None]
"""The label that a call names, and the ordinal of the table that keeps the note to itself."""


@dataclass(frozen=True, slots=True)
class TableLetter:
    """The letter of a note, and the ordinal, from 1, of the table whose note it is."""

    table: int
    letter: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """What was decided: numbers or letters by label, and one id for each call, in reading order.

    Calls that have no note get no id; their places hold None.
    """

    numbers: Mapping[str, int]
    letters: Mapping[str, TableLetter]
    call_ids: Sequence[str | None]
    calls: Mapping[str, Sequence[str]]
    """The ids of the calls of each note, by its label, in reading order."""

    def calls_of(self, label: str) -> tuple[str, ...]:
        """Return the ids of the calls of one note in reading order."""
        return tuple(self.calls[label])


def note_id(number: int) -> str:
    """Return the anchor of note `number`."""
    return f"fn:{number}"


def table_note_id(place: TableLetter) -> str:
    """Return the anchor of a note that a table keeps to itself."""
    return f"tn:{place.table}:{place.letter}"


def number(calls: Sequence[Called], known: Set[str]) -> Numbering:
    """Number the notes by their first calls; those of each table have letters of their own.

    A note belongs to the text or to one table, whichever calls it first: calls from elsewhere get
    no id, and neither do those of labels that are not `known`.
    """
    owners: dict[str, int | None] = {}
    numbers: dict[str, int] = {}
    letters: dict[str, TableLetter] = {}
    counts: Counter[int] = Counter()
    by_label: dict[str, list[str]] = {}
    ids: list[str | None] = []
    for label, table in calls:
        if label not in known or owners.setdefault(label, table) != table:
            ids.append(None)
            continue
        if table is None:
            stem = f"fnref:{numbers.setdefault(label, len(numbers) + 1)}"
        else:
            if label not in letters:
                counts[table] += 1
                letters[label] = TableLetter(table, letter(counts[table]))
            stem = f"tnref:{table}:{letters[label].letter}"
        so_far = by_label.setdefault(label, [])
        ident = f"{stem}:{len(so_far) + 1}" if so_far else stem
        ids.append(ident)
        so_far.append(ident)
    return Numbering(numbers, letters, tuple(ids), by_label)


def letter(ordinal: int) -> str:
    """Return the letter of a table's note: a to z, then aa, ab and so on."""
    quotient, rest = divmod(ordinal - 1, len(LETTERS))
    return (letter(quotient) if quotient else "") + LETTERS[rest]
