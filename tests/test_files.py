"""Pins that a file is either the old one or the new one, and what digests see."""

import errno
import os
from pathlib import Path

import pytest

from pipeline import files
from pipeline.problems import BriefError


def test_files_are_replaced_together(tmp_path: Path) -> None:
    one, two = tmp_path / "a" / "one", tmp_path / "two"
    files.write_all({one: b"1", two: b"2"})
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "one", "two"]


def test_when_one_cannot_be_written_none_is(tmp_path: Path) -> None:
    good = tmp_path / "good"
    good.write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BriefError) as raised:
        files.write_all({good: b"new", tmp_path / "file" / "bad": b"x"})
    assert [item.code for item in raised.value.problems] == ["setup-write"]
    assert good.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "good"]


def test_a_tree_digest_sees_names_and_contents_but_not_times(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    file = tmp_path / "sub" / "a"
    file.write_bytes(b"x")
    before = files.tree(tmp_path, tmp_path).digests
    os.utime(file, (1, 1))
    (tmp_path / ".hidden").write_bytes(b"")
    assert files.tree(tmp_path, tmp_path).digests == before
    file.write_bytes(b"y")
    assert files.tree(tmp_path, tmp_path).digests != before
    file.write_bytes(b"x")
    file.rename(tmp_path / "sub" / "b")
    assert files.tree(tmp_path, tmp_path).digests != before


def test_a_missing_file_has_no_digest(tmp_path: Path) -> None:
    assert files.digest_of(tmp_path / "none") is None


def test_only_older_files_are_touched(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"")
    os.utime(file, ns=(5, 5))
    files.touch_if_older(file, 3)
    assert file.stat().st_mtime_ns == 5
    files.touch_if_older(file, 9)
    assert file.stat().st_mtime_ns == 9


def test_files_get_the_time_at_which_the_work_on_them_began(tmp_path: Path) -> None:
    file = tmp_path / "a"
    files.write_all({file: b"1"}, 5)
    assert file.stat().st_mtime_ns == 5


def test_what_a_killed_process_was_writing_is_swept_up(tmp_path: Path) -> None:
    """Whoever has its number now."""
    for name in (f".a.html.{os.getpid()}.partial", ".a.html.partial", "..partial", "a"):
        (tmp_path / name).write_bytes(b"<")
    files.sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    files.sweep(tmp_path / "none")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "setup-write"),
        (errno.EROFS, "setup-write"),
        (errno.EPERM, None),
        (errno.EIO, None),
    ],
)
def test_a_disk_without_room_is_known(number: int, code: str | None) -> None:
    found = files.no_room(OSError(number, os.strerror(number)), Path("output"))
    assert (found.code if found else None) == code
    found = files.no_room(OSError(number, "full", "/tmp/x"), Path("output"))
    assert (found.path if found else "/tmp/x") == "/tmp/x"
