"""Two runs of paragraphs and tables in one, with tracked changes.

What is deleted to its end takes the mark of its last paragraph with it (17.13.5.13), which joins
what is before it to what follows. Where nothing follows, in a cell or a note, the mark before it
goes in its place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.redline.tracked.atoms import Strip, strip
from pipeline.redline.tracked.divided import with_halves
from pipeline.redline.tracked.items import (
    CELL,
    ROW,
    TABLE,
    VALUE,
    Item,
    Pair,
    items,
    pair_up,
    rows,
)
from pipeline.redline.tracked.marks import Mark, Reviser
from pipeline.redline.tracked.paragraphs import Met, Woven, content, list_number, weave, whole
from pipeline.renderers.word.xml import Element, name, paragraph, w

BETWEEN = "TableEnd"
"""The style of the empty paragraph that keeps two tables apart."""


@dataclass(slots=True)
class Para:
    """A paragraph to be written: what its end is, and its properties now and before."""

    woven: Woven
    ends: tuple[Mark, ...]
    now: Element
    was: Element | None = None


@dataclass(frozen=True, slots=True)
class Weaver:
    """Writes both versions as one, and notes what met at the same place."""

    reviser: Reviser
    met: Met

    def woven(self, pairs: Sequence[Pair]) -> list[Element]:
        """Return the elements of a body, a cell or a note; something is kept at its end."""
        found: list[Element] = []
        pairs = with_halves(_ended(pairs), self.reviser)
        paras = {at: self._para(one) for at, one in enumerate(pairs) if not _is_table(one)}
        _close(pairs, paras)
        shared_marks = self._shared(pairs)
        for at, pair in enumerate(pairs):
            if at not in paras and found and found[-1].tag == TABLE:
                found.append(self._between())
            found += _starts(pair, shared_marks)
            found.append(self._written(paras[at]) if at in paras else self._table(pair))
            found += _ends(pair, shared_marks)
        return found

    def _written(self, para: Para) -> Element:
        properties = self.reviser.properties(para.now, para.was, para.ends)
        return w("p", properties, *content(para.woven, self.reviser))

    def _between(self) -> Element:
        """Return what keeps tables apart while there are changes, and goes with them."""
        style = paragraph(BETWEEN, [])[0]
        return w("p", self.reviser.properties(style, None, ("inserted", "deleted")))

    def _para(self, pair: Pair) -> Para:
        old = strip(pair.old.element) if pair.old else None
        new = strip(pair.new.element) if pair.new else None
        if old and new:
            woven = weave(old, new, self.met)
            if pair.joint != "kept":
                own = new if pair.joint == "inserted" else old
                return Para(woven, (pair.joint,), own.properties)
            self._note_lists(old, new)
            same = _written(old.properties) == _written(new.properties)
            return Para(woven, ("kept",), new.properties, None if same else old.properties)
        only = new or old
        assert only is not None
        return Para(whole(only, pair.mark), (pair.mark,), only.properties)

    def _note_lists(self, old: Strip, new: Strip) -> None:
        before, after = list_number(old.properties), list_number(new.properties)
        if before is not None and after is not None:
            self.met.lists.setdefault(str(before.get(VALUE)), str(after.get(VALUE)))

    def _shared(self, pairs: Sequence[Pair]) -> set[str]:
        """Return the bookmarks around blocks that begin at the same place in both versions."""
        there = {mark for one in pairs if one.new for mark in one.new.fore}
        for one in pairs:
            if one.old and one.new:
                self.met.bookmarks |= set(one.old.fore) & set(one.new.fore)
        return there

    def _table(self, pair: Pair) -> Element:
        old, new = pair.old, pair.new
        only = new or old
        assert only is not None
        found = w("tbl", *(one for one in only.element if one.tag != ROW))
        olds = old.element.findall(ROW) if old else []
        news = new.element.findall(ROW) if new else []
        for step in rows(olds, news):
            before = None if step.old is None else olds[step.old]
            after = None if step.new is None else news[step.new]
            found.append(self._row(before, after))
        return found

    def _row(self, old: Element | None, new: Element | None) -> Element:
        only = new if new is not None else old
        assert only is not None
        mark: Mark = "inserted" if old is None else "kept" if new is not None else "deleted"
        properties = only.find(name("w:trPr"))
        held = [] if properties is None else list(properties)
        marked = [*held, *self.reviser.row(mark)]
        found = w("tr", *([w("trPr", *marked)] if marked else []))
        if old is not None and new is not None:
            for before, after in zip(old.findall(CELL), new.findall(CELL), strict=True):
                inside = self.woven(pair_up(items(before), items(after)))
                found.append(w("tc", *after.findall(name("w:tcPr")), *inside))
            return found
        for cell in only.findall(CELL):
            found.append(w("tc", *cell.findall(name("w:tcPr")), *self.alone(items(cell), mark)))
        return found

    def alone(self, content: Sequence[Item], mark: Mark) -> list[Element]:
        """Return what one version has, all of it marked, where it comes and goes as a whole."""
        found: list[Element] = []
        for one in content:
            pair = Pair(one, None) if mark == "deleted" else Pair(None, one)
            found += [w("bookmarkStart", id=each, name=each) for each in one.fore]
            found.append(self._table(pair) if one.is_table else self._written(self._para(pair)))
            found += [w("bookmarkEnd", id=each) for each in one.aft]
        return found


def _starts(pair: Pair, there: set[str]) -> Iterator[Element]:
    new = pair.new.fore if pair.new else []
    old = [mark for mark in (pair.old.fore if pair.old else []) if mark not in there]
    return (w("bookmarkStart", id=mark, name=mark) for mark in (*new, *old))


def _ends(pair: Pair, there: set[str]) -> Iterator[Element]:
    new = pair.new.aft if pair.new else []
    old = [mark for mark in (pair.old.aft if pair.old else []) if mark not in there]
    return (w("bookmarkEnd", id=mark) for mark in (*new, *old))


def _is_table(pair: Pair) -> bool:
    only = pair.new or pair.old
    return only is not None and only.is_table


def _written(element: Element) -> bytes:
    return etree.tostring(element, method="c14n")


# The end of a run ---------------------------------------------------------------------------------


def _ended(pairs: Sequence[Pair]) -> list[Pair]:
    """Let the last paragraphs of both versions be one, where both end in something of their own."""
    tail = _tail(pairs)
    gone = [one for one in pairs[tail:] if one.new is None]
    come = [one for one in pairs[tail:] if one.old is None]
    if not (gone and come):
        return list(pairs)
    last = Pair(gone[-1].old, come[-1].new)
    return [*pairs[:tail], *gone[:-1], *come[:-1], last]


def _tail(pairs: Sequence[Pair]) -> int:
    """Return where what only one version has begins at the end."""
    at = len(pairs)
    while at and pairs[at - 1].mark != "kept":
        at -= 1
    return at


def _close(pairs: Sequence[Pair], paras: dict[int, Para]) -> None:
    """Keep the mark of the last paragraph, and give up that of the last one that both have."""
    tail = _tail(pairs)
    if tail == len(pairs) or not tail:
        return
    kept, last = paras[tail - 1], paras[len(pairs) - 1]
    before = kept.now if kept.was is None else kept.was
    if pairs[-1].mark == "deleted":
        last.was, last.now = last.now, kept.now
        kept.now, kept.was, kept.ends = before, None, ("deleted",)
    else:
        last.was = before
        kept.was, kept.ends = None, ("inserted",)
    if last.was is not None and _written(last.was) == _written(last.now):
        last.was = None
    last.ends = ("kept",)
