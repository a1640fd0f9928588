"""Details of the reader that need no whole case of their own."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import model as m
from pipeline import pandoc, values, walk
from pipeline.problems import BriefError, Problem, errors
from pipeline.reader import align, read
from pipeline.reader.context import Context
from pipeline.reader.elements import elements
from pipeline.reader.images import Images
from pipeline.reader.inlines import inlines
from pipeline.reader.labels import Reading
from pipeline.reader.pieces import trace
from pipeline.reader.source import as_source
from pipeline.reader.stamped import Recovered
from tests import samples

FRONT = "---\ntitle: A title\ndate: 2025-06-18\nlang: en\n---\n\n"


def read_text(folder: Path, text: str | bytes) -> tuple[m.Brief | None, tuple[Problem, ...]]:
    file = folder / "a-brief" / "brief.md"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read(file)


def read_good(folder: Path, text: str | bytes) -> m.Brief:
    brief, problems = read_text(folder, text)
    assert [str(one) for one in problems] == []
    assert brief is not None
    return brief


def codes(folder: Path, text: str) -> set[str]:
    return {problem.code for problem in read_text(folder, text)[1]}


def test_byte_order_mark_and_line_ends_of_all_systems_are_accepted(tmp_path: Path) -> None:
    text = FRONT + "One.[^a]\n\n[^a]: Two.\n"
    brief = read_good(tmp_path, text)
    assert read_good(tmp_path, b"\xef\xbb\xbf" + text.encode()) == brief
    assert read_good(tmp_path, text.replace("\n", "\r\n")) == brief
    assert brief.source.text == text


def test_the_path_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_text(tmp_path, FRONT + "Text.[^a]\n")
    monkeypatch.chdir(tmp_path)
    _, problems = read(Path("a-brief/brief.md"))
    assert {problem.path for problem in problems} == {"a-brief/brief.md"}
    monkeypatch.chdir("a-brief")
    brief, _ = read(Path("brief.md"))
    assert brief is not None
    assert brief.slug == "a-brief"


def test_all_problems_of_a_brief_come_at_once(tmp_path: Path) -> None:
    front = "---\ntitel: A title\ndate: 18 June\nlang: en\nhero:\n  image: no.png\n---\n\n"
    body = "Text.[^a]\n\n<b>raw</b>\n\n![](no.png)\n\n[^b]: B.\n\n::: box\nopen\n"
    assert codes(tmp_path, front + body) >= {
        *("meta-unknown-key", "meta-required", "meta-date", "image-alt", "image-missing"),
        *("note-undefined", "note-uncalled", "structure-raw", "structure-unclosed"),
    }


def test_a_box_whose_text_is_the_name_of_its_class(tmp_path: Path) -> None:
    brief = read_good(tmp_path, FRONT + "Text.[^a]\n\n::: box\nbox\n\n[^a]: In the box.\n:::\n")
    assert isinstance(brief.body[1], m.Box)


def test_a_label_that_is_none_reaches_no_other_field(tmp_path: Path) -> None:
    found = codes(tmp_path, FRONT + "Text.[^a[b]]\n\n[^a[b]]: Note.\n")
    assert found == {"note-label-form"}


@pytest.mark.parametrize(
    "text",
    [
        "[a][b] [c] ![d][b] [e]{.smallcaps}\n\n[b]: https://www.example.org",
        r"\[a\][b] \[a](b) \![c] a\[1][2] \<!-- d \{#e} \**f \`g",
        "`[a][b]` `![c]` `<!-- d` `{#e` `**f`",
        "<!-- a --><!-- [b][c] -->",
        "A footnote sign*, 2 ** 3, a__b, {a} and [sic].",
        "Text\n:   A definition.\n\n    : no caption",
    ],
)
def test_markup_that_is_markup_or_meant_as_text_is_left_alone(text: str, tmp_path: Path) -> None:
    left = {"structure-leftover", "structure-open", "structure-empty-markup"}
    assert not left & codes(tmp_path, f"{FRONT}Text.\n\n{text}\n")


def test_fields_do_not_reach_into_one_another(tmp_path: Path) -> None:
    front = '---\ntitle: "1. *A* title #"\ndate: 2025-06-18\nlang: en\ndeck: "- item: > quote"\n'
    brief = read_good(tmp_path, front + "summary: '# One'\n---\n\nText.\n")
    assert brief.metadata.title[0] == samples.t("1. ")
    assert brief.metadata.deck == samples.inlines("- item: > quote")
    assert brief.metadata.summary is not None
    assert brief.metadata.summary.items == (samples.inlines("# One"),)


def test_a_source_may_contain_what_stamps_look_like(tmp_path: Path) -> None:
    text = (
        FRONT + 'Text []{.briefwright-stamp} `[]{.briefwright-stamp note="0-0"}`.[^a]\n\n[^a]: A.\n'
    )
    brief = read_good(tmp_path, text)
    assert [note.label for note in brief.notes] == ["a"]


def test_what_looks_like_a_note_in_code_deep_in_lists_is_left_alone(tmp_path: Path) -> None:
    body = "-   one\n\n    -   two\n\n            [^a]: code\n\n1.  three\n\n        [^b] code\n"
    brief = read_good(tmp_path, FRONT + body)
    code = [
        block.text for block in walk.blocks_within(brief.body) if isinstance(block, m.CodeBlock)
    ]
    assert code == ["[^a]: code", "[^b] code"]


@pytest.mark.parametrize(
    "body",
    [
        "Lost in a superscript: \\[^b][^a]\n\nFound.[^a]\n\n[^a]: A.\n",
        "Joined.^[One]{.x}\n",
        "A title of [a link](https://www.example.org 'with [^a]').[^a]\n\n[^a]: A.\n",
        "![alt](a.png){alt='with [^a]'}\n\nText.[^a]\n\n[^a]: A.\n",
    ],
)
def test_a_call_that_pandoc_does_not_read_is_never_lost_silently(tmp_path: Path, body: str) -> None:
    (tmp_path / "a-brief").mkdir()
    (tmp_path / "a-brief" / "a.png").write_bytes(samples.png())
    assert codes(tmp_path, FRONT + body) & {"note-leftover", "note-joined"}


def test_the_same_node_of_pandoc_gives_the_same_bytes(tmp_path: Path) -> None:
    text = FRONT + "Text.[^a] ^[Inline.],[^a]\n\n[^a]: A.\n"
    assert read_good(tmp_path, text) == read_good(tmp_path, text)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a-brief").mkdir()
    (tmp_path / "secret.png").write_bytes(samples.png())
    (tmp_path / "a-brief" / "link.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "a-brief" / "folder").symlink_to(tmp_path)
    text = FRONT + '![A](link.png){alt="a"}\n\n![B](folder/secret.png){alt="b"}\n'
    assert codes(tmp_path, text) == {"image-outside"}


def test_a_picture_used_twice_is_carried_once(tmp_path: Path) -> None:
    (tmp_path / "a-brief" / "of it").mkdir(parents=True)
    (tmp_path / "a-brief" / "of it" / "ä.png").write_bytes(samples.png())
    text = FRONT + '![A](<of it/ä.png>){alt="a"}\n\n![B](of%20it/%C3%A4.png){alt="b"}\n'
    brief = read_good(tmp_path, text)
    assert [file.file for file in brief.images] == ["of it/ä.png"]
    assert (brief.images[0].width, brief.images[0].height) == (64, 32)


@pytest.mark.parametrize(
    "body",
    [
        "[" * 2000 + "x" + "]" * 2000,
        "^[" * 2000 + "x" + "]" * 2000,
        "> " * 2000 + "x",
        "\n".join("  " * depth + "- x" for depth in range(200)),
        "::: a\n\n" * 300 + "x\n\n" + ":::\n\n" * 300,
        "*a **b " * 200,
    ],
)
def test_deep_nesting_ends_soon_with_a_problem_or_a_brief(tmp_path: Path, body: str) -> None:
    brief, problems = read_text(tmp_path, FRONT + body)
    assert brief is not None or {problem.code for problem in problems} == {"structure-depth"}


def test_thousands_of_notes_are_read(tmp_path: Path) -> None:
    body = "\n\n".join(f"Word{n}.[^n{n}]^[Inline {n}.],\n\n[^n{n}]: Note {n}." for n in range(2000))
    brief = read_good(tmp_path, FRONT + body)
    assert len(brief.notes) == 4000
    assert brief.notes[-2].label == "n1999"


def test_thousands_of_mistakes_are_named_in_reasonable_time(tmp_path: Path) -> None:
    body = "\n\n".join(f"Word{n}.[^n{n}]\n\n[^m{n}]: Note {n}." for n in range(2000))
    _, problems = read_text(tmp_path, FRONT + body)
    assert len(problems) == 4000


def test_a_node_that_the_model_does_not_know_is_refused() -> None:
    reading = Reading(as_source("text", "brief.md"), (), {}, Recovered(), ())
    context = Context(reading, Images(Path()), "en", {}, {}, {}, elements([]))
    assert inlines(context, [{"t": "Math", "c": [{"t": "InlineMath"}, "x"]}]) == ()
    assert [problem.code for problem in context.problems] == ["structure-unknown"]


def test_a_message_of_pandoc_that_is_not_expected_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tree, _ = pandoc.parse("Text.\n", "brief.md")

    def parse(
        markdown: str, path: str, citing: bool
    ) -> tuple[pandoc.Ast, tuple[pandoc.Message, ...]]:
        line = markdown.split("\n").index("Text.") + 1
        return pandoc_parse(markdown, path)[0], (pandoc.Message("New", "it is new", line, 3),)

    pandoc_parse = pandoc.parse
    monkeypatch.setattr(pandoc, "parse", parse)
    _, problems = read_text(tmp_path, FRONT + "Text.\n")
    assert [(one.code, one.line, one.column) for one in problems] == [
        ("internal-pandoc-message", 7, 3)
    ]


def test_missing_pandoc_is_a_fault_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "binary", lambda: None)
    with pytest.raises(BriefError) as caught:
        pandoc.parse("Text.", "brief.md")
    assert [problem.code for problem in caught.value.problems] == ["setup-pandoc"]


def test_pandoc_reads_no_files(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("Password")
    source = f".. include:: {file}\n\nText.\n".encode()
    output, _ = pandoc.read("rst", source, "brief.md")
    assert b"Text." in output
    assert b"Password" not in output


@given(st.text(st.sampled_from("ab 'é\n"), max_size=20), st.data())
def test_a_value_is_traced_to_its_place(text: str, data: st.DataObject) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    for index, at in enumerate(trace(text, quoted)):
        if not text[index].isspace():
            assert quoted[at] == text[index]
    folded = ">-\n  " + text.replace(" ", data.draw(st.sampled_from([" ", "\n  "])))
    for index, at in enumerate(trace(text, folded)):
        if not text[index].isspace():
            assert folded[at] == text[index]


WORDS = st.lists(st.sampled_from("abcdefghij"), max_size=30)


@given(WORDS, st.lists(st.tuples(st.integers(0, 30), st.sampled_from("uvw")), max_size=10))
def test_words_are_found_among_others(wanted: list[str], extra: list[tuple[int, str]]) -> None:
    source = list(wanted)
    for at, word in extra:
        source.insert(min(at, len(source)), word)
    kept = [index for index, word in enumerate(source) if word not in "uvw"]
    assert align.align(wanted, source) == kept


@given(WORDS, WORDS)
def test_alignment_rises_and_is_true(wanted: list[str], source: list[str]) -> None:
    found = align.align(wanted, source)
    known = [at for at in found if at is not None]
    assert known == sorted(set(known))
    assert all(source[at] == word for word, at in zip(wanted, found, strict=True) if at is not None)


def test_a_word_that_is_missing_puts_nothing_else_out_of_place() -> None:
    rest = ["the", "river", "and", "the", "gauge", "of", "the", "border"]
    source, wanted = ["caf", "eacute", "s", *rest, "caf"], ["cafés", *rest]
    assert align.align(wanted, source) == [None, 3, 4, 5, 6, 7, 8, 9, 10]


def test_a_note_called_in_the_title_and_in_the_text_is_misplaced_only_once(tmp_path: Path) -> None:
    front = "---\ntitle: A title[^a]\ndate: 2025-06-18\nlang: en\n---\n\n"
    assert codes(tmp_path, front + "Text.[^a]\n\n[^a]: A.\n") == {"note-misplaced"}
    assert codes(tmp_path, front + "Text.\n\n[^a]: A.\n") == {"note-misplaced"}


def test_anchors_of_headings_with_calls_are_made_of_their_words(tmp_path: Path) -> None:
    body = "::: {.box #наш-дом}\nText.\n:::\n\n# Наш дом[^a]\n\n# Other[^a] {#own}\n\n[^a]: A.\n"
    brief = read_good(tmp_path, FRONT + body)
    headings = [block.id for block in brief.body if isinstance(block, m.Heading)]
    assert headings == ["наш-дом-1", "own"]


@pytest.mark.parametrize(
    "deck",
    [
        "Plain.[^a] Folded\n  over lines.[^b]",
        '"Quoted \\"x\\"\u2019s: \\u2019.[^a] And\n  on.[^b]"',
        "'Don''t: quoted.[^a] And on.[^b]'",
        ">-\n  Folded.[^a]\n  And on.[^b]",
        "|\n    Literal.[^a]\n    And on.[^b]\n\n",
    ],
)
def test_calls_in_the_front_matter_have_their_places(tmp_path: Path, deck: str) -> None:
    text = f"---\ntitle: A title\ndate: 2025-06-18\nlang: en\ndeck: {deck}\n---\n\nText.\n\n"
    brief = read_good(tmp_path, text + "[^a]: A.\n\n[^b]: B.\n")
    lines = text.split("\n")
    for call in walk.calls(brief):
        assert lines[call.line - 1][call.column - 1 :].startswith(f"[^{call.note}]")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("0000-0002-1825-0079", None),
        ("0000-0002-1694-2330", None),
        ("0000000218250097", None),
    ],
)
def test_orcid(text: str, found: str | None) -> None:
    assert values.as_orcid(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1234/example.7", "10.1234/example.7"),
        ("doi:10.1234/a(b)c", "10.1234/a(b)c"),
        ("https://doi.org/10.1234/EX-1", "10.1234/EX-1"),
        ("10.12/x", None),
        ("10.1234/", None),
    ],
)
def test_doi(text: str, found: str | None) -> None:
    assert values.as_doi(text) == found


@pytest.mark.parametrize("text", ["2025-6-18", "2025-02-29", "20250618", "2025-W25-3", "x"])
def test_no_date(text: str) -> None:
    assert values.as_date(text) is None


@pytest.mark.parametrize(
    "front", ["a: [" * 50 + "\n", "? [x]\n: y\n", "a: !!python/none\n", "- x\n"]
)
def test_front_matter_of_another_kind_is_refused(tmp_path: Path, front: str) -> None:
    _, problems = read_text(tmp_path, f"---\n{front}---\n\nText.\n")
    assert errors(problems)
    assert {problem.family for problem in problems} == {"meta"}


def test_pandoc_is_started_once_and_anew_after_it_died() -> None:
    first = reader_process()
    assert pandoc.parse("One.\n", "brief.md") == pandoc.parse("One.\n", "brief.md")
    assert reader_process() is first
    first.kill()
    first.wait()
    with pytest.raises(BriefError) as caught:
        pandoc.parse("Two.\n", "brief.md")
    assert [item.code for item in caught.value.problems] == ["internal-pandoc"]
    assert reader_process() is not first
    assert pandoc.parse("", "brief.md")[0]["blocks"] == []


@pytest.mark.parametrize("fault", [MemoryError, KeyboardInterrupt])
def test_an_answer_that_was_not_heard_out_is_not_taken_for_the_next(
    fault: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unheard(*_: object) -> bytes:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(pandoc, "_exactly", unheard)
        with pytest.raises(fault):
            pandoc.parse("One.\n", "brief.md")
    document, _ = pandoc.parse("Two.\n", "brief.md")
    assert "Two." in str(document)


def test_a_fault_of_pandoc_is_told_and_the_next_brief_is_read() -> None:
    first = reader_process()
    with pytest.raises(BriefError) as caught:
        pandoc.read("nonsense", b"Text.", "brief.md")
    (item,) = caught.value.problems
    assert item.code == "internal-pandoc"
    assert "nonsense" in item.message
    assert b"Text." in pandoc.read("markdown", b"Text.", "brief.md")[0]
    assert reader_process() is first


def reader_process() -> subprocess.Popen[bytes]:
    program = pandoc.binary()
    assert program
    return pandoc._reader(program, pandoc.MEMORY_MB, os.getpid())


def test_pandoc_leaves_its_folder_where_ours_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It makes one when it starts, and is ended before it would remove it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pandoc._reader.cache_clear()
    pandoc.parse("A line.", "brief.md")
    pandoc._reader.cache_clear()
    assert [folder.name.split("-")[0] for folder in tmp_path.iterdir()] == ["pandoc"]


def test_the_same_words_over_and_over_are_not_taken_for_one_another() -> None:
    _, problems = read(Path(__file__).parent / "repeated.md")
    assert {one.code for one in problems} == {"note-undefined"}
