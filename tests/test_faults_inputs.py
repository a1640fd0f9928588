"""Pins what inputs do to a build that change while they are read, or need too much memory."""

import os
from pathlib import Path

import pytest
from PIL import Image

from pipeline import build, files, manifest, pandoc
from pipeline.batch import build_all
from pipeline.build import Job, Result
from pipeline.manifest import Format
from pipeline.model import Brief
from pipeline.problems import Problem
from pipeline.reader import read
from pipeline.workers import Limits
from tests.samples import png
from tests.test_build import BRIEF, shop, write

FORMATS: tuple[Format, ...] = ("json", "html", "docx")
Read = tuple[Brief | None, tuple[Problem, ...]]
PICTURE = BRIEF.replace("Levels", "![A gauge](gauge.png)\n\nLevels")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write(tmp_path / "source", "water", BRIEF)
    return tmp_path / "source"


def run(source: Path, formats: tuple[Format, ...] = FORMATS) -> Result:
    return build.build(Job(shop(source), "water", formats))


def outputs(source: Path) -> dict[str, bytes]:
    """Return all files of the brief, with hidden ones."""
    folder = source.parent / "output" / "water"
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_a_brief_that_is_changed_while_it_is_read_is_built_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(file: Path, data: bytes) -> Read:
        file.write_text(BRIEF.replace("fallen", "risen"), encoding="utf-8")
        answer = read(file, data)
        file.write_text(BRIEF.replace("fallen", "sunk"), encoding="utf-8")
        return answer

    monkeypatch.setattr(build, "read", slow)
    assert run(source).built == FORMATS
    record = manifest.load(shop(source).manifest_file("water"), "water")
    assert record.inputs == {"brief.md": files.digest(BRIEF.encode())}
    assert b"fallen" in outputs(source)["water.html"]
    monkeypatch.undo()
    assert run(source).built == FORMATS
    assert b"sunk" in outputs(source)["water.html"]


def test_a_picture_that_is_changed_after_it_was_read_is_read_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(source, "water", PICTURE)
    picture = source / "water" / "gauge.png"
    picture.write_bytes(png())

    def slow(file: Path, data: bytes) -> Read:
        answer = read(file, data)
        picture.write_bytes(b"no picture any more")
        return answer

    monkeypatch.setattr(build, "read", slow)
    assert run(source).built == FORMATS
    record = manifest.load(shop(source).manifest_file("water"), "water")
    assert record.inputs["gauge.png"] == files.digest(png())
    monkeypatch.undo()
    assert "image-type" in {item.code for item in run(source).problems}


def test_what_is_edited_during_a_build_is_newer_than_its_outputs(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(file: Path, data: bytes) -> Read:
        answer = read(file, data)
        os.utime(source / "water" / "brief.md")
        return answer

    monkeypatch.setattr(build, "read", slow)
    run(source)
    edited = (source / "water" / "brief.md").stat().st_mtime_ns
    for form in FORMATS:
        assert shop(source).output_file("water", form).stat().st_mtime_ns < edited


def held() -> int:
    """Return the megabytes of data (VmData) that this process has, and a worker forked from it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmData:"))) >> 10


def test_a_brief_that_needs_too_much_memory_fails_alone(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its picture is a small file that becomes 150 MB when it is read."""
    monkeypatch.setattr(pandoc, "MEMORY_MB", 100)  # It may not have more than its process.
    write(source, "heat", PICTURE)
    Image.new("RGB", (7000, 7000)).save(source / "heat" / "gauge.png")
    jobs = [Job(shop(source), slug, ("json", "html")) for slug in ("heat", "water")]
    results = {one.slug: one for one in build_all(jobs, 2, Limits(megabytes=held() + 120))}
    assert [item.code for item in results["heat"].problems] == ["structure-memory"]
    assert results["water"].built == ("json", "html")
    assert sorted(path.name for path in (source.parent / "output").glob("heat/*")) == []
