"""Two versions of a brief are compared as documents: what is kept, gone and new adds up to both."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings

from pipeline import model as m
from pipeline.redline import matter
from pipeline.redline.compare import compare
from pipeline.redline.compared import Compared, Comparison, Piece
from pipeline.redline.outline import Outliner, Part
from pipeline.redline.report import tell
from pipeline.redline.summary import summarise
from pipeline.redline.tokens import Side, Token, tokens
from pipeline.theme import TEMPLATES
from pipeline.words import words_for
from tests.examples import examples
from tests.random_versions import versions
from tests.samples import call, heading, link, minimal, note, p, t

Version = Literal["old", "new"]
OTHER = {"old": "inserted", "new": "deleted"}


def with_body(*blocks: m.Block, notes: tuple[m.Note, ...] = ()) -> m.Brief:
    return minimal().model_copy(update={"body": blocks, "notes": notes})


def told(old: m.Brief, new: m.Brief) -> str:
    return tell(summarise(compare(old, new, TEMPLATES)), "then")


def marked(pieces: Iterable[Piece]) -> str:
    """Running text with what is gone in brackets and what came in braces."""
    signs = {"kept": "{}", "deleted": "[{}]", "inserted": "{{{}}}"}
    return "".join(signs[one.mark].format(said(one.text)) for one in pieces)


def said(content: m.Inlines) -> str:
    """Running text with its spaces; what is no text shows its type."""
    words: list[str] = []
    for one in content:
        inner = getattr(one, "content", None)
        words.append(said(inner) if inner is not None else getattr(one, "text", f"<{one.type}>"))
    return "".join(words)


def body(old: m.Brief, new: m.Brief) -> list[tuple[str, str, str]]:
    """The parts of the text: kind, mark and words."""
    found = compare(old, new, TEMPLATES).body
    return [(one.kind, one.mark, marked(one.pieces)) for one in found]


# Both versions are in it --------------------------------------------------------------------------


Keys = dict[str, str]


def side_of(brief: m.Brief, keys: Keys) -> Side:
    return Side(keys, {image.file: image.sha256 for image in brief.images})


def outlined(brief: m.Brief, side: Side) -> list[str]:
    """What a version holds, part by part, as the comparison should have it."""
    made = Outliner(side, words_for("en", TEMPLATES))
    meta = brief.metadata
    parts = (
        *(*matter.front(made, meta), *made.blocks(brief.body), *matter.closing(made, meta)),
        *made.blocks(brief.references),
        *(part for one in brief.notes for part in made.blocks(one.blocks)),
        *matter.end(made, meta),
    )
    return [line for part in parts for line in lines_of(part)]


def lines_of(part: Part) -> Iterator[str]:
    yield f"{part.kind} {part.facts} {characters(part.words)}"
    for one in part.parts:
        yield from lines_of(one)


def characters(words: Iterable[Token]) -> list[object]:
    """The words letter by letter, each with the markup around it."""
    return [
        (letter, one.key[0], one.key[2]) if one.said else one.key
        for one in words
        if isinstance(one.key, tuple)
        for letter in one.said or "-"
    ]


def settled(found: Comparison, version: Version, sides: dict[Version, Side]) -> list[str]:
    """What is left of a comparison for one version, its notes in the order of their numbers."""
    noted = [
        (getattr(one.pair, version).number, one.parts)
        for one in found.notes
        if getattr(one.pair, version)
    ]
    noted.sort(key=lambda one: int(one[0]))
    parts = (
        *(*found.front, *found.body, *found.closing),
        *(part for _, held in noted for part in held),
        *found.end,
    )
    return list(lines_left(parts, version, sides))


def lines_left(
    parts: Sequence[Compared], version: Version, sides: dict[Version, Side]
) -> Iterator[str]:
    for part in parts:
        if part.mark == OTHER[version]:
            continue
        words: list[Token] = []
        for one in part.pieces:
            if one.mark != OTHER[version]:
                words += tokens(sides["old" if one.mark == "deleted" else "new"], one.text)
        yield f"{part.kind} {part.was if version == 'old' else part.facts} {characters(words)}"
        yield from lines_left(part.parts, version, sides)


@settings(max_examples=examples(60), suppress_health_check=list(HealthCheck), deadline=None)
@given(versions())
def test_what_is_left_without_the_other_version_is_the_version(
    pair: tuple[m.Brief, m.Brief],
) -> None:
    old, new = pair
    found = compare(old, new, TEMPLATES)
    before = {one.pair.old.label: one.pair.key for one in found.notes if one.pair.old}
    after = {one.pair.new.label: one.pair.key for one in found.notes if one.pair.new}
    sides: dict[Version, Side] = {"old": side_of(old, before), "new": side_of(new, after)}
    assert settled(found, "new", sides) == outlined(new, sides["new"])
    assert settled(found, "old", sides) == outlined(old, sides["old"])


@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck), deadline=None)
@given(versions())
def test_a_version_does_not_differ_from_itself(pair: tuple[m.Brief, m.Brief]) -> None:
    found = compare(pair[1], pair[1], TEMPLATES)
    assert found.is_equal
    assert summarise(found).entries == ()
    assert tell(summarise(found), "then") == "Nothing changed since then.\n"


# Words --------------------------------------------------------------------------------------------


def test_words_are_compared_one_by_one_and_a_change_is_one_piece() -> None:
    old = with_body(p("The levels have fallen for thirty years."))
    new = with_body(p("The level has fallen for forty years."))
    assert body(old, new) == [
        ("paragraph", "kept", "The [levels have]{level has} fallen for [thirty]{forty} years.")
    ]


def test_markup_and_addresses_are_part_of_words() -> None:
    old = with_body(p("See ", link("https://a.example/", "the report"), " of the Council."))
    new = with_body(p("See ", link("https://b.example/", "the report"), " of the Council."))
    assert body(old, new)[0][2] == "See [the report]{the report} of the Council."
    bold = with_body(p("See ", m.Strong(content=(t("the report"),)), " of the Council."))
    assert body(old, bold)[0][2] == "See [the report]{the report} of the Council."


def test_a_paragraph_is_found_again_beside_new_ones() -> None:
    old = with_body(p("Alpha beta gamma delta."), p("Rivers rise in the spring."))
    new = with_body(
        p("Quite another thing."), p("Alpha beta gamma, delta."), p("Rivers rise in spring.")
    )
    assert body(old, new) == [
        ("paragraph", "inserted", "{Quite another thing.}"),
        ("paragraph", "kept", "Alpha beta gamma{,} delta."),
        ("paragraph", "kept", "Rivers rise in [the ]spring."),
    ]


# Notes --------------------------------------------------------------------------------------------


def noted(*labels: str, texts: dict[str, str]) -> m.Brief:
    calls = [call(label, number) for number, label in enumerate(labels, start=1)]
    said = [part for one in calls for part in (t("Words"), one, t(" and "))]
    notes = tuple(
        note(number, label, p(texts[label])) for number, label in enumerate(labels, start=1)
    )
    return with_body(p(*said, "no more."), notes=notes)


TEXTS = {
    "gauge": "Measured at the border gauge, and nowhere else.",
    "treaty": "The treaty was signed in Minsk.",
    "winter": "In the winter of 1998.",
}


def test_a_note_is_added_and_another_renumbered() -> None:
    found = told(noted("gauge", texts=TEXTS), noted("treaty", "gauge", texts=TEXTS))
    assert "added as note 1\n      The treaty was signed in Minsk." in found
    assert "renumbered: note 1 is now note 2" in found
    assert "notes: 1 added, 1 renumbered." in found


def test_a_note_is_dropped_and_another_reworded() -> None:
    texts = TEXTS | {"treaty": "The treaty was signed in Warsaw."}
    found = told(noted("gauge", "treaty", texts=TEXTS), noted("treaty", texts=texts))
    assert "dropped (it was note 1)\n      Measured at the border gauge" in found
    assert "renumbered: note 2 is now note 1 and reworded (note 1)" in found
    assert "paragraph in note 1 changed\n      - Minsk\n      + Warsaw" in found


def test_a_note_with_another_label_is_the_same_note() -> None:
    renamed = {"measure": TEXTS["gauge"]}
    old, new = noted("gauge", texts=TEXTS), noted("measure", texts=renamed)
    assert compare(old, new, TEMPLATES).is_equal


def test_labels_that_changed_places_are_told_by_what_the_notes_say() -> None:
    texts = {"gauge": TEXTS["treaty"], "treaty": TEXTS["gauge"]}
    old, new = noted("gauge", "treaty", texts=TEXTS), noted("treaty", "gauge", texts=texts)
    assert compare(old, new, TEMPLATES).is_equal


def test_a_call_that_is_gone_is_a_change_of_its_paragraph() -> None:
    old, new = noted("gauge", "treaty", texts=TEXTS), noted("gauge", texts=TEXTS)
    found = compare(old, new, TEMPLATES).body[0].pieces
    assert any(
        one.mark == "deleted" and any(isinstance(part, m.Call) for part in one.text)
        for one in found
    )


# Blocks -------------------------------------------------------------------------------------------


def rows(*lines: str) -> m.Table:
    def row(line: str) -> m.Row:
        return m.Row(cells=tuple(m.Cell(blocks=(p(word),)) for word in line.split(" | ")))

    columns = tuple(m.Column() for _ in lines[0].split(" | "))
    return m.Table(columns=columns, body=tuple(map(row, lines)), line=1)


def test_tables_are_compared_cell_by_cell_and_rows_come_and_go() -> None:
    old = with_body(rows("Gauge | Level", "Minsk | 3.1 metres", "Grodno | 2.5 metres"))
    new = with_body(rows("Gauge | Level", "Minsk | 3.3 metres", "Brest | 9 feet"))
    [table] = compare(old, new, TEMPLATES).body
    shown = [(row.mark, marked(row.parts[1].parts[0].pieces)) for row in table.parts]
    assert shown == [
        ("kept", "Level"),
        ("kept", "[3.1]{3.3} metres"),
        ("deleted", "[2.5 metres]"),
        ("inserted", "{9 feet}"),
    ]


def test_a_table_of_another_shape_is_another_table() -> None:
    old, new = with_body(rows("Gauge | Level")), with_body(rows("Gauge | Level | Year"))
    assert [one.mark for one in compare(old, new, TEMPLATES).body] == ["deleted", "inserted"]


def test_a_heading_of_another_level_is_set_differently() -> None:
    def headed(level: int) -> m.Heading:
        return m.Heading(level=level, id="a", content=(t("State of play"),), line=1)

    found = told(with_body(headed(1)), with_body(headed(2)))
    assert "1. heading set differently" in found


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("title", (t("Another title"),), "title"),
        ("deck", (t("A deck."),), "deck"),
        ("series", "Briefs", "series and number"),
        ("doi", "10.1234/7", "DOI"),
        ("keywords", ("water",), "keywords"),
        ("disclaimer", (p("No."),), "disclaimer"),
        ("authors", (m.Author(name="A. Author"),), "author"),
    ],
)
def test_front_matter_is_compared_too(field: str, value: object, kind: str) -> None:
    changed = minimal().metadata.model_copy(update={field: value})
    assert f"1. {kind} " in told(minimal(), minimal().model_copy(update={"metadata": changed}))


def test_the_list_of_references_is_compared() -> None:
    cited = m.Division(classes=("references",), blocks=(p("Ada. River."),), line=1)
    new = with_body(p("Text.")).model_copy(update={"references": (heading(1, "r", "R"), cited)})
    found = compare(with_body(p("Text.")), new, TEMPLATES)
    assert [(one.kind, one.mark) for one in found.closing] == [
        ("heading", "inserted"),
        ("division", "inserted"),
    ]
