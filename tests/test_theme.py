"""Pins the house file: what ships is valid, and each fault is named with its line."""

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import contrast
from pipeline.problems import BriefError
from pipeline.renderers.docx import render_docx
from pipeline.renderers.html import render_html
from pipeline.renderers.pdf import render_pdf
from pipeline.theme import TEMPLATES, load_theme, theme_names
from tests.samples import sample


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


def test_every_theme_is_valid_and_lists_the_same_tables() -> None:
    assert theme_names() == ("meridian",)
    default, other = load_theme(), load_theme(name="meridian")
    for part in ("type", "page", "layout", "heads", "colour"):
        assert getattr(default, part) != getattr(other, part)


def test_an_unknown_theme_is_named(tmp_path: Path) -> None:
    with pytest.raises(BriefError) as raised:
        load_theme(tmp_path, "meridian")
    (item,) = raised.value.problems
    assert (item.code, item.line) == ("usage-theme", 0)


@pytest.mark.parametrize(
    ("old", "new", "key", "better"),
    [
        ('muted = "#56606b"', 'muted = "#8a929a"', "colour.muted", 'muted = "#'),
        ('accent = "#7cc7d0"', 'accent = "#2f5a60"', "colour.dark.accent", 'accent = "#'),
    ],
)
def test_a_colour_that_cannot_be_read_is_named_with_one_that_can(
    tmp_path: Path, old: str, new: str, key: str, better: str
) -> None:
    with pytest.raises(BriefError) as raised:
        load_theme(house(tmp_path, old, new))
    lines = (tmp_path / "house.toml").read_text(encoding="utf-8").splitlines()
    grounds = set()
    for item in raised.value.problems:
        assert item.code == "house-contrast"
        assert lines[item.line - 1].startswith(new)
        assert item.message.startswith(f"{key} on ")
        grounds.add(item.message.split(" on ")[1].split(" ")[0].rpartition(".")[2])
        assert better in item.hint
        proposed = item.hint.split('"')[1]
        house(tmp_path, old, f'{old.split(" ")[0]} = "{proposed}"')
        load_theme(tmp_path)
    assert grounds == {"paper", "tint"}


def test_a_logo_must_be_there_and_be_a_picture(tmp_path: Path) -> None:
    table = '[logo]\nfile = "logo.svg"\nalt = "The sign"\nheight = 10.0\n\n[colour]'
    house(tmp_path, "[colour]", table)
    for content, what in ((None, "there is no such file"), ("<html/>", "")):
        if content:
            (tmp_path / "logo.svg").write_text(content)
        with pytest.raises(BriefError) as raised:
            load_theme(tmp_path)
        (item,) = raised.value.problems
        lines = (tmp_path / "house.toml").read_text(encoding="utf-8").splitlines()
        assert item.code == "house-logo"
        assert lines[item.line - 1].startswith("file =")
        assert what in item.message


COLOURS = st.from_regex(r"\A#[0-9a-f]{6}\Z")


@given(COLOURS, COLOURS)
def test_the_nearest_colour_can_be_read(colour: str, ground: str) -> None:
    found = contrast.nearest(colour, [ground])
    assert found is not None
    assert contrast.ratio(found, ground) >= contrast.TEXT
    assert contrast.ratio(found, ground) == contrast.ratio(ground, found)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast.nearest("#808080", ["#ffffff", "#000000"], 6) is None


def test_a_colour_of_the_house_shows_in_all_outputs() -> None:
    theme = load_theme()
    changed = theme.colour.model_copy(update={"accent": "#123456"})
    house_of_blue = theme.model_copy(update={"colour": changed})
    assert b"--accent: #123456" in render_html(sample(), house_of_blue)
    document = pikepdf.open(BytesIO(render_pdf(sample(), house_of_blue)))
    drawn = {
        tuple(round(float(part) * 255) for part in one.operands)
        for one in pikepdf.parse_content_stream(document.pages[0])
        if str(one.operator) in ("rg", "scn") and len(one.operands) == 3
    }
    assert (0x12, 0x34, 0x56) in drawn
    with ZipFile(BytesIO(render_docx(sample(), house_of_blue))) as package:
        assert b'"123456"' in package.read("word/styles.xml")


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text("[colour\n")
    with pytest.raises(BriefError) as raised:
        load_theme(tmp_path)
    assert [item.code for item in raised.value.problems] == ["house-syntax"]
    shutil.rmtree(tmp_path)
    with pytest.raises(BriefError) as raised:
        load_theme(tmp_path)
    assert [item.code for item in raised.value.problems] == ["house-unreadable"]
