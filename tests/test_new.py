"""Pins that a new brief passes the checks at once, and has the title that was typed."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline import build, fresh
from pipeline.__main__ import main
from pipeline.intake import slugs
from pipeline.problems import BriefError
from pipeline.reader.front_matter import KEYS
from pipeline.text import plain
from pipeline.theme import New, load_theme

PROJECT = Path(__file__).parent.parent
DAY = date(2026, 3, 2)
TITLES = (
    "Water: the “Border”",
    "'Single' and \"double\"",
    "$HOME costs $5 $(whoami) `id`",
    "--help",
    "- not a list",
    "# not a heading",
    "*not* _marked_ [^note] [up](http://a.b) ^x^ ~y~ <b>no</b>",
    "Über Grenzen — Київ & Αθήνα",
    "back\\slash {braces} @cite |bar|",
    "two\nlines",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_arrives_as_it_was_typed(tmp_path: Path, title: str) -> None:
    file = fresh.create(tmp_path, load_theme(), fresh.Wish(title, "water", DAY))
    brief, problems = build.read_checked(file, load_theme())
    assert problems == ()
    assert brief is not None
    printed = plain(brief.metadata.title).translate(str.maketrans("“”‘’–", "\"\"''-"))
    wanted = fresh.on_one_line(title).translate(str.maketrans("“”‘’–", "\"\"''-"))
    assert printed.replace("-", "") == wanted.replace("-", "")
    assert (brief.metadata.date, brief.metadata.lang) == (DAY, "en")


@given(st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), min_size=1))
def test_any_title_is_the_same_in_yaml(title: str) -> None:
    said = fresh.on_one_line(title)
    marked = fresh.MARKUP.sub(r"\\\g<0>", said)
    assert yaml.safe_load(f"title: {fresh.quoted(marked)}") == {"title": marked}
    slug = slugs.slug_of(title)
    assert slug == "" or slugs.is_slug(slug)
    assert len(slug) <= slugs.LONGEST


def test_every_key_that_is_taught_is_known_and_right() -> None:
    """Without the marks of comments the front matter is one that the checker reads."""
    text = fresh.text("Water", DAY, load_theme())
    front = text.split("---\n")[1]
    lines = [line for line in front.splitlines() if not line.startswith("# ") or ":" in line]
    taught = {
        line.removeprefix("# ").split(":")[0]
        for line in lines
        if line.removeprefix("# ").split(":")[0] in KEYS
    }
    assert {"title", "date", "lang", "deck", "authors", "hero", "key-findings"} <= taught
    assert {"recommendations", "keywords", "license", "series", "notes", "updated"} <= taught


def test_authors_and_language_of_the_house(tmp_path: Path) -> None:
    house = load_theme().model_copy(update={"new": New(lang="de", authors=("Ada “A” Müller",))})
    file = fresh.create(tmp_path, house, fresh.Wish("Wasser", "", DAY))
    brief, problems = build.read_checked(file, load_theme())
    assert problems == ()
    assert brief is not None
    assert brief.slug == "wasser"
    assert brief.metadata.lang == "de"
    assert [author.name for author in brief.metadata.authors] == ["Ada “A” Müller"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Can Brussels and Minsk Talk?", "can-brussels-and-minsk-talk"),
        ("Łódź: Größe & Maß", "lodz-grosse-mass"),
        ("The river's end", "the-rivers-end"),
        ("Київ", "kiiv"),
        ("東京", ""),
    ],
)
def test_the_name_of_a_folder_is_made_of_the_title(title: str, slug: str) -> None:
    assert slugs.slug_of(title) == slug


@pytest.mark.parametrize(
    ("title", "slug", "code"),
    [
        ("", "", "usage-title"),
        ("東京", "", "usage-unnamed"),
        ("Water", "../up", "usage-slug"),
        ("Water", "Up", "usage-slug"),
        ("Water", "taken", "usage-taken"),
    ],
)
def test_what_cannot_be_a_brief_is_one_problem(
    tmp_path: Path, title: str, slug: str, code: str
) -> None:
    fresh.create(tmp_path, load_theme(), fresh.Wish("First", "taken", DAY))
    before = (tmp_path / "taken/brief.md").read_bytes()
    with pytest.raises(BriefError) as raised:
        fresh.create(tmp_path, load_theme(), fresh.Wish(title, slug, DAY))
    assert [found.code for found in raised.value.problems] == [code]
    assert (tmp_path / "taken/brief.md").read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["taken"]


def test_the_command_tells_where_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = ["--source", str(tmp_path)]
    assert main(["new", *places, "--title", "Heat"]) == 0
    assert f"{tmp_path / 'heat/brief.md'} is yours" in capsys.readouterr().out
    assert main(["new", *places, "--title", "Heat"]) == 2
    assert "[usage-taken]" in capsys.readouterr().err
    assert main(["check", *places]) == 0


@pytest.mark.parametrize("title", TITLES)
def test_a_title_comes_through_make(tmp_path: Path, title: str) -> None:
    shutil.copy(PROJECT / "Makefile", tmp_path)
    told = tmp_path / "told"
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\nimport os, pathlib\n"
        f"pathlib.Path({str(told)!r}).write_text(os.environ['BRIEFWRIGHT_TITLE'])\n"
    )
    program.chmod(0o755)
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "ready").touch()
    command = ["make", "new", f"BRIEFWRIGHT={program}", f"READY={tmp_path / 'ready'}"]
    for way in ([*command, f"TITLE={title}"], command):
        given_env = {**os.environ, "TITLE": title} if way is command else dict(os.environ)
        told.unlink(missing_ok=True)
        done = subprocess.run(
            way, cwd=tmp_path, capture_output=True, text=True, check=False, env=given_env
        )
        assert done.returncode == 0, done.stderr
        assert told.read_text() == title


def test_editors_find_the_schema_of_front_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    assert fresh.schema_from(Path("source/water")) == "../../pipeline/front-matter.schema.json"
    assert fresh.schema_from(Path("more/briefs/water")).startswith("../../../pipeline/")
    assert fresh.schema_from(tmp_path) == ""
    text = fresh.text("Water", DAY, load_theme(), "../../pipeline/front-matter.schema.json")
    line = "# yaml-language-server: $schema=../../pipeline/front-matter.schema.json"
    assert text.splitlines()[1] == line
    assert "yaml-language-server" not in fresh.text("Water", DAY, load_theme())
