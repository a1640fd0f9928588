"""Checks of the front matter."""

from collections.abc import Iterator

from pipeline import licences, text, walk
from pipeline import model as m
from pipeline.checks.subject import Subject
from pipeline.problems import Problem
from pipeline.values import as_doi, as_orcid


def updated_after_date(subject: Subject) -> Iterator[Problem]:
    """A brief is updated after it was published."""
    metadata = subject.brief.metadata
    if metadata.updated and metadata.updated < metadata.date:
        line, column = subject.find("updated", 1) or (1, 1)
        yield subject.problem(
            "meta-updated", line, column, updated=metadata.updated, date=metadata.date
        )


def keywords_once(subject: Subject) -> Iterator[Problem]:
    """A keyword is given once."""
    known: set[str] = set()
    for word in subject.brief.metadata.keywords:
        if word.casefold() in known:
            line, _ = subject.find("keywords", 1) or (1, 1)
            yield subject.problem("meta-keyword", *(subject.find(word, line) or (1, 1)), word=word)
        known.add(word.casefold())


def license_known(subject: Subject) -> Iterator[Problem]:
    """A licence is named by its SPDX identifier."""
    name = subject.brief.metadata.license
    if name and not licences.is_known(name):
        near = licences.nearest(name)
        meant = f"; did you mean {near}?" if near else ""
        line, _ = subject.find("licen", 1) or (1, 1)
        place = subject.find(name, line) or (1, 1)
        yield subject.problem("meta-license", *place, text=name, near=meant)


def values_not_blank(subject: Subject) -> Iterator[Problem]:
    """A key has a value. The reader sees to that; a JSON document may hold spaces alone."""
    metadata = subject.brief.metadata
    values = [
        ("title", text.plain(metadata.title)),
        *(("keywords", word) for word in metadata.keywords),
        *(("name", author.name) for author in metadata.authors),
    ]
    for key, value in values:
        if text.is_blank(value):
            yield subject.problem("meta-empty", *(subject.find_key(key) or (1, 1)), key=key)


def identifiers_well_formed(subject: Subject) -> Iterator[Problem]:
    """A DOI has the form of one, an ORCID iD its check digit, and neither an address before it."""
    metadata = subject.brief.metadata
    if metadata.doi and as_doi(metadata.doi) != metadata.doi:
        place = subject.find(metadata.doi, 1) or (1, 1)
        yield subject.problem("meta-doi", *place, text=metadata.doi)
    for author in metadata.authors:
        if author.orcid and as_orcid(author.orcid) != author.orcid:
            place = subject.find(author.orcid, 1) or (1, 1)
            yield subject.problem("meta-orcid", *place, text=author.orcid)


def no_pictures_in_texts(subject: Subject) -> Iterator[Problem]:
    """Title, deck and credits are text."""
    metadata = subject.brief.metadata
    credit = metadata.hero.credit if metadata.hero else ()
    fields = [("title", metadata.title), *walk.page_fields(metadata), ("credit", credit)]
    for name, inlines in (*fields, *walk.closing_fields(metadata)):
        for inline in walk.inlines_within(inlines):
            if isinstance(inline, m.Image):
                yield subject.problem("meta-image", inline.line, inline.column, field=name)
