"""Pins that edits in a Word file come back into the source: those, and no others."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.__main__ import main
from pipeline.build import read_checked
from pipeline.merge import Merged, desk, merge, proof
from pipeline.problems import BriefError
from pipeline.rendering import render
from pipeline.rules import RULES
from pipeline.theme import load_theme
from tests.examples import examples
from tests.paper import NOTES, TEXT, Paper, w

THEME = load_theme()
HERE = Path(__file__).parent
SAMPLE = HERE / "merge" / "brief.md"
SOURCES = sorted((HERE.parent / "source").glob("*/brief.md"))

LAST = "A last word on tolls, which have not risen since the mill burned."

Act = Callable[[Paper], None]
Replaced = tuple[str, str]

EDITS: dict[str, tuple[Act, tuple[Replaced, ...]]] = {
    "a word": (
        lambda paper: paper.change("older than the gates", "younger than the gates"),
        (("The rule is older than", "The rule is younger than"),),
    ),
    "a sentence more": (
        lambda paper: paper.change(" Nobody has asked", " It is thick. Nobody has asked"),
        (("March.[^register] Nobody", "March.[^register] It is thick. Nobody"),),
    ),
    "a sentence less": (
        lambda paper: paper.change(" A keeper who oversleeps pays for the coal.", ""),
        ((" A keeper who oversleeps pays for the coal.", ""),),
    ),
    "a note": (
        lambda paper: paper.change("from the north", "from the far north", NOTES),
        (("Pine tar, from the north.", "Pine tar, from the far north."),),
    ),
    "a second paragraph of a note": (
        lambda paper: paper.change("it is seven", "it is eight", NOTES),
        (("    In winter it is seven.", "    In winter it is eight."),),
    ),
    "the neighbour of a bold word": (
        lambda paper: paper.change(" on a hook", " on an iron hook"),
        (("**brass key** on a hook", "**brass key** on an iron hook"),),
    ),
    "a bold word more": (
        lambda paper: paper.mark("in particular", w("b")),
        (("nobody in particular.[^pay]", "nobody **in particular**.[^pay]"),),
    ),
    "a paragraph more": (
        lambda paper: paper.insert_after("it came twice", "Elm would do, too."),
        (("some of it came twice.\n", "some of it came twice.\n\nElm would do, too.\n"),),
    ),
    "a paragraph less": (
        lambda paper: paper.delete("A last word on tolls"),
        (("A last word on tolls, which have not risen since the mill burned.\n\n", ""),),
    ),
    "a heading": (
        lambda paper: paper.change("What the gates need", "What all gates need"),
        (("# What the gates need", "# What all gates need"),),
    ),
    "a heading more": (
        lambda paper: paper.insert_after("written the song", "Tolls", style="Heading2"),
        (("the song down.\n", "the song down.\n\n## Tolls\n"),),
    ),
    "a list item": (
        lambda paper: paper.change("Grease for the hinges", "Goose grease for the hinges"),
        (("- Grease for the hinges,", "- Goose grease for the hinges,"),),
    ),
    "a list item more": (
        lambda paper: paper.insert_after("a lamp for the night", "and a chair."),
        (("- a lamp for the night.\n", "- a lamp for the night.\n- and a chair.\n"),),
    ),
    "a list item less": (
        lambda paper: paper.delete("a lamp for the night"),
        (("- a lamp for the night.\n", ""),),
    ),
    "a loose list item more": (
        lambda paper: paper.insert_after("Open the gate", "Wait."),
        (("2. Open the gate.\n", "2. Open the gate.\n\n3. Wait.\n"),),
    ),
    "a cell": (
        lambda paper: paper.change("Sluice", "Sluys"),
        (("| Lower | Sluice |", "| Lower | Sluys |"),),
    ),
    "a note written anew": (
        lambda paper: paper.change("Pine tar, from the north.", "Quite.", NOTES),
        (("Pine tar, from the north.", "Quite."),),
    ),
    "two cells": (
        lambda paper: paper.change_all({"Sluice": "Bay", "95": "Plenty"}),
        (("| Lower | Sluice |    95 |", "| Lower | Bay |    Plenty |"),),
    ),
    "a paragraph moved": (
        lambda paper: paper.move("The lower gates are iron", "A last word on tolls"),
        (
            ("\n\nThe lower gates are iron.", f"\n\n{LAST}\n\nThe lower gates are iron."),
            (f"written the song down.\n\n{LAST}\n", "written the song down.\n"),
        ),
    ),
    "a caption": (
        lambda paper: paper.change("in a dry year", "in a wet year"),
        ((": Boats by gate in a dry year", ": Boats by gate in a wet year"),),
    ),
    "the title": (
        lambda paper: paper.change("Locks and Their Keepers", "Locks: Their Keepers"),
        (("title: Locks and Their Keepers", 'title: "Locks: Their Keepers"'),),
    ),
    "the deck": (
        lambda paper: paper.change("mind its gates", "mind the gates"),
        (("who mind its gates, and", "who mind the gates, and"),),
    ),
    "the summary": (
        lambda paper: paper.change("leaks twice", "leaks thrice"),
        (("one of them leaks twice.", "one of them leaks thrice."),),
    ),
    "a recommendation": (
        lambda paper: paper.change("Count the boats", "Count all boats"),
        (('"Count the boats: twice', '"Count all boats: twice'),),
    ),
    "a note more": (
        lambda paper: paper.add_note("people come to listen", "Some bring *chairs*."),
        (
            ("people come to listen. Nobody", "people come to listen[^n1]. Nobody"),
            ("north.\n", "north.\n\n[^n1]: Some bring \\*chairs\\*.\n"),
        ),
    ),
    "a call less": (
        lambda paper: paper.drop_call(2),
        (
            ("March.[^register] Nobody", "March. Nobody"),
            ("[^register]: Town hall, shelf 4, *Keepers and Others*.\n\n", ""),
        ),
    ),
    "the last two notes less": (
        lambda paper: paper.drop_calls(3, 4),
        (
            ("six---never later.[^six] The", "six---never later. The"),
            ("the gates.[^six] A keeper", "the gates. A keeper"),
            ("seams,[^tar]", "seams,"),
            (
                "\n[^six]: By the clock of the church.\n\n    In winter it is seven.\n\n"
                "[^tar]: Pine tar, from the north.\n",
                "",
            ),
        ),
    ),
    "a call less of a note called twice": (
        lambda paper: paper.drop_call(3),
        (("six---never later.[^six] The", "six---never later. The"),),
    ),
    "a note less that was written where it was called": (
        lambda paper: paper.drop_call(5),
        (("iron.^[So says the founder, who sold them.] They", "iron. They"),),
    ),
    "words of a note that is written where it is called": (
        lambda paper: paper.change("who sold them", "who cast them", NOTES),
        (("founder, who sold them.]", "founder, who cast them.]"),),
    ),
    "a comment": (
        lambda paper: paper.comment("brass key", "Is it brass?"),
        (),
    ),
    "a tracked insertion": (
        lambda paper: paper.track_insertion("Most gates are", " still"),
        (("Most gates are oak.", "Most gates are still oak."),),
    ),
    "a tracked deletion": (
        lambda paper: paper.track_deletion(" by raft"),
        (("The oak came by raft, and", "The oak came, and"),),
    ),
    "a no-break space": (
        lambda paper: paper.change("came twice.", "came 2\u00a0times."),
        (("some of it came twice.", "some of it came 2\\ times."),),
    ),
    "a word inside a link": (
        lambda paper: paper.change("register of keepers", "great register of keepers"),
        (("[register of keepers](", "[great register of keepers]("),),
    ),
    "a word inside stress": (
        lambda paper: paper.change("eleven", "twelve"),
        (("has *eleven* gates", "has *twelve* gates"),),
    ),
    "stress taken away": (
        lambda paper: paper.unmark("eleven"),
        (("has *eleven* gates", "has eleven gates"),),
    ),
    "a stressed word less": (
        lambda paper: paper.change("brass key", ""),
        (("with a **brass key** on", "with a on"),),
    ),
    "signs of Markdown": (
        lambda paper: paper.change("stood in the mill", "of *it* [sic] #1 lay_in `the` mill"),
        (("stood in the mill", "of \\*it\\* \\[sic\\] #1 lay_in \\`the\\` mill"),),
    ),
    "words in quotation marks": (
        lambda paper: paper.change("last seen", "last read"),
        (('"last seen" in March', '"last read" in March'),),
    ),
    "words in quotation": (
        lambda paper: paper.change("does not leak", "never leaks"),
        (("A gate that does not leak is", "A gate that never leaks is"),),
    ),
    "an attribution": (
        lambda paper: paper.change("an old keeper", "an old miller"),
        (("> --- an old keeper", "> --- an old miller"),),
    ),
    "a paragraph cut in two": (
        lambda paper: paper.cut(" They sing in"),
        (
            (
                "who sold them.] They sing in\nthe frost",
                "who sold them.]\n\nThey sing in the frost",
            ),
        ),
    ),
}

APART = (
    "a sentence more",
    "a call less",
    "a note less that was written where it was called",
    "words of a note that is written where it is called",
    "stress taken away",
    "a stressed word less",
    "the neighbour of a bold word",
    "a call less of a note called twice",
    "a word",
    "a paragraph cut in two",
    "a paragraph moved",
    "a loose list item more",
    "a list item less",
    "two cells",
    "a note written anew",
    "the last two notes less",
)
"""Edits that touch the words of others."""
TOGETHER = tuple(name for name in EDITS if name not in APART)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return made_of(SAMPLE)


def made_of(source: Path) -> bytes:
    brief, problems = read_checked(source, THEME)
    assert brief is not None, problems
    return render(brief, THEME, "docx")


def merged(data: bytes, source: Path, folder: Path, write: bool = False) -> tuple[Merged, str]:
    """Merge a Word file into a copy of a source; return what came of it, and the copy then."""
    home = folder / source.parent.name
    shutil.copytree(source.parent, home, dirs_exist_ok=True)
    file = folder / "edited.docx"
    file.write_bytes(data)
    made = merge(file, home / "brief.md", THEME, write)
    return made, (home / "brief.md").read_bytes().decode()


def expected(*replaced: Replaced) -> str:
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in replaced:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_comes_back(name: str, printed: bytes, tmp_path: Path) -> None:
    act, replaced = EDITS[name]
    paper = Paper(printed)
    act(paper)
    made, text = merged(paper.data(), SAMPLE, tmp_path, write=True)
    assert [str(one) for one in made.problems if one.code == "merge-place"] == []
    assert text == expected(*replaced)
    assert made.written == bool(replaced)


def test_all_edits_come_back_together(printed: bytes, tmp_path: Path) -> None:
    paper = Paper(printed)
    replaced: list[Replaced] = []
    for name in TOGETHER:
        act, wanted = EDITS[name]
        act(paper)
        replaced += wanted
    made, text = merged(paper.data(), SAMPLE, tmp_path, write=True)
    assert [str(one) for one in made.problems if one.code == "merge-place"] == []
    assert text == expected(*replaced)


@pytest.mark.parametrize("source", [SAMPLE, *SOURCES], ids=lambda one: one.parent.name)
def test_without_edits_nothing_changes(source: Path, tmp_path: Path) -> None:
    made, text = merged(made_of(source), source, tmp_path, write=True)
    assert (made.diff, made.made, made.written, made.problems) == ("", 0, False, ())
    assert text.encode() == source.read_bytes()


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice)")
@pytest.mark.parametrize(
    "source",
    [SAMPLE, *SOURCES, HERE / "cases" / "headings" / "source.md"],
    ids=lambda one: one.parent.name,
)
def test_what_libreoffice_only_saves_changes_nothing(source: Path, tmp_path: Path) -> None:
    home = tmp_path / "from"
    shutil.copytree(source.parent, home)
    (home / source.name).rename(home / "brief.md")
    file = tmp_path / "brief.docx"
    file.write_bytes(made_of(home / "brief.md"))
    made, text = merged(saved_again(file), home / "brief.md", tmp_path / "to", write=True)
    assert (made.diff, made.problems) == ("", ())
    assert text.encode() == source.read_bytes()


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice (soffice)")
def test_edits_come_back_from_libreoffice(printed: bytes, tmp_path: Path) -> None:
    paper = Paper(printed)
    replaced: list[Replaced] = []
    for name in (one for one in TOGETHER if one != "a comment"):
        act, wanted = EDITS[name]
        act(paper)
        replaced += wanted
    file = tmp_path / "brief.docx"
    file.write_bytes(paper.data())
    made, text = merged(saved_again(file), SAMPLE, tmp_path, write=True)
    assert [str(one) for one in made.problems if one.code == "merge-place"] == []
    assert text == expected(*replaced)


FORMS = {
    "endnotes": ("lang: en\n", "lang: en\nnotes: end\n"),
    "numbered sections": ("lang: en\n", "lang: en\nsection-numbers: true\n"),
    "lines that end as in Windows": ("\n", "\r\n"),
    "a mark at the beginning": ("---\ntitle", "\ufeff---\ntitle"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_brief_keeps_it(form: str, tmp_path: Path) -> None:
    source = tmp_path / "from" / "brief.md"
    source.parent.mkdir()
    text = SAMPLE.read_text(encoding="utf-8").replace(*FORMS[form])
    source.write_bytes(text.encode())
    paper = Paper(made_of(source))
    made, after = merged(paper.data(), source, tmp_path / "same", write=True)
    assert (made.diff, after) == ("", text)
    paper.change("gates need", "gates want")
    paper.change("from the north", "from the far north", paper.notes)
    paper.insert_after("it came twice", "Elm would do, too.")
    _, after = merged(paper.data(), source, tmp_path / "edited", write=True)
    line = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("gates need", "gates want").replace("from the north", "from the far north")
    assert after == text.replace("came twice.", f"came twice.{line}{line}Elm would do, too.")


def saved_again(file: Path) -> bytes:
    """What LibreOffice makes of a Word file that it opens and saves."""
    home = file.with_name("office")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={home.as_uri()}",
            *("--headless", "--convert-to", "docx", "--outdir", str(home / "made"), str(file)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={key: value for key, value in os.environ.items() if not key.startswith("FONTCONFIG")},
    )
    return (home / "made" / file.name).read_bytes()


def codes(made: Merged) -> list[str]:
    return [one.code for one in made.problems]


def test_comments_and_changes_are_listed(printed: bytes, tmp_path: Path) -> None:
    paper = Paper(printed)
    for name in ("a comment", "a tracked insertion", "a tracked deletion"):
        EDITS[name][0](paper)
    made, _ = merged(paper.data(), SAMPLE, tmp_path)
    said = [one.message for one in made.problems]
    assert said == [
        "R. Reader on 2025-04-05 says: Is it brass? [about: brass key]",
        "R. Reader on 2025-04-05 deleted:  by raft",
        "R. Reader on 2025-04-05 inserted:  still",
    ]


def test_edits_are_only_shown_until_they_are_asked_for(printed: bytes, tmp_path: Path) -> None:
    paper = Paper(printed)
    paper.change("leaks twice", "leaks thrice")
    made, text = merged(paper.data(), SAMPLE, tmp_path)
    assert text == SAMPLE.read_text(encoding="utf-8")
    assert (made.made, made.written) == (1, False)
    assert "-summary: Three gates out of ten leak, and one of them leaks twice.\n" in made.diff
    assert "+summary: Three gates out of ten leak, and one of them leaks thrice.\n" in made.diff


UNPLACED: dict[str, Act] = {
    "a row more": lambda paper: paper.copy_row("Sluice"),
    "a byline": lambda paper: paper.change("Wanda Weir", "Wilma Weir"),
    "a paragraph that became a heading": lambda paper: paper.restyle("A last word", "Heading1"),
}


@pytest.mark.parametrize("name", UNPLACED)
def test_what_has_no_sure_place_is_told_and_left(name: str, printed: bytes, tmp_path: Path) -> None:
    paper = Paper(printed)
    UNPLACED[name](paper)
    paper.change("leaks twice", "leaks thrice")
    made, text = merged(paper.data(), SAMPLE, tmp_path, write=True)
    assert "merge-place" in codes(made)
    assert text == expected(("one of them leaks twice.", "one of them leaks thrice."))


def test_a_brief_that_was_changed_since_is_told(printed: bytes, tmp_path: Path) -> None:
    source = tmp_path / "now" / "brief.md"
    source.parent.mkdir()
    source.write_text(expected(("leaks twice", "leaks thrice")), encoding="utf-8")
    made, _ = merged(printed, source, tmp_path / "copy")
    assert codes(made) == ["merge-stale"]
    assert "+summary: Three gates out of ten leak, and one of them leaks twice.\n" in made.diff


def test_a_file_that_is_not_ours_is_told(printed: bytes, tmp_path: Path) -> None:
    paper = Paper(printed)
    del paper.parts["docProps/custom.xml"]
    assert codes(merged(paper.data(), SAMPLE, tmp_path)[0]) == ["merge-foreign"]


def test_nothing_is_written_where_the_proof_fails(
    printed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlike(*_: object) -> None:
        raise proof.Unlike(())

    monkeypatch.setattr(desk, "prove", unlike)
    monkeypatch.setattr(desk, "ROUNDS", 1)
    paper = Paper(printed)
    paper.change("leaks twice", "leaks thrice")
    with pytest.raises(BriefError) as raised:
        merged(paper.data(), SAMPLE, tmp_path, write=True)
    assert [one.code for one in raised.value.problems] == ["merge-proof"]
    assert (tmp_path / "merge" / "brief.md").read_bytes() == SAMPLE.read_bytes()


def test_lines_that_end_in_two_ways_are_refused(printed: bytes, tmp_path: Path) -> None:
    source = tmp_path / "from" / "brief.md"
    source.parent.mkdir()
    source.write_bytes(SAMPLE.read_bytes().replace(b"\n", b"\r\n", 3))
    paper = Paper(printed)
    paper.change("leaks twice", "leaks thrice")
    with pytest.raises(BriefError) as raised:
        merged(paper.data(), source, tmp_path / "copy", write=True)
    assert [one.code for one in raised.value.problems] == ["merge-line-ends"]


def test_a_brief_that_changes_meanwhile_is_left(
    printed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "merge" / "brief.md"

    def written_to(*_: object) -> None:
        target.write_text("other", encoding="utf-8")

    monkeypatch.setattr(desk, "prove", written_to)
    paper = Paper(printed)
    paper.change("leaks twice", "leaks thrice")
    with pytest.raises(BriefError) as raised:
        merged(paper.data(), SAMPLE, tmp_path, write=True)
    assert "merge-meanwhile" in [one.code for one in raised.value.problems]
    assert target.read_text(encoding="utf-8") == "other"


@pytest.mark.parametrize("data", [b"", b"PK", b"no Word file"])
def test_what_is_no_word_file_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(BriefError) as raised:
        merged(data, SAMPLE, tmp_path)
    assert [one.code for one in raised.value.problems] == ["intake-word"]


def test_the_command_shows_and_writes(
    printed: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(SAMPLE.parent, tmp_path / "source" / "locks")
    paper = Paper(printed)
    paper.change("leaks twice", "leaks thrice")
    file = tmp_path / "edited.docx"
    file.write_bytes(paper.data())
    where = ["--source", str(tmp_path / "source")]
    assert main(["merge", *where, str(file), "locks"]) == 0
    assert "leaks thrice" in capsys.readouterr().out
    assert main(["merge", *where, "--apply", str(file), "locks"]) == 0
    assert "1 edited passage, written" in capsys.readouterr().out
    assert main(["merge", *where, str(file), "lock"]) == 2
    assert main(["merge", *where, "", "locks"]) == 1
    assert main(["merge", *where, str(tmp_path / "none.docx"), "locks"]) == 2


WORDS = st.text(
    alphabet=st.sampled_from([*"abXYZ019éß—–…“”’\"'*_[](){}#~^`|<>!@&$%+=-.,:;/\\ ", "\u00a0"]),
    min_size=1,
    max_size=12,
)


@st.composite
def edits_of_words(draw: st.DrawFn) -> list[tuple[str, int, int, str]]:
    """Draw edits: the part, the run and the word in it, counted round, and what it becomes."""
    one = st.tuples(st.sampled_from([TEXT, NOTES]), st.integers(0, 200), st.integers(0, 40), WORDS)
    return draw(st.lists(one, min_size=1, max_size=4))


@settings(max_examples=examples(20))
@given(edits_of_words())
def test_random_edits_of_words_come_back(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, int, int, str]]
) -> None:
    paper = Paper(made_of(SAMPLE))
    for part, number, place, word in drawn:
        paper.change_word(part, number, place, word)
    made, text = merged(paper.data(), SAMPLE, tmp_path_factory.mktemp("random"), write=True)
    assert [str(one) for one in made.problems if one.code == "merge-place"] == []
    again = Paper(made_of(made.file))
    for part in (TEXT, NOTES):
        assert bare(again.said_by_author(part)) == bare(paper.said_by_author(part))
    old, new = SAMPLE.read_text(encoding="utf-8").split("\n"), text.split("\n")
    changed = sum(1 for one in new if one not in old)
    assert changed <= len(drawn), made.diff


def bare(said: list[str]) -> list[str]:
    """Paragraphs without what no text of a brief has: spaces at ends, and two beside each other."""
    return [one for one in (" ".join(re.split("[ \\n]+", text.strip(" "))) for text in said) if one]


def test_the_guide_has_every_code() -> None:
    text = (HERE.parent / "docs" / "merging.md").read_text(encoding="utf-8")
    for code, rule in RULES.items():
        if code.startswith("merge-"):
            mark = " *(warning)*" if rule.severity == "warning" else ""
            assert f"| `{code}` | {rule.sentence}{mark} |" in text
