"""Numbered lists. Each has a definition of its own, because Word counts by definition.

A list in a box in an item of another list would otherwise go on with that one's numbers.
"""

from dataclasses import dataclass, field

from pipeline.renderers.word import reference
from pipeline.renderers.word.xml import Element, w
from pipeline.theme import Theme

LEVELS = 5
"""How many levels of lists and quotations have a style of their own; deeper ones share the last."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One numbered list. `level` counts from 0; `family` is the stem of the styles it stands in."""

    family: str
    style: str
    delimiter: str
    level: int
    start: int


@dataclass(slots=True)
class Numbering:
    """The numbered lists of the document so far."""

    lists: list[Instance] = field(default_factory=list)

    def add(self, instance: Instance) -> int:
        """Return the number by which the paragraphs of a new list name it."""
        self.lists.append(instance)
        return len(reference.BULLETS) + len(self.lists)

    def serialise(self, theme: Theme) -> bytes:
        """Return the numbering part."""
        return reference.part(theme, "numbering", lists=self.lists)


def bullet(style: str) -> int:
    """Return the number of the list that has the bullets of a style."""
    return [reference.style_id(name) for name in reference.BULLETS].index(style) + 1


def number_properties(number: int, level: int) -> Element:
    """Return what makes a paragraph an item of a list (17.3.1.19). `level` counts from 0.

    Bullets have it too, though their styles say it: programs other than Word look only here.
    """
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def levelled(style: str, level: int) -> str:
    """Return the id of a style at a level from 1: `ListBullet`, `ListBullet2`, … `ListBullet5`."""
    return style if level <= 1 else f"{style}{min(level, LEVELS)}"
