"""Pins how the Word file looks: the house's tokens, tables, panels, pictures and fonts."""

from pathlib import Path

import pytest
from lxml import etree

from pipeline import model as m
from pipeline.fonts import faces
from pipeline.renderers.docx import render_docx
from pipeline.theme import TEMPLATES, Theme, load_theme
from tests.docx_files import (
    docx,
    extent,
    sample_docx,
    style_of,
    with_body,
    with_metadata,
    words,
)
from tests.docx_lint import Docx, faults, inner, read, val, w
from tests.samples import cell, image_file, inlines, minimal, p, row, sample


def themed(part: str, **values: object) -> Theme:
    theme = load_theme()
    changed = getattr(theme, part).model_copy(update=values)
    return theme.model_copy(update={part: changed})


def style(found: Docx, ident: str) -> etree._Element:
    [one] = found.find("word/styles.xml", f"//w:style[@w:styleId='{ident}']")
    return one


def test_a_colour_of_the_house_changes_styles_and_palette() -> None:
    found = read(render_docx(sample(), themed("colour", accent="#a1b2c3")))
    assert b'"A1B2C3"' in found.data["word/styles.xml"]
    assert b'accent1><a:srgbClr val="A1B2C3"' in found.data["word/theme/theme1.xml"]
    assert b"0B5563" not in b"".join(found.data[name] for name in found.roots)


def test_faces_and_sizes_are_those_of_the_house() -> None:
    theme = themed("type", text="sans", size=11.0, note_size=9.0)
    found = read(render_docx(sample(), theme))
    [default] = found.find("word/styles.xml", "//w:rPrDefault/w:rPr")
    assert inner(default, "w:rFonts").get(w("ascii")) == "Briefwright Sans"
    assert val(inner(default, "w:sz")) == "22"
    assert val(inner(style(found, "NoteText"), "w:rPr/w:sz")) == "18"


@pytest.mark.parametrize(("size", "wide", "high"), [("A4", 11906, 16838), ("Letter", 12240, 15840)])
def test_the_sheet_is_that_of_the_house(size: str, wide: int, high: int) -> None:
    theme = themed("page", size=size, inner=25.4, outer=50.8)
    [section] = read(render_docx(minimal(), theme)).find("word/document.xml", "//w:sectPr")
    sheet, margins = inner(section, "w:pgSz"), inner(section, "w:pgMar")
    assert (sheet.get(w("w")), sheet.get(w("h"))) == (str(wide), str(high))
    assert (margins.get(w("left")), margins.get(w("right"))) == ("1440", "2880")


def test_an_editor_finds_the_styles_by_their_names() -> None:
    names = {val(one) for one in sample_docx().find("word/styles.xml", "//w:style/w:name")}
    known = """Title|Subtitle|Byline|Series|Body Text|heading 1|heading 2|heading 3|caption|
        Table Caption|footnote text|footnote reference|endnote text|Quote|Source Code|Key Findings|
        Box Title|Box Text|Credit|List Bullet|List Bullet 2|List Number|List Continue|
        header|footer"""
    assert {name.strip() for name in known.split("|")} <= names


def test_head_rows_repeat_and_no_row_breaks() -> None:
    path = "//w:tbl[w:tblPr/w:tblStyle/@w:val='BriefTable']/w:tr"
    rows = sample_docx().find("word/document.xml", path)
    heads = [one.find(f"{w('trPr')}/{w('tblHeader')}") is not None for one in rows]
    assert heads == [True, False, False, True, False, False, False]
    assert all(one.find(f"{w('trPr')}/{w('cantSplit')}") is not None for one in rows)


def test_cells_are_aligned_by_style() -> None:
    table = sample_docx().find("word/document.xml", "//w:tbl[.//w:t='Year']")[0]
    styles = [[style_of(one) for one in line.iter(w("p"))] for line in table.iter(w("tr"))]
    assert styles[0] == ["TableHead", "TableHeadRight", "TableHeadCenter"]
    assert styles[1] == ["TableText-Kept", "TableTextRight-Kept", "TableTextCenter-Kept"]


