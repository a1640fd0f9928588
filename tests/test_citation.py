"""Pins how a brief is cited: the line for readers, and the files for reference managers.

Pandoc reads the files back: it has readers of its own for all three.
"""

import json
import subprocess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import bibliography, citation, pandoc
from pipeline import model as m
from pipeline.manifest import Format
from pipeline.rendering import render, verify
from pipeline.theme import Theme, load_theme
from pipeline.words import words_for
from tests.samples import inlines, minimal, sample

THEME = load_theme()
HARD = "100 % of R&D_costs: {what} \\ it #1 ~ ^ $5 “quoted” <tells> a%b"
FILES: tuple[tuple[Format, str], ...] = (("csl", "csljson"), ("bib", "bibtex"), ("ris", "ris"))


def house(**told: str) -> Theme:
    institute = THEME.institute.model_copy(update=told)
    return THEME.model_copy(update={"institute": institute})


def with_metadata(**fields: object) -> m.Brief:
    brief = sample()
    return brief.model_copy(update={"metadata": brief.metadata.model_copy(update=fields)})


def line(brief: m.Brief, lang: str = "en", theme: Theme = THEME) -> str:
    brief = brief.model_copy(update={"metadata": brief.metadata.model_copy(update={"lang": lang})})
    parts = citation.citation(brief, theme, words_for(lang, THEME.folder))
    return "".join(part.text for part in parts)


def read_by_pandoc(data: bytes, form: str) -> dict[str, Any]:
    command = [str(pandoc.binary()), "--from", form, "--to", "csljson"]
    done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60)
    (item,) = json.loads(done.stdout)
    assert isinstance(item, dict)
    return item


# The line ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "start", "end"),
    [
        ("en", "Ada Example and Boris Sample, Water", "June 18, 2025"),
        ("en-GB", "Ada Example and Boris Sample, Water", "18 June 2025"),
        ("fr", "Ada Example et Boris Sample, Water", "18 juin 2025"),
        ("de", "Ada Example und Boris Sample, Water", "18. Juni 2025"),
        ("ru", "Ada Example и Boris Sample, Water", "18 июня 2025\u202fг."),
        ("lt", "Ada Example ir Boris Sample, Water", "2025 m. birželio 18 d."),
    ],
)
def test_the_line_is_worded_in_the_language_of_the_brief(lang: str, start: str, end: str) -> None:
    said = line(sample(), lang)
    assert said.startswith(start)
    assert said.endswith(f"Policy, {end}, https://doi.org/10.1234/example.7")


def test_the_line_names_what_is_known_and_nothing_else() -> None:
    assert line(minimal()) == "A short title, Institute for Neighbourhood Policy, June 18, 2025"
    ours = house(base_url="https://briefs.example.org")
    assert line(minimal(), theme=ours).endswith("2025, https://briefs.example.org/minimal/")


def test_names_that_look_like_places_of_a_list_stay_names() -> None:
    names = tuple(m.Author(name=name) for name in ("{0}", "{1}", "0"))
    brief = with_metadata(authors=names)
    assert line(brief).startswith("{0}, {1}, and 0, Water")


# Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "family", "parts"),
    [
        ("Ada Example", None, {"family": "Example", "given": "Ada"}),
        ("Plato", None, {"literal": "Plato"}),
        (
            "Ludwig van der Beek",
            None,
            {"family": "Beek", "non-dropping-particle": "van der", "given": "Ludwig"},
        ),
        (
            "Gabriel García Márquez",
            "García Márquez",
            {"family": "García Márquez", "given": "Gabriel"},
        ),
        ("Mao Zedong", "Mao", {"family": "Mao", "given": "Zedong"}),
        ("Institute for A and B", "Institute for A and B", {"literal": "Institute for A and B"}),
        ("de Gaulle", None, {"family": "Gaulle", "given": "de"}),
    ],
)
def test_names_in_parts(name: str, family: str | None, parts: dict[str, str]) -> None:
    assert citation.name_of(m.Author(name=name, family=family)) == parts


