"""The front matter of a brief: its keys, their values, and what is wrong with them."""

import re
from datetime import date

from pipeline import languages
from pipeline import model as m
from pipeline.problems import BriefError, Problem, problem
from pipeline.reader import yaml_tree as y
from pipeline.reader.fields import Fields
from pipeline.reader.front import (
    AuthorDraft,
    Front,
    HeroDraft,
    ListDraft,
    ListKind,
    Picture,
    StyleName,
    WishDraft,
    WishesDraft,
)
from pipeline.reader.imprint import (
    read_contact,
    read_doi,
    read_family,
    read_isbn,
    read_issn,
    read_orcid,
    read_url,
)
from pipeline.reader.source import Source
from pipeline.values import as_date

KEYS = (
    *("title", "deck", "date", "updated", "lang", "authors", "series", "number", "hero"),
    *("summary", "key-findings", "recommendations", "keywords", "disclaimer"),
    *("acknowledgements", "about", "contact", "license", "doi", "issn", "isbn", "url"),
    *("section-numbers", "notes", "citation-style"),
)
SYNONYMS = {"subtitle": "deck", "language": "lang", "author": "authors", "licence": "license"}
REQUIRED = ("title", "date", "lang")
AUTHOR_KEYS = ("name", "family", "role", "affiliation", "orcid", "bio", "portrait")
PICTURE_KEYS = ("image", "alt")
HERO_KEYS = (*PICTURE_KEYS, "caption", "credit")
WISH_KEYS = ("what", "who", "by")
OUTPUTS = ("pdf", "docx")

LARGEST = 100_000
"""Characters that front matter may have; the parser of YAML is slow."""


FENCE = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*$\n?")


def read_front_matter(source: Source) -> tuple[Front, int, tuple[Problem, ...]]:
    """Return the front matter, the offset at which the body begins, and every problem.

    Raises BriefError when there is no telling where the body begins.
    """
    opening = FENCE.match(source.text)
    if opening is None or not opening[0].startswith("---"):
        return Front(), 0, (problem("meta-block", source.path, 1, 1),)
    closing = FENCE.search(source.text, opening.end())
    if closing is None:
        raise BriefError([problem("meta-unclosed", source.path, 1, 1)])
    if closing.start() > LARGEST:
        return Front(), closing.end(), (problem("meta-size", source.path, 1, 1, largest=LARGEST),)
    fields = Fields(source)
    try:
        tree = y.read_tree(source, opening.end(), closing.start())
    except y.Refused as refused:
        return Front(), closing.end(), (refused.problem,)
    if not isinstance(tree, y.Mapping):
        return Front(), closing.end(), (problem("meta-block", source.path, 1, 1),)
    front = _front(fields, tree)
    return front, closing.end(), tuple(fields.problems)


def _front(fields: Fields, tree: y.Mapping) -> Front:
    entries = fields.keys(tree, KEYS, SYNONYMS)
    given = {SYNONYMS.get(entry.key, entry.key) for entry in tree.entries}
    for key in REQUIRED:
        if key not in given:
            fields.report("meta-required", 0, key=key, of="the front matter")
    get = entries.get
    return Front(
        title=fields.paragraph(get("title"), "title"),
        deck=fields.paragraph(get("deck"), "deck", may_call=True),
        date=_date(fields, get("date")),
        updated=_date(fields, get("updated")),
        lang=_lang(fields, get("lang")),
        authors=_authors(fields, get("authors")),
        series=fields.text(get("series")),
        number=fields.text(get("number")),
        hero=_hero(fields, get("hero")),
        summary=_summary(fields, get("summary"), get("key-findings")),
        recommendations=_recommendations(fields, get("recommendations")),
        keywords=_keywords(fields, get("keywords")),
        acknowledgements=fields.blocks(get("acknowledgements"), "acknowledgements"),
        about=fields.blocks(get("about"), "about"),
        contact=read_contact(fields, get("contact")),
        disclaimer=fields.blocks(get("disclaimer"), "disclaimer"),
        license=fields.text(get("license")),
        doi=read_doi(fields, get("doi")),
        issn=read_issn(fields, get("issn")),
        isbn=read_isbn(fields, get("isbn")),
        url=read_url(fields, get("url")),
        section_numbers=_yes(fields, get("section-numbers")),
        notes=_notes(fields, get("notes")),
        citation_style=_style(fields, get("citation-style")),
    )


def _style(fields: Fields, entry: y.Entry | None) -> StyleName | None:
    name = fields.text(entry)
    return StyleName(name, entry.value.start) if entry and name else None


def _date(fields: Fields, entry: y.Entry | None) -> date | None:
    text = fields.text(entry)
    found = as_date(text) if text else None
    if entry and text and not found:
        fields.report("meta-date", entry.value.start, key=entry.key, text=text)
    return found


def _lang(fields: Fields, entry: y.Entry | None) -> str | None:
    text = fields.text(entry)
    if entry and text and not languages.is_well_formed(text):
        fields.report("language-tag", entry.value.start, tag=text)
        return None
    return text


def _keywords(fields: Fields, entry: y.Entry | None) -> tuple[str, ...]:
    """A list, or one text with commas."""
    values = fields.scalars(entry)
    if entry and isinstance(entry.value, y.Scalar):
        parts = (part for value in values for part in value.text.split(","))
    else:
        parts = (value.text for value in values)
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def _authors(fields: Fields, entry: y.Entry | None) -> tuple[AuthorDraft, ...]:
    """A list of authors, each a name or keys with values; or one of them alone."""
    if entry is None:
        return ()
    items = entry.value.items if isinstance(entry.value, y.Items) else (entry.value,)
    drafts = (_author(fields, y.Entry(entry.key, item.start, item)) for item in items)
    return tuple(draft for draft in drafts if draft)


