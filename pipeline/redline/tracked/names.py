"""Names and numbers that both versions use: what is one keeps one name, what is not gets its own.

A file knows each bookmark, each note and each list by one name. When a change is rejected what is
kept must lead to the same things as before, so whatever does not stand at the same place in both
versions is two things with two names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from pipeline.redline.compared import NotePair
from pipeline.redline.tracked.atoms import IDENT, NAME, REFERENCES, START
from pipeline.redline.tracked.paragraphs import Met
from pipeline.redline.tracked.sheets import Sheet
from pipeline.renderers.word.bookmarks import first_call
from pipeline.renderers.word.numbering import Instance
from pipeline.renderers.word.xml import Element, name

CODE, ANCHOR, LIST, VALUE = (
    name("w:instrText"),
    name("w:anchor"),
    name("w:numId"),
    name("w:val"),
)
POINTS = re.compile(r"^( (?:NOTEREF|REF) )(\S+)")
APART = 1_000_000
"""What is added to the number of a note of the old version that the new one does not have.

To that of a note that both have, but not at the same place, it is added twice.
"""


def bring_together(old: Sheet, pairs: Sequence[NotePair]) -> None:
    """Give the notes of the old version the numbers that they have in the new one."""
    numbers: dict[str, str] = {}
    names: dict[str, str] = {}
    for pair in pairs:
        if pair.old is not None:
            now = pair.new.number if pair.new else pair.old.number + APART
            numbers[str(pair.old.number)] = str(now)
            names[first_call(pair.old.number)] = first_call(now)
    _rename(old, names)
    _renumber(old, numbers)


def keep_apart(old: Sheet, new: Sheet, met: Met, lists: Sequence[Instance], first: int) -> bool:
    """Rename in the old version what did not meet what has its name; tell whether anything was.

    `lists` are the numbered lists of the file, of which the first has the number `first`.
    """
    names = _names(old) & _names(new) - met.bookmarks
    notes = _notes(old) & _notes(new) - met.notes
    names |= {first_call(int(one)) for one in notes} & _names(old)
    taken = {one.lower() for one in (*_names(old), *_names(new))}
    _rename(old, {one: fresh for one, fresh in zip(sorted(names), _fresh(taken), strict=False)})
    _renumber(old, {one: str(int(one) + 2 * APART) for one in notes})
    return _join_lists(old, met.lists, lists, first) or bool(names or notes)


def _fresh(taken: Set[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if f"_was_{number}" not in taken:
            yield f"_Was_{number}"


def _join_lists(old: Sheet, met: Mapping[str, str], lists: Sequence[Instance], first: int) -> bool:
    """Let a list of the old version be that of the new one which goes on in its place."""
    joined: dict[str, str] = {}
    for was, now in met.items():
        numbered = int(was) >= first and int(now) >= first and was != now
        if numbered and now not in joined.values() and _is_one(lists, int(was), int(now), first):
            joined[was] = now
    present = {str(one.get(VALUE)) for one in _elements(old, LIST)}
    joined = {was: now for was, now in joined.items() if now not in present}
    for element in _elements(old, LIST):
        element.set(VALUE, joined.get(str(element.get(VALUE)), str(element.get(VALUE))))
    return bool(joined)


def _is_one(lists: Sequence[Instance], was: int, now: int, first: int) -> bool:
    return lists[was - first] == lists[now - first]


def _elements(sheet: Sheet, *tags: str) -> Iterator[Element]:
    return (element for root in sheet.roots for element in root.iter(*tags))


def _names(sheet: Sheet) -> set[str]:
    return {str(one.get(NAME)) for one in _elements(sheet, START)}


def _notes(sheet: Sheet) -> set[str]:
    return {str(one.get(IDENT)) for one in _elements(sheet, *REFERENCES)}


def _rename(sheet: Sheet, names: Mapping[str, str]) -> None:
    """Rename bookmarks, and what leads to them."""
    for element in _elements(sheet, START):
        element.set(NAME, names.get(str(element.get(NAME)), str(element.get(NAME))))
    for element in _elements(sheet, name("w:hyperlink")):
        if (anchor := element.get(ANCHOR)) is not None:
            element.set(ANCHOR, names.get(str(anchor), str(anchor)))
    for element in _elements(sheet, CODE):
        element.text = POINTS.sub(
            lambda found: found[1] + names.get(found[2], found[2]), element.text or ""
        )


def _renumber(sheet: Sheet, numbers: Mapping[str, str]) -> None:
    """Give notes and their references other ids."""
    for element in (*_elements(sheet, *REFERENCES), *sheet.notes):
        element.set(IDENT, numbers.get(str(element.get(IDENT)), str(element.get(IDENT))))


def in_order(roots: Iterable[Element], tags: Iterable[str], attribute: str) -> dict[str, int]:
    """Return the names of elements with the numbers from 1 in which they first stand."""
    found: dict[str, int] = {}
    for root in roots:
        for element in root.iter(*tags):
            found.setdefault(str(element.get(attribute)), len(found) + 1)
    return found
