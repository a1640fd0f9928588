"""Pins that everything the writing guide shows can be written so."""

import re
from pathlib import Path

import pytest

from pipeline.checks import check
from pipeline.fonts import coverage
from pipeline.problems import report
from pipeline.reader import read
from pipeline.theme import TEMPLATES

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs/writing.md").read_text(encoding="utf-8")
PORTRAIT = ROOT / "source/writing-a-brief/ada.svg"
FRONT = "---\ntitle: A short title\ndate: 2025-06-18\nlang: en\n---\n\n"
BLOCKS = re.findall(r"^```markdown\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
[YAML] = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
[BIBLIOGRAPHY] = re.findall(r"^```bibtex\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
PICTURES = sorted(set(re.findall(r"[a-z]+\.(?:svg|jpg|png)", GUIDE)))


def problems(text: str, folder: Path) -> str:
    """Read a brief beside what it has in the guide: pictures, a bibliography; and check it."""
    brief_folder = folder / "brief"
    brief_folder.mkdir()
    for name in PICTURES:
        (brief_folder / name).with_suffix(".svg").write_bytes(PORTRAIT.read_bytes())
    if "[@" in text:
        (brief_folder / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    file = brief_folder / "brief.md"
    file.write_text(re.sub(r"\.(jpg|png)\b", ".svg", text), encoding="utf-8")
    brief, found = read(file)
    assert brief is not None, report(found)
    return report([*found, *check(brief, str(file), coverage(TEMPLATES / "fonts"))])


@pytest.mark.parametrize("block", BLOCKS, ids=[block.splitlines()[0] for block in BLOCKS])
def test_a_passage_of_the_guide_has_no_problems(block: str, tmp_path: Path) -> None:
    assert problems(FRONT + block, tmp_path) == ""


def test_the_front_matter_of_the_guide_has_no_problems(tmp_path: Path) -> None:
    assert problems(f"{YAML}\nText.\n\n[^alone]: A note.\n", tmp_path) == ""


def test_a_space_that_is_kept_is_written_as_the_guide_says(tmp_path: Path) -> None:
    assert r"`7.9\ km`" in GUIDE
    file = tmp_path / "brief.md"
    file.write_text(FRONT + "It was 7.9\\ km.\n", encoding="utf-8")
    brief, _ = read(file)
    assert brief is not None
    assert "7.9\u00a0km" in brief.model_dump_json()
