"""Two paragraphs in one, with tracked changes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.redline.sequence import Step, common, in_turn, readable
from pipeline.redline.tracked.atoms import Atom, Link, Strip, joined
from pipeline.redline.tracked.marks import Mark, Reviser
from pipeline.renderers.word.xml import Element, name, w


@dataclass(slots=True)
class Met:
    """What stands at the same place in both versions, and so may have one name in the file."""

    bookmarks: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    lists: dict[str, str] = field(default_factory=dict)
    """Numbers of lists of the old version, each with that of the new one at its place."""


@dataclass(frozen=True, slots=True)
class Woven:
    """The atoms of both versions, each with its mark, and the bookmarks around some of them."""

    atoms: tuple[tuple[Mark, Atom], ...]
    bookmarks: tuple[tuple[str, int, int], ...]


def whole(one: Strip, mark: Mark) -> Woven:
    """Return a paragraph of one version."""
    bookmarks = tuple((name, *places) for name, places in one.bookmarks.items())
    return Woven(tuple((mark, atom) for atom in one.atoms), bookmarks)


def weave(old: Strip, new: Strip, met: Met) -> Woven:
    """Return two paragraphs as one."""
    steps = _whole_links(_steps(old.atoms, new.atoms), old.atoms, new.atoms)
    links = _same_links(steps, old.atoms, new.atoms)
    atoms: list[tuple[Mark, Atom]] = []
    for step in steps:
        if step.new is not None:
            atoms.append(("kept" if step.is_kept else "inserted", new.atoms[step.new]))
        elif step.old is not None:
            atoms.append(("deleted", _in_link(old.atoms[step.old], links)))
    met.notes |= {atom.note for mark, atom in atoms if mark == "kept" and atom.note}
    return Woven(tuple(atoms), tuple(_bookmarks(old, new, steps, met)))


def _steps(olds: Sequence[Atom], news: Sequence[Atom]) -> list[Step]:
    def weight(step: Step) -> int | None:
        word = olds[step.old].word if step.old is not None else None
        return None if word is None else len(word.strip())

    def is_space(key: object) -> bool:
        return isinstance(key, tuple) and key[0] == "word" and str(key[1]).isspace()

    found = common([one.key for one in olds], [one.key for one in news], is_space)
    return readable(found, weight)


def _whole_links(steps: list[Step], olds: Sequence[Atom], news: Sequence[Atom]) -> list[Step]:
    """Keep what is linked only where the link is one in both versions, and stays in one piece."""
    while broken := _broken(steps, olds, news):
        parted: list[Step] = []
        for step in steps:
            if step.is_kept and _link(step, olds, news)[1] in broken:
                parted += [Step(step.old, None), Step(None, step.new)]
            else:
                parted.append(step)
        steps = in_turn(parted)
    return steps


def _broken(steps: Sequence[Step], olds: Sequence[Atom], news: Sequence[Atom]) -> set[Link]:
    """Return the links of the new version that would fall apart, or take in another one."""
    links = _same_links(steps, olds, news)
    pairs = {_link(step, olds, news) for step in steps if step.is_kept}
    before = Counter(old for old, _ in pairs)
    after = Counter(new for _, new in pairs)
    broken = {new for old, new in pairs if new and (before[old] > 1 or after[new] > 1)}
    places = groupby(_placed(step, olds, news, links) for step in steps)
    runs = Counter(link for link, _ in places if link)
    return broken | {link for link, count in runs.items() if count > 1}


def _placed(
    step: Step, olds: Sequence[Atom], news: Sequence[Atom], links: dict[Link, Link]
) -> Link | None:
    old, new = _link(step, olds, news)
    return new if step.new is not None else links.get(old, old) if old else None


def _link(
    step: Step, olds: Sequence[Atom], news: Sequence[Atom]
) -> tuple[Link | None, Link | None]:
    """Return in which links a step stands, in the old version and in the new one."""
    old = olds[step.old].link if step.old is not None else None
    return old, news[step.new].link if step.new is not None else None


def _same_links(
    steps: Sequence[Step], olds: Sequence[Atom], news: Sequence[Atom]
) -> dict[Link, Link]:
    """Return the link of the new version that goes on in each one of the old version."""
    both = (_link(step, olds, news) for step in steps if step.is_kept)
    return {old: new for old, new in both if old and new}


def _in_link(atom: Atom, links: dict[Link, Link]) -> Atom:
    link = links.get(atom.link) if atom.link else None
    return Atom(atom.key, atom.runs, link, atom.word, atom.note) if link else atom


def _bookmarks(
    old: Strip, new: Strip, steps: Sequence[Step], met: Met
) -> Iterator[tuple[str, int, int]]:
    """Yield each bookmark with its places in the woven paragraph; one of both is there once.

    It may be one where it stands around the same atoms, as far as both versions have these.
    """
    old_at = {step.old: at for at, step in enumerate(steps) if step.old is not None}
    new_at = {step.new: at for at, step in enumerate(steps) if step.new is not None}
    kept = {at for at, step in enumerate(steps) if step.is_kept}

    def places(spans: dict[str, tuple[int, int]], at: dict[int, int], name: str) -> range:
        start, end = spans[name]
        if start == end:
            here = at.get(start, len(steps))
            return range(here, here)
        return range(at[start], at[end - 1] + 1)

    for mark in new.bookmarks:
        now = places(new.bookmarks, new_at, mark)
        if mark in old.bookmarks:
            was = places(old.bookmarks, old_at, mark)
            if kept & set(was) == kept & set(now):
                met.bookmarks.add(mark)
                now = range(min(was.start, now.start), max(was.stop, now.stop))
        yield mark, now.start, now.stop
    for mark in old.bookmarks:
        if mark not in new.bookmarks:
            was = places(old.bookmarks, old_at, mark)
            yield mark, was.start, was.stop


def content(woven: Woven, reviser: Reviser) -> list[Element]:
    """Return what stands in the paragraph behind its properties."""
    events: dict[int, list[Element]] = {}
    for mark, start, _ in woven.bookmarks:
        events.setdefault(start, []).append(w("bookmarkStart", id=mark, name=mark))
    for mark, start, end in woven.bookmarks:
        ends = events.setdefault(end, [])
        closing = w("bookmarkEnd", id=mark)
        if start == end:
            ends.append(closing)
        else:
            ends.insert(0, closing)
    found: list[Element] = list(events.get(0, []))
    at = 0
    for link, group in groupby(woven.atoms, key=lambda one: one[1].link):
        inside: list[Element] = []
        atoms = list(group)
        cut = [index for index in range(1, len(atoms)) if at + index in events]
        for start, end in zip([0, *cut], [*cut, len(atoms)], strict=True):
            if start:
                inside += events[at + start]
            inside += _marked(atoms[start:end], reviser)
        at += len(atoms)
        found += [_hyperlink(link, inside)] if link else inside
        found += events.get(at, [])
    return found


def _marked(atoms: Iterable[tuple[Mark, Atom]], reviser: Reviser) -> Iterator[Element]:
    for mark, group in groupby(atoms, key=lambda one: one[0]):
        yield from reviser.around(mark, list(joined([atom for _, atom in group])))


def _hyperlink(link: Link, inside: Sequence[Element]) -> Element:
    found = w("hyperlink", *inside)
    for key, value in link.attributes:
        found.set(key, value)
    return found


def list_number(properties: Element) -> Element | None:
    """Return the element that names the list of a paragraph."""
    return properties.find(f"{name('w:numPr')}/{name('w:numId')}")
