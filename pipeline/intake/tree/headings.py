"""Headings of a manuscript: levels without gaps, and those that only look like headings."""

from collections.abc import Callable, Sequence

from pipeline import model as m
from pipeline.intake.tree.inlines import words_of
from pipeline.intake.tree.taken import Node
from pipeline.reader.anchors import identifier_for
from pipeline.text import plain

LONGEST = 100
"""Characters of a heading; more is a sentence in bold type."""
SENTENCE_END = ".,;:…"
DEEPEST = 3


def anchors_of(nodes: Sequence[Node]) -> dict[str, str]:
    """Return the names that headings get in a brief, by those that links lead to."""
    made: dict[str, str] = {}
    for node in nodes:
        if node["t"] == "Header":
            _, (old, _, _), words = node["c"]
            made.setdefault(old, identifier_for(words_of(words)))
        elif node["t"] == "Div":
            made |= anchors_of(node["c"][1])
    return made


def with_fakes(body: m.Blocks, tell: Callable[[str], None]) -> m.Blocks:
    """Return the body with headings for short bold paragraphs that stand over others.

    `tell` is called with the text of each.
    """
    made: list[m.Block] = []
    level = 0
    deepest = max((one.level for one in body if isinstance(one, m.Heading)), default=0)
    for index, block in enumerate(body):
        following = body[index + 1] if index + 1 < len(body) else None
        if isinstance(block, m.Heading):
            level = block.level
        elif (words := _bold(block)) is not None and _stands_over(following):
            tell(plain(words))
            below = min(DEEPEST, (level or deepest) + 1)
            identifier = identifier_for(plain(words))
            block = m.Heading(level=below, id=identifier, content=words, line=1)
        made.append(block)
    return tuple(made)


def _bold(block: m.Block) -> m.Inlines | None:
    """Return the words of a short paragraph that is bold as a whole, calls aside."""
    if not isinstance(block, m.Paragraph):
        return None
    words: list[m.Inline] = []
    for one in block.content:
        if isinstance(one, m.Strong):
            words += one.content
        elif isinstance(one, m.Call) or (isinstance(one, m.Text) and not one.text.strip()):
            words.append(one)
        else:
            return None
    said = plain(tuple(words))
    is_short = 0 < len(said) <= LONGEST and said[-1] not in SENTENCE_END
    return tuple(words) if is_short and any(map(str.isalpha, said)) else None


def _stands_over(following: m.Block | None) -> bool:
    return following is not None and not isinstance(following, m.Heading | m.ThematicBreak)


def levelled(body: m.Blocks) -> m.Blocks:
    """Return the body with headings from level 1 on that leave out none."""
    made: list[m.Block] = []
    levels: list[int] = []
    for block in body:
        if isinstance(block, m.Heading):
            while levels and levels[-1] >= block.level:
                levels.pop()
            levels.append(block.level)
            block = block.model_copy(update={"level": min(len(levels), DEEPEST)})
        made.append(block)
    return tuple(made)