# The files ---------------------------------------------------------------------------------------

PEOPLE = (
    m.Author(name="Ludwig van der Beek"),
    m.Author(name="Institute for A and B", family="Institute for A and B"),
    m.Author(name="Smith & Sons"),
    m.Author(name="Plato"),
)


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_pandoc_reads_the_same_from_bibtex(form: str) -> None:
    brief = with_metadata(title=inlines(HARD), deck=inlines(HARD), authors=PEOPLE, doi="10.1/a_b%c")
    record = citation.record(brief, THEME)
    found = read_by_pandoc(bibliography.bibtex(record), form)
    wanted: dict[str, Any] = {**record, "genre": record["collection-title"]}
    del wanted["collection-title"]
    for name in wanted["author"]:  # BibTeX does not say whether a particle can be dropped.
        if "non-dropping-particle" in name:
            name["dropping-particle"] = name.pop("non-dropping-particle")
    assert found == wanted


def test_pandoc_reads_the_same_from_csl_json() -> None:
    brief = with_metadata(title=inlines(HARD), authors=PEOPLE)
    record = citation.record(brief, THEME)
    assert read_by_pandoc(bibliography.csl_json(record), "csljson") == record


def test_pandoc_reads_the_same_from_ris() -> None:
    brief = with_metadata(title=inlines(HARD), deck=inlines(HARD))
    record = citation.record(brief, THEME)
    found = read_by_pandoc(bibliography.ris(record), "ris")
    for key in ("type", "id", "title", "author", "publisher", "DOI", "URL", "language", "abstract"):
        assert found[key] == record[key]
    assert found["container-title"] == record["collection-title"]
    assert found["issued"]["date-parts"] == [[2025]]
    assert set(found["keyword"].split(", ")) == set(record["keyword"].split(", "))


@pytest.mark.parametrize(("form", "reader"), FILES)
def test_the_smallest_brief_has_a_whole_record(form: Format, reader: str) -> None:
    data = render(minimal(), THEME, form)
    assert verify(minimal(), data, form, "x") == ()
    assert read_by_pandoc(data, reader)["title"] == "A short title"


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_any_text_comes_back_from_each_file(text: str) -> None:
    brief = with_metadata(title=inlines(text), authors=(m.Author(name=text),), series=text)
    for form, _ in FILES:
        assert verify(brief, render(brief, THEME, form), form, "x") == ()


@pytest.mark.parametrize(("form", "reader"), FILES)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", inlines("Another")),
        ("authors", (m.Author(name="Nobody Else"),)),
        ("series", "Another Series"),
        ("number", "8"),
        ("DOI", "10.1234/other"),
    ],
)
def test_another_record_is_told_apart(form: Format, reader: str, name: str, value: object) -> None:
    other = with_metadata(**{name.lower(): value})
    problems = verify(sample(), render(other, THEME, form), form, "x")
    assert [problem.code for problem in problems] == ["verify-property"]
    assert f"the {name} " in problems[0].message


@pytest.mark.parametrize(("form", "reader"), FILES)
def test_what_is_no_record_is_named(form: Format, reader: str) -> None:
    whole = render(sample(), THEME, form)
    for data in (b"", b"\xff", b"[]", b"{}", whole[: len(whole) // 2]):
        assert [one.code for one in verify(sample(), data, form, "x")] == ["verify-unreadable"]


# The picture of a link ---------------------------------------------------------------------------


def test_the_card_is_the_same_each_time_and_its_faults_are_named() -> None:
    card = render(sample(), THEME, "png")
    assert render(sample(), THEME, "png") == card
    assert verify(sample(), card, "png", "x") == ()
    blank = house(name="-")
    assert render(minimal(), blank, "png") != render(minimal(), THEME, "png")
    for data in (b"", card[:2000]):
        assert [one.code for one in verify(sample(), data, "png", "x")] == ["verify-unreadable"]
