"""The importer of Word files: pandoc reads them, tracked changes accepted.

Places are paragraphs: line 12 of a Word file is the twelfth paragraph of its text, tables included.
"""

import json
from functools import partial

from pipeline import pandoc
from pipeline.intake import suspects, tongues
from pipeline.intake.draft import Draft, Manuscript
from pipeline.intake.front import open_text
from pipeline.intake.matter import metadata_of
from pipeline.intake.opening import opening_of
from pipeline.intake.tree import Taken, anchors_of, blocks_of, levelled, with_fakes
from pipeline.intake.tree.taken import Node
from pipeline.intake.word.properties import properties_of
from pipeline.intake.word.review import review
from pipeline.intake.word.text import contents_headings, descriptions, keys_of, place_in, texts_of
from pipeline.intake.word.trim import take_styled, without_contents, without_descriptions
from pipeline.problems import BriefError, problem
from pipeline.wordfile import Package, open_package

__all__ = ["draft"]

FORMAT = "docx+styles"
CHECKED = tuple(f"word/{name}.xml" for name in ("document", "footnotes", "endnotes", "comments"))
"""Parts that must be well-formed: of the others pandoc takes what it can."""


def draft(manuscript: Manuscript) -> Draft:
    """Return what a Word file becomes.

    Raises BriefError when it cannot be read, has no title, or calls a note in it.
    """
    path = manuscript.path
    package = open_package(manuscript.data, path)
    for part in CHECKED:
        package.xml(part)
    texts = texts_of(package)
    taken = Taken(path, partial(_picture, package), place_in(texts), keys=keys_of(package))
    taken.links = True
    meta, nodes = _read(manuscript)
    without_descriptions(nodes, descriptions(package))
    taken.anchors = anchors_of(nodes)
    for style, field in (("title", "title"), ("subtitle", "subtitle")):
        take_styled(nodes, meta, style, field)
    opening = opening_of(meta, taken)
    body = blocks_of(without_contents(nodes, contents_headings(package), taken), taken)
    opened = open_text(opening, body, taken)
    body = with_fakes(opened.body, lambda text: taken.tell("intake-heading", text, text=text))
    if not body:
        raise BriefError([problem("intake-empty", path, what="text behind the title")])
    metadata, told = metadata_of(opened.opening, properties_of(package), texts, manuscript)
    lang = tongues.language_of("\n".join(texts)) or "en"
    slips = suspects.told_each(texts, lang, path, lambda number, _: number)
    return Draft(
        metadata,
        levelled(body),
        tuple(taken.notes),
        taken.pictures,
        opened.values,
        (*told, *taken.problems, *review(package, path, manuscript.track), *slips),
    )


def _picture(package: Package, target: str) -> bytes | None:
    """Return the file of a picture, which pandoc names as the part does below `word/`."""
    return package.read(f"word/{target}") or package.read(target.lstrip("/"))


def _read(manuscript: Manuscript) -> tuple[dict[str, Node], list[Node]]:
    try:
        data, _ = pandoc.read(FORMAT, manuscript.data, manuscript.path)
    except BriefError as error:
        if any(one.code == "internal-pandoc" for one in error.problems):
            what = "it is not a complete Word file"
            raise BriefError([problem("intake-word", manuscript.path, what=what)]) from None
        raise
    try:
        tree = json.loads(data)
    except RecursionError:
        raise BriefError([problem("structure-depth", manuscript.path, what="text")]) from None
    return tree["meta"], tree["blocks"]
