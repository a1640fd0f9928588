"""Pins that files which nobody touched are not read again, and that nothing is missed by it."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import batch, glance
from pipeline.build import Job, is_current
from pipeline.files import GRAIN
from pipeline.stages import Workshop
from tests.test_build import BRIEF, FORMATS, shop, write

SLUGS = ("air", "water")


@pytest.fixture
def known(tmp_path: Path) -> Workshop:
    """A workshop with two briefs that were found current."""
    for slug in SLUGS:
        write(tmp_path / "source", slug, BRIEF)
    place = shop(tmp_path / "source")
    look(place)
    settle()
    look(place)
    return place


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the briefs whose files were read."""
    slugs: list[str] = []

    def seen(job: Job) -> bool:
        slugs.append(job.slug)
        return is_current(job)

    monkeypatch.setattr(batch, "is_current", seen)
    return slugs


def look(place: Workshop) -> dict[str, tuple[str, ...]]:
    """Build what is stale, and return what was built."""
    jobs = [Job(place, slug, FORMATS) for slug in SLUGS]
    return {result.slug: result.built for result in batch.build_all(jobs, 1) if result.built}


def settle() -> None:
    """Let the moment pass in which files are touched and looked at."""
    time.sleep(2 * GRAIN / 1e9)


def in_disguise(file: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file in place and give it back its time."""
    before = file.stat()
    file.write_bytes(change(file.read_bytes()))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def upper(data: bytes) -> bytes:
    return data.replace(b"Levels", b"LEVELS")


def test_what_nobody_touched_is_not_read(known: Workshop, read: list[str]) -> None:
    assert look(known) == {}
    assert read == []


def test_what_was_built_is_not_read_the_next_time(known: Workshop, read: list[str]) -> None:
    for slug in SLUGS:
        write(known.source, slug, BRIEF.replace("fallen", "risen"))
    assert set(look(known)) == set(SLUGS)
    read.clear()
    settle()
    look(known)
    assert "air" not in read


def test_an_edit_in_disguise_is_built(known: Workshop, read: list[str]) -> None:
    in_disguise(known.brief_file("air"), upper)
    assert list(look(known)) == ["air"]
    assert set(read) == {"air"}


@pytest.mark.parametrize("name", ["air.html", "air.docx", "air.json"])
def test_an_output_that_was_edited_in_disguise_is_made_again(known: Workshop, name: str) -> None:
    file = known.output / "air" / name
    before = file.read_bytes()
    in_disguise(file, lambda data: data[:-1] + b" ")
    assert list(look(known)) == ["air"]
    assert file.read_bytes() == before


def test_what_is_missing_or_new_is_seen(known: Workshop, read: list[str]) -> None:
    known.output_file("air", "html").unlink()
    (known.source / "water" / "new.svg").write_text("<svg/>")
    (known.output / "water" / ".water.html.1.partial").write_text("<")
    assert look(known) == {"air": ("html",)}
    assert set(read) == {"air", "water"}
    assert not (known.output / "water" / ".water.html.1.partial").exists()


def test_another_program_or_theme_reads_all(known: Workshop, read: list[str]) -> None:
    digests = {**known.digests, "html": "another"}
    assert set(look(replace(known, digests=digests))) == set(SLUGS)
    assert set(read) == set(SLUGS)
    assert glance.load(replace(known, theme="another")) == {}


def test_fewer_formats_are_known_with_more_but_not_the_reverse(
    known: Workshop, read: list[str]
) -> None:
    (fewer,) = batch.build_all([Job(known, "air", ("json", "html"))], 1)
    assert (fewer.built, read) == ((), [])
    (more,) = batch.build_all([Job(known, "air", (*FORMATS, "csl"))], 1)
    assert more.built == ("csl",)
    assert read[0] == "air"


@pytest.mark.parametrize(
    "data",
    ["", "[]", "{}", "7", '{"shop": 1, "found": {}}', '{"shop": "KEY", "found": {"air": 1}}'],
)
def test_spoiled_notes_cost_no_more_than_time(known: Workshop, read: list[str], data: str) -> None:
    file = known.output / ".make" / "found.json"
    assert file.exists()
    file.write_text(data.replace("KEY", glance._shop_key(known)))
    assert look(known) == {}
    assert set(read) == set(SLUGS)


def test_a_file_touched_in_the_moment_of_the_look_is_not_relied_on(known: Workshop) -> None:
    known.brief_file("air").touch()
    assert glance.state_of(known, "air") == ""
    settle()
    assert glance.state_of(known, "air") != ""


def test_a_linked_folder_is_not_relied_on(known: Workshop, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (known.source / "air" / "pictures").symlink_to(tmp_path / "pictures")
    settle()
    assert glance.state_of(known, "air") == ""


def test_where_nothing_can_be_noted_the_build_goes_on(known: Workshop) -> None:
    file = known.output / ".make" / "found.json"
    file.unlink()
    file.mkdir()
    assert look(known) == {}
