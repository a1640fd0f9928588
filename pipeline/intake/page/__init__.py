"""The importer of articles from pages of the web, saved as files.

The notes are taken out of the page first, as every program writes them another way; the rest is
read by pandoc. Places are lines of the page, found by their words.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from pipeline import model as m
from pipeline import pandoc
from pipeline.intake import suspects
from pipeline.intake.draft import Draft, Manuscript
from pipeline.intake.files import beside
from pipeline.intake.front import Opening, open_text
from pipeline.intake.matter import metadata_of
from pipeline.intake.page.document import Element, article_of, parse, prune, without_roles
from pipeline.intake.page.notes import CALL, take_notes
from pipeline.intake.page.properties import properties_of, title_of
from pipeline.intake.tree import Taken, anchors_of, blocks_of, levelled, with_fakes
from pipeline.intake.tree.calls import with_notes
from pipeline.problems import BriefError, problem
from pipeline.text import UNPRINTABLE, plain
from pipeline.walk import blocks_within

__all__ = ["draft"]

FORMAT = "html-auto_identifiers-smart"
PARAGRAPHS = (m.Paragraph, m.Heading)
NOTE = "briefwright-note"


def draft(manuscript: Manuscript) -> Draft:
    """Return what a page becomes. Raises BriefError when it has no article or no title."""
    path = manuscript.path
    root = parse(manuscript.data, path)
    known, named = properties_of(root), title_of(root)
    article = article_of(root)
    taken = Taken(path, beside(Path(path).parent), _place(manuscript.data))
    taken.links = True
    for what in prune(article):
        taken.tell("intake-left-out", what.partition("> ")[2], what=what)
    notes = take_notes(article)
    taken.keys = tuple(map(str, notes.calls))
    nodes = _read(article, notes.holders, path)
    taken.anchors = anchors_of(nodes)
    body = blocks_of(nodes, taken)
    opening, body = _titled(body, named)
    opened = open_text(opening, body, taken)
    body = with_fakes(
        _ended(opened.body), lambda text: taken.tell("intake-heading", text, text=text)
    )
    if not body:
        raise BriefError([problem("intake-empty", path, what="text behind the title")])
    texts = [plain(one.content) for one in blocks_within(body) if isinstance(one, PARAGRAPHS)]
    metadata, told = metadata_of(opened.opening, known, texts, manuscript)
    found = suspects.told_each(texts, metadata.lang, path, lambda _, text: taken.place(text))
    slips = (replace(one, column=1) for one in found)  # Columns of the page are others.
    problems = (*told, *taken.problems, *slips)
    return Draft(
        metadata, levelled(body), tuple(taken.notes), taken.pictures, opened.values, problems
    )


def _read(article: Element, holders: Sequence[Element], path: str) -> list[dict[str, object]]:
    """Return what pandoc reads in the article, with each note where it is called."""
    for part in (article, *holders):
        without_roles(part)
    parts = [_markup(article)]
    for number, holder in enumerate(holders, start=1):
        parts.append(f'<div id="{NOTE}-{number}">{_markup(holder)}</div>')
    data, _ = pandoc.read(FORMAT, "".join(parts).encode(), path)
    try:
        nodes = json.loads(data)["blocks"]
        return with_notes(nodes, NOTE, CALL)
    except RecursionError:
        raise BriefError([problem("structure-depth", path, what="text")]) from None


def _markup(element: Element) -> str:
    """Return the content of an element as HTML."""
    inner = (etree.tostring(one, method="html", encoding="unicode") for one in element)
    text = UNPRINTABLE.sub("", element.text or "")
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped + "".join(inner)


def _titled(body: m.Blocks, named: str) -> tuple[Opening, m.Blocks]:
    """Return the text with its title first; where it has none of its own, that of the page.

    The title is the only heading of level 1. Of several it is what says the same as the title of
    the page, be it a heading or not, and else the first.
    """
    places = [place for place, one in enumerate(body) if _is_highest(one)]
    if len(places) != 1:
        same = (place for place, one in enumerate(body) if _says(one) == named)
        places = [*same, *places]
    if not places:
        return Opening(title=(m.Text(text=named),) if named else ()), body
    place = places[0]
    return Opening(), (body[place], *body[:place], *body[place + 1 :])


def _is_highest(block: m.Block) -> bool:
    return isinstance(block, m.Heading) and block.level == 1


def _says(block: m.Block) -> str:
    return plain(block.content) if isinstance(block, PARAGRAPHS) else ""


def _ended(body: m.Blocks) -> m.Blocks:
    """Return the text without the line that stood between it and its notes."""
    return body[:-1] if body and isinstance(body[-1], m.ThematicBreak) else body


def _place(data: bytes) -> Callable[[str], int]:
    """Return what finds the line of the page that a text stands in."""
    lines = data.decode("utf-8", errors="replace").split("\n")

    def place(text: str) -> int:
        wanted = text.strip()[:30]
        found = (number for number, line in enumerate(lines, start=1) if wanted in line)
        return next(found, 1) if wanted else 1

    return place
