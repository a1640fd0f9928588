"""Pins that equal input gives equal bytes: on another day, elsewhere, in another hash order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LATER = """
import sys, time
now = time.time
time.time = lambda: now() + 400 * 24 * 3600
from pipeline.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def build(output: Path, cwd: Path, program: str, **environment: str) -> dict[str, bytes]:
    """Build the briefs that ship in a process of its own and return every output."""
    arguments = ["build", "--source", str(PROJECT / "source"), "--output", str(output)]
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments, "--jobs", "1"],
        cwd=cwd,
        env={**known, **environment, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    files = [file for file in output.glob("*/*") if file.is_file() and ".make" not in file.parts]
    return {str(file.relative_to(output)): file.read_bytes() for file in files}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("another place")


def test_day_place_zone_and_hash_seed_change_nothing(folders: tuple[Path, Path]) -> None:
    now = LATER.replace("400 *", "0 *")
    one = build(folders[0] / "out", PROJECT, now, TZ="UTC", PYTHONHASHSEED="1", LC_ALL="C.UTF-8")
    other = build(folders[1] / "out", folders[1], LATER, TZ="Asia/Tokyo", PYTHONHASHSEED="77")
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
    assert len(one) == 18
