"""The edits of a Word file one by one, each with the patches that carry it into the source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline import model as m
from pipeline.merge.atoms import Atom, Atoms, text_of
from pipeline.merge.fit import BODY, named, with_marks, without_numbers
from pipeline.merge.lines import HEADING, Newcomers, deletion
from pipeline.merge.pair import Edit, Pair, edits, paired
from pipeline.merge.prose import Known, Unplaced
from pipeline.merge.story import Note, Story, Unit
from pipeline.merge.view import View, traced_of
from pipeline.merge.words import Patch, Words

Said = tuple[str, Atoms]
"""The kind of a paragraph and what it says."""


@dataclass(slots=True)
class Change:
    """One paragraph that differs, or several new ones that stand together."""

    where: str
    """The label of the note; empty for the running text."""
    before: Unit | None
    after: tuple[Unit, ...]
    field: str = ""
    patches: tuple[Patch, ...] = ()
    """In the source, or in the piece of the field."""
    obstacle: str = ""
    """What keeps it from being carried over; empty when nothing does."""
    rewritten: bool = False
    group: int = 0
    """The same for changes without an unchanged paragraph between them: words may have moved."""

    @property
    def is_placed(self) -> bool:
        """Whether it is carried into the source."""
        return not self.obstacle


@dataclass(slots=True)
class Plan:
    """All edits, and what the texts say when those that are placed are made."""

    view: View
    edited: Story
    pairs: dict[str, list[Pair]]
    changes: list[Change] = field(default_factory=list)
    new_notes: dict[str, Note] = field(default_factory=dict)

    def expected(self) -> dict[str, list[tuple[Said, Change | None]]]:
        """Return what the brief has to say, with the change that each paragraph comes from."""
        by_unit = {id(one.before): one for one in self.changes if one.before}
        by_new = {id(unit): one for one in self.changes for unit in one.after if not one.before}
        made: dict[str, list[tuple[Said, Change | None]]] = {}
        for where, pairs in self.pairs.items():
            old, new = self._units(where)
            made[where] = []
            for i, j in pairs:
                base = old[i] if i is not None else None
                change = by_unit.get(id(base)) if base else by_new.get(id(new[j or 0]))
                if base is None or (change and change.is_placed):
                    units = [new[j]] if j is not None and change and change.is_placed else []
                else:
                    units = [base] if base.leaf is not None else []
                kind = base.kind if base else ""
                made[where] += [((kind or one.kind, one.atoms), change) for one in units]
        called = {
            atom.text for (_, atoms), _ in made[BODY] for atom in atoms if atom.kind == "call"
        }
        for label, note in self.new_notes.items():
            made[label] = [((one.kind, one.atoms), None) for one in note]
        return {key: said for key, said in made.items() if key == BODY or key in called}

    def _units(self, where: str) -> tuple[Sequence[Unit], Sequence[Unit]]:
        if where == BODY:
            return self.view.story.units, self.edited.units
        return self.view.story.notes[where], self.edited.notes.get(where, ())


def plan(view: View, edited: Story) -> Plan:
    """Compare the brief with the edited file, and find a place for each edit."""
    edited, new = named(view, without_numbers(view, edited))
    pairs = {BODY: paired(view.story.units, edited.units)}
    for label, note in view.story.notes.items():
        if label in edited.notes:
            pairs[label] = paired(note, edited.notes[label])
        else:
            pairs[label] = [(index, index) for index in range(len(note))]
    if not edited.keeps_marks:
        edited = with_marks(view, edited, pairs)
    made = Plan(view, edited, pairs, new_notes=new)
    for where in pairs:
        if where == BODY or where in edited.notes:
            made.changes += _changes(made, where)
    for change in made.changes:
        place(made, change)
    settle(made.changes)
    return made


def _changes(made: Plan, where: str) -> Iterator[Change]:
    """Yield what differs; new paragraphs that follow each other are one change."""
    old, new = made._units(where)
    waiting: list[Unit] = []
    group = 0
    for i, j in [*made.pairs[where], (None, None)]:
        if i is None and j is not None:
            waiting.append(new[j])
            continue
        if waiting:
            yield Change(where, None, tuple(waiting), group=group)
            waiting = []
        if i is None:
            continue
        after = (new[j],) if j is not None else ()
        if not after or old[i].atoms != after[0].atoms or old[i].kind != after[0].kind:
            yield Change(where, old[i], after, group=group)
        else:
            group += 1


def settle(changes: Sequence[Change]) -> None:
    """Leave out what stands beside a change that is left out, where words may have moved.

    Else a paragraph that was cut in two could lose one half.
    """
    groups: dict[tuple[str, int], list[Change]] = {}
    for one in changes:
        groups.setdefault((one.where, one.group), []).append(one)
    for together in groups.values():
        has_moved = any(one.before is None or not one.after for one in together)
        if has_moved and not all(one.is_placed for one in together):
            for one in together:
                one.obstacle = one.obstacle or "an edit beside it that is not carried over"


def place(made: Plan, change: Change) -> None:
    """Find the patches of a change, or what keeps it from having any."""
    try:
        if change.before is None:
            change.patches = (_newcomers(made, change),)
        else:
            change.patches = tuple(_edited(made, change, change.before))
    except Unplaced as unplaced:
        change.patches, change.obstacle = (), unplaced.what


def known(made: Plan) -> Known:
    """Return what new words may refer to."""
    view = made.view
    labels = {
        note.label
        for note in view.brief.notes
        if view.source.text.startswith(
            f"[^{note.label}]:", view.source.offset(note.line, note.column)
        )
    }
    targets: dict[str, str] = {}
    for unit in _all(view.story):
        leaf = view.leaves[unit.leaf] if unit.leaf is not None else None
        if leaf is None or len(leaf.atoms) != len(unit.atoms):
            continue
        for one, other in zip(unit.atoms, leaf.atoms, strict=True):
            if one.kind == other.kind == "reference" and other.text.startswith("#"):
                targets[one.text] = other.text
        for element in leaf.elements:
            if isinstance(element.node, m.Link) and element.node.target.startswith("#"):
                marks = unit.atoms[element.first].marks
                here = next((one for one in marks if one.startswith("link:")), "")
                targets[here.removeprefix("link:")] = element.node.target
    return Known(labels | set(made.new_notes), targets)


def _all(story: Story) -> Iterator[Unit]:
    yield from story.units
    for note in story.notes.values():
        yield from note


def _edited(made: Plan, change: Change, unit: Unit) -> list[Patch]:
    """Return the patches of one paragraph."""
    if unit.leaf is None:
        raise Unplaced("what the house puts in by itself, or fields without running text")
    traced = traced_of(made.view, unit)
    if traced is None:
        raise Unplaced("a place in the source that is not known exactly")
    leaf = traced.leaf
    is_field = leaf.field not in ("body", "note")
    change.field = leaf.field if is_field else ""
    text = made.view.pieces[leaf.field].text if is_field else made.view.source.text
    words = Words(traced, unit.atoms, text, known(made))
    if not change.after:
        if leaf.kind in ("cell", "caption", "table-caption"):
            return [words.patch(Edit(0, len(unit.atoms), ()))]
        return [deletion(traced, text)]
    if unit.kind != change.after[0].kind:
        raise Unplaced(f"the change from {unit.kind} to {change.after[0].kind}")
    if change.rewritten:
        return [words.whole(change.after[0].atoms)]
    return [words.patch(one) for one in edits(unit.atoms, change.after[0].atoms)]


def _newcomers(made: Plan, change: Change) -> Patch:
    """Return the patch for new paragraphs, by their neighbours that stay."""
    old, new = made._units(change.where)
    order = made.pairs[change.where]
    first = next(
        at for at, (_, j) in enumerate(order) if j is not None and new[j] is change.after[0]
    )
    before = next((i for i, j in reversed(order[:first]) if i is not None and j is not None), None)
    behind = next((i for i, j in order[first + 1 :] if i is not None and j is not None), None)
    near = [None if one is None else old[one] for one in (before, behind)]
    cells = [one for one in near if one and one.where]
    for unit in change.after:
        if unit.where and not any(one.where == unit.where for one in cells):
            raise Unplaced("a new table, row or cell")
    places = [traced_of(made.view, one) for one in near]
    field = "body" if change.where == BODY else "note"
    usable = [one if one and one.leaf.field == field else None for one in places]
    kinds = tuple(one.kind if one else "" for one in near)
    writer = Newcomers(
        made.view.source.text,
        known(made),
        usable[0],
        usable[1],
        (kinds[0], kinds[1]),
        _signs(made.view),
    )
    return writer.patch([(one.kind, one.atoms) for one in change.after])


def _signs(view: View) -> dict[str, str]:
    """Return how headings of each level are written in this source."""
    found: dict[str, str] = {}
    for unit in view.story.units:
        traced = traced_of(view, unit)
        if traced and unit.kind.startswith("heading") and traced.leaf.field == "body":
            start = view.source.text.rfind("\n", 0, traced.spans[0][0]) + 1
            if sign := HEADING.match(view.source.text, start):
                found.setdefault(unit.kind, sign[0])
    return found


def shown(atoms: Sequence[Atom]) -> str:
    """Return the beginning of a text for a message."""
    text = text_of(atoms).replace("\ufffc", "")
    return text if len(text) <= 60 else f"{text[:60]}…"