def test_cells_that_span_leave_no_hole() -> None:
    tall = m.Cell(blocks=(p("tall"),), row_span=2, column_span=2)
    table = m.Table(
        columns=(m.Column(), m.Column(), m.Column(width=50.0)),
        body=(row(tall, cell("a")), row(cell("b")), row(cell("c"))),
        line=1,
    )
    found = docx(with_body(table))
    assert faults(found) == []
    rows = found.find("word/document.xml", "//w:tr")
    assert [[words(one) for one in line.iter(w("tc"))] for line in rows] == [
        ["tall", "a"],
        ["", "b"],
        ["c", "", ""],
    ]
    merges = [val(one) for one in found.find("word/document.xml", "//w:vMerge")]
    assert merges == ["restart", "continue"]
    widths = [int(one.get(w("w"), "0")) for one in found.find("word/document.xml", "//w:gridCol")]
    assert widths[2] == pytest.approx(sum(widths) / 2, abs=2)


def test_two_tables_do_not_become_one() -> None:
    table = m.Table(columns=(m.Column(),), body=(row(cell("x")),), line=1)
    box = m.Box(blocks=(table,), line=1)
    found = docx(with_body(table, table, box, box))
    assert faults(found) == []
    assert len(found.find("word/document.xml", "/*/*/w:tbl")) == 4


def test_what_follows_a_table_keeps_its_distance_by_a_style() -> None:
    table = m.Table(columns=(m.Column(),), body=(row(cell("x")),), line=1)
    found = docx(with_body(table, p("after")))
    [after] = found.find("word/document.xml", "//w:p[.//w:t='after']")
    assert style_of(after) == "BodyText-AfterTable"
    spacing = inner(style(found, "BodyText-AfterTable"), "w:pPr/w:spacing")
    assert int(spacing.get(w("before"), "0")) > 0


def test_a_box_is_one_cell_with_its_kind_and_title() -> None:
    [box] = sample_docx().find("word/document.xml", "//w:tbl[w:tblPr/w:tblStyle/@w:val='Box']")
    assert len(list(box.iter(w("tc")))) == 1
    styles = [style_of(one) for one in box.iter(w("p"))]
    assert styles == ["BoxKind", "BoxTitle", "BoxText", "BoxText"]


def test_captions_stay_with_what_they_name() -> None:
    for ident in ("Figure", "Caption", "TableHead", "BoxTitle", "Heading1"):
        kept = style(sample_docx(), ident).find(f"{w('pPr')}/{w('keepNext')}")
        assert kept is not None, ident


def test_a_short_table_stays_with_the_lines_under_it() -> None:
    table = sample_docx().find("word/document.xml", "//w:tbl[.//w:t='Year']")[0]
    cells = [one for one in table.iter(w("p")) if not style_of(one).startswith("TableHead")]
    assert all(style_of(one).endswith("-Kept") for one in cells)
    legend = [style_of(one) for one in table.itersiblings(w("p"))][:2]
    assert legend == ["Legend", "Legend-Last"]
    kept = [
        style(sample_docx(), ident).find(f"{w('pPr')}/{w('keepNext')}")
        for ident in ("TableText-Kept", "Legend", "Legend-Last")
    ]
    assert [one is not None and one.get(w("val")) for one in kept] == [None, None, "0"]


def test_a_long_table_may_break_but_not_before_its_last_row() -> None:
    rows = tuple(row(cell(f"r{number}")) for number in range(20))
    found = docx(with_body(m.Table(columns=(m.Column(),), body=rows, line=1)))
    styles = [style_of(one) for one in found.find("word/document.xml", "//w:tbl//w:p")]
    assert styles == ["TableText"] * 18 + ["TableText-Kept", "TableText"]


def test_heads_of_rows_do_not_chain_the_rows_of_a_long_table() -> None:
    rows = tuple(row(cell(f"r{number}"), cell("x")) for number in range(20))
    columns = (m.Column(), m.Column())
    table = m.Table(columns=columns, head=rows[:1], body=rows[1:], row_heads=1, line=1)
    found = docx(with_body(table))
    styles = [style_of(one) for one in found.find("word/document.xml", "//w:tbl//w:tc[1]/w:p")]
    assert styles == ["TableHead", *["TableRowHead"] * 17, "TableRowHead-Kept", "TableRowHead"]
    assert style(found, "TableRowHead").find(f"{w('pPr')}/{w('keepNext')}") is None


