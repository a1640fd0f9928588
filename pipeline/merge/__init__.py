"""A Word file of a brief, edited by somebody, comes back: its edits in the Markdown of the source.

The file of the brief as it stands and the edited one are read the same way, compared, and what
differs is put in at its place in the source; the new source is rendered and read again, and has to
say what the edited file says.
"""

from pipeline.merge.desk import Merged, merge

__all__ = ["Merged", "merge"]
