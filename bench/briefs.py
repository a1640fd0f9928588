"""Briefs to measure with: of a size, with notes, the same for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

WORDS_A_PAGE = 420
WORDS_A_PARAGRAPH = 90

WHO = (
    "the river commission",
    "a ministry of transport",
    "the audit office",
    "two municipalities",
    "the grid operator",
    "a group of engineers",
    "the regional council",
    "most households",
)
DOES = (
    "reviewed",
    "postponed",
    "paid for",
    "measured",
    "compared",
    "published",
    "rejected",
    "extended",
)
WHAT = (
    "the annual budget",
    "three pumping stations",
    "a plan for the lower valley",
    "the tariff of last year",
    "every second contract",
    "a register of wells",
    "the cost of repairs",
    "its own forecast",
)
HOW = (
    "in spite of the drought",
    "before the end of March",
    "without a public hearing",
    "for the first time",
    "at half the expected price",
    "on the advice of its neighbours",
    "after a long delay",
)

HEAD = """---
title: "A report on the lower valley, part {number}"
deck: What was measured, and what it cost
date: 2026-03-02
lang: en
authors:
  - name: Ada Miller
    role: Engineer
    bio: Ada Miller has measured rivers for twenty years.
series: Reports from the valley
number: {number}
key-findings:
  - Repairs cost half of what was expected.
  - Nobody had counted the wells.
license: CC-BY-4.0
---
"""
TABLE = """
| Station | Built | Cost |
|:--------|------:|-----:|
| North   |  1974 | 12.5 |
| Middle  |  1981 |  8.0 |
| South   |  2003 | 21.4 |

: Three stations and what they cost
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How long a brief is, in printed pages, and how many notes it calls."""

    pages: int = 4
    notes: int = 7
    in_one_paragraph: bool = False
    """Whether one paragraph holds all calls."""


def write(folder: Path, count: int, size: Size) -> Path:
    """Write `count` briefs, each from its own seed, below a folder, and return the folder."""
    for number in range(1, count + 1):
        file = folder / f"brief-{number:04}" / "brief.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(brief(number, size), encoding="utf-8")
    return folder


def brief(number: int, size: Size) -> str:
    """Return the Markdown of a brief; its number is the seed."""
    random = Random(number)
    count = max(1, size.pages * WORDS_A_PAGE // WORDS_A_PARAGRAPH)
    calls = [note * count // size.notes for note in range(size.notes)]
    if size.in_one_paragraph:
        calls = [0] * size.notes
    parts = [HEAD.format(number=number)]
    for place in range(count):
        if place % 5 == 0:
            parts.append(f"# {_sentence(random)[:-1]}")
        labels = [f"n{note}" for note, where in enumerate(calls) if where == place]
        parts.append(_paragraph(random, labels))
        if place % 25 == 4:
            parts.append(TABLE)
    parts += [f"[^n{note}]: {_sentence(random)} {_sentence(random)}" for note in range(size.notes)]
    return "\n\n".join(parts) + "\n"


def _paragraph(random: Random, labels: list[str]) -> str:
    """Return sentences, with a call behind each until all are made."""
    text, words = [], 0
    calls = iter(labels)
    left = len(labels)
    while words < WORDS_A_PARAGRAPH or left:
        sentence = _sentence(random)
        words += len(sentence.split())
        label = next(calls, None)
        left -= label is not None
        text.append(f"{sentence}[^{label}]" if label else sentence)
    return " ".join(text)


def _sentence(random: Random) -> str:
    parts = (random.choice(kind) for kind in (WHO, DOES, WHAT, HOW))
    text = " ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def sources(folder: Path) -> Iterator[Path]:
    """Yield the briefs below a folder in order."""
    yield from sorted(folder.glob("*/brief.md"))
