"""The whole article: what it is, its text in sections, and what stands behind it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from lxml import etree

from pipeline import model as m
from pipeline.citation import Part
from pipeline.renderers.imprint import Imprint, imprint
from pipeline.renderers.jats.blocks import anchored, blocks, in_paragraphs, label_and_title
from pipeline.renderers.jats.inlines import fill, picture
from pipeline.renderers.jats.people import contributors
from pipeline.renderers.jats.references import reference_list
from pipeline.renderers.jats.scope import Scope, scope_of
from pipeline.renderers.jats.xml import LICENCES, Element, add, make, name_of
from pipeline.theme import Theme
from pipeline.words import words_for

DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD '
    'v1.3 20210610//EN" "JATS-archivearticle1-3.dtd">'
)
HOUSE = "house"
"""Marks words that are the house's and not the brief's."""


def render_jats(brief: m.Brief, theme: Theme) -> bytes:
    """Return the brief as a JATS article. Equal input gives equal bytes.

    Its pictures are to be put beside it, as `carried` has them.
    """
    words = words_for(brief.metadata.lang, theme.folder)
    scope, told = scope_of(brief, words), imprint(brief, theme, words)
    article = make(
        "article",
        make("front", _journal(brief.metadata, theme), _about(brief, told, scope)),
        make("body", *_opening(brief.metadata, scope), *_sections(brief.body, scope)),
        make("back", *_back(brief, told, scope)),
        article_type="brief-report",
        dtd_version="1.3",
        lang=brief.metadata.lang,
    )
    for asked in _recommendations(brief.metadata, scope):
        article[1].append(asked)
    listed = reference_list(brief.references, scope)
    if listed is not None:
        article[2].insert(0, listed)
    else:
        for section in _sections(brief.references, scope):
            section.set("sec-type", "references")
            article[1].append(section)
    text = etree.tostring(article, xml_declaration=True, encoding="UTF-8", doctype=DOCTYPE)
    return bytes(text) + b"\n"


# Front --------------------------------------------------------------------------------------------


def _journal(meta: m.Metadata, theme: Theme) -> Element:
    """Return the series, which is what a brief appears in as an article does in a journal."""
    name = meta.series or theme.institute.name
    kind = None if meta.series else HOUSE
    titles = make("journal-title-group", make("journal-title", name))
    if kind:
        titles.set("content-type", kind)
    issn = make("issn", meta.issn) if meta.issn else None
    publisher = make("publisher", make("publisher-name", theme.institute.name))
    return make("journal-meta", titles, issn, publisher)


def _about(brief: m.Brief, told: Imprint, scope: Scope) -> Element:
    meta = brief.metadata
    return make(
        "article-meta",
        make("article-id", meta.doi, pub_id_type="doi") if meta.doi else None,
        make("article-id", brief.slug, pub_id_type="publisher-id"),
        make("title-group", fill(make("article-title"), meta.title, scope)),
        *contributors(meta.authors, scope),
        _day("pub-date", meta.date, "pub"),
        make("issue", meta.number) if meta.number else None,
        make("isbn", meta.isbn) if meta.isbn else None,
        *_history(meta),
        *_permissions(told),
        _self(told),
        *_abstracts(meta, scope),
        make("kwd-group", *(make("kwd", word) for word in meta.keywords))
        if meta.keywords
        else None,
    )


def _day(tag: str, day: date, kind: str) -> Element:
    parts = {"day": f"{day.day:02}", "month": f"{day.month:02}", "year": f"{day.year:04}"}
    made = (make(name, value) for name, value in parts.items())
    return make(tag, *made, date_type=kind, iso_8601_date=day.isoformat())


def _history(meta: m.Metadata) -> Iterator[Element]:
    if meta.updated:
        updated = _day("date", meta.updated, "updated")
        yield make("pub-history", make("event", updated, event_type="updated"))


def _permissions(told: Imprint) -> Iterator[Element]:
    """Yield the licence, for readers and for machines (NISO RP-22-2021, license_ref)."""
    licence = told.licence
    if licence is None:
        return
    words = make("license-p")
    if licence.url:
        reference = etree.Element(f"{{{LICENCES}}}license_ref")
        reference.text = licence.url
        add(words, make("ext-link", licence.name, ext_link_type="uri", href=licence.url))
        parts = [reference, words]
    else:
        add(words, licence.name)
        parts = [words]
    add(words, f" ({licence.short})" if licence.short else None)
    yield make("permissions", make("license", *parts, href=licence.url))


def _self(told: Imprint) -> Element | None:
    if not told.address:
        return None
    kind = HOUSE if told.is_ours else None
    return make("self-uri", told.address, href=told.address, content_type=kind)


def _abstracts(meta: m.Metadata, scope: Scope) -> Iterator[Element]:
    """Yield the deck and the summary, as the kinds of abstract that they are."""
    if meta.deck:
        yield make("abstract", fill(make("p"), meta.deck, scope), abstract_type="teaser")
    if summary := meta.summary:
        kind = "key-points" if summary.kind == "key-findings" else "executive-summary"
        yield make("abstract", *_items(summary.items, "bullet", scope), abstract_type=kind)


def _items(items: Sequence[m.Inlines], kind: str, scope: Scope) -> Iterator[Element]:
    paragraphs = [fill(make("p"), item, scope) for item in items]
    if len(paragraphs) == 1:
        yield paragraphs[0]
    elif paragraphs:
        yield make("list", *(make("list-item", one) for one in paragraphs), list_type=kind)


# Body ---------------------------------------------------------------------------------------------


def _opening(meta: m.Metadata, scope: Scope) -> Iterator[Element]:
    """Yield the opening picture, which the front has no place for."""
    if hero := meta.hero:
        words = make("caption", fill(make("p"), hero.caption, scope)) if hero.caption else None
        shown = picture(hero.image, scope, "graphic") if hero.image else None
        credit = fill(make("attrib"), hero.credit, scope) if hero.credit else None
        yield make("fig", words, shown, credit, fig_type="hero")


def _sections(body: m.Blocks, scope: Scope) -> Iterator[Element]:
    """Yield the text before the first heading, and a section for each heading."""
    open_sections: list[tuple[int, Element]] = []
    for node, around in _without_divisions(body, scope):
        if isinstance(node, m.Heading):
            while open_sections and open_sections[-1][0] >= node.level:
                open_sections.pop()
            section = make("sec", *label_and_title(node, around), disp_level=node.level)
            anchored(section, node.id)
            if open_sections:
                open_sections[-1][1].append(section)
            else:
                yield section
            open_sections.append((node.level, section))
        elif open_sections:
            add(open_sections[-1][1], *blocks((node,), around))
        else:
            yield from blocks((node,), around)


def _without_divisions(body: m.Blocks, scope: Scope) -> Iterator[tuple[m.Block, Scope]]:
    """Yield blocks with their language; divisions that hold headings cannot stay whole."""
    for node in body:
        if isinstance(node, m.Division) and _has_heading(node.blocks):
            inner = [*_without_divisions(node.blocks, scope.speaking(node.lang))]
            if node.id:
                first, own = inner[0]
                held = m.Division(id=node.id, blocks=(first,), line=node.line)
                inner[0] = (held, own) if not isinstance(first, m.Heading) else inner[0]
            yield from inner
        else:
            yield node, scope


def _has_heading(nodes: Iterable[m.Block]) -> bool:
    return any(
        isinstance(one, m.Heading) or (isinstance(one, m.Division) and _has_heading(one.blocks))
        for one in nodes
    )


def _recommendations(meta: m.Metadata, scope: Scope) -> Iterator[Element]:
    if not meta.recommendations:
        return
    items = meta.recommendations.items
    made = [[*_recommendation(item, scope)] for item in items]
    title = make("title", scope.words.recommendations)
    if len(made) == 1:
        yield make("sec", title, *made[0], sec_type="recommendations")
    else:
        labels = (make("label", f"{number}.") for number in range(1, len(made) + 1))
        parts = (make("list-item", label, *one) for label, one in zip(labels, made, strict=True))
        yield make(
            "sec", title, make("list", *parts, list_type="order"), sec_type="recommendations"
        )


def _recommendation(item: m.Recommendation, scope: Scope) -> Iterator[Element]:
    yield fill(make("p"), item.content, scope)
    if terms := " · ".join(filter(None, (item.who, item.by))):
        yield make("p", terms, content_type="terms")


# Back ---------------------------------------------------------------------------------------------


def _back(brief: m.Brief, told: Imprint, scope: Scope) -> Iterator[Element]:
    meta, words = brief.metadata, scope.words
    if meta.acknowledgements:
        title = make("title", words.acknowledgements)
        yield make("ack", title, *blocks(meta.acknowledgements, scope))
    if brief.notes:
        yield make("fn-group", *(_note(note, scope) for note in brief.notes))
    yield _part("citation", words.how_to_cite, [_citation(told.citation)])
    if meta.about:
        yield _part("about", words.about_the_institute, blocks(meta.about, scope))
    if meta.contact:
        yield _part("contact", words.contact, [_contact(meta.contact, scope)])
    if meta.disclaimer:
        yield _part("disclaimer", words.disclaimer, blocks(meta.disclaimer, scope))


def _note(note: m.Note, scope: Scope) -> Element:
    label = make("label", str(note.number))
    return make("fn", label, *in_paragraphs(note.blocks, scope), id=name_of(note.id))


def _part(kind: str, title: str, content: Iterable[Element]) -> Element:
    return make("notes", make("title", title), *content, notes_type=kind)


def _citation(parts: Sequence[Part]) -> Element:
    paragraph = make("p")
    for part in parts:
        if part.target:
            house = HOUSE if part.kind == HOUSE else None
            link = make("ext-link", part.text, ext_link_type="uri", href=part.target)
            add(paragraph, make("styled-content", link, specific_use=house) if house else link)
        elif part.kind == HOUSE:
            add(paragraph, make("styled-content", part.text, specific_use=HOUSE))
        else:
            add(paragraph, part.text)
    return paragraph


def _contact(who: m.Contact, scope: Scope) -> Element:
    if who.text:
        return fill(make("p"), who.text, scope)
    email = make("email", who.email) if who.email else None
    parts = [part for part in (who.name, email, who.phone) if part is not None]
    paragraph = make("p", content_type="fields")
    for index, part in enumerate(parts):
        add(paragraph, " · " if index else None, part)
    return paragraph
