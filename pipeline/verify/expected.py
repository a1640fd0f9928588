"""What a reader must find in each output of a brief, whatever its format."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline import model as m
from pipeline.verify.expected_end import (
    codes,
    content_digest,
    ending,
    fields,
    licence_of,
    link_to,
    plain_value,
)
from pipeline.verify.flatten import Piece, inlines_in, labelled, pieces_of, run, running_text
from pipeline.verify.found import (
    Call,
    Document,
    Link,
    Note,
    Picture,
    Property,
    clean,
    normal,
    spoken,
)
from pipeline.verify.tongues import expected_passages


def expected_document(brief: m.Brief) -> Document:
    """Return all that every output of a brief must hold."""
    page = tuple(_page(brief.metadata, brief.body, brief.references))
    noted = tuple(tuple(pieces_of(note.blocks)) for note in brief.notes)
    everything = (*page, *(piece for pieces in noted for piece in pieces))
    calls = [one for one in _inlines(page) if isinstance(one, m.Call)]
    order = {call.id: ordinal for ordinal, call in enumerate(calls, start=1)}
    files = {file.file: file for file in (*brief.images, *codes(brief.metadata))}
    blocks = tuple(piece.block for piece in page)
    return Document(
        blocks=blocks,
        notes=tuple(
            _note(note, pieces, order) for note, pieces in zip(brief.notes, noted, strict=True)
        ),
        calls=tuple(Call(str(one.number), str(one.number), f"line {one.line}") for one in calls),
        links=tuple(_links(everything)),
        pictures=tuple(_pictures(everything, files)),
        properties=(
            *_properties(brief.metadata),
            Property("digest of the content", content_digest(brief)),
        ),
        passages=expected_passages(everything, brief.metadata.lang),
    )


def _page(metadata: m.Metadata, body: m.Blocks, references: m.Blocks) -> Iterator[Piece]:
    """Yield the running text without its notes: the opening, the body, what stands behind it."""
    band = (*map(plain_value, (metadata.series, metadata.number)), metadata.date, metadata.updated)
    yield from fields("the series band", band)
    yield run("title", metadata.title, 1)
    if metadata.deck:
        yield run("text", metadata.deck, 1)
    yield from _byline(metadata.authors)
    if metadata.hero:
        yield from _hero(metadata.hero)
    if metadata.summary:
        yield from _findings(metadata.summary)
    yield from pieces_of(body)
    if metadata.recommendations:
        asked = metadata.recommendations
        yield from _wishes(asked)
    yield from pieces_of(references)
    yield from ending(metadata)


def _byline(authors: Iterable[m.Author]) -> Iterator[Piece]:
    people = [(one.name, one.role, one.affiliation, one.orcid) for one in authors]
    values = [plain_value(value) for person in people for value in person]
    records = tuple(
        link_to(f"https://orcid.org/{one.orcid}", one.orcid) for one in authors if one.orcid
    )
    return fields("the byline", values, records)


def _hero(hero: m.Hero) -> Iterator[Piece]:
    if hero.image:
        yield run("picture", (hero.image,), hero.line, ("figure",))
    words = [running_text(part) for part in (hero.caption, hero.credit)]
    yield from fields("the hero's caption and credit", words, (*hero.caption, *hero.credit))


def _findings(summary: m.Summary) -> Iterator[Piece]:
    """Yield the items of the summary: a list, or a paragraph when there is only one."""
    for item in summary.items:
        is_list = len(summary.items) > 1
        yield from _panel_item(item, summary.line, "bullet list", "•" if is_list else "")


def _wishes(asked: m.Recommendations) -> Iterator[Piece]:
    """Yield the recommendations, each with who should act and by when."""
    for number, item in enumerate(asked.items, start=1):
        label = f"{number}." if len(asked.items) > 1 else ""
        yield from _panel_item(item.content, asked.line, "numbered list", label)
        terms = (plain_value(item.who), plain_value(item.by))
        yield from fields(f"who and by when of recommendation {number}", terms)


def _panel_item(content: m.Inlines, line: int, kind: str, label: str) -> Iterator[Piece]:
    if not label:
        yield run("text", content, line)
        return
    piece = run("text", content, line, (kind,))
    yield from labelled([piece], label, piece)


def _inlines(pieces: Iterable[Piece]) -> Iterator[m.Inline]:
    for piece in pieces:
        yield from inlines_in(piece.inlines)


def _note(note: m.Note, pieces: Sequence[Piece], order: dict[str, int]) -> Note:
    return Note(
        number=str(note.number),
        blocks=tuple(piece.block for piece in pieces),
        back=tuple(order.get(ident, 0) for ident in note.calls),
        place=f"[^{note.label}], line {note.line}",
    )


def _links(pieces: Sequence[Piece]) -> Iterator[Link]:
    """Yield links to addresses, to places in the brief, and from cross-references to notes."""
    landings = {ident: piece.block.text for piece in reversed(pieces) for ident in piece.block.ids}
    for inline in _inlines(pieces):
        if isinstance(inline, m.CrossReference):
            yield Link(str(inline.number), f"#note {inline.number}", f"line {inline.line}")
        elif isinstance(inline, m.ElementReference):
            target = f"#{landings.get(inline.target, '')}"
            yield Link(str(inline.number), target, f"line {inline.line}")
        elif isinstance(inline, m.TableCall):
            target = f"#{landings.get(_table_note_of(inline), '')}"
            yield Link(inline.letter, target, f"line {inline.line}")
        elif isinstance(inline, m.Link):
            target = inline.target
            if target.startswith("#"):
                target = f"#{landings.get(target[1:], '')}"
            yield Link(running_text(inline.content), target, f"line {inline.line}")


def _table_note_of(call: m.TableCall) -> str:
    """Return the anchor of the note that a call in a table calls."""
    _, table, letter, *_ = call.id.split(":")
    return f"tn:{table}:{letter}"


def _pictures(pieces: Iterable[Piece], files: dict[str, m.ImageFile]) -> Iterator[Picture]:
    """Yield the pictures; a description stands behind the picture that it is of."""
    last: Picture | None = None
    for piece in pieces:
        if last and piece.block.kind == "description":
            last = replace(last, description=piece.block.text)
        for image in inlines_in(piece.inlines):
            if isinstance(image, m.Image):
                if last:
                    yield last
                last = _picture(image, files)
    if last:
        yield last


def _picture(image: m.Image, files: dict[str, m.ImageFile]) -> Picture:
    place = f"line {image.line}"
    return Picture(normal(clean(image.alt)), place=place, file=files[image.file])


def _properties(metadata: m.Metadata) -> Iterator[Property]:
    title, deck = (spoken(running_text(part)) for part in (metadata.title, metadata.deck))
    yield Property("title", title)
    yield Property("language", metadata.lang)
    yield Property("authors", "; ".join(normal(author.name) for author in metadata.authors))
    yield Property(
        "authors in one line",
        ", ".join(normal(one.name).replace("; ", ", ") for one in metadata.authors),
    )
    yield Property("description", deck)
    yield Property("DOI", metadata.doi or "")
    yield Property("series", normal(metadata.series or ""))
    yield Property("number", normal(metadata.number or ""))
    yield Property("ISSN", metadata.issn or "")
    yield Property("ISBN", metadata.isbn or "")
    yield Property("licence", normal(metadata.license or ""))
    yield Property("address of the licence", licence_of(metadata.license or "")[2])
    yield Property("keywords", ", ".join(map(normal, metadata.keywords)))
    days = filter(None, (metadata.date, metadata.updated))
    yield Property("dates on the page", "; ".join(day.isoformat() for day in days))
    yield Property("date", metadata.date.isoformat())
    yield Property("updated", (metadata.updated or metadata.date).isoformat())
