"""Pins that what goes wrong on a machine costs no file, and that the next run mends it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.manifest import FORMATS, suffix
from tests import faults
from tests.disks import read_only, small_disk
from tests.test_make import Workspace, copied, new_workspace, of_text

HOUR = 3600
NO_ROOM = "No space left on device"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which everything is built. Tests work on copies."""
    place = new_workspace(tmp_path_factory.mktemp("built"))
    place.make("QUIET=1")
    return place


@pytest.fixture
def work(built: Workspace, tmp_path: Path) -> Workspace:
    place = copied(built, tmp_path / "work")
    place.started()
    return place


def partial(place: Workspace) -> list[str]:
    """Return the files that only a build should have which writes them now."""
    return [file.name for file in place.output.rglob("*.partial")]


def begun(place: Workspace) -> list[str]:
    """Return what only a build should have which runs now."""
    return [file.name for file in place.output.glob(".make/*.begun.*")]


def assert_whole(place: Workspace, built: Workspace) -> None:
    """The outputs are those of a clean build, nothing is left over, and Make is content."""
    assert place.digests() == built.digests()
    assert partial(place) + begun(place) == []
    place.started()
    assert "Nothing to do" in place.make()
    assert place.started() == []


# A build that is killed --------------------------------------------------------------------------


def test_what_is_killed_leaves_whole_files_and_is_finished_by_the_next_run(tmp_path: Path) -> None:
    """More kills, as many as one likes: python -m tests.faults 200."""
    assert faults.survive(tmp_path, wanted=6, seed=1).total() == 6


# An output damaged, or edited by hand -----------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_an_output_that_was_edited_is_made_again(
    work: Workspace, built: Workspace, form: str
) -> None:
    """Make sees its time; the process, by its digest, that it is not the one that was proved."""
    name = f"one.{suffix(form)}"  # type: ignore[arg-type]
    file = work.output / "one" / name
    file.write_bytes(file.read_bytes() + b"\n")
    assert work.written_by("QUIET=1") - {"one.manifest"} == {name}
    assert_whole(work, built)


def damage(file: Path) -> None:
    """Change a byte in the middle of a file as a failing disk does: size and times stay."""
    found, data = file.stat(), bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x40
    file.write_bytes(data)
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))


def test_damage_that_shows_nowhere_is_found_by_verify_and_mended_by_make(
    work: Workspace, built: Workspace
) -> None:
    names = [f"one.{suffix(form)}" for form in FORMATS]
    for name in names:
        damage(work.output / "one" / name)
    assert "Nothing to do" in work.make()
    told = work.make("verify", code=2)
    for name in names:
        assert f"output/one/{name}:1:1: error: the file is not the one that was built" in told
    assert "internal-error" not in told
    work.make("QUIET=1")
    assert "2 proved" in work.make("verify")
    assert_whole(work, built)


def test_one_damaged_file_can_be_mended_alone(work: Workspace, built: Workspace) -> None:
    damage(work.output / "one" / "one.html")
    work.make("verify", code=2)
    work.make("QUIET=1", "output/one/one.html")
    assert work.digests() == built.digests()
    assert "up to date" in work.make("output/one/one.html")


@pytest.mark.parametrize("text", ["", "{}", "not JSON"])
def test_a_spoiled_manifest_is_made_again(work: Workspace, built: Workspace, text: str) -> None:
    (work.output / "one" / "manifest.json").write_text(text)
    assert "[verify-unbuilt]" in work.make("verify", code=2)
    work.make("QUIET=1")
    assert_whole(work, built)


# A clock that is wrong --------------------------------------------------------------------------


def shift(folder: Path, seconds: int) -> None:
    """Give all files and folders another time, as if the clock had been another one."""
    for file in [folder, *folder.rglob("*")]:
        found = file.stat()
        os.utime(file, (found.st_atime + seconds, found.st_mtime + seconds))


def test_a_source_from_the_future_is_built_once(work: Workspace) -> None:
    work.edit("source/one/brief.md", "sentence", "phrase")
    shift(work.source("one"), HOUR)
    assert work.written_by("QUIET=1") == of_text("one")
    for goals in ([], ["html"], ["BRIEFS=one"]):
        work.make("QUIET=1", *goals)
        work.started()
        assert "Nothing to do" in work.make(*goals)
        assert work.started() == []


@pytest.mark.parametrize("goals", [[], ["html"], ["BRIEFS=one"], ["output/one/one.html"]])
def test_what_is_edited_after_a_time_from_the_future_is_seen(
    work: Workspace, goals: list[str]
) -> None:
    shift(work.source("one"), HOUR)
    work.make("QUIET=1", *goals)
    work.edit("source/one/brief.md", "sentence", "phrase")
    assert "one.html" in work.written_by("QUIET=1", *goals)


@pytest.mark.parametrize("goals", [[], ["html"], ["BRIEFS=one"], ["output/one/one.html"]])
def test_what_is_edited_after_the_clock_was_set_back_is_seen(
    work: Workspace, goals: list[str]
) -> None:
    """Everything there is was made in an hour that is yet to come.

    Until that hour a stage starts nothing, and a single file asks but is not made again.
    """
    work.make("QUIET=1", *goals)
    shift(work.folder, HOUR)
    work.edit("source/one/brief.md", "sentence", "phrase")
    assert "one.html" in work.written_by("QUIET=1", *goals)
    work.started()
    assert work.written_by(*goals) == set()
    assert bool(work.started()) == any("/" in goal for goal in goals)


