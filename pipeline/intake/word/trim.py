"""What Word makes by itself, and the outputs of a brief make anew: tables of contents."""

import re
from collections.abc import Sequence

from pipeline.intake.tree import Taken
from pipeline.intake.tree.blocks import style_of
from pipeline.intake.tree.taken import Node

CONTENTS = re.compile(r"(?i)(?:toc|contents?|table of figures)(?: ?(?:heading|\d+))?")
"""The styles of lists of contents (ECMA-376, part 1, 17.18.97, latent styles)."""


def without_contents(nodes: Sequence[Node], taken: Taken) -> list[Node]:
    """Return the blocks without lists of contents."""
    kept = [node for node in nodes if not CONTENTS.fullmatch(style_of(node))]
    if len(kept) < len(nodes):
        taken.tell("intake-left-out", "", what="the list of contents, which outputs make anew")
    return kept
