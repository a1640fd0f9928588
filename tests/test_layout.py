"""Pins that the choices of form of the house file reach all three outputs."""

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from pipeline.manifest import Format
from pipeline.rendering import render, verify
from pipeline.theme import Theme, load_theme
from tests.docx_lint import Docx, faults, inner, read, val, w
from tests.samples import sample

CHOICES = [
    ("band", "tint"),
    ("band", "rule"),
    ("panel", "none"),
    ("panel", "side"),
    ("box", "top"),
    ("headings", "ruled"),
    ("heading_colour", "ink"),
    ("tables", "open"),
    ("text", "justified"),
]


def chosen(key: str, value: str) -> Theme:
    theme = load_theme()
    return theme.model_copy(update={"layout": theme.layout.model_copy(update={key: value})})


def drawn(data: bytes) -> list[bytes]:
    """Return what is drawn on each page."""
    with pikepdf.open(BytesIO(data)) as document:
        return [
            pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page))
            for page in document.pages
        ]


@pytest.mark.parametrize(("key", "value"), CHOICES)
def test_a_choice_changes_every_output_and_none_of_its_words(key: str, value: str) -> None:
    forms: tuple[Format, ...] = ("html", "pdf", "docx")
    for form in forms:
        before = render(sample(), load_theme(), form)
        after = render(sample(), chosen(key, value), form)
        assert verify(sample(), after, form, "made") == ()
        if form == "pdf":
            assert drawn(before) != drawn(after)
        assert before != after
        if form == "docx":
            assert faults(read(after)) == []


def styled(theme: Theme, ident: str, path: str) -> list[str | None]:
    """Return the values of an element of a style in the Word file."""
    found: Docx = read(render(sample(), theme, "docx"))
    return [
        val(one) for one in found.find("word/styles.xml", f"//w:style[@w:styleId='{ident}']{path}")
    ]


def test_word_sets_the_band_as_chosen() -> None:
    [style] = read(render(sample(), chosen("band", "solid"), "docx")).find(
        "word/styles.xml", "//w:style[@w:styleId='Series']"
    )
    assert inner(style, "w:pPr/w:shd").get(w("fill")) == "0B5563"
    assert styled(chosen("band", "solid"), "Series", "/w:rPr/w:color") == ["FFFFFF"]
    assert styled(chosen("band", "rule"), "Series", "/w:rPr/w:color") == ["0B5563"]
    assert styled(chosen("band", "rule"), "SeriesNumber", "/w:rPr/w:sz") != []


def test_running_heads_say_what_is_chosen() -> None:
    theme = load_theme()
    heads = theme.heads.model_copy(update={"left": "institute", "right": "none", "foot": "title"})
    other = theme.model_copy(update={"heads": heads})
    with pypdfium2.PdfDocument(render(sample(), other, "pdf")) as document:
        text = document[1].get_textpage().get_text_range()
    assert re.search(theme.institute.name, text)
    word = read(render(sample(), other, "docx"))
    [left, right] = word.find("word/header.xml", "//w:t")
    assert (left.text, right.text) == (theme.institute.name, None)


def test_the_logo_stands_in_every_output_and_speaks() -> None:
    theme = load_theme(name="meridian")
    assert theme.logo is not None
    html = render(sample(), theme, "html").decode()
    assert '<img class="logo" src="data:image/svg+xml;base64,' in html
    assert f'alt="{theme.logo.alt}"' in html
    with pikepdf.open(BytesIO(render(sample(), theme, "pdf"))) as document:
        spoken = [
            str(one["/Alt"])
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    assert theme.logo.alt in spoken
    word = read(render(sample(), theme, "docx"))
    assert faults(word) == []
    [picture] = word.find("word/header-first.xml", "//wp:docPr")
    assert picture.get("descr") == theme.logo.alt


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_the_second_theme_says_the_same_words(form: Format) -> None:
    made = render(sample(), load_theme(name="meridian"), form)
    assert verify(sample(), made, form, "made") == ()
