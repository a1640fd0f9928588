"""Compares two versions of a brief: pairs their notes, then their parts, then their words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, groupby
from pathlib import Path
from typing import Literal

from pipeline import model as m
from pipeline.redline import matter
from pipeline.redline.compared import Compared, ComparedNote, Comparison, NotePair, Piece
from pipeline.redline.outline import Outliner, Part
from pipeline.redline.pairing import pair_notes
from pipeline.redline.sequence import LEAST, Step, paired, shared
from pipeline.redline.tokens import Side, inlines, steps
from pipeline.words import words_for

ALONE = frozenset(
    """title deck series date updated caption picture box-title terms summary key-findings
    recommendations hero attribution description acknowledgements about contact disclaimer authors
    license doi issn isbn keywords url""".split()  # noqa: SIM905
)
"""Parts of which there is one at most in a place: the old one and the new one are the same."""

FEW = 9
"""Words and signs, with the spaces between them, that tell a text from others: five words."""


def compare(old: m.Brief, new: m.Brief, templates: Path) -> Comparison:
    """Return how two versions of a brief differ, in the words of the new version's language."""
    pairs = pair_notes(old.notes, new.notes)
    words = words_for(new.metadata.lang, templates)
    before = Outliner(_side(old, {one.old.label: one.key for one in pairs if one.old}), words)
    after = Outliner(_side(new, {one.new.label: one.key for one in pairs if one.new}), words)
    found = Comparison(
        old=old,
        new=new,
        front=_parts(
            tuple(matter.front(before, old.metadata)), tuple(matter.front(after, new.metadata))
        ),
        body=_parts(before.blocks(old.body), after.blocks(new.body)),
        closing=_parts(_closing(before, old), _closing(after, new)),
        notes=tuple(_note(pair, before, after) for pair in pairs),
        end=_parts(tuple(matter.end(before, old.metadata)), tuple(matter.end(after, new.metadata))),
    )
    return _placed(found)


def _closing(made: Outliner, brief: m.Brief) -> tuple[Part, ...]:
    """Return what stands between text and notes: recommendations, and the list of references."""
    return (*matter.closing(made, brief.metadata), *made.blocks(brief.references))


def _side(brief: m.Brief, notes: Mapping[str, str]) -> Side:
    return Side(notes, {image.file: image.sha256 for image in brief.images})


def _note(pair: NotePair, before: Outliner, after: Outliner) -> ComparedNote:
    olds = before.blocks(pair.old.blocks) if pair.old else ()
    news = after.blocks(pair.new.blocks) if pair.new else ()
    return ComparedNote(pair, _parts(olds, news))


def _parts(olds: Sequence[Part], news: Sequence[Part]) -> tuple[Compared, ...]:
    return tuple(_step(step, olds, news) for step in match(olds, news))


def _step(step: Step, olds: Sequence[Part], news: Sequence[Part]) -> Compared:
    old = None if step.old is None else olds[step.old]
    new = None if step.new is None else news[step.new]
    if old and new:
        return _kept(old, new)
    return _whole(new, "inserted") if new else _whole(old, "deleted")  # type: ignore[arg-type]


def match(olds: Sequence[Part], news: Sequence[Part]) -> list[Step]:
    """Return the steps through two runs of parts."""
    bags: dict[int, Counter[str]] = {}

    def bag(part: Part) -> Counter[str]:
        if id(part) not in bags:
            bags[id(part)] = _bag(part)
        return bags[id(part)]

    def likeness(i: int, j: int) -> float:
        old, new = olds[i], news[j]
        if old.kind != new.kind or old.form != new.form:
            return 0.0
        if len(olds) == len(news) == 1 or old.kind in ALONE:
            return 1.0
        found = shared(bag(old), bag(new))
        return max(found, LEAST) if _has_grown(old, new) else found

    return paired([one.key for one in olds], [one.key for one in news], likeness)


def _has_grown(old: Part, new: Part) -> bool:
    """Tell whether one is the other with something more: rows, a legend, or further sentences."""
    if {one.key for one in old.parts} & {one.key for one in new.parts}:
        return True
    short, long = sorted(([one.key for one in part.words] for part in (old, new)), key=len)
    return len(short) >= FEW and short in (long[: len(short)], long[-len(short) :])


def _bag(part: Part) -> Counter[str]:
    """Return the words of a part, and how often; pictures and calls count as words of their own."""
    return Counter(one.said.lower() or str(one.key) for one in part.all_words() if one.weight != 0)


def _kept(old: Part, new: Part) -> Compared:
    return Compared(
        kind=new.kind,
        mark="kept",
        pieces=tuple(_pieces(old, new)),
        parts=_cells(old, new) if new.kind == "row" else _parts(old.parts, new.parts),
        facts=new.facts,
        was=old.facts,
        ident=new.ident,
    )


def _cells(old: Part, new: Part) -> tuple[Compared, ...]:
    """Pair the cells of two rows of one shape by their places."""
    return tuple(map(_kept, old.parts, new.parts))


def _pieces(old: Part, new: Part) -> Iterator[Piece]:
    def mark(step: Step) -> str:
        return "kept" if step.is_kept else "deleted" if step.new is None else "inserted"

    for found, group in groupby(steps(old.words, new.words), key=mark):
        run = list(group)
        if found == "deleted":
            gone = [old.words[one.old] for one in run if one.old is not None]
            yield Piece("deleted", inlines(gone))
        else:
            there = [new.words[one.new] for one in run if one.new is not None]
            yield Piece("kept" if found == "kept" else "inserted", inlines(there))


def _whole(part: Part, mark: Literal["inserted", "deleted"]) -> Compared:
    """Return a part that one version has, with all that it holds."""
    return Compared(
        kind=part.kind,
        mark=mark,
        pieces=(Piece(mark, inlines(part.words)),) if part.words else (),
        parts=tuple(_whole(one, mark) for one in part.parts),
        facts=part.facts,
        was=part.facts,
        ident=part.ident,
    )


def _placed(found: Comparison) -> Comparison:
    """Number the places that differ, in reading order. A whole note is told among the notes."""
    numbers = count(1)

    def placed(parts: Sequence[Compared]) -> tuple[Compared, ...]:
        return tuple(
            replace(one, place=next(numbers)) if one.mark != "kept" else _with_place(one)
            for one in parts
        )

    def _with_place(one: Compared) -> Compared:
        place = next(numbers) if one.differs else 0
        return replace(one, place=place, parts=placed(one.parts))

    return replace(
        found,
        front=placed(found.front),
        body=placed(found.body),
        closing=placed(found.closing),
        notes=tuple(
            replace(one, parts=placed(one.parts)) if one.mark == "kept" else one
            for one in found.notes
        ),
        end=placed(found.end),
    )
