"""`make redline`: an older version out of git or a JSON document, and what can go wrong."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline import codec
from pipeline.__main__ import main
from pipeline.problems import BriefError
from pipeline.reader import read
from pipeline.redline import desk
from pipeline.redline.compared import Comparison
from pipeline.redline.history import Older
from pipeline.redline.tracked.file import render
from pipeline.rules import redline
from pipeline.theme import Theme, load_theme
from pipeline.verify import verify_redline
from tests.samples import minimal, p, png
from tests.spoiling import in_part

GUIDE = Path(__file__).parent.parent / "docs" / "redline.md"
TEXT = """---
title: Water and the Border
date: 2025-06-18
lang: en
---

Levels have fallen for thirty years.[^gauge]

![Levels](chart.png)

[^gauge]: Measured at the border gauge.
"""
LATER = TEXT.replace("have fallen", "fell").replace("border gauge", "river gauge")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of briefs in git, whose brief has changed since, its picture too."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "texts" / "water"
    folder.mkdir(parents=True)
    (folder / "brief.md").write_text(TEXT, encoding="utf-8")
    (folder / "chart.png").write_bytes(png())
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "First")
    git(tmp_path, "tag", "v1")
    (folder / "brief.md").write_text(LATER, encoding="utf-8")
    (folder / "chart.png").write_bytes(png(32, 32))
    return folder.parent


def run(source: Path, since: str, slug: str = "water") -> int:
    return main(["redline", "--source", str(source), f"--since={since}", "--to", "out", "--", slug])


def test_a_version_out_of_git_comes_with_its_pictures(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(source, "v1") == 0
    told = capsys.readouterr().out
    assert "- have fallen\n      + fell" in told
    assert "picture changed" in told
    assert "notes: 1 reworded" in told
    files = sorted(file.name for file in Path("out/water").iterdir())
    assert files == [f"water.redline.{form}" for form in ("docx", "html", "txt")]
    assert Path("out/water/water.redline.txt").read_text(encoding="utf-8") in told


def test_the_files_are_the_same_each_time(source: Path) -> None:
    assert run(source, "v1") == 0
    before = {file: file.read_bytes() for file in Path("out/water").iterdir()}
    assert run(source, "v1") == 0
    assert {file: file.read_bytes() for file in Path("out/water").iterdir()} == before


def test_a_version_out_of_json_is_the_same(source: Path) -> None:
    brief, _ = read(source / "water" / "brief.md")
    assert brief is not None
    Path("now.json").write_bytes(codec.dump(brief))
    assert run(source, "now.json") == 0
    told = Path("out/water/water.redline.txt").read_text(encoding="utf-8")
    assert told == "Nothing changed since now.json.\n"


def test_the_whole_working_tree_may_be_one_brief_deep(source: Path) -> None:
    git(source, "mv", "water", "rivers")
    assert run(source, "v1", "rivers") == 1


@pytest.mark.parametrize(
    ("since", "slug", "code"),
    [
        ("", "water", "redline-since"),
        ("v1", "", "redline-brief"),
        ("v1", "wter", "usage-no-brief"),
        ("v2", "water", "redline-ref"),
        ("--output=x", "water", "redline-ref"),
        ("missing.json", "water", "usage-unreadable"),
        ("bad.json", "water", "structure-json"),
        ("half.json", "water", "structure-schema"),
        ("other.json", "water", "redline-other"),
        ("v1", "new", "redline-missing"),
        ("v0", "water", "redline-old"),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    source: Path, since: str, slug: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.json").write_text("{", encoding="utf-8")
    Path("half.json").write_text(json.dumps({"slug": "water", "body": []}), encoding="utf-8")
    Path("other.json").write_bytes(codec.dump(minimal()))
    shutil.copytree(source / "water", source / "new")
    (source / "water" / "brief.md").write_text("No front matter.\n", encoding="utf-8")
    git(source, "commit", "--quiet", "-m", "Broken", ".")
    git(source, "tag", "v0")
    (source / "water" / "brief.md").write_text(LATER, encoding="utf-8")
    assert run(source, since, slug) != 0
    told = capsys.readouterr().err
    assert f"[{code}]" in told
    assert not Path("out").exists()


def test_without_git_it_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "texts" / "water"
    folder.mkdir(parents=True)
    (folder / "brief.md").write_text(TEXT, encoding="utf-8")
    assert run(folder.parent, "v1") == 1
    assert "[redline-git]" in capsys.readouterr().err


def test_a_brief_with_problems_is_not_compared(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (source / "water" / "brief.md").write_text(f"{LATER}[^none]\n", encoding="utf-8")
    assert run(source, "v1") == 1
    assert "[note-undefined]" in capsys.readouterr().err
    assert not Path("out").exists()


def test_a_word_file_that_leads_elsewhere_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    new = minimal().model_copy(update={"body": (p("Another paragraph."),)})

    def spoiled(found: Comparison, theme: Theme) -> bytes:
        return in_part(render(found, theme), "word/document.xml", "Another", "Any", 1)

    monkeypatch.setattr(desk, "render", spoiled)
    with pytest.raises(BriefError) as caught:
        desk.draw(Older(minimal(), "v1"), new, load_theme(), "out")
    codes = {one.code for one in caught.value.problems}
    assert "redline-proof" in codes and "verify-text-changed" in codes


def test_the_proof_is_of_both_directions() -> None:
    old, new = minimal(), minimal().model_copy(update={"body": (p("Another paragraph."),)})
    made, _ = desk.draw(Older(old, "v1"), new, load_theme(), "out")
    assert verify_redline(old, new, made["docx"], "x") == ()
    swapped = {one.path for one in verify_redline(new, old, made["docx"], "x")}
    assert swapped == {"x (all changes accepted)", "x (all changes rejected)"}


def test_the_guide_has_every_code() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert [code for code in redline.RULES if f"`{code}`" not in guide] == []
    assert [rule.sentence for rule in redline.RULES.values() if rule.sentence not in guide] == []
