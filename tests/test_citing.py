"""Pins citations: what is printed for them, in which notes, where, and what is refused."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import batch, codec, notes, pandoc, rendering, stages, walk
from pipeline import model as m
from pipeline.build import Job, read_checked
from pipeline.manifest import FORMATS, Format
from pipeline.problems import errors
from pipeline.reader import read
from pipeline.renderers.carried import carried
from pipeline.renderers.epub import render_epub
from pipeline.renderers.jats import render_jats
from pipeline.renderers.mail import render_mail
from pipeline.text import plain
from pipeline.theme import TEMPLATES, load_theme
from pipeline.verify import verify_epub, verify_jats
from pipeline.verify.mail import verify_mail
from tests.examples import examples

STYLE = Path(__file__).parent / "citing" / "house-notes.csl"
BIBLIOGRAPHY = """@book{smith,
  author = {Smith, Anna and Jones, Ben},
  title = {The {River} and the {Border}: A History of Water},
  shorttitle = {The {River}},
  publisher = {Harbour Press},
  year = {2020},
  doi = {10.5555/river},
}

@article{lee:2019,
  author = {Lee, Chen},
  title = {On {H$_2$O} in shared rivers},
  journal = {Water Review},
  volume = 3,
  year = 2019,
  url = {https://example.org/levels?of=rivers},
}

@report{gauges,
  author = {{Border Commission}},
  title = {Gauges},
  year = 2021,
}
"""
FRONT = "title: Water\ndate: 2025-06-18\nlang: en\n"
NOTED = f"{FRONT}citation-style: house-notes.csl\n"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    return writer(tmp_path)


def writer(folder: Path) -> Write:
    """Return what writes a brief with a bibliography and a style beside it."""

    def written(body: str, front: str = FRONT, bibliography: str = BIBLIOGRAPHY) -> Path:
        home = folder / "source" / "water"
        home.mkdir(parents=True, exist_ok=True)
        (home / "house-notes.csl").write_bytes(STYLE.read_bytes())
        (home / "references.bib").write_text(bibliography, encoding="utf-8")
        (home / "brief.md").write_text(f"---\n{front}---\n\n{body}", encoding="utf-8")
        return home / "brief.md"

    return written


def brief_of(file: Path) -> m.Brief:
    brief, problems = read_checked(file, load_theme())
    assert brief is not None, [str(one) for one in problems]
    return brief


def codes(file: Path) -> list[str]:
    return [one.code for one in read_checked(file, load_theme())[1]]


def shown(inlines: m.Inlines) -> str:
    """The text of inlines, with the numbers of the calls in it."""
    numbered = (
        m.Text(text=f"[{one.number}]") if isinstance(one, m.Call) else one for one in inlines
    )
    return plain(tuple(numbered))


def paragraphs(blocks: m.Blocks) -> list[str]:
    found = walk.blocks_within(blocks)
    return [shown(one.content) for one in found if isinstance(one, m.Paragraph | m.Heading)]


def noted(brief: m.Brief) -> list[str]:
    return [" ".join(paragraphs(note.blocks)) for note in brief.notes]


# Author and year ----------------------------------------------------------------------------------

AUTHORS = """# Levels

Levels fall [see @smith, pp. 33-35; @lee:2019]. As @smith [p. 7] shows, they fell [-@gauges].[^a]

![Levels [@gauges]](levels.svg){alt="Bars"}

[^a]: Measured by the commission [@gauges, p. 4].
"""


def with_picture(file: Path) -> Path:
    drawing = Path(__file__).parent.parent / "source/writing-a-brief/levels.svg"
    (file.parent / "levels.svg").write_bytes(drawing.read_bytes())
    return file


def test_citations_become_text_that_leads_to_the_list(write: Write) -> None:
    front = f"{FRONT}deck: Levels fall [@lee:2019].\nrecommendations: Measure [@gauges].\n"
    brief = brief_of(with_picture(write(AUTHORS, front)))
    assert shown(brief.metadata.deck) == "Levels fall (Lee 2019)."
    assert paragraphs(brief.body) == [
        "Levels",
        "Levels fall (see Smith and Jones 2020, 33–35; Lee 2019). As Smith and Jones (2020, 7) "
        "shows, they fell (2021).[1]",
    ]
    assert noted(brief) == ["Measured by the commission (Border Commission 2021, 4)."]
    assert paragraphs(brief.references) == [
        "References",
        "Border Commission. 2021. Gauges.",
        "Lee, Chen. 2019. “On H₂O in Shared Rivers.” Water Review 3. "
        "https://example.org/levels?of=rivers.",
        "Smith, Anna, and Ben Jones. 2020. The River and the Border: A History of Water. "
        "Harbour Press. https://doi.org/10.5555/river.",
    ]
    leads = [one.target for one in walk.everything(brief) if isinstance(one, m.Link)]
    assert {one for one in leads if one.startswith("#")} == {
        "#ref-smith",
        "#ref-lee-2019",
        "#ref-gauges",
    }


def test_the_caption_of_a_figure_and_its_alt_text_say_the_same(write: Write) -> None:
    brief = brief_of(with_picture(write("![Levels [@gauges]](levels.svg)\n")))
    (figure,) = (one for one in brief.body if isinstance(one, m.Figure))
    assert shown(figure.caption) == figure.image.alt == "Levels (Border Commission 2021)"


def test_rendered_text_has_the_place_of_its_citation(write: Write) -> None:
    text = "Levels fall,\nand fall [@smith;\n@lee:2019], says @gauges.\n"
    brief = brief_of(write(text))
    links = [one for one in walk.inlines_of(brief.body) if isinstance(one, m.Link)]
    assert [(one.line, one.column) for one in links] == [(8, 10), (8, 10), (9, 18)]


def test_the_words_of_a_citation_are_those_of_the_language(write: Write) -> None:
    french = brief_of(write("Ils tombent [@smith, p. 3].\n", FRONT.replace("en\n", "fr\n")))
    assert paragraphs(french.body) == ["Ils tombent (Smith et Jones 2020, 3)."]
    assert paragraphs(french.references)[0] == "Références"


def test_the_list_stands_where_the_author_wants_it(write: Write) -> None:
    brief = brief_of(write("# Sources\n\n::: {#refs}\nIn order:\n:::\n\n# End\n\nSee [@gauges].\n"))
    assert paragraphs(brief.body) == [
        *("Sources", "In order:", "Border Commission. 2021. Gauges."),
        *("End", "See (Border Commission 2021)."),
    ]
    assert brief.references == ()


def test_a_heading_of_the_author_keeps_its_anchor(write: Write) -> None:
    brief = brief_of(write("# References\n\nThey are good [@gauges].\n"))
    assert [one.id for one in walk.headings(brief.body)] == ["references"]
    assert [one.id for one in walk.headings(brief.references)] == ["references-1"]


def test_a_bibliography_may_be_csl_json(write: Write) -> None:
    file = write("Levels fall [@a b].\n".replace("a b", "smith:9"))
    (file.parent / "references.bib").unlink()
    (file.parent / "references.json").write_text(
        '[\n {"id": "smith:9", "type": "book", "title": "On <i>Rivers</i>",\n'
        '  "author": [{"family": "Smith", "given": "A."}],'
        ' "issued": {"date-parts": [[2019, 3]]}},\n'
        ' {"id": "unread", "type": "book", "title": "No"}\n]\n',
        encoding="utf-8",
    )
    brief, problems = read(file)
    assert brief is not None
    assert paragraphs(brief.body) == ["Levels fall (Smith 2019)."]
    assert [(one.code, one.line, one.column) for one in problems] == [("cite-unused", 4, 3)]


def test_formulas_in_titles_are_characters(write: Write) -> None:
    assert "H₂O" in paragraphs(brief_of(write("So [@lee:2019].\n")).references)[1]


def test_an_entry_that_others_lean_on_is_in_use(write: Write) -> None:
    more = """
@inbook{part, author = {Lee, Chen}, title = {A Part}, crossref = {whole}}
@book{whole, editor = {Smith, Anna}, title = {The Whole}, year = 2020}
"""
    assert codes(write("So [@part].\n", bibliography=more)) == []


# Notes --------------------------------------------------------------------------------------------

LONG = (
    "Anna Smith and Ben Jones, The River and the Border: A history of water (Harbour Press, 2020)"
)
DOI = "https://doi.org/10.5555/river"


def test_citations_become_notes_with_short_forms_and_ibid(write: Write) -> None:
    text = """First [@smith, p. 3]. Again [@smith, p. 4], and [@smith, p. 4]; a word.[^a]
Then "the same" [@smith]. Other [@gauges; see @smith, p. 9]. And [@gauges].

As @smith [p. 8] says.

[^a]: A note of mine.
"""
    brief = brief_of(write(text, NOTED))
    assert paragraphs(brief.body) == [
        "First.[1] Again,[2] and;[3] a word.[4] Then “the same.”[5] Other.[6] And.[7]".replace(
            "the same.”", "the same”."
        ),
        "As Smith and Jones[8] says.",
    ]
    assert noted(brief) == [
        f"{LONG}, p. 3, {DOI}.",
        "Ibid., p. 4.",
        "Ibid.",
        "A note of mine.",
        "Smith and Jones, The River (see n. 1).",
        "Border Commission, Gauges (2021); see Smith and Jones, The River, p. 9 (see n. 1).",
        "Border Commission, Gauges (see n. 6).",
        "The River, p. 8 (see n. 1).",
    ]
    assert [note.label for note in brief.notes][:5] == ["cite-1", "cite-2", "cite-3", "a", "cite-4"]
    assert notes.audit(brief, "brief.json") == ()
    assert brief.references == ()


def test_calls_and_notes_have_the_place_of_the_citation(write: Write) -> None:
    brief = brief_of(write("First [@smith].\nThen *so\n[see @gauges]*.\n", NOTED))
    assert [(one.line, one.column) for one in walk.calls(brief)] == [(8, 7), (10, 1)]
    assert [(one.line, one.column) for one in brief.notes] == [(8, 7), (10, 1)]


def test_a_note_that_is_called_twice_is_cited_in_once(write: Write) -> None:
    text = "One.[^a] Two [@gauges]. One again.[^a] Three [@smith].\n\n[^a]: Here [@smith].\n"
    assert noted(brief_of(write(text, NOTED))) == [
        f"Here ({LONG}, {DOI}).",
        "Border Commission, Gauges (2021).",
        "Smith and Jones, The River (see n. 1).",
    ]


def test_what_stands_behind_the_text_is_cited_behind_it(write: Write) -> None:
    front = f"{NOTED}deck: Levels fall [@smith].\nrecommendations: Measure [@smith, p. 2].\n"
    brief = brief_of(write("They do [@smith].\n", front))
    assert noted(brief) == [f"{LONG}, {DOI}.", "Ibid.", "Ibid., p. 2."]
    (wish,) = brief.metadata.recommendations.items if brief.metadata.recommendations else ()
    assert shown(wish.content) == "Measure.[3]"


@pytest.mark.parametrize(
    ("note", "printed"),
    [
        ("[@gauges].", "Border Commission, Gauges (2021)."),
        ("[@gauges]", "Border Commission, Gauges (2021)."),
        ("[see @gauges], and so on.", "See Border Commission, Gauges (2021), and so on."),
        ("[@gauges]. More.", "Border Commission, Gauges (2021). More."),
        ("[@gauges] More.", "Border Commission, Gauges (2021). More."),
        (
            "It fell [see @gauges, p. 4]; so.",
            "It fell (see Border Commission, Gauges (2021), p. 4); so.",
        ),
        ("It fell. [See @gauges].", "It fell. See Border Commission, Gauges (2021)."),
        ("Sources: [see @gauges].", "Sources: see Border Commission, Gauges (2021)."),
        ("As @gauges [p. 4] says.", "As Border Commission (Gauges (2021), p. 4) says."),
        ("[@gauges]; [@gauges].", "Border Commission, Gauges (2021); ibid."),
    ],
)
def test_in_a_note_a_citation_is_a_sentence_or_stands_in_brackets(
    write: Write, note: str, printed: str
) -> None:
    brief = brief_of(write(f"So.[^a]\n\n[^a]: {note}\n", NOTED))
    assert noted(brief) == [printed]


@pytest.mark.parametrize(
    ("lang", "written", "printed"),
    [
        ("en", "Levels fall [@gauges].", "Levels fall.[1]"),
        ("en", "Levels [@gauges], fall.", "Levels,[1] fall."),
        ("en", "Levels[@gauges], fall.", "Levels[1], fall."),
        ("en", "Levels fall.[@gauges]", "Levels fall.[1]"),
        ("de", "Pegel fallen\n[@gauges].", "Pegel fallen.[1]"),
        ("fr", "Les eaux [@gauges], si.", "Les eaux[1], si."),
        ("pl-PL", "Poziom spada [@gauges].", "Poziom spada[1]."),
    ],
)
def test_the_call_stands_where_the_language_has_it(
    write: Write, lang: str, written: str, printed: str
) -> None:
    brief = brief_of(write(f"{written}\n", NOTED.replace("lang: en", f"lang: {lang}")))
    assert paragraphs(brief.body) == [printed]


def test_labels_of_the_author_are_left_alone(write: Write) -> None:
    brief = brief_of(write("One [@smith].[^cite-1]\n\n[^cite-1]: Mine.\n", NOTED))
    assert sorted(note.label for note in brief.notes) == ["cite-1", "cite-2"]


def test_a_citation_in_a_caption_is_one_note(write: Write) -> None:
    file = with_picture(write('![Levels [@gauges]](levels.svg){alt="Bars"}\n', NOTED))
    assert noted(brief_of(file)) == ["Border Commission, Gauges (2021)."]


TABLE = """Text [@gauges].

::: {.table .own-notes}

| Town            | Level |
|-----------------|-------|
| Upper [@gauges] | 7     |

: Levels

:::

More [@gauges].
"""


def test_notes_with_letters_are_not_named_by_number(write: Write) -> None:
    file = write(TABLE, NOTED)
    assert codes(file) == ["cite-style", "cite-unused", "cite-unused"]
    style = file.parent / "house-notes.csl"
    bare = re.sub(r"<text variable=.first-reference-note-number.*?/>", "", style.read_text())
    style.write_text(bare)
    brief = brief_of(file)
    (table,) = (one for one in walk.blocks_within(brief.body) if isinstance(one, m.Table))
    assert [shown(note.content) for note in table.notes] == ["Border Commission, Gauges."]
    assert noted(brief) == ["Border Commission, Gauges (2021).", "Border Commission, Gauges."]


KEYS = ("smith", "lee:2019", "gauges")
MENTIONS = st.sampled_from(["cite", "two", "author", "label", "inline", "plain"])


@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(MENTIONS, st.sampled_from(KEYS)), min_size=1, max_size=12))
def test_each_citation_is_one_note_in_the_order_of_reading(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str]]
) -> None:
    text, defined, expected = [], [], 0
    for index, (kind, key) in enumerate(drawn):
        written = {
            "cite": f"Word [@{key}].",
            "two": f"Word [see @{key}, p. 3; @gauges].",
            "author": f"Word @{key} says.",
            "label": f"Word.[^n{index}]",
            "inline": f"Word.^[See [@{key}].]",
            "plain": "Word.",
        }
        text.append(written[kind])
        expected += kind != "plain"
        if kind == "label":
            defined.append(f"[^n{index}]: Text [@{key}] of a note.\n")
    write = writer(tmp_path_factory.mktemp("random"))
    brief = brief_of(write("\n\n".join([*text, *defined]) + "\n", NOTED))
    assert [note.number for note in brief.notes] == list(range(1, expected + 1))
    assert [call.number for call in walk.calls(brief)] == list(range(1, expected + 1))
    assert notes.audit(brief, "brief.json") == ()
    assert codec.load(codec.dump(brief), "brief.json") == brief
    everything = noted(brief)
    for number, said in enumerate(everything, start=1):
        for earlier in map(int, re.findall(r"see n\. (\d+)", said)):
            assert earlier <= number
            assert re.search(r"\b(2019|2020|2021)\b", everything[earlier - 1])


# All outputs --------------------------------------------------------------------------------------

EVERYWHERE = (Path(__file__).parent / "citing" / "everywhere.md").read_text(encoding="utf-8")
NUMBERED = Path(__file__).parent / "citing" / "numbers.csl"
PLACED = "\n# Sources\n\n::: {#refs}\n:::\n"


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("place", ["", PLACED], ids=["last", "placed"])
@pytest.mark.parametrize("style", ["author and year", "notes", "numbers"])
def test_citations_are_proved_in_every_output(
    write: Write, style: str, place: str, lang: str
) -> None:
    front = FRONT if style == "author and year" else NOTED
    front = front.replace("lang: en", f"lang: {lang}")
    front = f"{front}deck: Levels fall [@lee:2019].\nrecommendations: Measure [@gauges].\n"
    text = (
        EVERYWHERE.replace("[link @gauges](https://example.org)", "link")
        if style == "notes"
        else EVERYWHERE
    )
    file = with_picture(write(text + place, front))
    if style == "numbers":
        (file.parent / "house-notes.csl").write_bytes(NUMBERED.read_bytes())
    assert codes(file) == []
    brief = brief_of(file)
    theme = load_theme()
    formats: tuple[Format, ...] = ("html", "pdf", "docx")
    for form in formats:
        data = rendering.render(brief, theme, form)
        assert rendering.verify(brief, data, form, f"water.{form}") == ()
    files = {one.path: one.data for one in carried(brief.images)}
    assert verify_epub(brief, render_epub(brief, theme), "water.epub") == ()
    assert verify_jats(brief, render_jats(brief, theme), "water.xml", files) == ()
    assert verify_mail(brief, render_mail(brief, theme), "water.txt") == ()


def test_an_archive_finds_each_reference(write: Write) -> None:
    brief = brief_of(write("So [@smith; @lee:2019].\n"))
    article = etree.fromstring(render_jats(brief, load_theme()))
    entries = article.findall("back/ref-list/ref")
    assert [entry.get("id") for entry in entries] == ["ref-lee-2019", "ref-smith"]
    assert "Harbour Press" in "".join(map(str, entries[1].itertext()))
    calls = article.findall("body//xref[@ref-type='bibr']")
    assert [call.get("rid") for call in calls] == ["ref-smith", "ref-lee-2019"]


def test_raised_numbers_stand_at_their_word_and_apart_from_each_other(write: Write) -> None:
    file = write("Levels [@smith], fall [@gauges] [@lee:2019]. See @smith.\n", NOTED)
    (file.parent / "house-notes.csl").write_bytes(NUMBERED.read_bytes())
    brief = brief_of(file)
    assert paragraphs(brief.body) == ["Levels,1 fall.2,3 See.1"]
    assert paragraphs(brief.references)[1:] == [
        "[1] Anna Smith, Ben Jones, “The River and the Border: A history of water.”",
        "[2] Border Commission, “Gauges.”",
        "[3] Chen Lee, “On H₂O in shared rivers” https://example.org/levels?of=rivers.",
    ]
    assert m.LineBreak() in list(walk.inlines_of(brief.references))


def test_calls_side_by_side_stand_behind_one_full_stop(write: Write) -> None:
    brief = brief_of(write("So [@smith] [@gauges]. More[^a] [@smith].\n\n[^a]: A.\n", NOTED))
    assert paragraphs(brief.body) == ["So.[1][2] More.[3][4]"]


def test_a_citation_within_a_link_is_text_of_the_link(write: Write) -> None:
    brief = brief_of(write("As [the *book @smith*](https://example.org) says.\n"))
    (link,) = (one for one in walk.inlines_of(brief.body) if isinstance(one, m.Link))
    assert plain(link.content) == "the book Smith and Jones (2020)"


def test_a_wrong_citation_hides_no_other_problem(write: Write) -> None:
    file = write("- [@smyth]\n\nAnd so.[^none] [@smith]\n", NOTED)
    assert [one.code for one in errors(read(file)[1])] == ["cite-missing", "note-undefined"]
    (file.parent / "house-notes.csl").write_text("<style/>")
    found = [one.code for one in errors(read(file)[1])]
    assert found == ["cite-style", "cite-missing", "note-undefined"]


# What is refused ----------------------------------------------------------------------------------


def test_without_a_bibliography_nothing_is_a_citation(write: Write) -> None:
    file = write("Ask @smith or anna@example.org, or so: \\[@smith].\n")
    (file.parent / "references.bib").unlink()
    brief = brief_of(file)
    assert paragraphs(brief.body) == ["Ask @smith or anna@example.org, or so: [@smith]."]


@pytest.mark.parametrize("name", ["references.bib", "house-notes.csl"])
def test_no_link_leads_out_of_the_folder(write: Write, tmp_path: Path, name: str) -> None:
    file = write("So [@gauges].\n", NOTED)
    kept = file.parent / name
    kept.rename(tmp_path / name)
    kept.symlink_to(tmp_path / name)
    found = read(file)[1]
    (told,) = (one.message for one in errors(found) if one.code.startswith("cite-"))
    assert told.endswith(": a link leads out of the brief's folder")


@pytest.mark.parametrize("name", ["references.bib", "house-notes.csl"])
def test_a_pipe_is_not_waited_for(write: Write, name: str) -> None:
    file = write("So [@gauges].\n", NOTED)
    (file.parent / name).unlink()
    os.mkfifo(file.parent / name)
    assert "it is not a file" in str(errors(read(file)[1])[0])
    assert stages.citing_inputs(file.parent)[name] == "missing"


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ("<style", "it is not well-formed XML (line 1)"),
        ("<style/>", "it is not a style of the Citation Style Language"),
        (
            '<!DOCTYPE style [<!ENTITY a "b">]><style xmlns="http://purl.org/net/xbiblio/csl"/>',
            "it has a document type declaration",
        ),
        ('<style xmlns="http://purl.org/net/xbiblio/csl"/>', "it does not say how to cite"),
    ],
)
def test_a_style_that_is_none_is_named(write: Write, style: str, what: str) -> None:
    file = write("So [@gauges].\n", NOTED)
    (file.parent / "house-notes.csl").write_text(style)
    (found,) = errors(read(file)[1])
    assert (found.line, found.column) == (5, 17)
    assert found.message == f"the citation style cannot be used: {what}"


@pytest.mark.parametrize("name", ["../house-notes.csl", "/etc/passwd", "notes.xml", "none.csl"])
def test_a_style_lies_beside_the_brief(write: Write, name: str) -> None:
    front = f"{FRONT}citation-style: {name}\n"
    assert "cite-style" in codes(write("So [@gauges].\n", front))


def test_what_a_style_lacks_is_named(write: Write) -> None:
    file = write("So [@gauges].\n", NOTED)
    style = file.parent / "house-notes.csl"
    style.write_text(style.read_text().replace('macro name="year"', 'macro name="years"'))
    (found,) = errors(read(file)[1])
    assert found.message == "the citation style cannot be used: undefined macro year"


def test_a_style_without_a_bibliography_is_of_no_use(write: Write) -> None:
    file = write("So.\n", NOTED)
    (file.parent / "references.bib").unlink()
    assert codes(file) == ["cite-style"]


def test_an_entry_includes_no_file(write: Write) -> None:
    text = BIBLIOGRAPHY.replace("{Gauges}", r"{Gauges \input{/etc/hostname}}")
    (found,) = errors(read(write("So [@gauges].\n", bibliography=text))[1])
    assert (found.code, found.line, found.column) == ("cite-unreadable", 19, 1)
    assert found.message.endswith(r"the entry 'gauges' has the command \input{/etc/hostname}")


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ('[{"id": "a"},\n  ]', (2, 3), "it is not JSON: Expecting value"),
        ('{"id": "a"}', (1, 1), "CSL-JSON is a list of records: [{…}, {…}]"),
        ("[" * 100_000, (0, 0), "it is nested too deeply"),
    ],
)
def test_json_that_is_none_is_named(
    write: Write, text: str, place: tuple[int, int], what: str
) -> None:
    file = write("So.\n")
    (file.parent / "references.bib").unlink()
    (file.parent / "references.json").write_text(text)
    (found,) = errors(read(file)[1])
    assert found.path.endswith("references.json")
    assert ((found.line, found.column), found.message) == (
        place,
        f"the bibliography cannot be read: {what}",
    )


def test_a_bibliography_that_cannot_be_read_makes_no_citation_wrong(write: Write) -> None:
    file = write("So [@gauges] and @smith.\n", NOTED, "@book{gauges, title = {A} year = 1}\n")
    assert codes(file) == ["cite-unreadable"]


@pytest.mark.parametrize("data", [b"@book{a,\xff}", b"x" * 2_000_001], ids=["bytes", "size"])
def test_a_bibliography_that_cannot_be_taken_is_named(write: Write, data: bytes) -> None:
    file = write("So.\n")
    (file.parent / "references.bib").write_bytes(data)
    assert [one.code for one in errors(read(file)[1])] == ["cite-unreadable"]


# Again only what has changed ----------------------------------------------------------------------


def built(file: Path) -> tuple[str, ...]:
    source = file.parent.parent
    shop = stages.open_workshop(source, source.parent / "output", TEMPLATES)
    (result,) = batch.build_all([Job(shop, "water", FORMATS)], 1)
    assert not errors(result.problems), [str(one) for one in result.problems]
    return result.built


def test_a_change_of_bibliography_or_style_is_a_change_of_the_brief(write: Write) -> None:
    file = write("So [@gauges].\n", NOTED, BIBLIOGRAPHY)
    assert built(file) == FORMATS
    assert built(file) == ()
    bibliography, style = file.parent / "references.bib", file.parent / "house-notes.csl"
    bibliography.write_text(bibliography.read_text().replace("{Gauges}", "{Levels}"))
    assert "docx" in built(file)
    style.write_text(style.read_text().replace('delimiter="; "', 'delimiter=" / "'))
    assert built(file) == ()
    style.write_text(style.read_text().replace('suffix="."', 'suffix="!"'))
    assert "pdf" in built(file)


def test_a_bibliography_that_comes_later_is_read(write: Write) -> None:
    file = write("So.\n")
    bibliography = file.parent / "references.bib"
    bibliography.unlink()
    assert built(file) == FORMATS
    file.write_text(file.read_text().replace("So.", "So \\@gauges."))
    built(file)
    assert built(file) == ()
    bibliography.write_text(BIBLIOGRAPHY)
    shop = stages.open_workshop(file.parent.parent, file.parents[2] / "output", TEMPLATES)
    (result,) = batch.build_all([Job(shop, "water", FORMATS)], 1)
    assert [one.code for one in result.problems] == ["cite-unused"] * 3


def test_a_brief_without_a_bibliography_asks_pandoc_once(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = pandoc.read

    def counted(form: str, text: bytes, path: str) -> object:
        asked.append(form)
        return ask(form, text, path)

    monkeypatch.setattr(pandoc, "read", counted)
    file = write("So [@gauges].\n")
    read(file)
    assert asked == ["biblatex", pandoc.CITING, pandoc.CITEPROC]
    (file.parent / "references.bib").unlink()
    asked.clear()
    read(file)
    assert asked == [pandoc.MARKDOWN]
