"""Running text: inlines to runs, hyperlinks and fields."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from pipeline import model as m
from pipeline.languages import Direction, direction
from pipeline.renderers.nodes import ends_in_call
from pipeline.renderers.word.bookmarks import first_call
from pipeline.renderers.word.direction import language
from pipeline.renderers.word.scope import Scope
from pipeline.renderers.word.xml import Element, name, text, w

SOFT_HYPHEN = "\u00ad"
MARKS: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
"""Invisible letters of each direction, which keep signs at the ends of a passage in it."""
BETWEEN_CALLS = "BetweenNotes"
"""The character style of what keeps the numbers of two notes apart; it is no text of the brief."""
TABLE_LETTER = "Table Note Reference"
"""The character style of calls and markers of the notes that a table keeps to itself."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How the text of a run is marked."""

    marks: frozenset[str] = frozenset()
    span: str | None = None
    lang: str | None = None

    def marked(self, mark: str) -> "Voice":
        """Return the same voice with one mark more."""
        return replace(self, marks=self.marks | {mark})


def runs(scope: Scope, inlines: m.Inlines, voice: Voice | None = None) -> list[Element]:
    """Return the content of a paragraph."""
    spoken = voice or Voice(lang=scope.lang)
    found: list[Element] = []
    for before, inline in zip((None, *inlines), inlines, strict=False):
        if before is not None and isinstance(inline, m.Call | m.TableCall) and ends_in_call(before):
            found.append(in_style(BETWEEN_CALLS, text(",")))
        found += _inline(scope, inline, spoken)
    return found


def _inline(scope: Scope, inline: m.Inline, voice: Voice) -> list[Element]:
    match inline:
        case m.Text():
            return [run(scope, voice, *_characters(inline.text))]
        case m.Emphasis():
            return runs(scope, inline.content, voice.marked("Emphasis"))
        case m.Strong():
            return runs(scope, inline.content, voice.marked("Strong"))
        case m.Underline():
            return runs(scope, inline.content, voice.marked("Underline"))
        case m.Strikeout():
            return runs(scope, inline.content, voice.marked("Strikeout"))
        case m.SmallCaps():
            return runs(scope, inline.content, voice.marked("Small Caps"))
        case m.Superscript():
            return runs(scope, inline.content, voice.marked("Superscript"))
        case m.Subscript():
            return runs(scope, inline.content, voice.marked("Subscript"))
        case m.Code():
            return [run(scope, voice.marked("Inline Code"), *_characters(inline.text))]
        case m.LineBreak():
            return [run(scope, voice, w("br"))]
        case m.Link():
            return [_link(scope, inline, voice)]
        case m.Image():
            picture = scope.book.pictures.drawing(scope.links, inline, scope.width)
            return [run(scope, voice, picture)]
        case m.Span():
            return _span(scope, inline, voice)
        case m.Call():
            return _call(scope, inline)
        case m.TableCall():
            return _table_call(scope, inline, voice)
        case m.CrossReference():
            style = properties(scope, voice.marked("Cross-reference"))
            return _noteref(scope, inline.number, "\\h", style)
        case m.ElementReference():
            return _number_reference(scope, inline, voice)


def run(scope: Scope, voice: Voice, *content: Element) -> Element:
    """Return a run in this voice."""
    return w("r", *properties(scope, voice), *content)


def plain(scope: Scope, words: str, mark: str | None = None) -> Element:
    """Return a run of words that are the house's and not the brief's."""
    return run(scope, Voice(frozenset([mark] if mark else [])), *_characters(words))


def link(scope: Scope, target: str, words: str) -> Element:
    """Return a link that the front matter implies."""
    made = m.Link(target=target, content=(m.Text(text=words),), line=1, column=1)
    return _link(scope, made, Voice(lang=scope.lang))


def in_style(style: str, *content: Element) -> Element:
    """Return a run in a character style of the house."""
    return w("r", w("rPr", w("rStyle", val=style)), *content)


def interface(words: str) -> Element:
    """Return words that are the house's and not the brief's; their style says so."""
    return in_style("Interface", text(words))


def interface_run(content: Element) -> Element:
    """Return something that is no text and is the house's, such as a picture."""
    return in_style("Interface", content)


def interface_link(scope: Scope, target: str, words: str) -> Element:
    """Return a link that is the house's and not the brief's."""
    hyperlink = w("hyperlink", in_style("InterfaceLink", text(words)), history=1)
    hyperlink.set(name("r:id"), scope.links.to_url(target))
    return hyperlink


def note_style(scope: Scope) -> str:
    """Return the character style of calls and of the numbers before notes."""
    return f"{scope.book.notes.capitalize()}Reference"


