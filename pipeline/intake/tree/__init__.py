"""What pandoc reads in a manuscript of any kind, as blocks, notes and pictures of a brief."""

from pipeline.intake.tree.blocks import blocks_of
from pipeline.intake.tree.headings import anchors_of, levelled, with_fakes
from pipeline.intake.tree.inlines import inlines_of
from pipeline.intake.tree.taken import Taken

__all__ = ["Taken", "anchors_of", "blocks_of", "inlines_of", "levelled", "with_fakes"]
