"""Checks on a finished brief. Each is a small generator whose rule is its docstring."""

from collections.abc import Callable, Iterator, Mapping

from pipeline.checks import images, language, links, measures, metadata, notes, structure, tables
from pipeline.checks.subject import Subject, subject_of
from pipeline.model import Brief
from pipeline.problems import Problem

Check = Callable[[Subject], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    metadata.updated_after_date,
    metadata.keywords_once,
    metadata.license_known,
    metadata.values_not_blank,
    metadata.identifiers_well_formed,
    metadata.no_pictures_in_texts,
    measures.values_fit_the_page,
    measures.lists_fit_the_page,
    structure.headings_have_words,
    structure.levels_without_gaps,
    structure.anchors_once,
    structure.anchors_usable,
    structure.classes_usable,
    structure.items_have_content,
    structure.nesting_has_an_end,
    structure.markup_has_an_end,
    structure.code_has_plain_lines,
    structure.words_can_break,
    structure.no_citations,
    tables.cells_fill_the_grid,
    measures.tables_fit_the_page,
    notes.no_space_before_calls,
    notes.no_calls_in_links,
    measures.notes_can_be_counted,
    links.schemes_allowed,
    links.links_complete,
    links.links_well_formed,
    links.anchors_exist,
    images.pictures_carried,
    images.pictures_unchanged,
    images.drawings_covered,
    images.no_pictures_in_links,
    language.tags_well_formed,
    language.characters_covered,
    language.letters_apart,
    language.marks_in_number,
    language.dates_covered,
)


def check(brief: Brief, path: str, coverage: Mapping[str, frozenset[int]]) -> tuple[Problem, ...]:
    """Return every problem of a brief, sorted by place.

    `coverage` gives the characters of each font family.
    """
    subject = subject_of(brief, path, coverage)
    return tuple(sorted({problem for one in CHECKS for problem in one(subject)}))
