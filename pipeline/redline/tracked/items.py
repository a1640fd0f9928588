"""The paragraphs and tables of both versions, and which of them are one."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.redline.sequence import Step, paired, shared
from pipeline.redline.tracked.atoms import END, NAME, START, strip
from pipeline.redline.tracked.marks import Mark
from pipeline.renderers.word.xml import Element, name

P, TABLE, ROW, CELL = name("w:p"), name("w:tbl"), name("w:tr"), name("w:tc")
VALUE = name("w:val")
SINGLE = frozenset(("Title", "Subtitle", "Series", "Hero", "HeroCaption", "Credit"))
"""Styles of which a brief has one paragraph."""
PANELS = frozenset(("KeyFindingsPanel",))
"""Styles of which a brief has one table."""


@dataclass(slots=True)
class Item:
    """A paragraph or table, with the bookmarks that begin before it and end behind it."""

    element: Element
    fore: list[str] = field(default_factory=list)
    aft: list[str] = field(default_factory=list)
    group: str = ""
    """The block of the brief that it belongs to, in its version."""

    @property
    def is_table(self) -> bool:
        """Whether it is one."""
        return bool(self.element.tag == TABLE)

    def words(self) -> Counter[str]:
        """Return what it says, and how often it says it."""
        texts = (one.text or "" for one in self.element.iter(name("w:t")))
        return Counter(word.lower() for said in texts for word in said.split())


def items(elements: Iterable[Element]) -> list[Item]:
    """Return the paragraphs and tables, each with its bookmarks."""
    found: list[Item] = []
    waiting: list[str] = []
    opened: dict[str, str] = {}
    for element in elements:
        if element.tag == START:
            mark = str(element.get(NAME))
            opened[str(element.get(name("w:id")))] = mark
            waiting.append(mark)
        elif element.tag == END:
            found[-1].aft.append(opened[str(element.get(name("w:id")))])
        elif element.tag in (P, TABLE):
            own = str(element.attrib.pop(GROUP, ""))
            found.append(Item(element, waiting, group=own))
            waiting = []
    return found


GROUP = "{urn:briefwright:redline}group"
"""The attribute that says, while a file is made, to which block of the brief an element belongs."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An item of the old version, of the new one, or of both.

    `joint` is what becomes of its end: that of a first half is inserted or deleted.
    """

    old: Item | None
    new: Item | None
    joint: Mark = "kept"

    @property
    def mark(self) -> Mark:
        """What is to be said of it."""
        if self.old is None:
            return "inserted"
        return "kept" if self.new else "deleted"


def pair_up(
    olds: Sequence[Item],
    news: Sequence[Item],
    is_one: Callable[[Item, Item], bool] = lambda old, new: False,
) -> list[Pair]:
    """Return the items of both versions in order; those that are one, or most like it, together."""
    bags: dict[int, Counter[str]] = {}

    def bag(one: Item) -> Counter[str]:
        if id(one) not in bags:
            bags[id(one)] = one.words()
        return bags[id(one)]

    def likeness(i: int, j: int) -> float:
        old, new = olds[i], news[j]
        if old.is_table != new.is_table or (old.is_table and not _is_one_form(old, new)):
            return 0.0
        found = shared(bag(old), bag(new))
        return max(found, 0.5) if is_one(old, new) or _is_single(old, new) else found

    steps = paired([_key(one) for one in olds], [_key(one) for one in news], likeness)
    return [
        Pair(
            None if step.old is None else olds[step.old],
            None if step.new is None else news[step.new],
        )
        for step in steps
    ]


def _key(one: Item) -> Hashable:
    """Return what makes two items equal."""
    if one.is_table:
        rows = one.element.findall(ROW)
        return "table", _form(one), tuple(_row_key(row) for row in rows)
    found = strip(one.element)
    return "paragraph", found.style, tuple(atom.key for atom in found.atoms)


def _row_key(row: Element) -> Hashable:
    cells = [items(cell) for cell in row.findall(CELL)]
    return _shape(row), tuple(tuple(map(_key, cell)) for cell in cells)


def _is_single(old: Item, new: Item) -> bool:
    if old.is_table:
        return _style(old.element) in PANELS
    style = strip(old.element).style
    return style == strip(new.element).style and style in SINGLE


def _style(table: Element) -> str:
    return str(table[0][0].get(VALUE))


def _is_one_form(old: Item, new: Item) -> bool:
    return _form(old) == _form(new)


def _form(table: Item) -> Hashable:
    """Return what two tables have in common that can be compared cell by cell.

    Where cells reach over rows, no row can come or go.
    """
    element = table.element
    look = element[0].find(name("w:tblLook"))
    looks = () if look is None else tuple(sorted(look.attrib.items()))
    columns = len(element.findall(f"{name('w:tblGrid')}/{name('w:gridCol')}"))
    rows = element.findall(ROW)
    spans = any(row.find(f".//{name('w:vMerge')}") is not None for row in rows)
    return _style(element), looks, columns, tuple(map(_shape, rows)) if spans else None


def _shape(row: Element) -> Hashable:
    """Return how the cells of a row reach over columns and rows, and whether it is a head."""
    cells = []
    for cell in row.findall(CELL):
        span = cell.find(f"{name('w:tcPr')}/{name('w:gridSpan')}")
        merge = cell.find(f"{name('w:tcPr')}/{name('w:vMerge')}")
        cells.append(tuple(None if one is None else one.get(VALUE) for one in (span, merge)))
    is_head = row.find(f"{name('w:trPr')}/{name('w:tblHeader')}") is not None
    return is_head, tuple(cells)


def rows(olds: Sequence[Element], news: Sequence[Element]) -> list[Step]:
    """Return the steps through the rows of two tables of one form."""
    merges = any(row.find(f".//{name('w:vMerge')}") is not None for row in (*olds, *news))
    if merges and olds and news:
        return [Step(at, at) for at in range(len(news))]
    bags = [Item(row).words() for row in (*olds, *news)]

    def likeness(i: int, j: int) -> float:
        if _shape(olds[i]) != _shape(news[j]):
            return 0.0
        return max(shared(bags[i], bags[len(olds) + j]), 0.5 if len(olds) == len(news) == 1 else 0)

    return paired([_row_key(row) for row in olds], [_row_key(row) for row in news], likeness)
