"""An article in JATS XML read back: what its front says, its text, its notes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from lxml import etree

from pipeline.verify.found import (
    Call,
    Document,
    Fault,
    Link,
    Note,
    Property,
    Unreadable,
    normal,
    spoken,
)
from pipeline.verify.html_story import Anchor
from pipeline.verify.jats_story import HOUSE, XLINK, Element, Part, Story
from pipeline.verify.tongues import gathered

META = "front/article-meta/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOTES = ("citation", "about", "contact", "disclaimer")
"""The kinds of notes behind the text, in the order in which they are read."""


def read(data: bytes, files: Mapping[str, bytes]) -> Document:
    """Return what a reader of the article and of the files beside it finds.

    Raises Unreadable when it is no article.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"it is no XML: {error}") from None
    if root.tag != "article" or root.find("body") is None:
        raise Unreadable("it is no article with a body")
    story = Story(root, files)
    page = story.part
    _page(root, story)
    page.flow.close()
    notes = [_note(one, story) for one in root.iterfind("back/fn-group/fn")]
    return _document(root, story, page, notes)


def _page(root: Element, story: Story) -> None:
    """Read everything but the notes in the order in which outputs show it."""
    _band(root, story)
    story.run("title", root.find(f"{META}title-group/article-title"))
    _abstracts(root, story, True)
    people = root.findall(f"{META}contrib-group/contrib")
    _byline(people, story)
    asked = root.findall("body/sec[@sec-type='recommendations']")
    sources = root.findall("body/sec[@sec-type='references']")
    heroes = [one for one in root.iterfind("body/fig") if one.get("fig-type") == "hero"]
    for hero in heroes:
        _hero(hero, story)
    _abstracts(root, story, False)
    for child in root.iterfind("body/*"):
        if child not in (*asked, *sources, *heroes):
            story.read(child)
    for one in asked:
        story.inside(one, ("title",))
    for one in (*sources, *root.iterfind("back/ref-list")):
        story.read(one)
    for one in root.iterfind("back/ack"):
        story.inside(one, ("title",))
    for bio in (one.find("bio") for one in people):
        if bio is not None:
            story.inside(bio)
    for kind in NOTES:
        for one in root.iterfind(f"back/notes[@notes-type='{kind}']"):
            story.inside(one, ("title",))
    _facts(root, story)
    _web_version(root, story)


def _note(element: Element, story: Story) -> Part:
    story.part = part = Part(ident=element.get("id", ""), label=element.findtext("label", ""))
    story.inside(element, ("label",))
    part.flow.close()
    return part


# Front --------------------------------------------------------------------------------------------


def _series(root: Element) -> str:
    titles = root.find("front/journal-meta/journal-title-group")
    is_series = titles is not None and titles.get("content-type") != HOUSE
    return titles.findtext("journal-title", "") if is_series and titles is not None else ""


def _day(root: Element, path: str) -> str:
    found = root.find(META + path)
    return "" if found is None else found.get("iso-8601-date", "")


def _band(root: Element, story: Story) -> None:
    days = _day(root, "pub-date"), _day(root, "pub-history/event/date")
    story.fields("in the front", _series(root), root.findtext(f"{META}issue"), *days)


def _abstracts(root: Element, story: Story, is_deck: bool) -> None:
    for one in root.iterfind(f"{META}abstract"):
        if (one.get("abstract-type") == "teaser") == is_deck:
            story.inside(one)


def _name(person: Element) -> str:
    found = next((one for one in person if one.tag in ("string-name", "collab")), None)
    return "" if found is None else normal("".join(map(str, found.itertext())))


def _byline(people: Sequence[Element], story: Story) -> None:
    values: list[str] = []
    for one in people:
        record = one.findtext("contrib-id", "")
        orcid = record.rpartition("/")[2]
        values += [_name(one), one.findtext("role", ""), one.findtext("aff/institution", ""), orcid]
        if record:
            story.link(orcid, record)
    story.fields("in the group of authors", *values)


def _hero(hero: Element, story: Story) -> None:
    for graphic in hero.iterchildren("graphic"):
        story.part.flow.enter("picture", "figure")
        story.read(graphic)
        story.part.flow.leave()
    story.part.flow.enter("fields")
    for words in (hero.find("caption/p"), hero.find("attrib")):
        if words is not None:
            story.inside(words)
            story.part.flow.write(" ")
    story.part.flow.leave()


