"""Pins what is told of a build: lines in CI, a bar on a terminal, a summary at the end."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.build import Result
from pipeline.problems import problem
from pipeline.progress import line_of, summary
from tests.test_build import BRIEF, write

PROJECT = Path(__file__).parent.parent

BUILT = Result("water", ("json", "html"), notes=2, seconds=1.24)
UNCHANGED = Result("heat")
FAILED = Result("wind", problems=(problem("note-empty", "brief.md", label="x"),), seconds=0.2)


def test_each_brief_has_its_line() -> None:
    told = [line_of(result, "built", "plain") for result in (BUILT, UNCHANGED, FAILED)]
    assert told == [
        "    built  water: json html (2 notes)",
        "",
        "   failed  wind (the earlier outputs are untouched)",
    ]
    told = [line_of(result, "built", "verbose") for result in (BUILT, UNCHANGED, FAILED)]
    assert told == [
        "    built  water: json html (2 notes) in 1.2 s",
        "unchanged  heat",
        "   failed  wind in 0.2 s (the earlier outputs are untouched)",
    ]
    assert not any(line_of(result, "built", "quiet") for result in (BUILT, UNCHANGED, FAILED))


def test_the_summary_counts_and_names() -> None:
    many = [Result(f"brief-{number}", ("pdf",), seconds=number) for number in range(1, 6)]
    wrong = [Result(f"wrong-{number:02}", problems=FAILED.problems) for number in range(12)]
    assert summary([*many, UNCHANGED, *wrong], "built", "output", 9.04).splitlines() == [
        "18 briefs in output: 5 built, 1 unchanged, 12 failed in 9.0 s",
        "  slowest: brief-5 (5.0 s), brief-4 (4.0 s), brief-3 (3.0 s)",
        "  failed: wrong-00, wrong-01, wrong-02, wrong-03, wrong-04, wrong-05, wrong-06, wrong-07,"
        " wrong-08, wrong-09 and 2 more",
    ]
    assert summary([UNCHANGED], "built", "output", 0.1) == "1 brief in output: 1 unchanged"
    assert summary([FAILED], "built", "output", 0.2) == "1 brief in output: 1 failed in 0.2 s"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for slug in ("water", "heat"):
        write(tmp_path / "source", slug, BRIEF)
    write(tmp_path / "source", "wind", BRIEF.replace("fallen.[^gauge]", "fallen.[^x]"))
    return tmp_path / "source"


def build(source: Path, *words: str, **outside: str) -> tuple[str, str]:
    """Build in a terminal; return what it showed, and what went to standard error."""
    here, there = pty.openpty()
    hidden = {"CI", "NO_COLOR", "FORCE_COLOR", "COLUMNS"}
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    command = [sys.executable, "-m", "pipeline", "build", "--source", str(source)]
    command += ["--output", str(source.parent / "output"), "--to", "html", *words]
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**inherited, "TERM": "xterm", **outside},
        stdout=there,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        os.close(there)
        shown = b"".join(iter(lambda: _piece(here), b""))
        os.close(here)
        told = process.communicate()[1]
    assert process.returncode == 1
    return shown.decode(), told


def _piece(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # Linux says so when the other side has closed.
        return b""


COLOUR = re.compile(r"\x1b\[[\d;]*m")


def test_on_a_terminal_a_bar_shows_what_is_in_hand(source: Path) -> None:
    shown, told = build(source, "--jobs", "1")
    assert COLOUR.search(shown)
    plain = COLOUR.sub("", shown)
    assert re.search(r"━ +0/3 .*heat", plain)
    assert re.search(r"2/3 .* a second", plain)
    assert "   failed  wind" in plain
    assert "    built  " not in plain
    end = plain.rsplit("\x1b[2K", 1)[1]
    assert "2 built, 1 failed in" in end
    assert "note-undefined" in told
    assert "\x1b" not in told


def test_colours_can_be_declined(source: Path) -> None:
    shown, _ = build(source, NO_COLOR="1")
    assert "━" in shown
    assert not re.search(r"\x1b\[(3|4|9)\d", shown)


@pytest.mark.parametrize("outside", [{"CI": "true"}, {"TERM": "dumb"}])
def test_where_nobody_watches_there_are_lines(source: Path, outside: dict[str, str]) -> None:
    shown, _ = build(source, **outside)
    assert "\x1b" not in shown
    assert "    built  water: json html (1 note)\r\n" in shown


def test_quiet_tells_of_problems_only(source: Path) -> None:
    shown, told = build(source, "--quiet")
    assert shown == ""
    assert "note-undefined" in told


def test_verbose_names_every_brief_beside_the_bar(source: Path) -> None:
    build(source)
    shown, _ = build(source, "--verbose")
    plain = COLOUR.sub("", shown)
    assert "unchanged  water" in plain
    assert re.search(r"failed  wind in \d+\.\d s", plain)