def properties(scope: Scope, voice: Voice) -> list[Element]:
    """Return the properties of a run: a style for all its marks together, and its language."""
    style = scope.book.styles.run(voice.marks, voice.span)
    found = [w("rStyle", val=style)] if style else []
    if voice.lang:
        found += language(voice.lang)
    return [w("rPr", *found)] if found else []


def _characters(words: str) -> Iterable[Element]:
    """Yield the text with its soft hyphens, which Word knows only as an element (17.3.3.29)."""
    for index, piece in enumerate(words.split(SOFT_HYPHEN)):
        if index:
            yield w("softHyphen")
        if piece:
            yield text(piece)


def _link(scope: Scope, link: m.Link, voice: Voice) -> Element:
    content = runs(scope, link.content, voice.marked("Hyperlink"))
    hyperlink = w("hyperlink", *content, history=1)
    if link.title:
        hyperlink.set(name("w:tooltip"), link.title)
    if not link.target.startswith("#"):
        hyperlink.set(name("r:id"), scope.links.to_url(link.target))
        return hyperlink
    bookmark = scope.book.bookmarks.name(link.target[1:])
    if bookmark is None:
        raise scope.book.refuse("link-anchor", link.line, link.column, target=link.target, near="")
    hyperlink.set(name("w:anchor"), bookmark)
    return hyperlink


def _span(scope: Scope, span: m.Span, voice: Voice) -> list[Element]:
    inner = replace(voice, span=" ".join(span.classes) or voice.span, lang=span.lang or voice.lang)
    content = runs(scope, span.content, inner)
    around = direction(voice.lang or scope.book.words.lang)
    if span.lang and direction(span.lang) != around:
        mark = MARKS[direction(span.lang)]
        content = [interface(mark), *content, interface(mark)]
    return scope.book.bookmarks.wrap(span.id, content)


def _call(scope: Scope, call: m.Call) -> list[Element]:
    """Return a note reference at the first call of a note, and a field at every later one."""
    note = scope.book.brief.notes[call.number - 1]
    if call.id == note.calls[0]:
        reference = in_style(note_style(scope), w(f"{scope.book.notes}Reference", id=call.number))
        return scope.book.bookmarks.wrap(note.id, [reference])
    style = [w("rPr", w("rStyle", val=note_style(scope)))]
    return _noteref(scope, call.number, "\\f \\h", style)


def _table_call(scope: Scope, call: m.TableCall, voice: Voice) -> list[Element]:
    """Return the letter of a note that stands under its table, linked to it."""
    note = scope.book.table_notes[call.note]
    anchor = call.id if call.id == note.calls[0] else None
    return scope.book.bookmarks.wrap(anchor, [_letter(scope, note.id, note.letter, voice)])


def table_marker(scope: Scope, note: m.TableNote) -> Element:
    """Return the letter before a note under its table, linked to its first call."""
    return _letter(scope, note.calls[0], note.letter, Voice(lang=scope.lang))


def _letter(scope: Scope, anchor: str, letter: str, voice: Voice) -> Element:
    marked = Voice(frozenset([TABLE_LETTER]), lang=voice.lang)
    hyperlink = w("hyperlink", run(scope, marked, text(letter)), history=1)
    hyperlink.set(name("w:anchor"), scope.book.bookmarks.name(anchor) or "")
    return hyperlink


def _noteref(
    scope: Scope, number: int, switches: str, properties: Sequence[Element]
) -> list[Element]:
    """Return the field that repeats the number of a note (17.16.5.37), with that number in it."""
    return field(f"NOTEREF {first_call(number)} {switches}", str(number), properties)


def _number_reference(scope: Scope, reference: m.ElementReference, voice: Voice) -> list[Element]:
    """Return the field that repeats the number of a figure or table (17.16.5.51)."""
    bookmark = scope.book.bookmarks.name(reference.target)
    if bookmark is None:
        place = reference.line, reference.column
        raise scope.book.refuse("structure-unnumbered", *place, name=reference.target)
    style = properties(scope, voice.marked("Cross-reference"))
    return field(f"REF {bookmark} \\h", reference.number, style)


def field(instruction: str, result: str, properties: Sequence[Element]) -> list[Element]:
    """Return a field with what it shows (17.16.2), in runs of these properties."""
    contents = (
        w("fldChar", fldCharType="begin"),
        text(f" {instruction} ", "instrText"),
        w("fldChar", fldCharType="separate"),
        text(result),
        w("fldChar", fldCharType="end"),
    )
    return [w("r", *deepcopy(list(properties)), content) for content in contents]