def _facts(root: Element, story: Story) -> None:
    """Read what the end page says of licence and numbers, each from its own element."""
    words = root.find(f"{META}permissions/license/license-p")
    licence = "" if words is None else normal("".join(map(str, words.itertext())))
    for link in () if words is None else words.iterchildren("ext-link"):
        story.link(normal(link.text or ""), link.get(XLINK, ""))
    doi = root.findtext(f"{META}article-id[@pub-id-type='doi']", "")
    if doi:
        story.link(doi, "https://doi.org/" + quote(doi, safe="!$&'()*+,-./:;=@_~"))
    numbers = root.findtext("front/journal-meta/issn"), root.findtext(f"{META}isbn")
    words_for = [one.text or "" for one in root.iterfind(f"{META}kwd-group/kwd")]
    story.fields("in the front", licence, doi, *numbers, *words_for)


def _web_version(root: Element, story: Story) -> None:
    found = root.find(f"{META}self-uri")
    if found is not None and found.get("content-type") != HOUSE:
        story.link(found.text or "", found.get(XLINK, ""))
        story.fields("in the front", found.text)


# Document -----------------------------------------------------------------------------------------


def _document(root: Element, story: Story, page: Part, notes: Sequence[Part]) -> Document:
    parts = (page, *notes)
    blocks = [block for part in parts for block in part.blocks]
    landings = {ident: block.text for block in reversed(blocks) for ident in block.ids}
    numbers = {note.ident: note.label for note in reversed(notes)}
    passages = (passage for part in parts for passage in part.passages)
    return Document(
        blocks=page.blocks,
        notes=tuple(Note(one.label, one.blocks, (), f"at {one.ident}") for one in notes),
        calls=tuple(Call(one.text, numbers.get(one.href[1:], ""), one.place) for one in page.calls),
        links=tuple(_link(link, landings, numbers) for part in parts for link in part.links),
        pictures=tuple(picture for part in parts for picture in part.pictures),
        properties=tuple(_properties(root, page)),
        passages=gathered(passages, root.get(LANG, "")),
        faults=tuple(_faults(root, story, notes)),
    )


def _link(link: Anchor, landings: Mapping[str, str], numbers: Mapping[str, str]) -> Link:
    if not link.href.startswith("#"):
        return Link(link.text, link.href, link.place)
    ident = link.href[1:]
    target = f"note {numbers[ident]}" if ident in numbers else landings.get(ident, "")
    return Link(link.text, f"#{target}", link.place)


def _faults(root: Element, story: Story, notes: Sequence[Part]) -> Iterator[Fault]:
    """Yield names that are given twice, references that lead nowhere, and elements not known."""
    names = Counter(one.get("id") for one in root.iter() if one.get("id"))
    for name, count in names.items():
        if count > 1:
            yield Fault("verify-note-link", f"the name {name} is given twice")
    for one in root.iter("xref"):
        if one.get("rid", "") not in names:
            yield Fault("verify-note-link", f"a reference leads to {one.get('rid')}, which is not")
    for note in notes:
        for call in note.calls:
            yield Fault("verify-note-link", f"note {note.label} calls note {call.text}")
    for tag in dict.fromkeys(story.unknown):
        yield Fault("verify-text-unknown", f"an element {tag}")


def _properties(root: Element, page: Part) -> Iterator[Property]:
    where = "in the front"
    title = next((block.text for block in page.blocks if block.kind == "title"), "")
    people = [_name(one) for one in root.iterfind(f"{META}contrib-group/contrib")]
    updated = _day(root, "pub-history/event/date")
    yield Property("title", spoken(title), where)
    yield Property("language", root.get(LANG, ""), "in the article element")
    yield Property("authors", "; ".join(people), where)
    yield Property("series", normal(_series(root)), where)
    yield Property("number", normal(root.findtext(f"{META}issue", "")), where)
    yield Property("DOI", root.findtext(f"{META}article-id[@pub-id-type='doi']", ""), where)
    yield Property("ISSN", root.findtext("front/journal-meta/issn", ""), where)
    yield Property("ISBN", root.findtext(f"{META}isbn", ""), where)
    yield Property("date", _day(root, "pub-date"), where)
    yield Property("updated", updated or _day(root, "pub-date"), where)
