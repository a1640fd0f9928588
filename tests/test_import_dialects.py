"""Pins that Markdown of other programs comes in whole, with notes in whatever form it has them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.intake.desk import Imported, bring_in
from pipeline.intake.dialects.labels import labelled
from pipeline.problems import BriefError, errors
from pipeline.text import plain
from pipeline.theme import load_theme
from tests.examples import examples
from tests.samples import png

THEME = load_theme()
SAID = "The river is long, and it is the first of those that are in the book"


def brought(text: str, folder: Path, fix: bool = False) -> tuple[Imported, str]:
    """Import a text; return what came of it, and the text behind the front matter."""
    file = folder / "paper.md"
    file.write_text(text, encoding="utf-8")
    made = bring_in(file, folder / "source", "a-brief", THEME, fix=fix)
    return made, made.file.read_text(encoding="utf-8").split("\n---\n", 1)[1].strip("\n")


TWO = "[^n1]: One.\n\n[^n2]: Two, [here](https://example.org).\n\n    And more of it."
CALLED = f"{SAID}.[^n1] It is wide.[^n2]"
FORMS = {
    "footnotes": f"{SAID}.[^a] It is wide.[^b-c]\n\n[^b-c]: Two, [here](https://example.org).\n\n"
    "    And more of it.\n[^a]: One.\n",
    "brackets": f"{SAID}.[1] It is wide.[2]\n\n## Notes\n\n[1] One.\n\n"
    "[2] Two, [here](https://example.org).\n\nAnd more of it.\n",
    "a numbered list": f"{SAID}.[1] It is wide.[2]\n\n**Endnotes**\n\n1. One.\n"
    "2. Two, [here](https://example.org).\n\n    And more of it.\n",
    "raised by HTML": f"{SAID}.<sup>1</sup> It is wide.<sup>2</sup>\n\nReferences\n----------\n\n"
    "1. One.\n\n2. Two, [here](https://example.org).\n\n   And more of it.\n",
    "raised by carets": f"{SAID}.^1^ It is wide.^2^\n\n# Notes\n\n^1^ One.\n\n"
    "^2^ Two, [here](https://example.org).\n\nAnd more of it.\n",
    "strong numbers": f"{SAID}.[1] It is wide.[2]\n\n## Sources\n\n**[1]** One.\n\n"
    "**[2]** Two, [here](https://example.org).\n\nAnd more of it.\n",
    "a list of references": f"{SAID}.[1] It is wide.[2]\n\n[1]: One.\n\n"
    "[2]: Two, [here](https://example.org).\n\nAnd more of it.\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_notes_are_known_in_every_form(form: str, tmp_path: Path) -> None:
    made, found = brought(f"# A title\n\n{FORMS[form]}", tmp_path)
    assert found == f"{CALLED}\n\n{TWO}"
    assert plain(made.brief.metadata.title) == "A title"


def test_calls_may_be_repeated_and_joined(tmp_path: Path) -> None:
    text = f"# T\n\n{SAID}.[2, 1] And[1–3].\n\n## Notes\n\n[1] One.\n\n[2] Two.\n\n[3] Three.\n"
    made, found = brought(text, tmp_path)
    assert found.startswith(f"{SAID}.[^n1][^n2] And[^n2][^n1][^n3].")
    assert [len(note.calls) for note in made.brief.notes] == [2, 2, 1]
    assert {one.code for one in made.problems} >= {"intake-date", "intake-authors"}


def test_a_bare_address_is_a_link(tmp_path: Path) -> None:
    _, found = brought(f"# T\n\n{SAID}.[1]\n\n[1]: https://example.org/a\n", tmp_path)
    assert found == f"{SAID}.[^n1]\n\n[^n1]: <https://example.org/a>"


def test_a_note_may_be_written_where_it_is_called(tmp_path: Path) -> None:
    text = f"# T\n\n{SAID}.^[Here, [a](https://example.org).] So.[^b]\n\n[^b]: B c.\n"
    _, found = brought(text, tmp_path)
    notes = "[^n1]: Here, [a](https://example.org).\n\n[^n2]: B c."
    assert found == f"{SAID}.[^n1] So.[^n2]\n\n{notes}"


def test_a_note_that_nobody_calls_stays_as_text(tmp_path: Path) -> None:
    text = f"# T\n\n{SAID}.[1]\n\n## Notes\n\n[1] One.\n\n[2] Two.\n"
    made, found = brought(text, tmp_path)
    assert found == f"{SAID}.[^n1]\n\n\\[2\\] Two.\n\n[^n1]: One."
    (told,) = (one for one in made.problems if one.code == "intake-note-uncalled")
    assert told.line == 9


def test_yaml_becomes_front_matter(tmp_path: Path) -> None:
    head = (
        "---\ntitle: A *title*\nsubtitle: What it says\nauthor: [Ada Example, Ben Sample]\n"
        "date: 2025-05-05\ntags: [water, law]\nlang: en-GB\nlayout: post\n---\n"
    )
    made, found = brought(f"{head}\n{SAID}.\n", tmp_path)
    metadata = made.brief.metadata
    assert (plain(metadata.title), plain(metadata.deck)) == ("A title", "What it says")
    assert [one.name for one in metadata.authors] == ["Ada Example", "Ben Sample"]
    assert (str(metadata.date), metadata.lang) == ("2025-05-05", "en-GB")
    assert metadata.keywords == ("water", "law")
    assert found == f"{SAID}."


def test_everything_that_commonmark_has_comes_in(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(png())
    text = (
        f"A title\n=======\n\n{SAID}, *so* **wide** `code`, ~~no~~, H~2~O &amp; x^2^.\n\n"
        "Scope\n-----\n\nSee [the start](#scope).\n\n* one\n* two\n    1. three\n\n> quoted\n\n"
        "```\nx = [1]\n```\n\n| A | B |\n|---|--:|\n| c | 7 |\n\n![A gauge](x.png)\n\n***\n\nEnd.\n"
    )
    _, found = brought(text, tmp_path)
    assert found == (
        f"{SAID}, *so* **wide** `code`, ~~no~~, H~2~O & x^2^.\n\n# Scope\n\n"
        "See [the start](#scope).\n\n-   one\n-   two\n    1.  three\n\n> quoted\n\n"
        "```\nx = [1]\n```\n\n| A   |   B |\n|-----|----:|\n| c   |   7 |\n\n"
        '![](x.png){alt="A gauge"}\n\n* * *\n\nEnd.'
    )


def test_slips_are_mended_when_asked(tmp_path: Path) -> None:
    _, found = brought(f"# T\n\n{SAID} .  It's wide.\n", tmp_path, fix=True)
    assert found == f"{SAID}. It’s wide."


def test_a_text_without_a_title_or_a_text_is_refused(tmp_path: Path) -> None:
    for text, code in (("# Only a title\n", "intake-empty"), ("\n\n", "intake-empty")):
        with pytest.raises(BriefError) as raised:
            brought(text, tmp_path)
        assert code in {one.code for one in errors(raised.value.problems)}


def test_text_without_notes_is_left_alone() -> None:
    for text in ("One [1] and no note.\n", "Text.[^1]\n\n[^1]: N.\n\n[1] no note.\n", ""):
        assert labelled(text) == (text, ())


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.integers(5, 7))
def test_numbered_notes_keep_their_calls(
    tmp_path_factory: pytest.TempPathFactory, calls: list[int], count: int
) -> None:
    text = " ".join(f"Word.[{number}]" for number in calls)
    notes = "\n\n".join(f"[{number}] Note number {number}." for number in range(1, count + 1))
    made, _ = brought(f"# T\n\n{text}\n\n## Notes\n\n{notes}\n", tmp_path_factory.mktemp("paper"))
    order = list(dict.fromkeys(calls))
    told = [plain(note.blocks[0].content) for note in made.brief.notes]  # type: ignore[union-attr]
    assert told == [f"Note number {number}." for number in order]
    assert [len(note.calls) for note in made.brief.notes] == [calls.count(one) for one in order]
