"""Pins that a brief made in two processes is the brief that one process makes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch, halves, workers
from pipeline.build import Job
from pipeline.manifest import FORMATS
from pipeline.workers import Limits
from tests.test_build import BRIEF, outputs, shop, write

WIDE = "\n".join(["", "| " + "W" * 90 + " " + "| 1 " * 60 + "|", "|" + "---|" * 61, ""])
"""A table that no page can hold, which only printing finds out."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    write(folder, "water", BRIEF)
    return folder


def crews(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many processes each piece of work is given from now on."""
    found: list[int] = []
    real = workers.work

    def noted(*given: Any, **named: Any) -> Any:
        found.append(given[2])
        return real(*given, **named)

    monkeypatch.setattr(workers, "work", noted)
    return found


def build(source: Path, count: int, slugs: Sequence[str] = ("water",)) -> list[str]:
    jobs = [Job(shop(source), slug, FORMATS) for slug in slugs]
    results = list(batch.build_all(jobs, count))
    assert [result.slug for result in results] == list(slugs)
    return [item.code for result in results for item in result.problems]


def test_two_processes_make_what_one_makes(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(source, 1) == []
    alone = outputs(source)
    assert len(alone) == len(FORMATS) + 1
    for name in alone:
        (source.parent / "output" / "water" / name).unlink()
    found = crews(monkeypatch)
    assert build(source, 2) == []
    assert found == [1, 2]
    assert outputs(source) == alone


def test_only_what_is_stale_is_made(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(source, 1)
    before = outputs(source)
    (source.parent / "output" / "water" / "water.pdf").unlink()
    (result,) = batch.build_all([Job(shop(source), "water", FORMATS)], 2)
    assert result.built == ("pdf",)
    assert outputs(source) == before
    write(source, "water", f"{BRIEF}\n\n")
    (result,) = batch.build_all([Job(shop(source), "water", FORMATS)], 2)
    assert result.built == ("json", "pdf")


def test_a_brief_that_is_wrong_is_told_of_before_it_is_made(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(source, "water", BRIEF.replace("[^gauge]:", "[^other]:"))
    found = crews(monkeypatch)
    assert "note-undefined" in build(source, 2)
    assert found == [1]


def test_what_one_half_finds_keeps_all_earlier_outputs(source: Path) -> None:
    build(source, 1)
    before = outputs(source)
    write(source, "water", BRIEF + WIDE)
    assert build(source, 2) == ["structure-wide"]
    assert outputs(source) == before


def test_a_half_that_takes_too_long_fails_the_brief(source: Path) -> None:
    job = Job(shop(source), "water", FORMATS)
    result = halves.build_halves(job, Limits(seconds=0.01), lambda: None)
    assert [item.code for item in result.problems] == ["structure-time"]


def test_many_briefs_are_not_halved(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(source, "heat", BRIEF)
    found = crews(monkeypatch)
    jobs = [Job(shop(source), slug, FORMATS) for slug in ("heat", "water")]
    assert len(list(batch.build_all(jobs, 2))) == 2
    assert found == [2]
