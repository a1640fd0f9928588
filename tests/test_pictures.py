"""What a picture file is, by its content."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from pipeline import languages, pictures
from pipeline.renderers.print import drawings
from pipeline.renderers.print.alone import fault, print_alone
from pipeline.renderers.word import svg
from pipeline.renderers.word.svg import rasterise
from pipeline.theme import TEMPLATES, load_theme
from tests import samples

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><rect width="1" height="1"/></svg>'


def encoded(form: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(stream, form)
    return stream.getvalue()


@pytest.mark.parametrize("form", sorted(pictures.FORMATS))
def test_bitmaps(form: str) -> None:
    assert pictures.inspect(encoded(form)) == pictures.Picture(pictures.FORMATS[form], 30, 20)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 800 400"', (800, 400)),
        ('viewBox="0,0,800,400" width="100%"', (800, 400)),
        ('viewBox="0 0 800 400" width="400"', (400, 200)),
        ('viewBox="0 0 800 400" height="1in"', (192, 96)),
        ('width="2.54cm" height="25.4mm"', (96, 96)),
        ('width="72pt" height="6pc"', (96, 96)),
    ],
)
def test_natural_size_of_drawings(attributes: str, size: tuple[int, int]) -> None:
    found = pictures.inspect(SVG.format(attributes).encode())
    assert (found.media_type, found.width, found.height) == ("image/svg+xml", *size)


def test_drawings_with_a_doctype_and_comments_are_read() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">'
    drawing = SVG.format('viewBox="0 0 8 4"')
    data = f"\ufeff<?xml version='1.0'?>{doctype}<!-- comment -->{drawing}".encode()
    assert pictures.inspect(data).width == 8


@pytest.mark.parametrize("cut", range(7, 120, 7))
def test_a_cut_file_is_unfit(cut: int) -> None:
    data = samples.png()[: len(samples.png()) - 1 - cut]
    with pytest.raises(pictures.Unfit):
        pictures.inspect(data)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<", b"<svg>", b"\x00" * 100, b"%PDF-1.7"])
def test_what_is_no_picture_is_unfit(data: bytes) -> None:
    with pytest.raises(pictures.Unfit):
        pictures.inspect(data)


@pytest.mark.parametrize("tag", ["en", "de-CH-1996", "zh-Hant-TW", "sr-Latn", "x-house", "und"])
def test_language_tags(tag: str) -> None:
    assert languages.is_well_formed(tag)


@pytest.mark.parametrize("tag", ["", "e", "en_GB", "english language", "en-", "de--CH", "1en"])
def test_no_language_tags(tag: str) -> None:
    assert not languages.is_well_formed(tag)


def drawing(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inner}</svg>'.encode()


def test_a_drawing_that_repeats_itself_without_end_is_refused() -> None:
    bomb = '<g id="a0"><rect width="1" height="1"/></g>' + "".join(
        f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
    )
    loop = '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'
    for inner, what in ((bomb, "draws more than"), (loop, "uses itself")):
        with pytest.raises(pictures.Unfit) as raised:
            pictures.inspect(drawing(inner))
        assert raised.value.code == "image-unsafe"
        assert what in raised.value.what


def data_uri(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def test_a_drawing_may_hold_pictures_that_are_whole() -> None:
    held = '<image xlink:href="{}" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
    assert pictures.inspect(drawing(held.format(data_uri(encoded("PNG"))))).width == 9
    for unfit, code in ((samples.png()[:-20], "image-broken"), (b"text", "image-type")):
        with pytest.raises(pictures.Unfit) as raised:
            pictures.inspect(drawing(held.format(data_uri(unfit))))
        assert raised.value.code == code


def test_pictures_in_a_drawing_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    held = f'<image href="{data_uri(encoded("PNG"))}"/>'
    assert pictures.inspect(drawing(held)).width == 9
    with pytest.raises(pictures.Unfit, match="in all"):
        pictures.inspect(drawing(held * 2))


@pytest.mark.parametrize(
    ("data", "code", "what"),
    [
        (b'<svg viewBox="0 0 9 9"/>', "image-type", "lacks xmlns="),
        (drawing("<defs><path/></defs>"), "image-empty", "empty frame"),
        (SVG.format('viewBox="0 0 1 1001"').encode(), "image-size", "times as long"),
    ],
)
def test_a_drawing_that_cannot_be_shown_is_refused(data: bytes, code: str, what: str) -> None:
    with pytest.raises(pictures.Unfit, match=what) as raised:
        pictures.inspect(data)
    assert raised.value.code == code


def printed(inner: str) -> bytes:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
    return print_alone(f"{head}{inner}</svg>".encode(), 300, 100, TEMPLATES / "fonts")


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ('<rect width="9" height="9"/>', ""),
        ('<rect width="9" height="9" fill="none"/>', "image-empty"),
        ('<path d="M0 0L9 9" fill="url(#none)"/>', "image-empty"),
        ('<text x="9" y="40">Text</text>', ""),
        ('<text x="9" y="3">Text</text>', "image-cut"),
        ('<text x="9" y="40" style="font: italic bold 12px/1.2 Arial, sans-serif">Text</text>', ""),
        ('<text x="9" y="40" font="12px Arial">Text</text>', ""),
        ('<style>text { font: 700 12px "Any" }</style><text x="9" y="40">Text</text>', ""),
        ('<style>@font-face { font-family: X; src: local("X") }</style><path d="M0 0h9v9"/>', ""),
    ],
)
def test_what_a_drawing_prints(inner: str, code: str, caplog: pytest.LogCaptureFixture) -> None:
    found = fault(printed(inner))
    assert (found[0] if found else "") == code
    assert caplog.messages == []


def test_the_shorthand_of_a_font_is_spelled_out() -> None:
    styles = drawings.plain(drawing('<text style="fill: red; font: bold 12px/2 Any Face">x</text>'))
    assert b'style="fill: red;font-style:normal;font-weight:bold;font-size:12px;' in styles
    assert b"font-family:Any Face" in styles
    untouched = drawing('<text style="fill: red; font-size: 9px">x</text>')
    assert drawings.plain(untouched) == untouched


def test_a_narrow_drawing_is_made_of_a_bounded_number_of_points() -> None:
    data = SVG.format('viewBox="0 0 10 1000"').encode()
    with Image.open(BytesIO(rasterise(data, 10, 1000, load_theme()))) as picture:
        assert picture.width * picture.height <= svg.MOST_PIXELS * 1.01
        assert picture.height > 10_000


def test_a_drawing_may_use_its_parts() -> None:
    twice = '<g id="a"><rect width="1" height="1"/></g><use href="#a"/><use href="#a" x="2"/>'
    assert pictures.inspect(drawing(twice)).width == 9
