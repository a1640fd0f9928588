"""Problems as data: what is wrong, where it stands, and how to mend it.

Nothing in the project prints an error by itself. Every room returns or raises `Problem` records,
made by `problem()` from the table in `pipeline.rules`, and the command line words them in one
voice.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from pipeline.rules import RULES, Severity

Format = Literal["text", "json", "sarif", "github", "gitlab"]


LONGEST_PATH = 4096
"""What Linux takes (PATH_MAX)."""


class Exit(IntEnum):
    """The exit codes of the command."""

    OK = 0
    CONTENT = 1
    """Something in a brief is wrong; its author can mend it."""
    USAGE = 2
    """The command line is wrong."""
    ENVIRONMENT = 3
    """The machine lacks something; the message has the command that provides it."""
    INTERNAL = 4
    """A finished file differs from its JSON, or the program itself is wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at one place.

    Lines and columns count from 1; 0 means the whole file.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Return the line `path:line:col: severity: message [code]`."""
        return f"{self.place}: {self.severity}: {self.message} [{self.code}]"

    @property
    def place(self) -> str:
        """`path:line:col`, as editors and terminals understand it."""
        return f"{self.shown_path}:{max(self.line, 1)}:{max(self.column, 1)}"

    @property
    def shown_path(self) -> str:
        """The path on one line: the name of a file may hold anything but a slash."""
        return printable(self.path, LONGEST_PATH)

    @property
    def family(self) -> str:
        """The part of the code before the first hyphen, such as `note`."""
        return self.code.split("-", 1)[0]


class BriefError(Exception):
    """Work on one brief cannot go on; carries every problem found so far."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, sorted by place."""
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def problem(code: str, path: str, line: int = 0, column: int = 0, **details: object) -> Problem:
    """Make the problem `code` at a place, its message and hint filled in with `details`.

    Raises KeyError when the code or a detail its wording needs is unknown: that is our mistake.
    """
    rule = RULES[code]
    shown = {name: printable(str(value)) for name, value in details.items()}
    return Problem(
        path=path,
        line=line,
        column=column,
        code=code,
        message=rule.message.format(**shown),
        hint=rule.hint.format(**shown),
        severity=rule.severity,
    )


def printable(text: str, limit: int = 200) -> str:
    """Return `text` on one line, without control characters, shortened to `limit` characters."""
    safe = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that stop a build, without the warnings."""
    return tuple(item for item in problems if item.severity == "error")


def exit_code(problems: Iterable[Problem]) -> Exit:
    """Return the exit code that a run with these problems ends with; the gravest wins."""
    families = {item.family for item in errors(problems)}
    if families & {"verify", "internal"}:
        return Exit.INTERNAL
    if "setup" in families:
        return Exit.ENVIRONMENT
    if families == {"usage"}:
        return Exit.USAGE
    return Exit.CONTENT if families else Exit.OK


def report(problems: Iterable[Problem], form: Format = "text") -> str:
    """Return all problems as text for people, or in a form for machines."""
    found = sorted(set(problems))
    match form:
        case "text":
            return "".join(f"{item}\n    hint: {item.hint}\n" for item in found)
        case "json":
            return (
                json.dumps([_as_dict(item) for item in found], ensure_ascii=False, indent=1) + "\n"
            )
        case "github":
            return "".join(_as_workflow_command(item) for item in found)
        case "gitlab":
            return json.dumps([_as_finding(item) for item in found], ensure_ascii=False) + "\n"
        case "sarif":
            return json.dumps(_as_sarif(found), ensure_ascii=False, indent=1) + "\n"


def _as_dict(item: Problem) -> dict[str, str | int]:
    return {
        "path": item.shown_path,
        "line": max(item.line, 1),
        "column": max(item.column, 1),
        "severity": item.severity,
        "code": item.code,
        "message": item.message,
        "hint": item.hint,
    }


def _as_workflow_command(item: Problem) -> str:
    """GitHub workflow command; values are escaped as its documentation of `::error` asks."""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    place = f"file={value(item.shown_path)},line={max(item.line, 1)},col={max(item.column, 1)}"
    body = data(f"{item.message}\nhint: {item.hint}")
    kind = "notice" if item.severity == "note" else item.severity
    return f"::{kind} {place},title={value(item.code)}::{body}\n"


def _as_finding(item: Problem) -> dict[str, object]:
    """Finding of a GitLab Code Quality report.

    The fingerprint tells GitLab which findings of two reports are one: those of the same words in
    the same file, wherever they have moved.
    """
    same = "\0".join((item.shown_path, item.code, item.message))
    return {
        "description": f"{item.message} Hint: {item.hint}",
        "check_name": item.code,
        "fingerprint": hashlib.sha256(same.encode()).hexdigest(),
        "severity": "major" if item.severity == "error" else "minor",
        "location": {"path": item.shown_path, "lines": {"begin": max(item.line, 1)}},
    }


def _as_sarif(found: Sequence[Problem]) -> dict[str, object]:
    """SARIF 2.1.0 log (OASIS Standard, section 3.13)."""
    codes = sorted({item.code for item in found})
    rules = [{"id": code, "shortDescription": {"text": RULES[code].sentence}} for code in codes]
    results = [
        {
            "ruleId": item.code,
            "level": item.severity,
            "message": {"text": f"{item.message} Hint: {item.hint}"},
            "locations": [_sarif_location(item)],
        }
        for item in found
    ]
    driver = {"name": "briefwright", "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }


def _sarif_location(item: Problem) -> dict[str, object]:
    region = {"startLine": max(item.line, 1), "startColumn": max(item.column, 1)}
    return {"physicalLocation": {"artifactLocation": {"uri": item.shown_path}, "region": region}}
