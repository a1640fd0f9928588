"""One version of a brief as the renderer of Word files writes it, before it is merged."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from pipeline.redline.tracked.items import GROUP
from pipeline.renderers.docx import body_scope
from pipeline.renderers.word import notepart, page
from pipeline.renderers.word.blocks import block, blocks, closed, spaced
from pipeline.renderers.word.ending import ending
from pipeline.renderers.word.package import Links
from pipeline.renderers.word.scope import Book
from pipeline.renderers.word.xml import Element, w

FRONT, CLOSING, END = "front", "closing", "end"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text, what stands behind endnotes, and the notes of one version.

    Elements of the text say to which block they belong. What stands behind footnotes is part of
    the text.
    """

    text: Element
    end: Element
    notes: Element

    @property
    def roots(self) -> tuple[Element, ...]:
        """All of it."""
        return self.text, self.end, self.notes

    def copy(self) -> "Sheet":
        """Return a copy, whose elements can be moved into a file."""
        return Sheet(deepcopy(self.text), deepcopy(self.end), deepcopy(self.notes))


def sheet(book: Book, links: Links, note_links: Links, has_endnotes: bool) -> Sheet:
    """Write one version."""
    scope = body_scope(book, links)
    groups = [(FRONT, page.opening(scope))]
    groups += [(str(at), block(scope, node)) for at, node in enumerate(book.brief.body)]
    groups.append((CLOSING, [*page.closing(scope), *blocks(scope, book.brief.references)]))
    behind = ending(scope)
    if not has_endnotes:
        groups.append((END, behind))
    for group, elements in groups:
        for element in elements:
            element.set(GROUP, group)
    text = [element for _, elements in groups for element in elements]
    return Sheet(
        _grouped(closed("BodyText", spaced(scope, text))),
        w("body", *(spaced(scope, behind) if has_endnotes else [])),
        w("notes", *notepart.notes(book, note_links)),
    )


def _grouped(elements: Sequence[Element]) -> Element:
    """Return the elements; what keeps tables apart belongs to what is before it."""
    group = FRONT
    for element in elements:
        group = str(element.get(GROUP, group))
        element.set(GROUP, group)
    return w("body", *elements)
