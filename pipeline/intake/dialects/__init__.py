"""The importer of Markdown as others write it: CommonMark and what most programs add to it.

Numbered notes at the end of the text become notes first; the rest is read by pandoc.
"""

import json
import re
from pathlib import Path

from pipeline import pandoc
from pipeline.intake import suspects, tongues
from pipeline.intake.dialects.labels import labelled, with_labels
from pipeline.intake.draft import Draft, Manuscript
from pipeline.intake.files import beside
from pipeline.intake.front import open_text
from pipeline.intake.known import TAG, Known
from pipeline.intake.matter import metadata_of
from pipeline.intake.opening import opening_of
from pipeline.intake.sheet import Sheet, as_sheet, read_sheet
from pipeline.intake.tree import Taken, anchors_of, blocks_of, levelled, with_fakes
from pipeline.intake.tree.inlines import words_of
from pipeline.intake.tree.taken import Node, Places
from pipeline.problems import BriefError, Problem, problem

__all__ = ["draft"]

FORMAT = "commonmark_x-smart-task_lists-emoji-tex_math_dollars-fancy_lists+autolink_bare_uris"
MARK = re.compile(r"`[^`\n]+`|\[\^([^\]\s]+)\](?!:)")
"""A call of a note."""


def draft(manuscript: Manuscript) -> Draft:
    """Return what a text in Markdown becomes. Raises BriefError when it has no title or no text."""
    sheet, said = read_sheet(manuscript)
    lang = tongues.language_of(sheet.text)
    found = suspects.spots(sheet, lang or "en")
    slips = suspects.told(sheet, found, manuscript.fix)
    if manuscript.fix:
        sheet = as_sheet(suspects.mend(sheet.text, found), sheet.path)
    text, lost = labelled(with_labels(sheet.text))
    taken = Taken(sheet.path, beside(Path(sheet.path).parent), _place(sheet), keys=_keys(text))
    meta, nodes = _read(text, sheet.path)
    taken.anchors = anchors_of(nodes)
    opening = opening_of(meta, taken)
    opened = open_text(opening, blocks_of(nodes, taken), taken)
    body = with_fakes(opened.body, lambda one: taken.tell("intake-heading", one, text=one))
    if not body:
        raise BriefError([problem("intake-empty", sheet.path, what="text behind the title")])
    metadata, told = metadata_of(opened.opening, _known(meta), [sheet.text], manuscript)
    uncalled = (_uncalled(sheet, number) for number in lost)
    # A date or names in YAML are no text of the page: nobody reads them there.
    given = (*opening.authors, opening.dated)
    values = tuple(one for one in opened.values if one.text not in given)
    return Draft(
        metadata,
        levelled(body),
        tuple(taken.notes),
        taken.pictures,
        values,
        (*said, *slips, *told, *uncalled, *taken.problems),
    )


def _read(text: str, path: str) -> tuple[dict[str, Node], list[Node]]:
    data, _ = pandoc.read(FORMAT, text.encode(), path)
    try:
        tree = json.loads(data)
    except RecursionError:
        raise BriefError([problem("structure-depth", path, what="text")]) from None
    return tree["meta"], tree["blocks"]


def _keys(text: str) -> tuple[str, ...]:
    """Return what tells the notes apart, in the order of their calls; calls in notes count not."""
    body = re.sub(r"(?m)^ {0,3}\[\^[^\]\s]+\]:.*(?:\n(?: {4,}|\t).*|\n[ \t]*(?=\n))*", "", text)
    return tuple(match[1] for match in MARK.finditer(body) if match[1])


def _known(meta: dict[str, Node]) -> Known:
    """Return what YAML at the beginning of the text says."""
    words = _list(meta.get("keywords") or meta.get("tags"))
    lang = " ".join(_list(meta.get("lang") or meta.get("language")))
    return Known(keywords=tuple(dict.fromkeys(words)), lang=lang if TAG.fullmatch(lang) else None)


def _list(value: Node | None) -> tuple[str, ...]:
    if value is None or value["t"] not in ("MetaList", "MetaInlines", "MetaString"):
        return ()
    if value["t"] == "MetaString":
        return (str(value["c"]),)
    parts = value["c"] if value["t"] == "MetaList" else [value]
    return tuple(filter(None, (words_of(one["c"]) for one in parts if one["t"] == "MetaInlines")))


def _place(sheet: Sheet) -> Places:
    def place(text: str) -> int:
        at = sheet.text.find(text.strip()[:30]) if text.strip() else -1
        return sheet.place(at)[0] if at >= 0 else 1

    return place


def _uncalled(sheet: Sheet, number: int) -> Problem:
    found = re.search(rf"(?m)^ {{0,3}}[^\w\n]{{0,3}}{number}\b", sheet.text)
    return sheet.problem("intake-note-uncalled", found.start() if found else 0, number=number)
