"""Pins what a page looks and weighs like: its fonts, its colours, its size."""

import base64
import io
import re
from typing import Literal

import pytest
from fontTools.ttLib import TTFont

from pipeline import model as m
from pipeline.renderers.html import render_html
from pipeline.theme import TEMPLATES, load_theme
from tests.samples import heading, inlines, minimal, p, sample
from tests.web import brief_with, style_sheet

LIMIT = 200 * 1024
"""Bytes of a page without its pictures."""


def weight(brief: m.Brief) -> int:
    """Return the size of the page without its pictures."""
    data = render_html(brief, load_theme())
    return len(data) - sum(
        len(image.data) * data.count(image.data.encode()) for image in brief.images
    )


def in_usual_faces(lang: str, words: str) -> m.Brief:
    """Return a brief with a usual choice of faces."""
    body = (heading(1, "a", words), p(words, m.Emphasis(content=inlines(words))))
    metadata = minimal().metadata.model_copy(
        update={"lang": lang, "title": inlines(words), "deck": inlines(words)}
    )
    return brief_with(metadata=metadata, body=body)


def test_a_page_is_light() -> None:
    english = in_usual_faces("en", "The quick brown fox jumps over 13 lazy dogs – “so”.")
    russian = in_usual_faces("ru", "Съешь же ещё этих мягких французских булок, да выпей чаю.")
    assert weight(minimal()) < weight(english) < LIMIT
    assert weight(russian) < 1.6 * LIMIT, "two scripts, each in its faces"


def cuts(brief: m.Brief) -> list[tuple[str, str, str]]:
    """Return family, style and range of every font in the page."""
    css = style_sheet(brief)
    return [
        (family, style, ranges)
        for block in re.findall(r"@font-face\s*{(.*?)}", css, re.DOTALL)
        for family in re.findall(r"font-family:\s*\"?([^\";]+)", block)
        for style in re.findall(r"font-style:\s*(\w+)", block)
        for ranges in re.findall(r"unicode-range:\s*([^;}]+)", block)
    ]


def has(brief: m.Brief, family: str, style: str, character: str) -> bool:
    """Tell whether the page carries a cut of a face for the character."""
    return any(
        int(first, 16) <= ord(character) <= int(last or first, 16)
        for cut_family, cut_style, ranges in cuts(brief)
        if (cut_family, cut_style) == (family, style)
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges)
    )


def test_a_page_carries_only_the_fonts_that_its_text_asks_for() -> None:
    serif, mono = load_theme().type.serif, load_theme().type.mono
    plain = minimal()
    assert has(plain, serif, "normal", "a")
    assert not has(plain, serif, "normal", "Ж")
    assert not any(family == mono for family, _, _ in cuts(plain))
    russian = brief_with(body=(p("Жизнь "),))
    assert has(russian, serif, "normal", "Ж")
    code = brief_with(body=(p(m.Code(text="code")),))
    assert has(code, mono, "normal", "a")
    polish = brief_with(body=(p("Łódź"),))
    assert has(polish, serif, "normal", "Ł")


def test_each_run_of_text_counts_for_the_face_it_is_set_in() -> None:
    bold = m.Strong(content=inlines("Ж", m.Code(text="Я")))
    title = inlines("T ", m.Emphasis(content=inlines("Ю")))
    metadata = minimal().metadata.model_copy(update={"title": title})
    faces = {
        (family, style)
        for family, style, ranges in cuts(brief_with(metadata=metadata, body=(p("Text", bold),)))
        if "U+400-45F" in ranges
    }
    type_ = load_theme().type
    assert faces == {
        (type_.serif, "normal"),
        (type_.mono, "normal"),
        (f"{type_.serif} Display", "italic"),
    }


def glyphs(brief: m.Brief, family: str, style: str) -> set[str]:
    """Return the characters that the fonts of one face of a page hold."""
    css = style_sheet(brief)
    rule = rf'@font-face {{ font-family: "{family}"; font-style: {style};.*?base64,([^)]+)\)'
    files = [TTFont(io.BytesIO(base64.b64decode(data))) for data in re.findall(rule, css)]
    return {chr(point) for file in files for point in file.getBestCmap()}


def test_the_fonts_in_a_page_hold_what_is_printed() -> None:
    brief = brief_with(body=(p("Łąka, pole"),))
    assert set("Łąka, pole-\u2010") <= glyphs(brief, load_theme().type.serif, "normal")


@pytest.mark.parametrize(
    ("style", "drawn"), [("decimal", "9"), ("upper-alpha", "Q"), ("lower-roman", "xvi")]
)
def test_a_font_in_a_page_holds_what_markers_are_made_of(
    style: Literal["decimal", "upper-alpha", "lower-roman"], drawn: str
) -> None:
    items = (m.ListItem(blocks=(p("Да"),), line=1),)
    numbered = m.OrderedList(tight=True, style=style, items=items, line=1)
    bullets = m.BulletList(tight=True, items=items, line=1)
    held = glyphs(brief_with(body=(numbered, bullets)), load_theme().type.serif, "normal")
    assert set(drawn) | set(".()•–") <= held


def test_a_font_in_a_page_holds_the_arrows_of_backlinks() -> None:
    assert "↑" in glyphs(sample(), load_theme().type.sans, "normal")


def test_small_capitals_have_their_capitals() -> None:
    caps = p(m.SmallCaps(content=inlines("éł")))
    assert {"É", "Ł"} <= glyphs(brief_with(body=(caps,)), load_theme().type.serif, "normal")


def test_a_font_in_a_page_keeps_its_licence() -> None:
    css = style_sheet(minimal())
    for data in re.findall(r"base64,([^)]+)\)", css):
        names = TTFont(io.BytesIO(base64.b64decode(data)))["name"]
        assert "Adobe" in names.getDebugName(0)
        assert "SIL Open Font License" in names.getDebugName(13)


def test_the_style_sheet_sets_faces_only_where_they_are_counted() -> None:
    source = (TEMPLATES / "web" / "style.css.j2").read_text(encoding="utf-8")
    rules = [
        line for line in source.splitlines() if "@font-face" not in line and "voice" not in line
    ]
    assert not re.findall(r"font(?:-family|-weight|-style)?:", "\n".join(rules))


def test_text_that_is_stressed_has_a_face_of_its_own() -> None:
    serif = load_theme().type.serif
    assert not has(minimal(), serif, "italic", "a")
    assert has(brief_with(body=(p(m.Emphasis(content=inlines("so"))),)), serif, "italic", "a")
