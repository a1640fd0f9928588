"""A paragraph of a Word file as atoms: words, fields, calls and pictures, one after another."""

from collections.abc import Hashable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from pipeline.redline.tokens import WORD
from pipeline.renderers.word.xml import Element, name, text, w

RUN, LINK, PROPERTIES = name("w:r"), name("w:hyperlink"), name("w:rPr")
PARAGRAPH_PROPERTIES = name("w:pPr")
START, END = name("w:bookmarkStart"), name("w:bookmarkEnd")
TEXT, FIELD_MARK, DRAWING = name("w:t"), name("w:fldChar"), name("w:drawing")
REFERENCES = frozenset((name("w:footnoteReference"), name("w:endnoteReference")))
NAME, IDENT = name("w:name"), name("w:id")
NUMBERED = frozenset((name("wp:docPr"), name("pic:cNvPr")))
"""What has a number of its own in each file, and is the same picture with another."""


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One hyperlink of a paragraph: its attributes, by name."""

    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """What is kept, inserted or deleted as a whole. Two with equal keys are the same."""

    key: Hashable
    runs: tuple[Element, ...]
    link: Link | None
    word: str | None = None
    """Its characters, where it is text."""
    note: str | None = None
    """The id of the note that it calls."""


@dataclass(slots=True)
class Strip:
    """A paragraph: its properties, its atoms, and the bookmarks around some of them.

    A bookmark stands around the atoms from its first place to, not including, its second.
    """

    properties: Element
    atoms: list[Atom] = field(default_factory=list)
    bookmarks: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def style(self) -> str:
        """The id of its style."""
        return str(self.properties[0].get(name("w:val"))) if len(self.properties) else ""


def strip(paragraph: Element) -> Strip:
    """Return the atoms of a paragraph."""
    found = Strip(paragraph[0])
    _gather(paragraph, None, found, {})
    return found


def _gather(parent: Element, link: Link | None, found: Strip, opened: dict[str, str]) -> None:
    pending: list[Element] = []
    for child in parent:
        match child.tag:
            case tag if tag == RUN:
                pending = _run(child, link, found, pending)
            case tag if tag == LINK:
                _gather(child, Link(tuple(map(_pair, child.attrib.items()))), found, opened)
            case tag if tag == START:
                opened[str(child.get(IDENT))] = str(child.get(NAME))
                found.bookmarks[str(child.get(NAME))] = (len(found.atoms), len(found.atoms))
            case tag if tag == END:
                mark = opened.pop(str(child.get(IDENT)))
                found.bookmarks[mark] = (found.bookmarks[mark][0], len(found.atoms))
            case tag if tag == PARAGRAPH_PROPERTIES:
                pass
            case _:
                raise AssertionError(child.tag)


def _pair(item: tuple[object, object]) -> tuple[str, str]:
    return str(item[0]), str(item[1])


def _run(run: Element, link: Link | None, found: Strip, field_runs: list[Element]) -> list[Element]:
    """Add the atoms of a run; return the runs of a field that goes on."""
    mark = run.find(FIELD_MARK)
    if field_runs or mark is not None:
        field_runs = [*field_runs, run]
        if mark is not None and mark.get(name("w:fldCharType")) == "end":
            found.atoms.append(_atom("field", tuple(field_runs), link))
            return []
        return field_runs
    properties = run.find(PROPERTIES)
    for child in run:
        if child.tag == TEXT:
            for word in WORD.findall(child.text or ""):
                found.atoms.append(_word(word, properties, link))
        elif child.tag != PROPERTIES:
            single = w("r", *_copies(properties), deepcopy(child))
            note = str(child.get(IDENT)) if child.tag in REFERENCES else None
            found.atoms.append(_atom("run", (single,), link, note))
    return []


def _copies(properties: Element | None) -> list[Element]:
    return [] if properties is None else [deepcopy(properties)]


def _word(word: str, properties: Element | None, link: Link | None) -> Atom:
    looks = b"" if properties is None else etree.tostring(properties, method="c14n")
    key = ("word", word, looks, link and link.attributes)
    return Atom(key, (w("r", *_copies(properties), text(word)),), link, word)


def _atom(kind: str, runs: tuple[Element, ...], link: Link | None, note: str | None = None) -> Atom:
    written = tuple(etree.tostring(one, method="c14n") for one in map(_unnumbered, runs))
    return Atom((kind, written, link and link.attributes), runs, link, None, note)


def _unnumbered(run: Element) -> Element:
    """Return a run with its pictures, if it has any, as they are in any file."""
    if run.find(DRAWING) is None:
        return run
    run = deepcopy(run)
    for element in run.iter(*NUMBERED):
        for attribute in {"id", "name"} & set(element.attrib):
            del element.attrib[attribute]
    return run


def joined(atoms: Iterable[Atom]) -> Iterator[Element]:
    """Yield the runs of atoms that follow each other, words of one look in one run."""
    for looks, group in groupby(atoms, key=_looks):
        together = list(group)
        if looks is None:
            yield from (deepcopy(run) for atom in together for run in atom.runs)
            continue
        run = deepcopy(together[0].runs[0])
        run[-1].text = "".join(atom.word or "" for atom in together)
        yield run


def _looks(atom: Atom) -> Hashable:
    return atom.key[2] if isinstance(atom.key, tuple) and atom.word is not None else None