def test_an_older_file_put_in_place_is_seen(work: Workspace, built: Workspace) -> None:
    work.edit("source/one/brief.md", "sentence", "phrase")
    work.make("QUIET=1")
    shutil.copy2(built.source("one"), work.source("one"))
    assert work.written_by("QUIET=1") == of_text("one")
    assert_whole(work, built)


# Two runs at once -------------------------------------------------------------------------------


def begin(place: Workspace, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        ["make", f"BRIEFWRIGHT={place.command}", "QUIET=1", *arguments],
        cwd=place.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("goals", [[[], []], [["html"], ["pdf", "cite"], []]])
def test_two_runs_on_one_tree_do_not_disturb_each_other(
    work: Workspace, built: Workspace, goals: list[list[str]]
) -> None:
    shutil.rmtree(work.output)
    for one in [begin(work, *words) for words in goals]:
        told, _ = one.communicate(timeout=300)
        assert (one.returncode, told) == (0, "")
    work.make("QUIET=1")
    assert_whole(work, built)


def test_verify_beside_a_build_sees_whole_briefs(work: Workspace, built: Workspace) -> None:
    for old, new in (("sentence", "phrase"), ("phrase", "sentence")):
        for slug in ("one", "two"):
            work.edit(f"source/{slug}/brief.md", old, new)
        make = begin(work)
        while make.poll() is None:
            assert "2 proved" in work.make("verify")
        assert (make.returncode, make.communicate()[0]) == (0, "")
    assert_whole(work, built)


# A disk without room, or not to be written to ---------------------------------------------------


@pytest.fixture
def disk(work: Workspace) -> Iterator[Workspace]:
    """A workspace whose outputs stand on a disk of eight megabytes."""
    kept = work.folder / "kept"
    work.output.rename(kept)
    with small_disk(work.output, 8):
        shutil.copytree(kept, work.output, dirs_exist_ok=True)
        yield work


def fill(folder: Path, left: int) -> Path:
    """Write a file until only a number of bytes is left on the disk."""
    file = folder / "filler"
    room = os.statvfs(folder)
    with file.open("wb") as stream:
        stream.truncate(0)
        stream.write(bytes(max(0, room.f_bavail * room.f_frsize - left)))
    return file


def assert_told(told: str, slugs: list[str], what: str) -> None:
    """One line for each brief, each with its hint, and nothing else of the program."""
    lines = [line for line in told.splitlines() if "[setup-write]" in line]
    assert len(lines) == len(slugs)
    for slug in slugs:
        assert any(line.startswith((f"output/{slug}/", f"output/.make/{slug}.")) for line in lines)
    assert all(f": error: cannot be written: {what} [setup-write]" in line for line in lines)
    assert told.count("    hint: make room on the disk, or choose a folder") == len(slugs)
    assert "Traceback" not in told


def test_a_full_disk_changes_nothing_and_is_told(disk: Workspace, built: Workspace) -> None:
    for slug in ("one", "two"):
        disk.edit(f"source/{slug}/brief.md", "sentence", "phrase")
    filler = fill(disk.output, 0)
    for _ in range(2):
        assert_told(disk.make("QUIET=1", code=2), ["one", "two"], NO_ROOM)
    words = ["build", "--source", "source", "--output", "output"]
    assert subprocess.run([disk.command, *words], capture_output=True).returncode == 3
    filler.unlink()
    assert disk.digests() == built.digests()
    assert partial(disk) == []
    for slug in ("one", "two"):
        disk.edit(f"source/{slug}/brief.md", "phrase", "sentence")
    disk.make("QUIET=1")
    assert_whole(disk, built)


def test_where_one_brief_has_no_room_the_others_go_on(disk: Workspace) -> None:
    text = "".join(f"Word {number}.\n\n" for number in range(40_000))
    disk.edit("source/one/brief.md", "A sentence", f"{text}A sentence")
    disk.edit("source/two/brief.md", "sentence", "phrase")
    fill(disk.output, 2 << 20)
    before = disk.digests()
    assert_told(disk.make("QUIET=1", "json", code=2), ["one"], NO_ROOM)
    after = disk.digests()
    assert {name for name in after if after[name] != before[name]} == {"two.json", "two.manifest"}


def test_a_folder_that_may_not_be_written_to_is_told(disk: Workspace, built: Workspace) -> None:
    with read_only(disk.output):
        assert "Nothing to do" in disk.make()
        assert "2 proved" in disk.make("verify")
        disk.source("one").touch()
        disk.make("QUIET=1")
        disk.edit("source/one/brief.md", "sentence", "phrase")
        assert_told(disk.make("QUIET=1", code=2), ["one"], "Read-only file system")
        assert disk.digests() == built.digests()
    assert disk.written_by("QUIET=1") == of_text("one")


def test_a_file_that_may_not_be_written_to_is_replaced(work: Workspace, built: Workspace) -> None:
    """Outputs are the pipeline's own; a folder is what keeps it out."""
    for file in work.output.glob("one/*"):
        file.chmod(0o444)
    work.edit("source/one/brief.md", "sentence", "phrase")
    assert work.written_by("QUIET=1") == of_text("one")
