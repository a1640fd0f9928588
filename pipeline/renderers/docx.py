"""The DOCX renderer: (Brief, Theme) to bytes.

It writes the parts of the package itself instead of going through pandoc's DOCX writer. Pandoc has
no endnotes, no fields, no styles for cells and none for levels of lists, so that nearly every part
would have to be taken apart and mended afterwards; and a note is safest where one room writes its
call, its bookmark and its content from the same record.
"""

from dataclasses import replace

from pipeline import walk
from pipeline.fonts import companions
from pipeline.model import Brief
from pipeline.renderers.imprint import imprint, pictures
from pipeline.renderers.word import page, properties, reference
from pipeline.renderers.word.blocks import P, blocks, closed, spaced
from pipeline.renderers.word.bookmarks import Bookmarks
from pipeline.renderers.word.direction import turn_document
from pipeline.renderers.word.ending import ending
from pipeline.renderers.word.fonts import font_parts
from pipeline.renderers.word.notepart import note_part
from pipeline.renderers.word.numbering import Numbering
from pipeline.renderers.word.package import OFFICE, WORD, Links, Part, pack
from pipeline.renderers.word.pictures import Pictures
from pipeline.renderers.word.scope import Book, Scope
from pipeline.renderers.word.section import cover_head, first_section, last_section, running_heads
from pipeline.renderers.word.styles import Styles
from pipeline.renderers.word.xml import Element, IllegalCharacterError, serialise, w
from pipeline.theme import Theme
from pipeline.words import words_for

MAIN = WORD.format("document.main")
MAIN_KIND = f"{OFFICE}officeDocument"


def render_docx(brief: Brief, theme: Theme) -> bytes:
    """Return the brief as a Word file. Raises BriefError when something in it cannot be written."""
    book = open_book(brief, theme)
    try:
        return _package(book)
    except IllegalCharacterError as error:
        raise book.refuse("structure-control", 1, char=error.character) from None


def open_book(brief: Brief, theme: Theme, beside: tuple[Brief, ...] = ()) -> Book:
    """Return what all parts of a brief's Word file share.

    Briefs `beside` it are written into the same file, with its fonts.
    """
    placement = brief.metadata.notes.docx or theme.notes.docx
    words = words_for(brief.metadata.lang, theme.folder)
    printed = (one.model_dump(exclude={"images", "source"}) for one in (brief, *beside))
    others = companions(theme.folder / "fonts", "".join(map(str, printed)) + words.notes)
    told = imprint(brief, theme, words)
    return Book(
        brief=brief,
        theme=theme,
        words=words,
        others=tuple(others.items()),
        imprint=told,
        notes="endnote" if placement == "end" else "footnote",
        table_notes={note.label: note for note in walk.table_notes(brief)},
        styles=Styles(reference.styles(theme, brief.metadata.lang, tuple(others.items()))),
        numbering=Numbering(),
        bookmarks=Bookmarks(brief),
        pictures=Pictures(pictures(brief, told), theme),
    )


def open_beside(book: Book, brief: Brief) -> Book:
    """Return the book of another brief that is written into the same file."""
    words = words_for(brief.metadata.lang, book.theme.folder)
    told = imprint(brief, book.theme, words)
    return replace(
        book,
        brief=brief,
        words=words,
        imprint=told,
        table_notes={note.label: note for note in walk.table_notes(brief)},
        bookmarks=Bookmarks(brief),
        pictures=Pictures(pictures(brief, told), book.theme, book.pictures),
    )


def _package(book: Book) -> bytes:
    """Return the package. The parts that gather what the text asked for are made after the text."""
    links = Links()
    heads = running_heads(book)
    cover = cover_head(book)
    scope = body_scope(book, links)
    body = w("body", *_body(scope, heads, cover))
    if book.words.direction == "rtl":
        turn_document(body)
    return bound(book, body, links, [note_part(book)] if book.brief.notes else [], heads, cover)


def body_scope(book: Book, links: Links) -> Scope:
    """Return the place where the body begins."""
    return Scope(book, links, text="BodyText", width=reference.measure(book.theme))


def bound(
    book: Book,
    body: Element,
    links: Links,
    notes: list[Part],
    heads: tuple[Part, Part],
    cover: tuple[Part, ...],
) -> bytes:
    """Return the package of a body that is written, with all that it asked for."""
    fonts = font_parts(book.theme, book.others)
    linked = [*notes, *properties.formatting(book, bool(notes)), fonts[0]]
    for part in linked:
        links.to(part)
    text = Part("word/document.xml", MAIN_KIND, MAIN, serialise(w("document", body)), links)
    package = Links(folder="")
    outer = [text, *properties.about(book)]
    for part in outer:
        package.to(part)
    return pack([*outer, *linked, *heads, *cover, *fonts[1:], *book.pictures.parts], package)


def _body(scope: Scope, heads: tuple[Part, Part], cover: tuple[Part, ...]) -> list[Element]:
    """Return the whole text and the properties of its sections.

    Endnotes are printed at the end of their section, so that what stands after them has its own.
    """
    book = scope.book
    text = [
        *page.opening(scope),
        *blocks(scope, book.brief.body),
        *page.closing(scope),
        *blocks(scope, book.brief.references),
    ]
    section = first_section(book, heads, cover, scope.links)
    end = ending(scope)
    if book.notes == "footnote" or not book.brief.notes:
        return [*closed("BodyText", spaced(scope, [*text, *end])), section]
    text = closed("BodyText", spaced(scope, text))
    properties = next(one for one in reversed(text) if one.tag == P)[0]
    properties.append(section)
    return [*text, *spaced(scope, end), last_section(book)]
