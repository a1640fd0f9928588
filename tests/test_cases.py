"""Cases: a source, and the JSON that comes of it. `python -m tests.test_cases` writes it anew."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pipeline import codec, notes, numbers
from pipeline.checks import check
from pipeline.fonts import coverage
from pipeline.problems import report
from pipeline.reader import read
from pipeline.theme import TEMPLATES

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(folder.name for folder in FOLDER.iterdir())


def read_case(name: str, tmp_path: Path) -> bytes:
    """Read the source of a case, which has no problems, and return its JSON."""
    folder = tmp_path / name
    shutil.copytree(FOLDER / name, folder)
    file = (folder / "source.md").rename(folder / "brief.md")
    brief, problems = read(file)
    assert report(problems) == ""
    assert brief is not None
    assert report(check(brief, str(file), coverage(TEMPLATES / "fonts"))) == ""
    assert report(notes.audit(brief, str(file))) == ""
    assert report(numbers.audit(brief, str(file))) == ""
    return codec.dump(brief)


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, tmp_path: Path) -> None:
    data = read_case(name, tmp_path)
    assert data.decode() == (FOLDER / name / "brief.json").read_text(encoding="utf-8")
    assert codec.dump(codec.load(data, name)) == data


def save() -> None:
    """Write all JSON anew; read the difference before keeping it."""
    with TemporaryDirectory() as folder:
        for name in CASES:
            (FOLDER / name / "brief.json").write_bytes(read_case(name, Path(folder)))


if __name__ == "__main__":
    save()
