"""What every part of a JATS article is given beside its node."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline import model as m
from pipeline import walk
from pipeline.words import Words


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a node stands: anchors of notes by label, pictures by file, and its language.

    `lang` is empty where it is the article's own.
    """

    words: Words
    note_anchors: Mapping[str, str]
    table_note_anchors: Mapping[str, str]
    pictures: Mapping[str, m.ImageFile]
    references: frozenset[str]
    """The anchors of the entries in the list of references."""
    lang: str = ""

    def speaking(self, lang: str | None) -> "Scope":
        """Return the scope of what is in a language, or, of none, in that around it."""
        return replace(self, lang=lang) if lang else self


def scope_of(brief: m.Brief, words: Words) -> Scope:
    """Return the scope of a whole brief."""
    return Scope(
        words=words,
        note_anchors={note.label: note.id for note in brief.notes},
        table_note_anchors={note.label: note.id for note in walk.table_notes(brief)},
        pictures={file.file: file for file in brief.images},
        references=frozenset(
            block.id
            for block in walk.blocks_within(brief.references)
            if isinstance(block, m.Division) and block.id
        ),
    )
