"""The marks of tracked changes: whose they are, and when they were made."""

import datetime
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Literal

from pipeline.renderers.word.xml import Element, name, w

Mark = Literal["kept", "inserted", "deleted"]
TAGS = {"inserted": "ins", "deleted": "del"}
TEXT, DELETED_TEXT = name("w:t"), name("w:delText")
CODE, DELETED_CODE = name("w:instrText"), name("w:delInstrText")
CHANGE = name("w:pPrChange")
PENDING = "0"
"""The id of every change until all are there and can be counted."""


@dataclass(frozen=True, slots=True)
class Reviser:
    """Who made the changes. Their time is the day of the new version: files know no clock."""

    author: str
    day: datetime.date

    def mark(self, tag: str, *content: Element) -> Element:
        """Return the mark of a change, around what it is about (17.13.5)."""
        date = f"{self.day.isoformat()}T00:00:00Z"
        return w(tag, *content, id=PENDING, author=self.author, date=date)

    def around(self, mark: Mark, runs: Sequence[Element]) -> list[Element]:
        """Return runs with their mark around them (17.13.5.18, 17.13.5.14)."""
        if mark == "kept" or not runs:
            return list(runs)
        if mark == "deleted":
            for run in runs:
                _strike(run)
        return [self.mark(TAGS[mark], *runs)]

    def properties(self, now: Element, was: Element | None, ends: Sequence[Mark] = ()) -> Element:
        """Return the properties of a paragraph, its end inserted or deleted or both.

        Where they were others, those are kept for whoever rejects the change (17.13.5.29).
        """
        found = w("pPr", *deepcopy(list(now)))
        marks = [self.mark(TAGS[one]) for one in ends if one != "kept"]
        if marks:
            found.append(w("rPr", *marks))
        if was is not None:
            found.append(self.mark("pPrChange", w("pPr", *deepcopy(list(was)))))
        return found

    def row(self, mark: Mark) -> list[Element]:
        """Return what marks a row of a table (17.13.5.16, 17.13.5.12)."""
        return [] if mark == "kept" else [self.mark(TAGS[mark])]


def _strike(run: Element) -> None:
    """Give text that is deleted its own elements, which show that it is (17.3.3.7, 17.16.13)."""
    for element in run.iter(TEXT):
        element.tag = DELETED_TEXT
    for element in run.iter(CODE):
        element.tag = DELETED_CODE
