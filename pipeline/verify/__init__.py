"""Proof: every finished file is opened again and compared with the brief it was made from.

This room shares nothing with the renderers but the model. `expected` says what a reader must find,
one reader for each format says what was found, and `compare` names each difference.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from pipeline.model import Brief
from pipeline.problems import Problem, problem
from pipeline.verify import (
    read_card,
    read_citation,
    read_docx,
    read_epub,
    read_html,
    read_jats,
    read_pdf,
)
from pipeline.verify.compare import compare, compare_properties
from pipeline.verify.compare_files import compare_files
from pipeline.verify.expected import expected_document
from pipeline.verify.expected_end import expected_citation
from pipeline.verify.found import Document, Unreadable
from pipeline.verify.seen_docx import DOCX
from pipeline.verify.seen_epub import EPUB
from pipeline.verify.seen_html import HTML
from pipeline.verify.seen_jats import JATS
from pipeline.verify.seen_pdf import PDF
from pipeline.verify.tracked import settled

__all__ = [
    "verify_card",
    "verify_citation",
    "verify_docx",
    "verify_epub",
    "verify_html",
    "verify_jats",
    "verify_pdf",
    "verify_redline",
]

STUMBLES = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What reading a damaged file may raise: any of its objects can be of another kind, or missing."""


def verify_html(brief: Brief, data: bytes, path: str) -> tuple[Problem, ...]:
    """Return every difference between a web page and its brief."""
    found = _read(read_html.read, data, path)
    if isinstance(found, Problem):
        return (found,)
    return compare(expected_document(brief), found, HTML, path)


def verify_epub(brief: Brief, data: bytes, path: str) -> tuple[Problem, ...]:
    """Return every difference between a book and its brief."""
    found = _read(read_epub.read, data, path)
    if isinstance(found, Problem):
        return (found,)
    return compare(expected_document(brief), found, EPUB, path)


def verify_jats(
    brief: Brief, data: bytes, path: str, files: Mapping[str, bytes]
) -> tuple[Problem, ...]:
    """Return every difference between an article in JATS, with files beside it, and its brief."""
    found = _read(partial(read_jats.read, files=files), data, path)
    if isinstance(found, Problem):
        return (found,)
    return compare(expected_document(brief), found, JATS, path)


def verify_docx(brief: Brief, data: bytes, path: str) -> tuple[Problem, ...]:
    """Return every difference between a Word document and its brief."""
    found = _read(read_docx.read, data, path)
    if isinstance(found, Problem):
        return (found,)
    expected = replace(expected_document(brief), placement=brief.metadata.notes.docx or "")
    return compare(expected, found, DOCX, path)


def verify_redline(old: Brief, new: Brief, data: bytes, path: str) -> tuple[Problem, ...]:
    """Return what is wrong with a Word file of tracked changes.

    With all changes accepted it must be the new version, with all rejected the old one. What the
    file says about itself, and where it prints its notes, is not tracked.
    """
    try:
        accepted, rejected = settled(data, "accept"), settled(data, "reject")
    except (Unreadable, *STUMBLES) as error:
        return (problem("verify-unreadable", path, what=str(error)),)
    found = _read(read_docx.read, rejected, path)
    if isinstance(found, Problem):
        return (*verify_docx(new, accepted, path), found)
    wanted = replace(expected_document(old), placement="", properties=found.properties)
    return (
        *verify_docx(new, accepted, f"{path} (all changes accepted)"),
        *compare(wanted, found, DOCX, f"{path} (all changes rejected)"),
    )


def verify_pdf(brief: Brief, data: bytes, path: str) -> tuple[Problem, ...]:
    """Return every difference between a PDF and its brief, the files in it included."""
    found = _read(read_pdf.read, data, path)
    if isinstance(found, Problem):
        return (found,)
    expected = replace(expected_document(brief), placement=brief.metadata.notes.pdf or "")
    return (
        *compare(expected, found, PDF, path),
        *compare_files(brief, found.attachments, path),
    )


def verify_citation(brief: Brief, data: bytes, form: str, path: str) -> tuple[Problem, ...]:
    """Return every difference between a citation file and its brief."""
    try:
        found = read_citation.read(data, form)
    except STUMBLES as error:
        return (problem("verify-unreadable", path, what=f"{type(error).__name__}: {error}"),)
    return compare_properties(expected_citation(brief), found, path)


def verify_card(data: bytes, path: str) -> tuple[Problem, ...]:
    """Return what is wrong with the picture of a link, whose words no program can read."""
    fault = read_card.fault(data)
    return (problem("verify-unreadable", path, what=fault),) if fault else ()


def _read(read: Callable[[bytes], Document], data: bytes, path: str) -> Document | Problem:
    try:
        return read(data)
    except Unreadable as error:
        return problem("verify-unreadable", path, what=str(error))
    except STUMBLES as error:
        what = f"something in it is not what it should be: {type(error).__name__}: {error}"
        return problem("verify-unreadable", path, what=what)
