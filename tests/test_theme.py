"""Pins the house file: what ships is valid, and each fault is named with its line."""

import shutil
from pathlib import Path

import pytest

from pipeline.problems import BriefError
from pipeline.theme import TEMPLATES, load_theme


def house(folder: Path, old: str, new: str) -> Path:
    """Copy the shipped house file with one change."""
    text = (TEMPLATES / "house.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "house.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_the_shipped_house_is_valid() -> None:
    assert load_theme().page.size == "A4"


def test_a_wrong_colour_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BriefError) as raised:
        load_theme(house(tmp_path, 'ink = "#e6eaec"', 'ink = "white"'))
    (item,) = raised.value.problems
    text = (tmp_path / "house.toml").read_text(encoding="utf-8").splitlines()
    assert item.code == "house-value"
    assert text[item.line - 1].startswith('ink = "white"')
    assert item.message.startswith("colour.dark.ink:")


def test_the_standard_of_pdfs_is_chosen_from_two(tmp_path: Path) -> None:
    assert load_theme().pdf.standard == "ua-1"
    assert load_theme(house(tmp_path, '"ua-1"\n', '"ua-2"\n')).pdf.standard == "ua-2"
    with pytest.raises(BriefError) as raised:
        load_theme(house(tmp_path, '"ua-1"\n', '"ua-3"\n'))
    (item,) = raised.value.problems
    text = (tmp_path / "house.toml").read_text(encoding="utf-8").splitlines()
    assert text[item.line - 1] == 'standard = "ua-3"'
    assert item.message.startswith("pdf.standard:")


def test_a_house_without_a_standard_has_the_first(tmp_path: Path) -> None:
    assert load_theme(house(tmp_path, 'standard = "ua-1"\n', "")).pdf.standard == "ua-1"


def test_an_unknown_key_and_a_missing_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(BriefError) as raised:
        load_theme(house(tmp_path, "muted =", "mute ="))
    assert sorted(item.message.split(":")[0] for item in raised.value.problems) == [
        "colour.mute",
        "colour.muted",
    ]


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text("[colour\n")
    with pytest.raises(BriefError) as raised:
        load_theme(tmp_path)
    assert [item.code for item in raised.value.problems] == ["house-syntax"]
    shutil.rmtree(tmp_path)
    with pytest.raises(BriefError) as raised:
        load_theme(tmp_path)
    assert [item.code for item in raised.value.problems] == ["house-unreadable"]
