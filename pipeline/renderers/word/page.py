"""What stands on the page around the body: the opening and the recommendations."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline import model as m
from pipeline.renderers.word import reference, tables
from pipeline.renderers.word.inlines import in_style, interface, link, plain, runs
from pipeline.renderers.word.numbering import Instance, bullet, number_properties
from pipeline.renderers.word.scope import Scope
from pipeline.renderers.word.xml import Element, paragraph, text, w

BELOW_BYLINE = 280
"""Space below the last author in twips."""


def opening(scope: Scope) -> list[Element]:
    """Return what stands before the body: series band, title, deck, byline, hero, key findings."""
    metadata = scope.book.brief.metadata
    found = [_band(scope), paragraph("Title", runs(scope, metadata.title))]
    if metadata.deck:
        found.append(paragraph("Subtitle", runs(scope, metadata.deck)))
    found += _bylines(scope)
    if metadata.hero:
        found += _hero(scope, metadata.hero)
    if metadata.summary:
        found.append(_summary(scope, metadata.summary))
    return found


def _band(scope: Scope) -> Element:
    """Return series and number at the left, dates at the right."""
    metadata = scope.book.brief.metadata
    content = [plain(scope, metadata.series)] if metadata.series else []
    if metadata.number:
        before = " " if content else ""  # In the size of the number, which may be a large one.
        content.append(in_style("SeriesNumber", text(f"{before}{metadata.number}")))
    content += [w("r", w("tab")), plain(scope, scope.book.words.day(metadata.date))]
    if metadata.updated:
        updated = plain(scope, scope.book.words.day(metadata.updated))
        content += [
            plain(scope, " · "),
            interface(scope.book.words.updated),
            plain(scope, " "),
            updated,
        ]
    return paragraph("Series", content)


def _bylines(scope: Scope) -> list[Element]:
    """Return a line for each author; the last keeps the space below."""
    authors = scope.book.brief.metadata.authors
    last = scope.book.styles.last("Byline", BELOW_BYLINE)
    styles = ["Byline"] * (len(authors) - 1) + [last]
    return [
        paragraph(style, _person(scope, author))
        for style, author in zip(styles, authors, strict=False)
    ]


def _person(scope: Scope, author: m.Author) -> list[Element]:
    """Return an author's name, role and affiliation, and the ORCID iD as a link to its record."""
    parts = filter(None, (author.role, author.affiliation))
    details = "".join(f"{scope.book.words.comma}{part}" for part in parts)
    content = [plain(scope, author.name, "Strong")]
    if details:
        content.append(plain(scope, details))
    if author.orcid:
        content += [
            plain(scope, " · "),
            link(scope, f"https://orcid.org/{author.orcid}", author.orcid),
        ]
    return content


def _hero(scope: Scope, hero: m.Hero) -> Iterator[Element]:
    if hero.image:
        image = hero.image.model_copy(update={"width": hero.image.width or 100})
        wide = replace(scope, width=reference.wide_measure(scope.book.theme))
        yield paragraph("Hero", runs(wide, (image,)))
    if hero.caption:
        yield paragraph("HeroCaption", runs(scope, hero.caption))
    if hero.credit:
        yield paragraph("Credit", runs(scope, hero.credit))


def _summary(scope: Scope, summary: m.Summary) -> Element:
    """Return the panel with the brief in short: a list, or a paragraph when it is one item."""
    title = scope.book.words.summary if summary.kind == "summary" else scope.book.words.key_findings
    left, width = -reference.hang(scope.book.theme), reference.wide_measure(scope.book.theme)
    if scope.book.words.direction == "rtl":
        left, width = 0, scope.width  # LibreOffice lets a wider one stand out at the wrong side.
    inside = scope.panel("BoxText", tables.panel_width(width))
    content = [heading("BoxTitle", title), *_findings(inside, summary.items)]
    return tables.panel("KeyFindingsPanel", title, left, width, content)


def _findings(scope: Scope, items: tuple[m.Inlines, ...]) -> list[Element]:
    if len(items) == 1:
        return [paragraph("BoxText", runs(scope, items[0]))]
    number = bullet("KeyFindings")
    return [
        paragraph("KeyFindings", runs(scope, item), number_properties(number, 0)) for item in items
    ]


def closing(scope: Scope) -> list[Element]:
    """Return the recommendations, which end the argument."""
    asked = scope.book.brief.metadata.recommendations
    if asked is None:
        return []
    title = heading("Heading1", scope.book.words.recommendations)
    if len(asked.items) == 1:
        only = asked.items[0]
        return [title, paragraph("BodyText", runs(scope, only.content)), *_terms(scope, only)]
    number = scope.book.numbering.add(Instance("", "decimal", "period", 0, 1))
    found = [title]
    for item in asked.items:
        numbered = number_properties(number, 0)
        terms = list(_terms(scope, item))
        style = "RecommendationWithTerms" if terms else "Recommendation"
        found += [paragraph(style, runs(scope, item.content), numbered), *terms]
    return found


def _terms(scope: Scope, item: m.Recommendation) -> Iterator[Element]:
    """Yield the line that says who should act, and by when."""
    words = scope.book.words
    pairs = [(words.who, item.who), (words.by_when, item.by)]
    parts = [[interface(f"{name} "), plain(scope, value)] for name, value in pairs if value]
    if parts:
        between = [plain(scope, " · ")] if len(parts) > 1 else []
        yield paragraph("RecommendationTerms", [*parts[0], *between, *(parts[1:] or [[]])[0]])


def heading(style: str, title: str) -> Element:
    """Return a heading that is the house's and not the brief's."""
    return paragraph(style, [interface(title)])
