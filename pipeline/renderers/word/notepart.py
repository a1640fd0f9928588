"""The footnotes or endnotes part: every note once, with its own relationships."""

from collections.abc import Iterable, Iterator

from pipeline import model as m
from pipeline.renderers.word import reference
from pipeline.renderers.word.blocks import STYLE_PATH, VALUE, P, blocks, closed
from pipeline.renderers.word.direction import turn_document
from pipeline.renderers.word.inlines import in_style, interface
from pipeline.renderers.word.package import Links, Part, word_part
from pipeline.renderers.word.scope import Book, Scope
from pipeline.renderers.word.xml import Element, paragraph, serialise, w


def note_part(book: Book) -> Part:
    """Return the part that holds the notes (17.11.15 footnotes, 17.11.8 endnotes)."""
    links = Links()
    return part_of(book, notes(book, links), links)


def part_of(book: Book, content: Iterable[Element], links: Links) -> Part:
    """Return the part that holds these notes."""
    kind = f"{book.notes}s"
    root = w(kind, *_separators(book), *content)
    if book.words.direction == "rtl":
        turn_document(root)
    return word_part(f"{kind}.xml", kind, serialise(root), links)


def notes(book: Book, links: Links) -> list[Element]:
    """Return every note of the brief."""
    width = reference.measure(book.theme) - reference.twips(reference.NOTE_STEP)
    scope = Scope(
        book,
        links,
        text="NoteText",
        heading="NoteHeading",
        family="Note",
        left=reference.twips(reference.NOTE_STEP),
        width=width,
    )
    return [_note(scope, note) for note in book.brief.notes]


def _separators(book: Book) -> Iterator[Element]:
    """Yield what stands above the notes, and above a note that runs on (17.11.23, 17.11.1).

    Over endnotes stands their heading: only there does it stay with them wherever they are printed.
    """
    line = paragraph("NoteSeparator", [w("r", w("separator"))])
    heading = paragraph("NotesHeading", [interface(book.words.notes)])
    above = heading if book.notes == "endnote" else line
    yield w(book.notes, above, type="separator", id=-1)
    more = paragraph("NoteSeparator", [w("r", w("continuationSeparator"))])
    yield w(book.notes, more, type="continuationSeparator", id=0)


def _note(scope: Scope, note: m.Note) -> Element:
    """Return a note. Its number stands before its first words, or alone before anything else."""
    kind = scope.book.notes
    number = [in_style("NoteNumber", w(f"{kind}Ref")), w("r", w("tab"))]
    content = blocks(scope, note.blocks)
    style = content[0].find(STYLE_PATH) if content[0].tag == P else None
    if style is not None and style.get(VALUE) == scope.text:
        style.set(VALUE, f"{kind.capitalize()}Text")
        for place, run in enumerate(number, start=1):
            content[0].insert(place, run)
    else:
        content.insert(0, paragraph(f"{kind.capitalize()}Text", number))
    return w(kind, *closed(scope.text, content), id=note.number)
