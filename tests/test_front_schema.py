"""Pins that the schema editors use is current, and takes every front matter the checker takes."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from pipeline import front_schema as fs
from pipeline.problems import problem, report
from pipeline.reader import front_matter
from pipeline.reader import yaml_tree as y
from pipeline.reader.source import as_source

PROJECT = Path(__file__).parent.parent
BRIEFS = [
    *sorted(PROJECT.glob("source/*/brief.md")),
    *sorted(PROJECT.glob("tests/cases/*/source.md")),
    *sorted(PROJECT.glob("tests/languages/**/*.md")),
]
VALIDATOR = jsonschema_rs.validator_for(fs.front_schema())
LEAST = {"title": "A", "date": "2026-03-02", "lang": "en"}


def data_of(tree: y.Tree | None) -> Any:
    match tree:
        case y.Mapping():
            return {entry.key: data_of(entry.value) for entry in tree.entries}
        case y.Items():
            return [data_of(item) for item in tree.items]
        case y.Scalar():
            return tree.text
    return None


def test_the_published_file_is_current() -> None:
    assert fs.FRONT_SCHEMA_FILE.read_text(encoding="utf-8") == fs.front_text()
    assert set(fs.MEANINGS) == set(front_matter.KEYS)
    assert set(fs.FORMS) <= set(front_matter.KEYS)


@pytest.mark.parametrize("file", BRIEFS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_the_checker_takes_is_taken(file: Path) -> None:
    source = as_source(file.read_text(encoding="utf-8"), str(file))
    front, _, problems = front_matter.read_front_matter(source)
    assert front.title is not None
    opening = front_matter.FENCE.match(source.text)
    assert opening is not None
    closing = front_matter.FENCE.search(source.text, opening.end())
    assert closing is not None
    data = data_of(y.read_tree(source, opening.end(), closing.start()))
    found = [error.message for error in VALIDATOR.iter_errors(data)]
    assert found == [], json.dumps(data)
    assert problems == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "B"},
        {"title": ["B"]},
        {"authors": [{"role": "Fellow"}]},
        {"hero": {"file": "x.svg"}},
        {"summary": "a", "key-findings": "b"},
        {"notes": {"html": "foot"}},
    ],
)
def test_what_the_checker_refuses_is_seen(wrong: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(LEAST)
    assert not VALIDATOR.is_valid({**LEAST, **wrong})
    assert not VALIDATOR.is_valid({"title": "A", "lang": "en"})
    assert VALIDATOR.is_valid({"title": "A", "date": "2026-03-02", "language": "en"})


def test_the_task_finds_problems_and_not_their_hints() -> None:
    (task,) = json.loads((PROJECT / ".vscode/tasks.json").read_text())["tasks"]
    pattern = re.compile(task["problemMatcher"]["pattern"]["regexp"])
    found = problem("meta-block", "source/water/brief.md", 7, 20)
    line, hint = report([found]).splitlines()
    match = pattern.match(line)
    assert match is not None
    assert match.groups()[:4] == ("source/water/brief.md", "7", "20", "error")
    assert match[6] == "meta-block"
    assert pattern.match(hint) is None
