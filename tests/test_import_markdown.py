"""Pins that a brief written as Markdown reads as the same brief, whatever its texts hold."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline import model as m
from pipeline.beside import citing_files
from pipeline.intake.markdown import write
from pipeline.intake.said import said
from pipeline.problems import errors
from pipeline.reader import read
from tests import sources, strategies
from tests.examples import examples
from tests.samples import minimal, p, png

ROOT = Path(__file__).parent.parent
EXAMPLES = examples(40)
BRIEFS = sorted(
    file
    for pattern in ("source/*/brief.md", "tests/languages/*/brief.md", "tests/cases/*/source.md")
    for file in ROOT.glob(pattern)
    if not citing_files(file.parent)  # Of a citation the JSON has what it came to, not the key.
)
PLACES = ("line", "column", "source", "slug")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("random") / "a-brief"
    folder.mkdir()
    (folder / "chart.png").write_bytes(png())
    return folder / "brief.md"


def structure(brief: m.Brief) -> Any:
    """A brief without the places in its source."""
    return _bare(json.loads(brief.model_dump_json()))


def _bare(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _bare(value) for key, value in node.items() if key not in PLACES}
    if isinstance(node, list):
        return [_bare(value) for value in node]
    return node


def like(found: Any, asked: Any) -> Any:
    """Return what was found, without widths that a pipe table gets as soon as its lines are long.

    A long address can make them so; no table of more than 72 characters is free of widths.
    """
    if isinstance(found, dict) and isinstance(asked, dict):
        if "align" in asked and asked.get("width", 0) is None:
            return found | {"width": None}
        return {key: like(value, asked.get(key)) for key, value in found.items()}
    if isinstance(found, list) and isinstance(asked, list) and len(found) == len(asked):
        return [like(one, other) for one, other in zip(found, asked, strict=True)]
    return found


def has_space_in_stress(node: Any) -> bool:
    """Tell whether marked-up text ends with a space, which is written behind the signs."""
    if isinstance(node, list):
        return any(map(has_space_in_stress, node))
    if not isinstance(node, dict):
        return False
    if node.get("type") in ("emphasis", "strong", "strikeout") and node["content"]:
        words = [node["content"][end].get("text", "x") for end in (0, -1)]
        if words[0].startswith(" ") or words[1].endswith(" "):
            return True
    return any(map(has_space_in_stress, node.values()))


def again(file: Path, brief: m.Brief) -> tuple[m.Brief, str]:
    """Write a brief and read it back."""
    text = write(brief.metadata, brief.body, brief.notes)
    found, problems = read(file, text.encode())
    assert found is not None and not errors(problems), f"{text}\n{[str(one) for one in problems]}"
    return found, text


def first(file: Path, text: str) -> m.Brief:
    brief, problems = read(file, text.encode())
    assert brief is not None and not errors(problems)
    return brief


@pytest.mark.parametrize("source", BRIEFS, ids=lambda file: file.parent.name)
def test_the_samples_come_back(source: Path) -> None:
    brief, _ = read(source)
    assert brief is not None
    found, _ = again(source, brief)
    assert structure(found) == structure(brief)


@settings(max_examples=EXAMPLES)
@given(strategies.briefs())
def test_random_markdown_comes_back(file: Path, drawn: tuple[str, strategies.Notebook]) -> None:
    brief = first(file, drawn[0])
    assume(not has_space_in_stress(structure(brief)))
    found, text = again(file, brief)
    assert like(structure(found), structure(brief)) == structure(brief), text


@settings(max_examples=EXAMPLES)
@given(sources.sources())
def test_markdown_that_is_hard_to_read_comes_back(
    file: Path, drawn: tuple[str, sources.Made]
) -> None:
    brief = first(file, drawn[0])
    assume(not has_space_in_stress(structure(brief)))
    found, text = again(file, brief)
    assert like(structure(found), structure(brief)) == structure(brief), text


SIGNS = st.lists(
    st.sampled_from(
        [
            *(
                "*",
                "_",
                "**",
                "`",
                "[",
                "]",
                "(",
                ")",
                "[^a]",
                "[^a]: ",
                "^[",
                "![",
                "](b)",
                "{",
                "}",
            ),
            *("{.a}", "$", "$x$", "@key", "[@key]", "a@b.org", "<", "<b>", ">", "&amp;", "&", "#"),
            *(
                "“",
                "”",
                "‘",
                "’",
                '"',
                "'",
                "--",
                "---",
                "...",
                "-",
                "+",
                "1.",
                "1)",
                "(1)",
                "a.",
                "IV.",
            ),
            *(
                "\\",
                "\\\\",
                "~",
                "~~",
                "^",
                "|",
                ":",
                "::: ",
                "Table:",
                "\u00a0",
                "–",
                "—",
                "§",
                "%",
            ),
            *(
                "http://a.b",
                "https://",
                "www.a.b",
                "mailto:x",
                "word",
                "x",
                "3",
                " ",
                " ",
                "é",
                "\u2009",
            ),
            *(
                "=",
                "===",
                "!",
                "\\begin{a}",
                "<!-- x -->",
                "- ",
                "# ",
                "> ",
                "TeX",
                "[1]",
                "]:",
                "a_b",
            ),
        ]
    ),
    min_size=1,
    max_size=12,
).map("".join)


def lines(text: str) -> str:
    """A text as the model has it: single spaces, none at either end, and something in it."""
    return " ".join(part for part in text.split(" ") if part)


@settings(max_examples=EXAMPLES * 4)
@given(SIGNS.map(lines).filter(str.strip), SIGNS.map(lines).filter(str.strip))
def test_every_sign_is_printed_as_it_stands(file: Path, one: str, other: str) -> None:
    body = (
        p(one),
        p(m.Emphasis(content=(m.Text(text=one),)), other),
        m.BulletList(tight=True, items=(m.ListItem(blocks=(p(other),), line=1),), line=1),
        m.BlockQuote(blocks=(p(other), p("Said.")), line=1),
        m.Table(
            columns=(m.Column(), m.Column()),
            head=(m.Row(cells=(m.Cell(blocks=(p(one),)), m.Cell(blocks=(p(other),)))),),
            body=(m.Row(cells=(m.Cell(blocks=(p(other),)), m.Cell(blocks=(p(one),)))),),
            line=1,
        ),
    )
    metadata = minimal().metadata.model_copy(
        update={"title": (m.Text(text=one),), "deck": (m.Text(text=other),)}
    )
    brief = minimal().model_copy(update={"metadata": metadata, "body": body, "notes": ()})
    found, text = again(file, brief)
    assert list(texts(found)) == list(texts(brief)), text


def texts(brief: m.Brief) -> Iterator[str]:
    told = said(brief)
    yield from (text for _, text in told.front if text)
    yield told.body


def test_a_picture_without_words_before_a_grid_table_is_no_line_of_text(file: Path) -> None:
    picture = m.Figure(image=m.Image(file="chart.png", alt="A chart", line=1, column=1), line=1)
    cells = m.Cell(blocks=(p("One."), p("Two.")))
    table = m.Table(columns=(m.Column(),), body=(m.Row(cells=(cells,)),) * 2, line=1)
    file.write_text(write(minimal().metadata, (p("Text."), picture, table)), encoding="utf-8")
    brief, problems = read(file)
    assert brief is not None and not errors(problems)
    assert [block.type for block in brief.body] == ["paragraph", "figure", "table"]
