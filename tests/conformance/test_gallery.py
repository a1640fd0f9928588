"""The gallery shows every theme."""

import re

import pytest

from tests import matrix
from tests.conformance import gallery
from tests.matrix import Made

pytestmark = pytest.mark.conformance


def test_the_gallery_shows_every_theme(made: tuple[Made, ...]) -> None:
    first = next(sample for sample in made if sample.is_shipped)
    text = gallery.PAGE.read_text(encoding="utf-8")
    assert text == gallery.page(first.slug, matrix.themes()), "`make gallery` writes it"
    linked = {gallery.PAGE.parent / name for name in re.findall(r"!\[.*?\]\((.*?)\)", text)}
    assert linked == {*gallery.PICTURES.glob("*.png")}
