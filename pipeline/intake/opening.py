"""The opening of a text as pandoc tells it: styles of Word, or YAML before Markdown."""

from pipeline import model as m
from pipeline.intake.front import Opening
from pipeline.intake.tree import Taken, blocks_of, inlines_of
from pipeline.intake.tree.inlines import trimmed, words_of
from pipeline.intake.tree.taken import Node
from pipeline.problems import BriefError, problem


def opening_of(meta: dict[str, Node], taken: Taken) -> Opening:
    """Return what pandoc found out of title, subtitle, authors, date and abstract.

    Raises BriefError when a note is called in the title.
    """
    title = _field(meta.get("title"), taken)
    if any(isinstance(one, m.Call) for one in title):
        raise BriefError([problem("intake-title-call", taken.path, 1, 1)])
    return Opening(
        title=title,
        deck=_field(meta.get("subtitle"), taken),
        authors=_words(meta.get("author")),
        dated=" ".join(_words(meta.get("date"))),
        abstract=_field(meta.get("abstract"), taken),
    )


def _field(value: Node | None, taken: Taken) -> m.Inlines:
    if value is None:
        return ()
    if value["t"] == "MetaBlocks":
        made: m.Inlines = ()
        for block in blocks_of(value["c"], taken):
            if isinstance(block, m.Paragraph):
                made = (*made, m.Text(text=" "), *block.content) if made else block.content
        return made
    return trimmed(inlines_of(value["c"], taken, blocks_of))


def _words(value: Node | None) -> tuple[str, ...]:
    if value is None:
        return ()
    parts = value["c"] if value["t"] == "MetaList" else [value]
    return tuple(filter(None, (words_of(part["c"]) for part in parts)))