def test_each_numbered_list_starts_where_it_says() -> None:
    lists = [
        m.OrderedList(
            tight=True, start=start, items=(m.ListItem(blocks=(p("x"),), line=1),), line=1
        )
        for start in (3, 1, 7)
    ]
    found = docx(with_body(*lists))
    numbers = [val(one) for one in found.find("word/document.xml", "//w:numId")]
    assert len(set(numbers)) == 3
    starts = [
        val(
            found.find("word/numbering.xml", f"//w:abstractNum[@w:abstractNumId='{one}']//w:start")[
                0
            ]
        )
        for one in numbers
    ]
    assert starts == ["3", "1", "7"]


def test_the_fonts_are_embedded_whole() -> None:
    found = sample_docx()
    families = {str(one.get(w("name"))) for one in found.find("word/fontTable.xml", "//w:font")}
    assert families == {"Briefwright Serif", "Briefwright Sans", "Briefwright Mono"}
    shipped = {face.file.stem: face.file.read_bytes() for face in faces(TEMPLATES / "fonts")}
    rels = {one.get("Id"): one for one in found.roots["word/_rels/fontTable.xml.rels"]}
    embedded = found.find("word/fontTable.xml", "//w:font/*[@w:fontKey]")
    assert len(embedded) == 9
    for one in embedded:
        target = str(rels[one.get(f"{{{one.nsmap['r']}}}id")].get("Target"))
        key = bytes.fromhex(one.get(w("fontKey"), "").strip("{}").replace("-", ""))[::-1]
        data = found.data[f"word/{target}"]
        plain = bytes(byte ^ key[at % 16] for at, byte in enumerate(data[:32])) + data[32:]
        assert plain == shipped[Path(target).stem]
    assert found.find("word/settings.xml", "//w:embedTrueTypeFonts")


def test_the_house_speaks_its_disclaimer_when_the_brief_has_none() -> None:
    theme = themed("institute", disclaimer="The house says so.")
    found = read(render_docx(minimal(), theme))
    assert "The house says so." in words(found.roots["word/document.xml"])
    own = with_metadata(minimal(), disclaimer=(p("My own."),))
    said = words(read(render_docx(own, theme)).roots["word/document.xml"])
    assert "My own." in said
    assert "The house says so." not in said


def test_inline_code_and_links_have_their_styles() -> None:
    used = {val(one) for one in sample_docx().find("word/document.xml", "//w:r/w:rPr/w:rStyle")}
    assert {"InlineCode", "Hyperlink", "SmallCaps", "Strikeout", "Subscript"} <= used


def test_lines_of_code_keep_their_breaks_and_tabs() -> None:
    found = docx(with_body(m.CodeBlock(text="a\n\tb  c", line=1)))
    [run] = found.find("word/document.xml", "//w:p[w:pPr/w:pStyle/@w:val='SourceCode']/w:r")
    assert [etree.QName(one).localname for one in run] == ["t", "br", "tab", "t"]
    assert run[-1].text == "b  c"


def test_one_summary_is_a_paragraph_and_several_are_a_list() -> None:
    one = m.Summary(kind="summary", items=(inlines("All in one."),), line=1)
    found = docx(with_metadata(minimal(), summary=one))
    panel = "//w:tbl[w:tblPr/w:tblStyle/@w:val='KeyFindingsPanel']//w:p"
    assert [style_of(p) for p in found.find("word/document.xml", panel)] == ["BoxTitle", "BoxText"]
    several = [style_of(p) for p in sample_docx().find("word/document.xml", panel)]
    assert several == ["BoxTitle", "KeyFindings", "KeyFindings"]


def test_what_is_nested_deeply_still_has_a_width() -> None:
    block: m.Block = m.Figure(image=m.Image(file="chart.png", alt="", line=1, column=1), line=1)
    for _ in range(12):
        box = m.Box(blocks=(block,), line=1)
        quote = m.BlockQuote(blocks=(box,), line=1)
        cells = (m.Cell(blocks=(quote,)), m.Cell(), m.Cell())
        block = m.Table(columns=(m.Column(),) * 3, body=(m.Row(cells=cells),), line=1)
    found = docx(with_body(block).model_copy(update={"images": (image_file(),)}))
    assert faults(found) == []
    widths = found.find("word/document.xml", "//w:gridCol | //w:tcW | //w:tblW")
    assert min(int(one.get(w("w"), "0")) for one in widths) > 0
    assert min(extent(found)) > 0
