"""What goes into an importer, and what it makes of a manuscript: a brief not yet written down."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline import model as m
from pipeline.problems import Problem

Tracked = Literal["accept", "keep"]
"""What becomes of tracked changes: they are accepted, or kept as a list for review."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A manuscript as it lies on the disk."""

    path: str
    data: bytes
    changed: datetime.date
    """The day on which the file was changed last."""
    fix: bool = False
    """Whether slips that can be mended without a doubt are mended."""
    track: Tracked = "accept"


@dataclass(frozen=True, slots=True)
class Value:
    """A passage that is not printed as it stands, but kept as a value of the front matter.

    `Published on June 18, 2025` becomes a date, `By Ada Example` an author; `Notes` is printed by
    the outputs themselves. The proof asks that the passage says what the brief says.
    """

    field: str
    """The key of the front matter, or `notes` for the heading of the notes."""
    text: str
    """The passage as the manuscript has it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A brief in the making.

    Only labels, texts and structure count: numbers, ids and lines of the records are those that the
    reader gives them, once the Markdown is written.
    """

    metadata: m.Metadata
    body: m.Blocks
    notes: tuple[m.Note, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Files beside the brief, by the names that its pictures have."""
    values: tuple[Value, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What was understood (notes), what needs a human (warnings), what cannot be read (errors)."""
