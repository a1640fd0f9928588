"""The web pages in Chromium and the Word files in LibreOffice look as they were approved."""

from pathlib import Path

import pytest

from tests import page_pictures
from tests.conformance import views
from tests.matrix import Made
from tests.page_pictures import OTHER_VERSION

pytestmark = pytest.mark.conformance


@pytest.fixture
def shipped(made: tuple[Made, ...]) -> list[Made]:
    return [sample for sample in made if sample.is_shipped]


@pytest.mark.asks("axe-core")
def test_web_pages_look_as_approved(shipped: list[Made], results: Path, tmp_path: Path) -> None:
    taken = views.of_web_pages(shipped, tmp_path)
    assert len(taken) == len(shipped) * len(views.WAYS)
    page_pictures.must_be_approved("web", taken, results, OTHER_VERSION)


@pytest.mark.asks("LibreOffice")
def test_word_files_look_as_approved(shipped: list[Made], results: Path) -> None:
    taken = views.of_word_files(shipped)
    assert len(taken) > 2 * len(shipped)
    page_pictures.must_be_approved("word", taken, results, OTHER_VERSION)
