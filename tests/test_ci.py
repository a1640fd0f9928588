"""Pins the ready workflows: they can be read, and all that they call is there."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.__main__ import main
from pipeline.arguments import parser
from pipeline.problems import problem, report

PROJECT = Path(__file__).parent.parent
WORKFLOWS = sorted((PROJECT / "docs" / "ci").glob("*.yml"))
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
BROKEN = """---
title: Water
date: 2025-06-18
lang: en
---

A sentence.[^lost] Another.[^gone]
"""


def read(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return loaded


def commands(value: Any) -> Iterator[str]:
    """Every line that a workflow runs."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "run":
                yield from str(part).splitlines()
            elif key in ("script", "before_script", "after_script"):
                yield from part
            else:
                yield from commands(part)
    elif isinstance(value, list):
        for part in value:
            yield from commands(part)


def called(program: str) -> list[list[str]]:
    lines = [line for file in WORKFLOWS for line in commands(read(file))]
    words = [shlex.split(line.split(">")[0]) for line in lines]
    return [one[1:] for one in words if one[0].endswith(program)]


def test_both_workflows_are_there() -> None:
    assert [file.stem for file in WORKFLOWS] == ["github", "gitlab"]
    readme = (PROJECT / "docs" / "publishing.md").read_text(encoding="utf-8")
    assert all(f"ci/{file.name}" in readme for file in WORKFLOWS)


def test_every_goal_and_variable_of_make_is_there() -> None:
    found = called("make")
    assert len(found) == 5
    for folder, place, goal, *variables in found:
        assert (folder, place) == ("-C", "briefwright")
        assert re.search(rf"^{re.escape(goal)}:", MAKEFILE.replace("$(VENV)", ".venv"), re.M) or (
            goal == ".venv/requirements.lock" and "\n$(READY):" in MAKEFILE
        )
        for one in variables:
            assert re.search(rf"^{one.partition('=')[0]} *=", MAKEFILE, re.M), one


def test_every_command_of_briefwright_is_one() -> None:
    found = called("briefwright")
    assert len(found) == 2
    forms = {parser().parse_args(words).format for words in found}
    assert forms == {"github", "gitlab"}


def test_pages_of_gitlab_are_in_its_folder_and_the_report_is_the_one_written() -> None:
    workflow = read(PROJECT / "docs" / "ci" / "gitlab.yml")
    assert workflow["pages"]["artifacts"]["paths"] == ["public"]
    report_file = workflow["check"]["artifacts"]["reports"]["codequality"]
    assert workflow["check"]["script"][0].endswith(f"> {report_file}")
    assert workflow["check"]["artifacts"]["when"] == "always"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = Path("source/water/brief.md")
    file.parent.mkdir(parents=True)
    file.write_text(BROKEN, encoding="utf-8")


@pytest.mark.usefixtures("broken")
def test_github_is_told_of_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--source", "source", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    form = r"::(error|warning) file=source/water/brief\.md,line=7,col=\d+,title=note-undefined::.+"
    assert len(lines) == 2
    assert all(re.fullmatch(form, line) for line in lines)


@pytest.mark.usefixtures("broken")
def test_gitlab_is_told_of_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--source", "source", "--format", "gitlab"]) == 1
    findings = json.loads(capsys.readouterr().out)
    assert [one["location"] for one in findings] == [
        {"path": "source/water/brief.md", "lines": {"begin": 7}}
    ] * 2
    assert {one["check_name"] for one in findings} == {"note-undefined"}
    assert {one["severity"] for one in findings} == {"major"}
    assert len({one["fingerprint"] for one in findings}) == 2
    assert all("Hint: " in one["description"] for one in findings)


def test_no_problem_is_an_empty_report_for_gitlab() -> None:
    assert json.loads(report((), "gitlab")) == []


def test_a_finding_that_moved_is_the_same_finding() -> None:
    here, there = (problem("note-undefined", "a.md", line, label="x", near="") for line in (3, 9))
    [first], [second] = (json.loads(report([one], "gitlab")) for one in (here, there))
    assert first["fingerprint"] == second["fingerprint"]
    assert first["location"] != second["location"]
