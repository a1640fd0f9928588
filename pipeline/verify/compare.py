"""The comparison of what must be found with what was found, in every respect."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from pipeline.problems import Problem, problem
from pipeline.verify.compare_notes import compare_notes
from pipeline.verify.compare_pictures import compare_pictures
from pipeline.verify.compare_text import compare_blocks
from pipeline.verify.found import CLOSE, OPEN, Document, Entry, Link, Property, normal, shown
from pipeline.verify.reflow import squashed
from pipeline.verify.seen import Profile
from pipeline.verify.tongues import compare_passages


def compare(
    expected: Document, found: Document, profile: Profile, path: str
) -> tuple[Problem, ...]:
    """Return every difference between an output and its brief, each once, notes first."""
    expected = profile.see(expected)
    problems = (
        *(problem(fault.code, path, what=fault.what, where=fault.place) for fault in found.faults),
        *compare_notes(expected, found, profile, path),
        *compare_blocks(expected.blocks, found.blocks, path),
        *_compare_links(expected.links, found.links, path),
        *compare_pictures(expected.pictures, found.pictures, path),
        *compare_properties(expected.properties, found.properties, path),
        *compare_passages(expected.passages, found.passages, path),
        *_compare_contents(expected, found, path),
        *_compare_placement(expected, found, path),
    )
    return tuple(dict.fromkeys(problems))


def _compare_links(expected: Sequence[Link], found: Sequence[Link], path: str) -> Iterator[Problem]:
    """Every link of the running text and the notes: its words and where it leads."""
    expected, found = _pieces(expected), _pieces(found)
    should, does = list(map(_key, expected)), list(map(_key, found))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, should, does, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for offset in range(max(i2 - i1, j2 - j1)):
            wanted = expected[i1 + offset] if i1 + offset < i2 else None
            link = found[j1 + offset] if j1 + offset < j2 else None
            yield problem(
                "verify-link",
                path,
                should=_words(wanted),
                does=_words(link),
                place=wanted.place if wanted else "no line",
                where=f" {link.place}" if link and link.place else "",
            )


def _key(link: Link) -> tuple[str, str]:
    """Return what makes two links one: words and target. Within the file a target is text."""
    inner = link.target.startswith("#")
    return squashed(link.text), squashed(link.target) if inner else link.target


def _pieces(links: Sequence[Link]) -> tuple[Link, ...]:
    """Cut links at calls and pictures in them, as outputs do: no link can stand in another."""
    return tuple(
        replace(link, text=normal(words))
        for link in links
        for words in _MARK.split(link.text)
        if words.strip()
    )


_MARK = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")


def _words(link: Link | None) -> str:
    return f"“{shown(link.text)}” to {shown(link.target)}" if link else "no link"


def compare_properties(
    expected: Iterable[Property], found: Iterable[Property], path: str
) -> tuple[Problem, ...]:
    """Title, language, authors and the like: every place that states one states the right one."""
    wanted = {one.name: one.value for one in expected}
    return tuple(
        problem(
            "verify-property",
            path,
            name=one.name,
            should=shown(wanted.get(one.name, "")) or "nothing",
            does=shown(one.value) or "nothing",
            where=one.place,
        )
        for one in found
        if one.value != wanted.get(one.name, "")
    )


def _compare_placement(expected: Document, found: Document, path: str) -> Iterator[Problem]:
    """Notes stand where the brief says, if it says so."""
    if expected.placement and found.placement and expected.placement != found.placement:
        yield problem(
            "verify-note-placement", path, should=expected.placement, does=found.placement
        )


def _compare_contents(expected: Document, found: Document, path: str) -> Iterator[Problem]:
    """Every list of contents has the headings, at their depths, leading where they stand."""
    there = {contents.place: contents.entries for contents in found.contents}
    wanted = {contents.place: contents.entries for contents in expected.contents}
    for place in dict.fromkeys((*wanted, *there)):
        should, does = wanted.get(place, ()), there.get(place, ())
        if any(not entry.depth for entry in should):
            should, does = _flat(should), _flat(does)
        keys = [
            [replace(one, lands=squashed(one.lands)) for one in side] for side in (should, does)
        ]
        matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag != "equal":
                yield problem(
                    "verify-contents",
                    path,
                    where=place,
                    should=_listed(should[i1:i2]),
                    does=_listed(does[j1:j2]),
                )


def _flat(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries without their depths, for a brief that leaves them open."""
    return tuple(replace(entry, depth=0) for entry in entries)


def _listed(entries: Sequence[Entry]) -> str:
    shown_entries = (
        f"“{shown(entry.text)}” (level {entry.depth}, leads to “{shown(entry.lands)}”)"
        for entry in entries
    )
    return "; ".join(shown_entries) or "nothing"
