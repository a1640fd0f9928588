"""The Word files are valid for the Open XML SDK, and LibreOffice shows every numbered note."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.conformance import tools
from tests.conformance.conftest import Outputs

pytestmark = pytest.mark.conformance


@pytest.mark.asks("Open XML SDK")
def test_every_file_is_valid(outputs: Outputs) -> None:
    found = {file.name: tools.ask_ooxml(file) for file in outputs("docx")}
    assert found == {name: [] for name in found}


@pytest.mark.asks("Open XML SDK")
def test_the_sdk_sees_a_spoiled_file(outputs: Outputs, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.docx"
    rewrite(outputs("docx")[0], spoiled, lambda xml: xml.replace("<w:body>", "<w:body><w:bogus/>"))
    [error] = tools.ask_ooxml(spoiled)
    assert "bogus" in error


@pytest.mark.asks("LibreOffice")
def test_libreoffice_shows_every_note(
    outputs: Outputs, document: Callable[[Path], dict[str, Any]], tmp_path: Path
) -> None:
    for file in outputs("docx"):
        brief = document(file)
        shown = squeezed(tools.text_in_libreoffice(file, tmp_path))
        assert squeezed("".join(texts(brief["metadata"]["title"]))) in shown
        assert missing_notes(brief, shown) == []


@pytest.mark.asks("LibreOffice")
def test_a_lost_note_is_seen(
    outputs: Outputs, document: Callable[[Path], dict[str, Any]], tmp_path: Path
) -> None:
    file = next(file for file in outputs("docx") if len(document(file)["notes"]) > 2)
    spoiled = tmp_path / file.name
    reference = re.compile(r'<w:(foot|end)noteReference [^>]*w:id="\d+"\s*/>')
    rewrite(file, spoiled, lambda xml: reference.sub("", xml, count=1))
    shown = squeezed(tools.text_in_libreoffice(spoiled, tmp_path))
    assert len(missing_notes(document(file), shown)) > 0


def missing_notes(brief: dict[str, Any], shown: str) -> list[int]:
    """Return the numbers of the notes that do not stand in the text with number, start and end.

    The middle is not compared: a long note may run on behind a footer and a header.
    """
    missing = []
    for note in brief["notes"]:
        lines = [squeezed("".join(texts(line))) for line in lines_of(note["blocks"])]
        start, end = f"{note['number']}{lines[0][:40]}", lines[-1][-40:]
        if start not in shown or end not in shown:
            missing.append(note["number"])
    return missing


def lines_of(node: object) -> Iterator[object]:
    """Yield the innermost blocks of a piece of the JSON: those that hold text and no block."""
    if isinstance(node, dict) and ("content" in node or node.get("type") == "code-block"):
        yield node
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from lines_of(child)


def texts(node: object) -> Iterator[str]:
    """Yield the characters of inlines in reading order."""
    if isinstance(node, list):
        for item in node:
            yield from texts(item)
    elif isinstance(node, dict):
        match node["type"]:
            case "text" | "code" | "code-block":
                yield node["text"]
            case "cross-reference":
                yield str(node["number"])
            case _:
                yield from texts(node.get("content", []))


def squeezed(text: str) -> str:
    """Return the text without what line ends and small capitals change: spaces, hyphens, case."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", text).casefold()


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
