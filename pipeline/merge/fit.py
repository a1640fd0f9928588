"""An edited story made ready to be compared: notes by their labels, no numbers of sections."""

from dataclasses import replace

from pipeline import model as m
from pipeline.merge.atoms import text_of
from pipeline.merge.pair import Pair, paired_notes, with_marks_of
from pipeline.merge.story import Note, Story, Unit, rekeyed
from pipeline.merge.view import View
from pipeline.walk import blocks_within

BODY = ""
"""Stands for the running text where notes have their labels."""


def named(view: View, edited: Story) -> tuple[Story, dict[str, Note]]:
    """Return the edited story with the labels of the notes, and those notes that are new."""
    labels, keys = list(view.story.notes), list(edited.notes)
    names = {
        bookmark: label
        for bookmark, label in view.story.bookmarks.items()
        if bookmark not in edited.bookmarks
    }
    new: list[str] = []
    taken = {*labels, *(one.label for one in view.brief.notes)}
    number = 0
    pairs = paired_notes(
        [view.story.notes[one] for one in labels], [edited.notes[one] for one in keys]
    )
    for i, j in pairs:
        if j is None:
            continue
        if i is not None:
            names[keys[j]] = labels[i]
            continue
        number += 1
        while f"n{number}" in taken or f"[^n{number}]" in view.source.text:
            number += 1
        names[keys[j]] = f"n{number}"
        new.append(keys[j])
    return rekeyed(edited, names), {names[key]: edited.notes[key] for key in new}


def without_numbers(view: View, edited: Story) -> Story:
    """Return a story without the numbers of sections, which the outputs count."""
    numbers = {one.number for one in blocks_within(view.brief.body) if isinstance(one, m.Heading)}

    def bare(unit: Unit) -> Unit:
        number, _, _ = text_of(unit.atoms).partition(" ")
        if unit.kind.startswith("heading") and number in numbers:
            return replace(unit, atoms=unit.atoms[len(number) + 1 :])
        return unit

    return replace(edited, units=tuple(map(bare, edited.units)))


def with_marks(view: View, edited: Story, pairs: dict[str, list[Pair]]) -> Story:
    """Return a story in which the words of links have the marks of the brief."""
    made = {BODY: list(edited.units), **{key: list(note) for key, note in edited.notes.items()}}
    for where, found in pairs.items():
        old = view.story.units if where == BODY else view.story.notes[where]
        for i, j in found:
            if i is not None and j is not None and where in made:
                unit = made[where][j]
                made[where][j] = replace(unit, atoms=with_marks_of(old[i].atoms, unit.atoms))
    notes = {key: tuple(made[key]) for key in edited.notes}
    return replace(edited, units=tuple(made[BODY]), notes=notes)
