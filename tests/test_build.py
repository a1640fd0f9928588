"""Pins what a build does: exactly what is stale, all or nothing for each brief."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline import batch, build, manifest, stages, workers
from pipeline.build import Job, Result
from pipeline.manifest import Format
from pipeline.model import SCHEMA_ID
from pipeline.theme import TEMPLATES
from pipeline.workers import Died, Limits

BRIEF = """---
title: Water
date: 2025-06-18
lang: en
---

Levels have fallen.[^gauge]

[^gauge]: Measured at the gauge.
"""
FORMATS: tuple[Format, ...] = ("json", "html", "docx")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    write(folder, "water", BRIEF)
    return folder


def write(source: Path, slug: str, text: str) -> Path:
    file = source / slug / "brief.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def shop(source: Path) -> stages.Workshop:
    return stages.open_workshop(source, source.parent / "output", TEMPLATES)


def run(
    source: Path, slugs: Sequence[str] = ("water",), formats: tuple[Format, ...] = FORMATS
) -> dict[str, Result]:
    jobs = [Job(shop(source), slug, formats) for slug in slugs]
    return {result.slug: result for result in batch.build_all(jobs, 1)}


def outputs(source: Path) -> dict[str, bytes]:
    folder = source.parent / "output" / "water"
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_a_build_writes_the_formats_and_vouches_for_them(source: Path) -> None:
    assert run(source)["water"] == Result("water", FORMATS, (), 1)
    assert sorted(outputs(source)) == ["manifest.json", "water.docx", "water.html", "water.json"]
    record = manifest.load(shop(source).manifest_file("water"), "water")
    assert set(record.outputs) == set(FORMATS)
    assert set(record.inputs) == {"brief.md"}
    html = record.outputs["html"]
    assert html.proof is not None
    assert (html.proof.notes, html.proof.calls) == (1, 1)
    assert SCHEMA_ID.encode() in outputs(source)["water.json"]


def test_a_plan_holds_all_that_is_written_and_writes_nothing(source: Path) -> None:
    job = Job(shop(source), "water", FORMATS)
    planned = build.plan(job)
    assert outputs_of(source) == []
    assert build.write(job, planned) == Result("water", FORMATS, (), 1)
    written = outputs(source)
    assert written["water.json"] == planned.draft.document
    assert {form: written[f"water.{form}"] for form in planned.made} == planned.made
    again = build.plan(job)
    assert (again.draft.document, again.made) == (planned.draft.document, {})
    assert build.write(job, again).built == ()
    assert outputs(source) == written


def test_nothing_changed_builds_nothing(source: Path) -> None:
    run(source)
    before = outputs(source)
    assert run(source)["water"].built == ()
    assert outputs(source) == before


def test_one_word_changes_every_format(source: Path) -> None:
    run(source)
    write(source, "water", BRIEF.replace("fallen", "risen"))
    assert run(source)["water"].built == FORMATS


def test_a_change_leaves_the_manifest_that_a_clean_build_makes(source: Path) -> None:
    forms: tuple[Format, ...] = (*FORMATS, "csl")
    run(source, formats=forms)
    write(source, "water", BRIEF.replace("fallen", "risen"))
    assert run(source, formats=forms)["water"].built == FORMATS
    changed = outputs(source)["manifest.json"]
    shutil.rmtree(source.parent / "output")
    run(source, formats=forms)
    assert outputs(source)["manifest.json"] == changed


def test_an_empty_line_moves_positions_and_renders_nothing(source: Path) -> None:
    run(source)
    before = outputs(source)
    write(source, "water", BRIEF.replace("\nLevels", "\n\nLevels"))
    assert run(source)["water"].built == ("json",)
    after = outputs(source)
    assert after["water.html"] == before["water.html"]
    assert after["water.json"] != before["water.json"]


def test_an_error_keeps_the_last_good_outputs_and_builds_the_others(source: Path) -> None:
    run(source)
    before = outputs(source)
    write(source, "water", BRIEF.replace("fallen.[^gauge]", "fallen.[^gouge]"))
    write(source, "heat", BRIEF)
    results = run(source, ["heat", "water"])
    assert results["heat"].built == FORMATS
    assert results["water"].failed
    assert [item.code for item in results["water"].problems] == ["note-undefined", "note-uncalled"]
    assert outputs(source) == before


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_spoiled_or_missing_output_is_built_again(source: Path, form: str) -> None:
    run(source)
    before = outputs(source)
    file = source.parent / "output" / "water" / f"water.{form}"
    file.write_bytes(file.read_bytes().replace(b"fallen", b"felled"))
    assert form in run(source)["water"].built
    assert outputs(source) == before
    file.unlink()
    assert form in run(source)["water"].built
    assert outputs(source) == before


def test_without_its_manifest_a_brief_is_built_again(source: Path) -> None:
    run(source)
    before = outputs(source)
    for spoiled in (b"", b"{}", b'{"slug": "other"}', b"\xff"):
        shop(source).manifest_file("water").write_bytes(spoiled)
        assert run(source)["water"].built == ("html", "docx")
        assert outputs(source) == before


def test_a_format_asked_for_alone_leaves_the_others(source: Path) -> None:
    assert run(source, formats=("json", "html"))["water"].built == ("json", "html")
    assert run(source, formats=("docx",))["water"].built == ("docx",)
    assert run(source)["water"].built == ()


def test_a_half_written_file_is_never_taken_for_an_output(source: Path) -> None:
    folder = source.parent / "output" / "water"
    folder.mkdir(parents=True)
    (folder / ".water.html.partial").write_bytes(b"<!doc")
    run(source)
    assert sorted(outputs(source)) == ["manifest.json", "water.docx", "water.html", "water.json"]


def test_a_pool_builds_what_one_process_builds(source: Path) -> None:
    write(source, "heat", BRIEF.replace("Water", "Heat"))
    run(source, ["heat", "water"])
    alone = outputs(source)
    for file in (source.parent / "output").rglob("*.*"):
        if file.is_file():
            file.unlink()
    jobs = [Job(shop(source), slug, FORMATS) for slug in ("heat", "water")]
    results = list(batch.build_all(jobs, 2))
    assert sorted(result.slug for result in results) == ["heat", "water"]
    assert outputs(source) == alone


def test_a_brief_that_is_not_done_in_time_fails_with_its_name(source: Path) -> None:
    job = Job(shop(source), "water", FORMATS)
    (result,) = batch.build_all([job], 1, Limits(seconds=0.01))
    assert [str(item) for item in result.problems] == [
        f"{source}/water/brief.md:1:1: error: the brief was not built within 0.01 seconds"
        " [structure-time]"
    ]
    assert not shop(source).manifest_file("water").exists()


def test_a_brief_that_needs_too_much_memory_fails_with_its_name(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hungry(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(build, "read", hungry)
    result = build.build(Job(shop(source), "water", FORMATS))
    assert [item.code for item in result.problems] == ["structure-memory"]
    assert outputs_of(source) == []


def test_a_fault_of_the_program_fails_one_brief(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_: object) -> None:
        raise KeyError("water")

    monkeypatch.setattr(build, "read", wrong)
    result = build.build(Job(shop(source), "water", FORMATS))
    assert [item.message for item in result.problems] == ["the program failed: KeyError: 'water'"]


def test_a_process_that_dies_is_told_of_with_its_brief(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> Iterator[tuple[Job, Died]]:
        yield Job(shop(source), "water", FORMATS), Died()

    monkeypatch.setattr(workers, "work", dies)
    (result,) = batch.build_all([Job(shop(source), "water", FORMATS)], 1)
    assert [item.code for item in result.problems] == ["internal-worker"]
    assert "a process has 1024 MB" in result.problems[0].hint


def outputs_of(source: Path) -> list[Path]:
    return list((source.parent / "output").glob("water/*"))


def many(source: Path) -> list[Job]:
    for number in range(40):
        write(source, f"brief-{number:02}", BRIEF.replace("Water", f"Water {number}"))
    names = sorted(path.name for path in source.iterdir())
    return [Job(shop(source), name, ("json", "html", "csl")) for name in names]


def test_among_many_briefs_exactly_one_is_built(source: Path) -> None:
    jobs = many(source)
    assert all(result.built for result in batch.build_all(jobs, 2))
    assert not any(result.built for result in batch.build_all(jobs, 2))
    write(source, "brief-17", BRIEF.replace("fallen", "risen"))
    built = {result.slug: result.built for result in batch.build_all(jobs, 2) if result.built}
    assert built == {"brief-17": ("json", "html", "csl")}
    write(source, "brief-17", BRIEF.replace("fallen", "risen") + "\n\n")
    built = {result.slug: result.built for result in batch.build_all(jobs, 2) if result.built}
    assert built == {"brief-17": ("json",)}


def test_what_is_current_starts_no_process(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(source)

    def started(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(workers, "_hire", started)
    assert run(source)["water"].built == ()
