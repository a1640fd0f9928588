"""Shows that labels, numbers, texts and places come back right, whatever surrounds the notes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import codec, notes, walk
from pipeline import model as m
from pipeline.problems import errors
from pipeline.reader import read
from tests.examples import examples
from tests.sources import Made, sources

EXAMPLES = examples(25)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("random") / "a-brief"
    folder.mkdir()
    return folder / "brief.md"


def read_text(file: Path, text: str) -> m.Brief:
    file.write_text(text, encoding="utf-8")
    brief, problems = read(file)
    assert not errors(problems), f"{text}\n{[str(one) for one in problems]}"
    assert brief is not None
    return brief


@settings(max_examples=EXAMPLES)
@given(sources())
def test_notes_come_back(file: Path, drawn: tuple[str, Made]) -> None:
    text, made = drawn
    brief = read_text(file, text)
    lines = text.split("\n")
    calls = walk.calls(brief)
    assert [call.note for call in calls] == made.calls
    assert [note.label for note in brief.notes] == list(dict.fromkeys(made.calls))
    assert notes.audit(brief, "brief.md") == ()
    for call in calls:
        mark = "^[" if call.note.startswith("inline-") else f"[^{call.note}]"
        assert lines[call.line - 1][call.column - 1 :].startswith(mark), (call, text)
    for note in brief.notes:
        if note.label in made.definitions:
            mark = f"[^{note.label}]:"
            assert lines[note.line - 1][note.column - 1 :].startswith(mark)
            assert re.search(rf"\b{made.definitions[note.label]}\b", all_text(note.blocks))


@settings(max_examples=EXAMPLES)
@given(sources())
def test_places_come_back(file: Path, drawn: tuple[str, Made]) -> None:
    text, made = drawn
    brief = read_text(file, text)
    lines = text.split("\n")
    line_of = {word: number for number, line in enumerate(lines, 1) for word in WORD.findall(line)}
    for blocks in (brief.body, *(note.blocks for note in brief.notes)):
        for block in walk.blocks_within(blocks):
            word = first_word(block)
            if word and not isinstance(block, m.Table | m.CodeBlock):
                assert block.line == line_of[word], (block, text)
    references = [
        inline for inline in walk.everything(brief) if isinstance(inline, m.CrossReference)
    ]
    assert sorted(one.note for one in references) == sorted(made.references)
    for one in references:
        assert lines[one.line - 1][one.column - 1 :].startswith(f"[](#fn:{one.note})"), (one, text)


SIGNS = st.lists(
    st.sampled_from(
        [
            *("[^a]", "[^a]: ", "^[", "]", "[", "(", ")", "![", "](a.png)", "](#fn:a)", "[^b c]"),
            *("\n", "\n\n", "\n    ", "\n> ", "\n- ", "\n1. ", "\n# ", "\n:::", "\n::: {.box}\n"),
            *("\n```\n", "`", "*", "**", "_", "~", "^", "\\", "<!--", "-->", "<b>", "&amp;", '"'),
            *("\n| a | b |\n|---|---|\n", "\n+---+---+\n", "\n: ", "{", "}", "{#a}", "{alt=x}"),
            *("word", " ", "\t", "é", "\u202e", "---", "\n---\n", "$x$", "\\begin{a}", "[@a]", "'"),
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=EXAMPLES)
@given(
    SIGNS, st.sampled_from(["deck: >-\n  ", "disclaimer: |\n  ", "summary: '", 'hero: "']), SIGNS
)
def test_nothing_makes_the_reader_fail(file: Path, field: str, key: str, body: str) -> None:
    value = field.replace("\n", "\n  ")
    front = f"---\ntitle: A title\ndate: 2025-06-18\nlang: en\n{key}{value}\n---\n\n"
    file.write_text(front + body, encoding="utf-8")
    brief, problems = read(file)
    if brief is not None and not errors(problems):
        assert notes.audit(brief, "brief.md") == ()
        assert codec.load(codec.dump(brief), "brief.json") == brief
        text = "".join(one.text for one in walk.everything(brief) if isinstance(one, m.Text))
        assert "[^a]" not in text or "\\" in body + field


WORD = re.compile(r"\bWord\d+\b")


def first_word(block: walk.Passage) -> str | None:
    """The first word of a block itself, when it begins with it."""
    for inlines in walk.own_inlines(block):
        for inline in inlines[:1]:
            match = WORD.match(inline.text) if isinstance(inline, m.Text) else None
            return match[0] if match else None
    return None


def all_text(blocks: m.Blocks) -> str:
    return " ".join(texts(blocks))


def texts(blocks: m.Blocks) -> Iterator[str]:
    for inline in walk.inlines_of(blocks):
        if isinstance(inline, m.Text | m.Code):
            yield inline.text
    for block in walk.blocks_within(blocks):
        if isinstance(block, m.CodeBlock):
            yield block.text
