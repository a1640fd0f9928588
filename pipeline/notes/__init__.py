"""The one place that matches notes with their calls, and gives them numbers or letters.

The reader reports what it saw: definitions, calls and cross-references, each with its label and
place, calls in reading order. `settle` answers with the number of every note, the letter of every
note that a table keeps to itself, the id of every call, and every problem; `audit` does the same
for a finished brief. Nothing else in the project counts; renderers print what stands in the JSON.
"""

from pipeline.notes.audit import audit
from pipeline.notes.numbering import Numbering, TableLetter, note_id, table_note_id
from pipeline.notes.seen import Definition, Mention, Seen
from pipeline.notes.settle import settle

__all__ = [
    "Definition",
    "Mention",
    "Numbering",
    "Seen",
    "TableLetter",
    "audit",
    "note_id",
    "settle",
    "table_note_id",
]
