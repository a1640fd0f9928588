"""The judges of Word files see what they are there to see."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conformance import standards, tools, word
from tests.conformance.conftest import Outputs
from tests.matrix import Made

pytestmark = pytest.mark.conformance

REFERENCE = re.compile(r'<w:(foot|end)noteReference [^>]*w:id="\d+"\s*/>')


@pytest.mark.asks("Open XML SDK")
def test_the_sdk_sees_a_spoiled_file(outputs: Outputs, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.docx"
    rewrite(outputs("docx")[0], spoiled, lambda xml: xml.replace("<w:body>", "<w:body><w:bogus/>"))
    [error] = tools.ask_ooxml(spoiled)
    assert "bogus" in error


def test_the_lint_sees_a_spoiled_file(outputs: Outputs, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.docx"
    rewrite(outputs("docx")[0], spoiled, lambda xml: xml.replace("BodyText", "Gone"))
    assert "Gone is not a paragraph" in "\n".join(standards.linted([spoiled])[spoiled])


@pytest.mark.asks("LibreOffice")
def test_a_lost_note_is_seen(made: tuple[Made, ...], tmp_path: Path) -> None:
    sample = next(sample for sample in made if sample.is_shipped)
    spoiled = beside_its_json(sample, tmp_path)
    rewrite(sample.file("docx"), spoiled, lambda xml: REFERENCE.sub("", xml, count=1))
    told = word.notes_in_place((spoiled,))[spoiled]
    # LibreOffice counts by itself: without the first call there is no last number.
    assert f"note {len(sample.document()['notes'])} is not shown" in told
    assert "note 1 is not at the page of its call" in told


@pytest.mark.asks("LibreOffice")
def test_a_strayed_note_is_seen(made: tuple[Made, ...], tmp_path: Path) -> None:
    sample = next(sample for sample in made if sample.is_shipped)
    last = len(sample.document()["notes"])
    starts = [word.ends_of(note, word.DRAWN)[0] for note in sample.document()["notes"]]
    pages = [
        word.squeezed(page)
        for page in tools.text_of_pages(word.in_libreoffice((sample.file("docx"),)).popitem()[1])
    ]
    swapped = [page.replace(starts[0], "").replace(starts[-1], starts[0]) for page in pages]
    assert list(word.strayed_notes(sample.document(), pages, word.DRAWN)) == []
    assert list(word.strayed_notes(sample.document(), swapped, word.DRAWN)) == [1, last]


def test_a_lost_note_is_seen_where_text_is_turned_round() -> None:
    text = [{"type": "text", "text": "המספרים נמצאים ביומן המדידה."}]
    blocks = [{"type": "paragraph", "content": text}]
    brief = {"notes": [{"number": 1, "blocks": blocks}]}
    shown, lost = word.words("‫המדידה ביומן נמצאים המספרים 1"), word.words("‫נמצאים ביומן 1")
    assert word.missing_notes(brief, [lost, shown], word.TURNED) == []
    assert word.missing_notes(brief, [lost], word.TURNED) == [1]


def beside_its_json(sample: Made, folder: Path) -> Path:
    """Return a place for a spoiled Word file, with its JSON beside it."""
    place = folder / sample.slug
    place.mkdir()
    shutil.copy(sample.file("json"), place)
    return place / sample.file("docx").name


def rewrite(source: Path, target: Path, change: Callable[[str], str]) -> None:
    """Copy a Word file with its main part changed."""
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                changed = change(data.decode())
                assert changed != data.decode()
                data = changed.encode()
            new.writestr(entry, data)
