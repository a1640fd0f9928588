"""Front matter as parts: what a brief prints before its text, after it, and behind its notes."""

from collections.abc import Iterator

from pipeline import model as m
from pipeline.licences import licence
from pipeline.redline.outline import Outliner, Part


def front(made: Outliner, meta: m.Metadata) -> Iterator[Part]:
    """Yield what stands before the text."""
    yield from made.lines("series", [" ".join(filter(None, [meta.series, meta.number]))])
    yield from made.lines("date", [made.words.day(meta.date)])
    if meta.updated:
        day = (m.Text(text=made.words.day(meta.updated)),)
        yield made.line("updated", day, made.words.updated)
    yield made.line("title", meta.title)
    if meta.deck:
        yield made.line("deck", meta.deck)
    yield from made.lines("author", [_person(made, author) for author in meta.authors])
    if meta.hero:
        yield Part("hero", parts=tuple(_hero(made, meta.hero)))
    if meta.summary:
        items = (Part("item", parts=(made.line("paragraph", item),)) for item in meta.summary.items)
        yield Part(meta.summary.kind, parts=tuple(items))


def _person(made: Outliner, author: m.Author) -> str:
    parts = [author.name, author.role, author.affiliation, author.orcid]
    return made.words.comma.join(filter(None, parts))


def _hero(made: Outliner, hero: m.Hero) -> Iterator[Part]:
    if hero.image:
        yield made.line("picture", (hero.image,))
    if hero.caption:
        yield made.line("caption", hero.caption)
    if hero.credit:
        yield made.line("legend", hero.credit)


def closing(made: Outliner, meta: m.Metadata) -> Iterator[Part]:
    """Yield what stands after the text: the recommendations."""
    if meta.recommendations:
        items = (
            Part("item", parts=tuple(_recommendation(made, item)))
            for item in meta.recommendations.items
        )
        yield Part("recommendations", parts=tuple(items))


def _recommendation(made: Outliner, item: m.Recommendation) -> Iterator[Part]:
    yield made.line("paragraph", item.content)
    pairs = ((made.words.who, item.who), (made.words.by_when, item.by))
    said = " · ".join(f"{name} {value}" for name, value in pairs if value)
    yield from made.lines("terms", [said])


def end(made: Outliner, meta: m.Metadata) -> Iterator[Part]:
    """Yield what stands behind the notes."""
    if meta.acknowledgements:
        yield Part("acknowledgements", parts=made.blocks(meta.acknowledgements))
    lives = tuple(
        Part("biography", parts=tuple(_life(made, author)))
        for author in meta.authors
        if author.bio or author.portrait
    )
    if lives:
        yield Part("authors", parts=lives)
    if meta.about:
        yield Part("about", parts=made.blocks(meta.about))
    if meta.contact:
        yield Part("contact", parts=tuple(_contact(made, meta.contact)))
    if meta.disclaimer:
        yield Part("disclaimer", parts=made.blocks(meta.disclaimer))
    yield from made.lines("license", [licence(meta.license).name if meta.license else None])
    for kind, text in (("doi", meta.doi), ("issn", meta.issn), ("isbn", meta.isbn)):
        yield from made.lines(kind, [text])
    yield from made.lines("keywords", [made.words.comma.join(meta.keywords)])
    yield from made.lines("url", [meta.url])


def _life(made: Outliner, author: m.Author) -> Iterator[Part]:
    if author.portrait:
        yield made.line("picture", (author.portrait,))
    if author.bio:
        yield made.line("paragraph", author.bio, None)


def _contact(made: Outliner, contact: m.Contact) -> Iterator[Part]:
    if contact.text:
        yield made.line("paragraph", contact.text)
    yield from made.lines("paragraph", [contact.name, contact.email, contact.phone])
