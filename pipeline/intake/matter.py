"""Front matter from the opening of a text and from what the file knows, and what is told of it."""

from collections.abc import Sequence

from pipeline import model as m
from pipeline.intake import tongues
from pipeline.intake.draft import Manuscript
from pipeline.intake.front import Opening
from pipeline.intake.known import Known
from pipeline.problems import Problem, problem


def metadata_of(
    opening: Opening, known: Known, texts: Sequence[str], manuscript: Manuscript
) -> tuple[m.Metadata, tuple[Problem, ...]]:
    """Return front matter: what the text says, and else what the file knows.

    `texts` are the words by which the language is told.
    """
    path = manuscript.path
    lang = _language(known, texts)
    names = opening.names or known.authors
    day = opening.day or known.published or known.changed or manuscript.changed
    summary = opening.abstract and m.Summary(kind="summary", items=(opening.abstract,), line=1)
    made = m.Metadata(
        title=opening.title,
        deck=opening.deck,
        date=day,
        updated=opening.updated,
        lang=lang or "en",
        authors=tuple(m.Author(name=name) for name in names),
        hero=m.Hero(credit=opening.credit, line=1) if opening.credit else None,
        summary=summary or None,
        keywords=known.keywords,
        disclaimer=opening.disclaimer,
    )
    told = [
        problem("intake-language", path, 1, 1, lang=lang)
        if lang
        else problem("intake-language-unknown", path, 1, 1)
    ]
    if not names:
        told.append(problem("intake-authors", path, 1, 1))
    elif not opening.names:
        told.append(_property(path, "authors", ", ".join(names)))
    if known.published and not opening.day:
        told.append(_property(path, "date", str(day)))
    elif not opening.day:
        told.append(problem("intake-date", path, 1, 1, date=day))
    if known.keywords:
        told.append(_property(path, "keywords", ", ".join(known.keywords)))
    return made, tuple(told)


def _language(known: Known, texts: Sequence[str]) -> str | None:
    """Return the language that the words are in, with the region that the file names."""
    lang = tongues.language_of("\n".join(texts))
    if known.lang and (lang is None or known.lang.split("-")[0].lower() == lang):
        return known.lang
    return lang


def _property(path: str, what: str, text: str) -> Problem:
    return problem("intake-property", path, 1, 1, what=what, text=text)
