"""Running text as JATS has it. Numbers of notes are those of the calls; nothing is counted here."""

from collections.abc import Iterable, Iterator

from pipeline import model as m
from pipeline.renderers.carried import path_of
from pipeline.renderers.jats.scope import Scope
from pipeline.renderers.jats.xml import Content, Element, add, line_break, make, name_of
from pipeline.renderers.nodes import pieces

MARKUP = {
    m.Emphasis: "italic",
    m.Strong: "bold",
    m.Underline: "underline",
    m.Strikeout: "strike",
    m.SmallCaps: "sc",
    m.Superscript: "sup",
    m.Subscript: "sub",
}
KINDS = {"figure": "fig", "table": "table", "section": "sec"}
"""What a reference refers to (values of `ref-type`)."""


def fill(element: Element, inlines: m.Inlines, scope: Scope) -> Element:
    """Put running text into an element, and return that."""
    if scope.lang and inlines:
        add(element, make("styled-content", *content(inlines, scope), lang=scope.lang))
    else:
        add(element, *content(inlines, scope))
    return element


def content(inlines: Iterable[m.Inline], scope: Scope) -> Iterator[Content]:
    """Yield text and elements for inlines."""
    for inline in inlines:
        yield from _inline(inline, scope)


def _inline(inline: m.Inline, scope: Scope) -> Iterator[Content]:
    match inline:
        case m.Text():
            yield inline.text
        case m.Code():
            yield make("monospace", inline.text)
        case m.LineBreak():
            yield line_break()
        case m.Image():
            yield picture(inline, scope, "inline-graphic")
        case m.Call():
            anchor = scope.note_anchors[inline.note]
            yield make("sup", _reference(anchor, "fn", str(inline.number), inline.id))
        case m.TableCall():
            anchor = scope.table_note_anchors[inline.note]
            yield make("sup", _reference(anchor, "table-fn", inline.letter, inline.id))
        case m.CrossReference():
            anchor = scope.note_anchors[inline.note]
            yield make(
                "xref", str(inline.number), ref_type="fn", rid=name_of(anchor), specific_use="see"
            )
        case m.ElementReference():
            yield _reference(inline.target, KINDS[inline.kind], inline.number)
        case m.Link():
            yield from _link(inline, scope)
        case m.Span():
            kind = " ".join(inline.classes)
            words = content(inline.content, scope)
            own = name_of(inline.id) if inline.id else None
            yield make("styled-content", *words, id=own, lang=inline.lang, style_type=kind)
        case _:
            yield make(MARKUP[type(inline)], *content(inline.content, scope))


def _reference(anchor: str, kind: str, words: str, ident: str = "") -> Element:
    own = name_of(ident) if ident else None
    return make("xref", words, ref_type=kind, rid=name_of(anchor), id=own)


def _link(link: m.Link, scope: Scope) -> Iterator[Content]:
    """Yield a link, cut at the links in it."""
    for piece in pieces(link):
        if not isinstance(piece, m.Link):
            yield from _inline(piece, scope)
            continue
        words = content(piece.content, scope)
        if piece.target.startswith("#"):
            kind = "bibr" if piece.target[1:] in scope.references else "other"
            yield make("xref", *words, ref_type=kind, rid=name_of(piece.target[1:]))
        else:
            yield make("ext-link", *words, ext_link_type="uri", href=piece.target, tip=piece.title)


def picture(image: m.Image, scope: Scope, tag: str) -> Element:
    """Return a picture; one without words for those who cannot see it is decoration."""
    file = scope.pictures[image.file]
    kind, _, form = file.media_type.partition("/")
    alt = make("alt-text", image.alt) if image.alt else None
    return make(tag, alt, href=path_of(file), mimetype=kind, mime_subtype=form)
