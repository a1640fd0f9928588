"""Pins the pictures of the Word file: how they are stored, how large they are, what they say."""

import base64
import hashlib
import io

import pytest
from PIL import Image as Pillow

from pipeline import model as m
from pipeline.renderers.word.reference import measure
from pipeline.theme import load_theme
from tests.docx_files import docx, extent, with_body
from tests.docx_lint import faults
from tests.samples import image_file

EMU_PER_TWIP = 635
PLAIN_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><path d="M0 0H80"/></svg>'
)
SVG_WITH_TEXT = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">'
    b'<text y="30" font-family="Briefwright Sans" font-size="30">Ml</text></svg>'
)


def with_picture(data: bytes, media_type: str, **fields: object) -> m.Brief:
    """Return a brief that shows one picture, 80 by 40 pixels."""
    file = image_file().model_copy(
        update={
            "media_type": media_type,
            "width": 80,
            "height": 40,
            "sha256": hashlib.sha256(data).hexdigest(),
            "data": base64.b64encode(data).decode(),
        }
    )
    image = m.Image(file="chart.png", alt="A chart", line=1, column=1).model_copy(update=fields)
    figure = m.Figure(image=image, line=1)
    return with_body(figure).model_copy(update={"images": (file,)})


def bitmap(form: str) -> bytes:
    stream = io.BytesIO()
    Pillow.new("RGB", (80, 40), "teal").save(stream, form)
    return stream.getvalue()


def test_a_picture_fits_the_measure_and_keeps_its_shape() -> None:
    wide, high = extent(docx(with_picture(bitmap("PNG"), "image/png", width=50)))
    assert wide == pytest.approx(measure(load_theme()) * EMU_PER_TWIP / 2, abs=EMU_PER_TWIP)
    assert wide == pytest.approx(2 * high, abs=2)


def test_a_small_picture_is_not_blown_up() -> None:
    assert extent(docx(with_picture(bitmap("PNG"), "image/png"))) == (80 * 9525, 40 * 9525)


@pytest.mark.parametrize(
    ("form", "media_type", "stored"),
    [
        ("PNG", "image/png", "image1.png"),
        ("JPEG", "image/jpeg", "image1.jpeg"),
        ("GIF", "image/gif", "image1.gif"),
        ("WEBP", "image/webp", "image1.png"),
    ],
)
def test_pictures_are_stored_as_word_knows_them(form: str, media_type: str, stored: str) -> None:
    found = docx(with_picture(bitmap(form), media_type))
    assert faults(found) == []
    assert [name for name in found.names if "media" in name] == [f"word/media/{stored}"]
    Pillow.open(io.BytesIO(found.data[f"word/media/{stored}"])).verify()


def test_a_drawing_is_stored_as_png_with_the_svg_beside_it() -> None:
    found = docx(with_picture(PLAIN_SVG, "image/svg+xml"))
    assert faults(found) == []
    assert found.data["word/media/image1.svg"] == PLAIN_SVG
    assert Pillow.open(io.BytesIO(found.data["word/media/image1.png"])).width == 1800


def test_a_drawing_with_text_is_stored_as_png_in_the_fonts_of_the_house() -> None:
    found = docx(with_picture(SVG_WITH_TEXT, "image/svg+xml"))
    assert "word/media/image1.svg" not in found.names
    drawn = Pillow.open(io.BytesIO(found.data["word/media/image1.png"])).convert("L")
    assert min(drawn.tobytes()) < 40, "the letters are there"


def test_pictures_speak_and_decoration_is_silent() -> None:
    [spoken] = docx(with_picture(bitmap("PNG"), "image/png", alt="Says", title="T")).find(
        "word/document.xml", "//wp:docPr"
    )
    assert (spoken.get("descr"), spoken.get("title")) == ("Says", "T")
    [silent] = docx(with_picture(bitmap("PNG"), "image/png", alt="")).find(
        "word/document.xml", "//wp:docPr"
    )
    assert silent.get("descr") == ""
    assert silent.xpath("count(.//*[local-name()='decorative'][@val='1'])") == 1
