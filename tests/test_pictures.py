"""What a picture file is, by its content."""

from io import BytesIO

import pytest
from PIL import Image

from pipeline import languages, pictures
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


def test_a_drawing_may_use_its_parts() -> None:
    twice = '<g id="a"><rect width="1" height="1"/></g><use href="#a"/><use href="#a" x="2"/>'
    assert pictures.inspect(drawing(twice)).width == 9
