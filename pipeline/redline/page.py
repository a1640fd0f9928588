"""The page of a redline: (Comparison, Summary, Theme) to HTML, in the language of the brief."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from pipeline import languages
from pipeline import model as m
from pipeline.redline.compared import Compared, Comparison, Piece
from pipeline.redline.summary import Summary
from pipeline.renderers.environment import Setting, render, setting_for
from pipeline.renderers.html import as_style, style
from pipeline.theme import Theme
from pipeline.words import Words

KINDS: Mapping[str, str] = {
    "heading": "redline_heading",
    "box-title": "redline_heading",
    "quotation": "redline_quotation",
    "pull-quote": "redline_quotation",
    "attribution": "redline_quotation",
    "figure": "figure",
    "picture": "figure",
    "hero": "figure",
    "description": "figure",
    "table": "table",
    "row": "table",
    "cell": "table",
    "table-note": "table",
    "box": "box",
    "title": "redline_title",
    "deck": "redline_deck",
    "series": "redline_series",
    "date": "redline_date",
    "updated": "updated",
    "author": "authors",
    "authors": "authors",
    "biography": "authors",
    "summary": "summary",
    "key-findings": "key_findings",
    "recommendations": "recommendations",
    "acknowledgements": "acknowledgements",
    "about": "about_the_institute",
    "contact": "contact",
    "disclaimer": "disclaimer",
    "license": "license",
    "keywords": "keywords",
    "url": "web_version",
} | dict.fromkeys(("list", "item", "definitions", "definition", "term"), "redline_list")
"""The word for each kind of part; other kinds are text."""
NAMES: Mapping[str, str] = {"doi": "DOI", "issn": "ISSN", "isbn": "ISBN"}
"""Kinds whose names are the same in each language."""


@dataclass(frozen=True, slots=True)
class View:
    """What every macro is given beside its part: both versions, and the words of the page."""

    now: Setting
    was: Setting
    words: Words

    @property
    def inserted(self) -> str:
        """What is said before what came, to those who do not see its line."""
        return self.words.before_value(self.words.texts["redline_inserted"]).strip()

    @property
    def deleted(self) -> str:
        """What is said before what is gone."""
        return self.words.before_value(self.words.texts["redline_deleted"]).strip()

    @property
    def titles(self) -> Mapping[str, str]:
        """The headings of parts, by their kinds."""
        return {kind: self.kinds(kind) for kind in (*KINDS, *NAMES)}

    def kinds(self, kind: str) -> str:
        """Return what a kind of part is called."""
        return NAMES.get(kind) or self.words.texts[KINDS.get(kind, "redline_body")]


def render_page(found: Comparison, summary: Summary, since: str, theme: Theme) -> bytes:
    """Return the page. Equal input gives equal bytes."""
    shown = _shown(found)
    now = setting_for(found.new, theme, "web")
    view = View(now, setting_for(found.old, theme, "web"), now.words)
    heading = view.words.texts["redline_since"].format(since=since)
    body = render(
        theme,
        "redline/body.html.j2",
        found=shown,
        summary=summary,
        view=view,
        heading=heading,
    )
    sheet = style(found.new, body, theme, False) + render(theme, "redline/style.css.j2")
    page = render(
        theme,
        "redline/page.html.j2",
        meta=found.new.metadata,
        direction=languages.direction(found.new.metadata.lang),
        heading=heading,
        style=as_style(sheet),
        body=Markup(body),
    )
    return page.encode() + b"\n"


def _shown(found: Comparison) -> Comparison:
    """Return the comparison with each anchor once: what is gone leads nowhere."""
    seen: set[str] = set()

    def parts(those: tuple[Compared, ...]) -> tuple[Compared, ...]:
        return tuple(part(one) for one in those)

    def part(one: Compared) -> Compared:
        return replace(one, pieces=tuple(map(piece, one.pieces)), parts=parts(one.parts))

    def piece(one: Piece) -> Piece:
        text = _silent(one.text) if one.mark == "deleted" else _once(one.text, seen)
        return Piece(one.mark, text)

    return replace(
        found,
        front=parts(found.front),
        body=parts(found.body),
        closing=parts(found.closing),
        notes=tuple(replace(one, parts=parts(one.parts)) for one in found.notes),
        end=parts(found.end),
    )


def _silent(inlines: m.Inlines) -> m.Inlines:
    """Return running text that is gone: numbers of notes and elements, which lead nowhere."""
    return tuple(silent for inline in inlines for silent in _without_links(inline))


def _without_links(inline: m.Inline) -> m.Inlines:
    match inline:
        case m.Call():
            return (m.Superscript(content=(m.Text(text=str(inline.number)),)),)
        case m.TableCall():
            return (m.Superscript(content=(m.Text(text=inline.letter),)),)
        case m.CrossReference() | m.ElementReference():
            return (m.Text(text=str(inline.number)),)
        case m.Link() if inline.target.startswith("#"):
            return _silent(inline.content)
        case m.Text() | m.Code() | m.LineBreak() | m.Image():
            return (inline,)
        case m.Span():
            return (inline.model_copy(update={"id": None, "content": _silent(inline.content)}),)
        case _:
            return (inline.model_copy(update={"content": _silent(inline.content)}),)


def _once(inlines: m.Inlines, seen: set[str]) -> m.Inlines:
    """Return running text in which a span that a change divides keeps its anchor once."""
    found: list[m.Inline] = []
    for inline in inlines:
        match inline:
            case m.Text() | m.Code() | m.LineBreak() | m.Image():
                found.append(inline)
            case m.Call() | m.TableCall() | m.CrossReference() | m.ElementReference():
                found.append(inline)
            case m.Span():
                ident = None if inline.id in seen else inline.id
                seen |= {ident} if ident else set()
                content = _once(inline.content, seen)
                found.append(inline.model_copy(update={"id": ident, "content": content}))
            case _:
                content = _once(inline.content, seen)
                found.append(inline.model_copy(update={"content": content}))
    return tuple(found)
