"""What Word makes by itself, and the outputs of a brief make anew: tables of contents."""

import re
from collections.abc import Sequence, Set

from pipeline.intake.tree import Taken
from pipeline.intake.tree.blocks import style_of
from pipeline.intake.tree.inlines import words_of
from pipeline.intake.tree.taken import Node

CONTENTS = re.compile(r"(?i)(?:toc|contents|table of figures)(?: ?\d+)?")
"""The styles of entries in lists of contents (ECMA-376, part 1, 17.7.4.9, latent styles)."""
TEXTS = ("Para", "Plain")


def without_contents(nodes: Sequence[Node], headings: Set[str], taken: Taken) -> list[Node]:
    """Return the blocks without lists of contents, whose `headings` are known."""
    kept = [
        node
        for place, node in enumerate(nodes)
        if not CONTENTS.fullmatch(style_of(node))
        and not (_words(node) in headings and _is_entry(nodes[place + 1 : place + 2]))
    ]
    if len(kept) < len(nodes):
        taken.tell("intake-left-out", "", what="the list of contents, which outputs make anew")
    return kept


def without_descriptions(nodes: Sequence[Node], descriptions: Set[str]) -> None:
    """Take from tables what pandoc has for their captions: the alternative text, which nobody sees.

    Captions that are seen are paragraphs with a style.
    """
    for node in nodes:
        content = node.get("c", [])
        if node["t"] == "Table":
            said = " ".join(words_of(one["c"]) for one in content[1][1] if one["t"] in TEXTS)
            content[1] = [None, []] if said in descriptions else content[1]
        elif node["t"] == "Div":
            without_descriptions(content[1], descriptions)


def take_styled(nodes: list[Node], meta: dict[str, Node], style: str, field: str) -> None:
    """Make the first paragraph with a style a field, if pandoc found none at the very beginning."""
    if field in meta:
        return
    for place, node in enumerate(nodes):
        inner = node["c"][1] if style_of(node).lower() == style else []
        if len(inner) == 1 and inner[0]["t"] in TEXTS:
            meta[field] = {"t": "MetaInlines", "c": inner[0]["c"]}
            del nodes[place]
            return


def _is_entry(following: Sequence[Node]) -> bool:
    return any(CONTENTS.fullmatch(style_of(node)) for node in following)


def _words(node: Node) -> str:
    """Return the words of a heading, or of a paragraph with a style."""
    if node["t"] == "Header":
        return words_of(node["c"][2])
    inner = node["c"][1] if style_of(node) else []
    return words_of(inner[0]["c"]) if len(inner) == 1 and inner[0]["t"] == "Para" else ""
