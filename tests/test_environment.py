"""Pins what templates are given: text escaped, mistakes loud, the grid of a table, cut links."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import FileSystemBytecodeCache, UndefinedError
from jinja2.bccache import Bucket

from pipeline import model as m
from pipeline.renderers.compiled import compiled
from pipeline.renderers.environment import environment, render, setting_for
from pipeline.renderers.nodes import as_entry, is_hanging, is_wide, marks, pieces, places
from pipeline.theme import TEMPLATES, Theme, load_theme
from pipeline.walk import inlines_within
from tests.samples import call, cell, inlines, link, sample, see, t


def theme_with(folder: Path, template: str) -> Theme:
    """Return the house's theme with one template in place of its own."""
    (folder / "one.html.j2").write_text(template, encoding="utf-8")
    return load_theme().model_copy(update={"folder": folder})


def test_values_are_escaped_and_never_compiled(tmp_path: Path) -> None:
    theme = theme_with(tmp_path, "{{ value }}")
    text = render(theme, "one.html.j2", value="<b>{{ 7 * 7 }}</b> & {% if %}")
    assert text == "&lt;b&gt;{{ 7 * 7 }}&lt;/b&gt; &amp; {% if %}"


def test_a_value_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        render(theme_with(tmp_path, "{{ nothing }}"), "one.html.j2")


def test_a_setting_knows_notes_and_pictures() -> None:
    setting = setting_for(sample(), load_theme(), "web")
    assert setting.notes["long"].number == 8
    assert setting.pictures["chart.png"].address.startswith("data:image/png;base64,")
    assert (setting.pictures["chart.png"].width, setting.pictures["chart.png"].height) == (64, 32)


def test_templates_are_compiled_once() -> None:
    assert environment(load_theme().folder) is environment(load_theme().folder)


# Attributes --------------------------------------------------------------------------------------


def test_only_attributes_that_are_there_are_written() -> None:
    assert marks(m.Span(content=inlines("x")), "ltr") == ""
    assert marks(m.Span(lang="fr", content=inlines("x")), "ltr") == ' lang="fr"'


def test_an_attribute_keeps_what_an_author_wrote_inside_it() -> None:
    marked = marks(m.Span(id='a" onload="b', content=inlines("x")), "ltr")
    assert marked == ' id="a&#34; onload=&#34;b"'


# Links -------------------------------------------------------------------------------------------


def words(inline: m.Inline) -> str:
    match inline:
        case m.Text():
            return inline.text
        case m.Call() | m.CrossReference():
            return f"[{inline.number}]"
        case m.Link() | m.Emphasis():
            return "".join(map(words, inline.content))
        case _:
            raise AssertionError(inline.type)


def links_within(inlines: m.Inlines) -> bool:
    return any(
        isinstance(inline, m.Call | m.CrossReference | m.Link)
        or (isinstance(inline, m.Emphasis) and links_within(inline.content))
        for inline in inlines
    )


leaves: list[m.Inline] = [t("a"), t("b"), call("n", 1), see("n", 1)]
parts: st.SearchStrategy[m.Inline] = st.recursive(
    st.sampled_from(leaves),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda content: m.Emphasis(content=tuple(content))
    ),
    max_leaves=8,
)


@given(st.lists(parts, min_size=1, max_size=5))
def test_a_link_is_cut_at_what_is_a_link_itself(content: list[m.Inline]) -> None:
    whole = link("https://www.example.org", *content)
    cut = tuple(pieces(whole))
    assert "".join(map(words, cut)) == words(whole)
    for piece in inlines_within(cut):
        if isinstance(piece, m.Link):
            assert piece.target == whole.target
            assert not links_within(piece.content)


def test_a_link_without_links_in_it_stays_whole() -> None:
    whole = link("https://www.example.org", "a ", m.Emphasis(content=inlines("b")))
    assert tuple(pieces(whole)) == (whole,)


# Contents ----------------------------------------------------------------------------------------


def test_an_entry_keeps_the_look_of_its_heading_and_leads_nowhere_else() -> None:
    heading = inlines(
        "On ",
        m.Emphasis(content=inlines("water", call("n", 1))),
        link("https://www.example.org", " and borders"),
        m.Span(id="here", lang="fr", content=inlines(" ici")),
        see("n", 1),
    )
    assert as_entry(heading) == inlines(
        "On ",
        m.Emphasis(content=inlines("water")),
        " and borders",
        m.Span(lang="fr", content=inlines(" ici")),
        "1",
    )


# Tables ------------------------------------------------------------------------------------------


def spans(*cells: tuple[int, int]) -> m.Row:
    """Return a row of cells with these row and column spans."""
    return m.Row(cells=tuple(m.Cell(row_span=tall, column_span=wide) for tall, wide in cells))


def columns(*rows: m.Row) -> list[list[int]]:
    return [[column for _, column in line] for line in places(rows)]


def test_cells_stand_one_after_the_other() -> None:
    assert columns(spans((1, 1), (1, 2), (1, 1))) == [[0, 1, 3]]


def test_a_tall_cell_moves_those_of_the_next_rows() -> None:
    tall = spans((3, 1), (1, 1), (2, 1))
    assert columns(tall, spans((1, 1)), spans((1, 1), (1, 1)), spans((1, 1))) == [
        [0, 1, 2],
        [1],
        [1, 2],
        [0],
    ]


def test_a_tall_and_wide_cell_moves_them_too() -> None:
    assert columns(spans((1, 1), (2, 2)), spans((1, 1), (1, 1))) == [[0, 1], [0, 3]]


def test_a_cell_that_covers_a_taller_one_does_not_end_it() -> None:
    covered = spans((1, 2), (3, 1)), spans((1, 1), (1, 2)), spans((1, 1), (1, 1), (1, 1))
    assert columns(*covered) == [[0, 2], [0, 1], [0, 1, 3]]


def test_a_table_of_few_columns_needs_no_region_to_scroll_in() -> None:
    few = m.Table(columns=(m.Column(),) * 2, body=(m.Row(cells=(cell("a"), cell("b"))),), line=1)
    assert not is_wide(few)
    assert is_wide(few.model_copy(update={"columns": (m.Column(),) * 3}))


def test_a_call_hangs_where_it_ends_the_only_line_of_a_cell() -> None:
    assert is_hanging(cell("3.10", call("n", 1)))
    assert not is_hanging(cell("3.10", call("n", 1), " m"))
    assert not is_hanging(cell("3", call("n", 1), "10", call("n", 2)))
    assert not is_hanging(cell())


@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_no_two_cells_share_a_place(rows: list[list[tuple[int, int]]]) -> None:
    taken: set[tuple[int, int]] = set()
    for number, line in enumerate(places([spans(*row) for row in rows])):
        for one, column in line:
            own = {
                (number + down, column + right)
                for down in range(one.row_span)
                for right in range(one.column_span)
            }
            assert (number, column) not in taken
            taken |= own


def test_compiled_templates_are_kept_beside_the_code_and_a_full_disk_is_borne(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("os.access", lambda *_: True)
    compiled.cache_clear()
    kept = compiled()
    assert isinstance(kept, FileSystemBytecodeCache)
    assert Path(kept.directory).name == "__pycache__"

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    kept.dump_bytecode(Bucket(environment(TEMPLATES), "key", "checksum"))
    compiled.cache_clear()
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    assert compiled() is None
    compiled.cache_clear()
