"""All renderers and all readers of finished files, in one table by format."""

from dataclasses import replace

from pipeline import bibliography, citation
from pipeline.manifest import Format
from pipeline.model import Brief
from pipeline.problems import BriefError, Problem
from pipeline.renderers.card import render_card
from pipeline.renderers.docx import render_docx
from pipeline.renderers.html import render_html
from pipeline.renderers.pdf import render_pdf
from pipeline.theme import Theme
from pipeline.verify import verify_card, verify_citation, verify_docx, verify_html, verify_pdf


def render(brief: Brief, theme: Theme, form: Format, path: str = "") -> bytes:
    """Return the finished file. `path` is where the brief was read from, for problems.

    Raises BriefError when the brief cannot be printed in this format.
    """
    try:
        return _render(brief, theme, form)
    except BriefError as error:
        raise BriefError([_at(item, brief.source.name, path) for item in error.problems]) from None


def _at(item: Problem, name: str, path: str) -> Problem:
    """Return a problem that a renderer found in the source with the path the user knows it by."""
    return replace(item, path=path) if path and item.path == name else item


def _render(brief: Brief, theme: Theme, form: Format) -> bytes:
    match form:
        case "html":
            return render_html(brief, theme)
        case "pdf":
            return render_pdf(brief, theme)
        case "docx":
            return render_docx(brief, theme)
        case "png":
            return render_card(brief, theme)
        case "csl":
            return bibliography.csl_json(citation.record(brief, theme))
        case "bib":
            return bibliography.bibtex(citation.record(brief, theme))
        case "ris":
            return bibliography.ris(citation.record(brief, theme))
        case "json":
            raise ValueError("JSON is dumped, not rendered")


def verify(brief: Brief, data: bytes, form: Format, path: str) -> tuple[Problem, ...]:
    """Read a finished file back and name every difference from the brief."""
    match form:
        case "html":
            return verify_html(brief, data, path)
        case "pdf":
            return verify_pdf(brief, data, path)
        case "docx":
            return verify_docx(brief, data, path)
        case "png":
            return verify_card(data, path)
        case "csl" | "bib" | "ris":
            return verify_citation(brief, data, form, path)
        case "json":
            return ()
