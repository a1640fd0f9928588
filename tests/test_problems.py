"""Pins how problems are worded, for people and for machines, and the exit codes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.problems import BriefError, Exit, Problem, exit_code, problem, report
from pipeline.rules import RULES


def undefined(path: str = "source/x/brief.md") -> Problem:
    return problem("note-undefined", path, 31, 24, label="a", near="")


def test_a_problem_is_one_line_and_a_hint() -> None:
    assert report([undefined()]) == (
        "source/x/brief.md:31:24: error: the call [^a] has no note [note-undefined]\n"
        "    hint: write the note on a line of its own, after an empty line: "
        "[^a]: text of the note\n"
    )


def test_problems_are_sorted_by_place_and_told_once() -> None:
    later = problem("note-empty", "source/x/brief.md", 40, 1, label="b")
    lines = report([later, undefined(), later]).splitlines()
    assert [line.split(":")[1] for line in lines[::2]] == ["31", "40"]


@given(st.text(min_size=1))
def test_no_text_of_a_brief_breaks_the_line(text: str) -> None:
    told = str(problem("note-undefined", "x.md", 1, 1, label=text, near=""))
    assert len(told.splitlines()) == 1
    assert told.isprintable()


def test_json_is_a_list_of_records() -> None:
    (record,) = json.loads(report([undefined()], "json"))
    assert (record["path"], record["line"], record["column"]) == ("source/x/brief.md", 31, 24)
    assert (record["code"], record["severity"]) == ("note-undefined", "error")


def test_sarif_names_rule_and_region() -> None:
    run = json.loads(report([undefined()], "sarif"))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["note-undefined"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 31, "startColumn": 24}


def test_a_workflow_command_is_escaped() -> None:
    line = report([undefined("a:b,c%.md")], "github")
    assert line.startswith("::error file=a%3Ab%2Cc%25.md,line=31,col=24,title=note-undefined::")
    assert line.count("\n") == 1


def test_the_gravest_problem_decides_the_exit_code() -> None:
    usage = problem("usage-no-briefs", "source")
    disk = problem("setup-write", "output", what="full")
    internal = problem("internal-error", "briefwright", what="x")
    assert exit_code([]) is Exit.OK
    assert exit_code([usage]) is Exit.USAGE
    assert exit_code([usage, undefined()]) is Exit.CONTENT
    assert exit_code([undefined(), disk]) is Exit.ENVIRONMENT
    assert exit_code([undefined(), disk, internal]) is Exit.INTERNAL


def test_warnings_do_not_fail_a_build() -> None:
    warnings = [code for code, rule in RULES.items() if rule.severity == "warning"]
    found = [Problem("x.md", 1, 1, code, "m", "h", "warning") for code in warnings]
    assert exit_code(found) is Exit.OK


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_is_worded(code: str) -> None:
    rule = RULES[code]
    assert rule.sentence.endswith("."), "the sentence says what the rule asks for"
    assert not rule.message.endswith(".")
    assert rule.hint


def test_an_error_carries_its_problems_in_order() -> None:
    later = problem("note-empty", "source/x/brief.md", 40, 1, label="b")
    assert BriefError([later, undefined()]).problems == (undefined(), later)