def _author(fields: Fields, entry: y.Entry) -> AuthorDraft | None:
    if isinstance(entry.value, y.Scalar):
        name = fields.text(entry)
        if not name:
            fields.report("meta-empty", entry.start, key=entry.key)
        return AuthorDraft(name) if name else None
    mapping = fields.mapping(entry)
    if mapping is None:
        return None
    get = fields.keys(mapping, AUTHOR_KEYS).get
    name = fields.text(get("name"))
    if not name:
        fields.report("meta-required", entry.start, key="name", of="an author")
    return AuthorDraft(
        name=name or "?",
        family=read_family(fields, get("family"), name or "?"),
        role=fields.text(get("role")),
        affiliation=fields.text(get("affiliation")),
        orcid=read_orcid(fields, get("orcid")),
        bio=fields.paragraph(get("bio"), "bio"),
        portrait=_portrait(fields, get("portrait"), name or "?"),
    )


def _portrait(fields: Fields, entry: y.Entry | None, name: str) -> Picture | None:
    """A file, described by the author's name; or a file with an alt text of its own."""
    if entry is None:
        return None
    if isinstance(entry.value, y.Scalar):
        return Picture(entry.value.text.strip(), name, entry.value.start)
    mapping = fields.mapping(entry)
    return _picture(fields, fields.keys(mapping, PICTURE_KEYS)) if mapping else None


def _picture(fields: Fields, entries: dict[str, y.Entry]) -> Picture | None:
    image = entries.get("image")
    file = fields.scalar(image) if image else None
    alt = fields.text(entries.get("alt"))
    return Picture(file.text.strip(), alt, file.start) if file else None


def _hero(fields: Fields, entry: y.Entry | None) -> HeroDraft | None:
    mapping = fields.mapping(entry) if entry else None
    if entry is None or mapping is None:
        return None
    entries = fields.keys(mapping, HERO_KEYS)
    if "alt" in entries and "image" not in entries:
        fields.report("meta-required", entries["alt"].start, key="image", of="a hero with alt text")
    return HeroDraft(
        image=_picture(fields, entries),
        caption=fields.paragraph(entries.get("caption"), "hero caption", may_call=True),
        credit=fields.paragraph(entries.get("credit"), "hero credit"),
        line=fields.line(entry),
    )


def _summary(fields: Fields, summary: y.Entry | None, findings: y.Entry | None) -> ListDraft | None:
    if summary and findings:
        fields.report("meta-conflict", findings.start, key="key-findings", other="summary")
    first = _list(fields, summary, "summary")
    second = _list(fields, findings, "key-findings")
    return first or second


def _list(fields: Fields, entry: y.Entry | None, kind: ListKind) -> ListDraft | None:
    items = fields.paragraphs(entry, kind, may_call=True)
    return ListDraft(kind, items, fields.line(entry)) if entry and items else None


def _recommendations(fields: Fields, entry: y.Entry | None) -> WishesDraft | None:
    """A list of texts, or of keys that also say who should act, and by when."""
    if entry is None:
        return None
    items = entry.value.items if isinstance(entry.value, y.Items) else (entry.value,)
    if not items:
        fields.report("meta-empty", entry.start, key=entry.key)
    drafts = (_wish(fields, y.Entry(entry.key, item.start, item)) for item in items)
    wishes = tuple(draft for draft in drafts if draft)
    return WishesDraft(wishes, fields.line(entry)) if wishes else None


def _wish(fields: Fields, entry: y.Entry) -> WishDraft | None:
    if isinstance(entry.value, y.Scalar):
        if entry.value.is_empty:
            fields.report("meta-empty", entry.start, key=entry.key)
            return None
        what = fields.paragraph(entry, "recommendations", may_call=True)
        return WishDraft(what) if what else None
    mapping = fields.mapping(entry)
    if mapping is None:
        return None
    get = fields.keys(mapping, WISH_KEYS).get
    what = fields.paragraph(get("what"), "recommendations", may_call=True)
    if what is None:
        fields.report("meta-required", entry.start, key="what", of="a recommendation")
        return None
    return WishDraft(what, fields.text(get("who")), fields.text(get("by")))


def _yes(fields: Fields, entry: y.Entry | None) -> bool:
    """Return whether a key says yes."""
    text = (fields.text(entry) or "").lower()
    if entry and text and text not in ("true", "yes", "false", "no"):
        fields.report("meta-type", entry.value.start, key=entry.key, wanted="true or false")
    return text in ("true", "yes")


def _notes(fields: Fields, entry: y.Entry | None) -> m.NotePlacement:
    """One word for all outputs, or one for each."""
    if entry is None:
        return m.NotePlacement()
    if isinstance(entry.value, y.Scalar):
        placement = _placement(fields, entry)
        return m.NotePlacement(pdf=placement, docx=placement)
    mapping = fields.mapping(entry)
    entries = fields.keys(mapping, OUTPUTS) if mapping else {}
    return m.NotePlacement(
        pdf=_placement(fields, entries.get("pdf")), docx=_placement(fields, entries.get("docx"))
    )


def _placement(fields: Fields, entry: y.Entry | None) -> m.Placement | None:
    text = fields.text(entry)
    if text == "foot":
        return "foot"
    if text == "end":
        return "end"
    if entry and text:
        fields.report("meta-notes", entry.value.start, text=text)
    return None
