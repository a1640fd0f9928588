"""What stands behind the notes: who wrote the brief, how to cite it, and where it is filed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline import model as m
from pipeline.citation import Part
from pipeline.renderers.imprint import CODE, Imprint
from pipeline.renderers.nodes import is_unnamed
from pipeline.renderers.word.blocks import blocks, closed
from pipeline.renderers.word.inlines import (
    interface,
    interface_link,
    interface_run,
    link,
    plain,
    runs,
)
from pipeline.renderers.word.page import heading
from pipeline.renderers.word.scope import Scope
from pipeline.renderers.word.xml import Element, paragraph, w

PORTRAIT_WIDTH = 1000
"""Width of an author's portrait in twips."""
CODE_WIDTH = 1020
"""Width of the QR code in twips."""


def ending(scope: Scope) -> list[Element]:
    """Return the end page, from the acknowledgements to the way to the web version."""
    metadata, words, told = scope.book.brief.metadata, scope.book.words, scope.book.imprint
    end = replace(scope, text="EndText")
    parts = (
        (words.acknowledgements, blocks(end, metadata.acknowledgements)),
        (words.about_the_authors(len(metadata.authors)), _biographies(end)),
        (words.how_to_cite, [paragraph("EndText", _citation(end, told.citation))]),
        (words.about_the_institute, blocks(end, metadata.about) or _house(told.about)),
        (words.contact, _contact(end, metadata.contact)),
        (words.disclaimer, blocks(end, metadata.disclaimer) or _house(told.disclaimer)),
    )
    found = [element for title, content in parts for element in _part(title, content)]
    found += [*_facts(end, told), *_part(words.web_version, _web_version(end, told))]
    return closed("EndText", found)


def _part(title: str, content: Iterable[Element]) -> list[Element]:
    """Return a part under its heading; what has no content has no heading either."""
    made = list(content)
    return [heading("EndHeading", title), *made] if made else []


def _house(words: str) -> list[Element]:
    return [paragraph("EndText", [interface(words)])] if words else []


def _biographies(scope: Scope) -> Iterator[Element]:
    for author in scope.book.brief.metadata.authors:
        if not (author.bio or author.portrait):
            continue
        if author.portrait:
            narrow = replace(scope, width=PORTRAIT_WIDTH)
            yield paragraph("Portrait", runs(narrow, (author.portrait,)))
        if is_unnamed(author):
            yield paragraph("EndText", [plain(scope, author.name, "Strong")])
        if author.bio:
            yield paragraph("EndText", runs(scope, author.bio))


def _citation(scope: Scope, parts: Iterable[Part]) -> Iterator[Element]:
    for part in parts:
        match part:
            case Part(kind="house", target=target) if target:
                yield interface_link(scope, target, part.text)
            case Part(target=target) if target:
                yield link(scope, target, part.text)
            case Part(kind="house"):
                yield interface(part.text)
            case Part(kind="title"):
                yield plain(scope, part.text, "Emphasis")
            case _:
                yield plain(scope, part.text)


def _contact(scope: Scope, contact: m.Contact | None) -> list[Element]:
    if contact is None:
        return []
    if contact.text:
        return [paragraph("EndText", runs(scope, contact.text))]
    lines = []
    if contact.name:
        lines.append(plain(scope, contact.name, "Strong"))
    if contact.email:
        lines.append(link(scope, f"mailto:{contact.email}", contact.email))
    if contact.phone:
        lines.append(plain(scope, contact.phone))
    content = lines[:1]
    for line in lines[1:]:
        content += [w("r", w("br")), line]
    return [paragraph("EndText", content)]


def _facts(scope: Scope, told: Imprint) -> Iterator[Element]:
    """Yield licence, DOI, ISSN, ISBN and keywords, each named."""
    metadata, words = scope.book.brief.metadata, scope.book.words
    if licence := told.licence:
        short = [plain(scope, f" ({licence.short})")] if licence.short else []
        named = licence.name
        name = link(scope, licence.url, named) if licence.url else plain(scope, named)
        yield _fact(words.license, name, *short)
    if metadata.doi:
        yield _fact("DOI", link(scope, told.doi, metadata.doi))
    for kind, number in (("ISSN", metadata.issn), ("ISBN", metadata.isbn)):
        if number:
            yield _fact(kind, plain(scope, number))
    if metadata.keywords:
        yield _fact(words.keywords, plain(scope, words.comma.join(metadata.keywords)))


def _fact(name: str, *value: Element) -> Element:
    return paragraph("Fact", [interface(name), w("r", w("tab")), *value])


def _web_version(scope: Scope, told: Imprint) -> Iterator[Element]:
    """Yield the code that a telephone reads, and the address in words."""
    if told.code is None:
        return
    code = m.Image(file=CODE, alt=told.code_name, line=1, column=1)
    drawing = scope.book.pictures.drawing(scope.links, code, CODE_WIDTH)
    if told.is_ours:
        yield paragraph("Portrait", [interface_run(drawing)])
        yield paragraph("EndText", [interface_link(scope, told.address, told.address)])
    else:
        yield paragraph("Portrait", [w("r", drawing)])
        yield paragraph("EndText", [link(scope, told.address, told.address)])
