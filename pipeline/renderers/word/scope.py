"""Where something is written: what the whole document shares, and what holds at this place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pipeline import model as m
from pipeline.problems import BriefError, problem
from pipeline.renderers.imprint import Imprint
from pipeline.renderers.word import reference
from pipeline.renderers.word.bookmarks import Bookmarks
from pipeline.renderers.word.numbering import Numbering, levelled
from pipeline.renderers.word.package import Links
from pipeline.renderers.word.pictures import Pictures
from pipeline.renderers.word.styles import Styles
from pipeline.theme import Theme
from pipeline.words import Words

NoteKind = Literal["footnote", "endnote"]
NARROWEST = 300
"""Width that anything has at least, in twips, however deep it stands."""


@dataclass(frozen=True, slots=True)
class Book:
    """What all parts of one document share."""

    brief: m.Brief
    theme: Theme
    words: Words
    others: reference.Companions
    imprint: Imprint
    notes: NoteKind
    table_notes: Mapping[str, m.TableNote]
    """The notes that tables keep to themselves, by label."""
    styles: Styles
    numbering: Numbering
    bookmarks: Bookmarks
    pictures: Pictures

    def refuse(self, code: str, line: int, column: int = 0, **details: str) -> BriefError:
        """Return the error that something in the brief cannot be written in Word."""
        return BriefError([problem(code, self.brief.source.name, line, column, **details)])


@dataclass(frozen=True, slots=True)
class Scope:
    """One place in the document.

    `text` is the style of plain paragraphs here and `heading` the stem of that of headings;
    `family` is the stem of all other styles, with `level` lists and quotations around. `left` and
    `width` say in twips where the text stands.
    """

    book: Book
    links: Links
    text: str
    width: int
    heading: str = "Heading"
    family: Literal["", "Note"] = ""
    level: int = 0
    left: int = 0
    in_tight_list: bool = False
    lang: str | None = None

    def style(self, role: str) -> str:
        """Return the style of a role, such as `Quote`, at the level of this place."""
        return levelled(self.family + role, self.level)

    def deeper(self, text: str) -> "Scope":
        """Return the place one list or quotation further in, with `text` the role of plain text."""
        step = reference.twips(reference.NOTE_STEP if self.family else reference.STEP)
        inner = replace(
            self,
            level=self.level + 1,
            left=self.left + step,
            width=max(self.width - step, NARROWEST),
            in_tight_list=False,
        )
        return replace(inner, text=inner.style(text))

    def panel(self, text: str, width: int) -> "Scope":
        """Return the place in a table cell or panel, where lists start at the margin again."""
        heading = "NoteHeading" if self.family else "BoxHeading"
        return replace(
            self,
            text=text,
            heading=heading,
            width=max(width, NARROWEST),
            level=0,
            left=0,
            in_tight_list=False,
        )
