"""Word files made for tests, and what is looked up in them."""

from functools import cache

from lxml import etree

from pipeline import model as m
from pipeline.renderers.docx import render_docx
from pipeline.theme import load_theme
from tests.docx_lint import Docx, read, val, w
from tests.samples import minimal, sample


def docx(brief: m.Brief) -> Docx:
    return read(render_docx(brief, load_theme()))


def placed(brief: m.Brief, placement: m.Placement) -> m.Brief:
    """Return the brief with its notes at the foot or at the end."""
    notes = m.NotePlacement(docx=placement)
    return with_metadata(brief, notes=notes)


def with_metadata(brief: m.Brief, **fields: object) -> m.Brief:
    metadata = brief.metadata.model_copy(update=fields)
    return brief.model_copy(update={"metadata": metadata})


def with_body(*blocks: m.Block, notes: tuple[m.Note, ...] = ()) -> m.Brief:
    return minimal().model_copy(update={"body": blocks, "notes": notes})


@cache
def sample_docx(placement: m.Placement = "foot") -> Docx:
    return docx(placed(sample(), placement))


def words(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(w("t")))


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if style is None else val(style)


def paragraphs(found: Docx, style: str) -> list[str]:
    return [words(one) for one in found.in_stories("//w:p") if style_of(one) == style]


def extent(found: Docx) -> tuple[int, int]:
    """Return width and height of the only picture."""
    [one] = found.find("word/document.xml", "//wp:extent")
    return int(one.get("cx", "0")), int(one.get("cy", "0"))
