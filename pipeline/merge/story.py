"""What a Word file says: its paragraphs in order, those of its notes, in the same form for all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.merge.atoms import Atoms, tidy
from pipeline.merge.runs import Runs, Styles
from pipeline.wordfile import DOCUMENT, Package, name

Element = etree._Element
P, TABLE, ROW, CELL = name("w:p"), name("w:tbl"), name("w:tr"), name("w:tc")
GONE = frozenset((name("w:del"), name("w:moveFrom"), name("mc:Fallback"), name("w:txbxContent")))
Where = tuple[int, int, int]
"""The table, row and cell in which a paragraph stands."""
SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph: what it is, where it stands and what it says."""

    kind: str
    """`text`, `code`, or `item` or `heading` with its level."""
    atoms: Atoms
    house: str
    """Words in it that are the house's and not the brief's, such as `Figure`."""
    number: int
    """Of the paragraph in its part, from 1."""
    where: Where | None = None
    leaf: int | None = None
    """The text of the brief that it is made of; nothing in a file from elsewhere."""


Note = tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A whole file. Calls have the keys of `notes` as their texts."""

    units: tuple[Unit, ...]
    notes: dict[str, Note]
    bookmarks: dict[str, str]
    """The keys of notes by the names of what stands around their first calls."""
    keeps_marks: bool = True
    """Whether the program that wrote the file keeps the marks of words in links."""


def read_story(package: Package) -> Story:
    """Return what a Word file says when its changes are accepted; raises BriefError if damaged."""
    styles = Styles(package.xml("word/styles.xml"))
    root = package.xml(DOCUMENT)
    bookmarks = {} if root is None else _bookmarks(root)
    units = _units(root, Runs(styles, package, DOCUMENT, bookmarks))
    notes: dict[str, Note] = {}
    for kind in ("footnote", "endnote"):
        part = f"word/{kind}s.xml"
        runs = Runs(styles, package, part, bookmarks)
        if (found := package.xml(part)) is not None:
            for one in found.iter(name(f"w:{kind}")):
                if one.get(name("w:type")) not in SEPARATORS:
                    notes[f"{kind} {one.get(name('w:id'))}"] = _units(one, runs)
    called = dict.fromkeys(one.text for unit in units for one in unit.atoms if one.kind == "call")
    return Story(
        units, {key: notes[key] for key in called if key in notes}, bookmarks, _keeps_marks(package)
    )


def _keeps_marks(package: Package) -> bool:
    """Tell whether a file comes from LibreOffice, which gives links one style and no other."""
    root = package.xml("docProps/app.xml")
    written_by = "" if root is None else str(root.xpath("string(*[local-name()='Application'])"))
    return "LibreOffice" not in written_by


def _bookmarks(root: Element) -> dict[str, str]:
    """Return the notes that bookmarks stand around, by the names of the bookmarks."""
    found: dict[str, str] = {}
    waiting: dict[str, str] = {}
    for one in root.iter():
        ident = one.get(name("w:id"), "")
        if one.tag == name("w:bookmarkStart"):
            waiting[ident] = one.get(name("w:name"), "")
        elif one.tag == name("w:bookmarkEnd"):
            waiting.pop(ident, None)
        elif one.tag in (name("w:footnoteReference"), name("w:endnoteReference")):
            kind = "footnote" if one.tag == name("w:footnoteReference") else "endnote"
            for waits in waiting.values():
                found.setdefault(waits, f"{kind} {ident}")
    return found


def _units(root: Element | None, runs: Runs) -> tuple[Unit, ...]:
    """Return the paragraphs that say something; a deleted paragraph mark joins two of them."""
    made: list[Unit] = []
    if root is None:
        return ()
    open_atoms: list[Element] = []
    for number, (paragraph, where) in enumerate(_paragraphs(root, None, [0]), start=1):
        open_atoms.append(paragraph)
        if _joins_next(paragraph):
            continue
        unit = _unit(open_atoms, number, where, runs)
        open_atoms = []
        if unit.atoms or unit.leaf is not None:
            made.append(unit)
    return tuple(made)


def _joins_next(paragraph: Element) -> bool:
    mark = paragraph.find(f"{name('w:pPr')}/{name('w:rPr')}")
    return mark is not None and (
        mark.find(name("w:del")) is not None or mark.find(name("w:moveFrom")) is not None
    )


def _unit(paragraphs: list[Element], number: int, where: Where | None, runs: Runs) -> Unit:
    last = paragraphs[-1]
    kind = runs.styles.kind(last)
    read = [runs.read(one) for one in paragraphs]
    atoms = tidy((one for text in read for one in text.atoms), verbatim=kind == "code")
    leaf = next((text.leaf for text in read if text.leaf is not None), None)
    house = " ".join(" ".join(text.house for text in read).split())
    return Unit(kind, atoms, house, number, where, leaf)


def _paragraphs(
    root: Element, where: Where | None, count: list[int]
) -> Iterator[tuple[Element, Where | None]]:
    """Yield the paragraphs in order with their cells; `count` is the number of tables so far."""
    for child in root:
        if child.tag in GONE:
            continue
        if child.tag == P:
            yield child, where
        elif child.tag == TABLE:
            count[0] += 1
            table = count[0]
            for row, line in enumerate(child.iter(ROW)):
                if next(line.iterancestors(TABLE)) is not child:
                    continue
                for column, cell in enumerate(line.iter(CELL)):
                    if next(cell.iterancestors(ROW)) is line:
                        yield from _paragraphs(cell, (table, row, column), count)
        else:
            yield from _paragraphs(child, where, count)


def rekeyed(story: Story, labels: dict[str, str]) -> Story:
    """Return a story in which notes and their calls have other keys."""

    def named(unit: Unit) -> Unit:
        atoms = (
            one._replace(text=labels.get(one.text, one.text))
            if one.kind in ("call", "reference")
            else one
            for one in unit.atoms
        )
        return replace(unit, atoms=tuple(atoms))

    notes = {labels.get(key, key): tuple(map(named, note)) for key, note in story.notes.items()}
    bookmarks = {name: labels.get(key, key) for name, key in story.bookmarks.items()}
    return replace(story, units=tuple(map(named, story.units)), notes=notes, bookmarks=bookmarks)
