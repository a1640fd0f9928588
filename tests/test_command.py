"""Pins what the user of the command sees: lines, exit codes, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import commands
from pipeline.__main__ import main
from tests.test_build import BRIEF, write


@pytest.fixture
def places(tmp_path: Path) -> list[str]:
    write(tmp_path / "source", "water", BRIEF)
    return ["--source", str(tmp_path / "source"), "--output", str(tmp_path / "output")]


def source_of(places: list[str]) -> Path:
    return Path(places[1])


def test_build_tells_what_it_did(places: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", *places, "--to", "html"]) == 0
    told = capsys.readouterr()
    assert "built  water: json html (1 note)" in told.out
    assert f"1 brief in {places[3]}: 1 built in " in told.out
    assert told.err == ""
    assert main(["build", *places, "--to", "html"]) == 0
    assert capsys.readouterr().out == f"1 brief in {places[3]}: 1 unchanged\n"


def test_a_wrong_brief_is_told_with_its_place(
    places: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(source_of(places), "water", BRIEF.replace("fallen.[^gauge]", "fallen.[^x]"))
    assert main(["build", *places]) == 1
    told = capsys.readouterr()
    assert f"{file}:7:20: error: the call [^x] has no note [note-undefined]\n    hint: " in told.err
    assert "Traceback" not in told.err + told.out


def test_check_prints_problems_for_machines(
    places: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write(source_of(places), "water", BRIEF.replace("[^gauge]: M", "M"))
    assert main(["check", *places[:2], "--format", "json"]) == 1
    records = json.loads(capsys.readouterr().out)
    assert [record["code"] for record in records] == ["note-undefined"]
    assert main(["check", *places[:2], "--format", "sarif"]) == 1
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"


def test_check_is_quiet_about_good_briefs(
    places: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *places[:2]]) == 0
    assert capsys.readouterr().out == "1 brief checked: no problems\n"


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_build_prints_nothing_beside_problems_for_machines(
    places: list[str], capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert main(["build", *places, "--to", "html", "--format", form]) == 0
    json.loads(capsys.readouterr().out)


def test_an_unknown_slug_is_a_usage_error(
    places: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", *places, "watre"]) == 2
    assert "did you mean 'water'?" in capsys.readouterr().err


def test_an_empty_source_is_a_usage_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--source", str(tmp_path)]) == 2
    assert "[usage-no-briefs]" in capsys.readouterr().err


def test_json_is_accepted_where_a_brief_is(
    places: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", *places, "--to", "html"]) == 0
    document = tmp_path / "output" / "water" / "water.json"
    html = document.with_suffix(".html").read_bytes()
    again = tmp_path / "again.html"
    assert main(["render", str(document), "--to", "html", "-o", str(again)]) == 0
    assert again.read_bytes() == html
    from_source = tmp_path / "source.html"
    brief = source_of(places) / "water" / "brief.md"
    assert main(["render", str(brief), "--to", "html", "-o", str(from_source)]) == 0
    assert from_source.read_bytes() == html
    assert main(["check", str(document)]) == 0
    document.write_text(document.read_text().replace('"number": 1', '"number": 2'))
    capsys.readouterr()
    assert main(["check", str(document)]) == 1
    assert "[note-inconsistent]" in capsys.readouterr().err


def test_json_is_trusted_no_more_than_markdown(
    places: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brief = source_of(places) / "water" / "brief.md"
    linked = brief.read_text().replace("fallen", "[fallen](https://www.example.org/)")
    brief.write_text(linked)
    assert main(["build", *places, "--to", "json"]) == 0
    document = tmp_path / "output" / "water" / "water.json"
    document.write_text(document.read_text().replace('"https://www.', '"javascript:'))
    page = tmp_path / "page.html"
    for words in (["check"], ["render", "--to", "html", "-o", str(page)]):
        capsys.readouterr()
        assert main([*words, str(document)]) == 1
        assert "[link-scheme]" in capsys.readouterr().err
    assert not page.exists()


def test_verify_finds_what_was_edited(
    places: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", *places]) == 4
    assert "[verify-unbuilt]" in capsys.readouterr().err
    assert main(["build", *places, "--to", "html"]) == 0
    assert main(["verify", *places]) == 0
    page = tmp_path / "output" / "water" / "water.html"
    page.write_text(page.read_text().replace("Measured at the gauge", "Measured at a gauge"))
    capsys.readouterr()
    assert main(["verify", *places]) == 4
    told = capsys.readouterr().err
    assert "[verify-changed]" in told
    assert "[verify-text-changed]" in told


def test_a_missing_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "none.json", "--to", "html"]) == 2
    assert "[usage-unreadable]" in capsys.readouterr().err


def test_our_own_mistake_is_no_traceback(
    places: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(commands, "check_briefs", fail)
    assert main(["check", *places[:2]]) == 4
    told = capsys.readouterr().err
    assert "ZeroDivisionError: boom [internal-error]" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("words", [[], ["bild"], ["render", "x.json"], ["build", "--jobs", "0"]])
def test_wrong_words_are_usage_errors(words: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(words)
    assert raised.value.code == 2


@pytest.mark.parametrize("words", [["check"], ["build", "--to", "pdf"], ["build", "--jobs", "2"]])
def test_no_temporary_file_is_left(places: list[str], tmp_path: Path, words: list[str]) -> None:
    """Neither by the program nor by WeasyPrint and pandoc, which it ends before they tidy up."""
    write(source_of(places), "air", BRIEF)
    room = tmp_path / "room"
    room.mkdir()
    folders = places if words[0] == "build" else places[:2]
    subprocess.run(
        [sys.executable, "-c", "from pipeline.start import main; main()", *words, *folders],
        env={**os.environ, "TMPDIR": str(room)},
        check=True,
    )
    assert list(room.iterdir()) == []
