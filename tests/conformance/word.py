"""Whether LibreOffice shows every note of a Word file, with its number, at the page of its call."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

from pipeline import model
from tests.conformance import tools

Pages = Sequence[str]
INLINES = {kind.model_fields["type"].default for kind in get_args(get_args(model.Inline)[0])}


@cache
def in_libreoffice(files: tuple[Path, ...]) -> dict[Path, Path]:
    """Return the PDFs that LibreOffice makes of Word files, in a folder beside them."""
    made: dict[Path, Path] = {}
    for folder in sorted({file.parent.parent for file in files}):
        here = [file for file in files if file.parent.parent == folder]
        made |= tools.convert_in_libreoffice(here, folder / ".libreoffice")
    return made


def notes_in_place(files: tuple[Path, ...]) -> dict[Path, list[str]]:
    """Return what LibreOffice does not show, or shows elsewhere."""
    return {file: list(lost(file, pdf)) for file, pdf in in_libreoffice(files).items()}


def lost(file: Path, pdf: Path) -> Iterator[str]:
    """Yield what is not in the PDF made of a Word file: its title, a note, a note near its call."""
    brief = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    pages = [squeezed(page) for page in tools.text_of_pages(pdf)]
    if squeezed("".join(texts(brief["metadata"]["title"]))) not in "".join(pages):
        yield "the title is not shown"
    missing = missing_notes(brief, "".join(pages))
    yield from (f"note {number} is not shown" for number in missing)
    if has_footnotes(file):
        strayed = set(strayed_notes(brief, pages)) - set(missing)
        yield from (f"note {number} is not at the page of its call" for number in sorted(strayed))


def has_footnotes(file: Path) -> bool:
    """Tell whether the notes stand at the foot of the page."""
    with ZipFile(file) as archive:
        return b"<w:footnoteReference" in archive.read("word/document.xml")


def missing_notes(brief: dict[str, Any], shown: str) -> list[int]:
    """Return the numbers of the notes that do not stand in the text with number, start and end.

    The middle is not compared: a long note may run on behind a footer and a header.
    """
    return [
        note["number"]
        for note in brief["notes"]
        if not (start_of(note) in shown and end_of(note) in shown)
    ]


def strayed_notes(brief: dict[str, Any], pages: Pages) -> Iterator[int]:
    """Yield the notes that begin neither on the page of their call nor on the next."""
    starts = {note["number"]: start_of(note) for note in brief["notes"]}
    for before, number in first_calls(brief):
        called = {index for index, page in enumerate(pages) if f"{before}{number}" in page}
        begun = {index for index, page in enumerate(pages) if starts[number] in page}
        if not begun & (called | {index + 1 for index in called}):
            yield number


def first_calls(brief: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the first call of each note as the end of the text before it and its number."""
    for part in ("metadata", "body"):
        for line in lines_of(brief[part]):
            before = ""
            for kind, text in pieces(line):
                if kind == "call" and ":" not in text.removeprefix("fnref:"):
                    yield squeezed(before)[-24:], int(text.removeprefix("fnref:"))
                before += text.split(":")[1] if kind == "call" else text


def start_of(note: dict[str, Any]) -> str:
    """Return the number and the first letters of a note."""
    first = next(lines_of(note["blocks"]))
    return f"{note['number']}{squeezed(''.join(texts(first)))[:40]}"


def end_of(note: dict[str, Any]) -> str:
    """Return the last letters of a note."""
    *_, last = lines_of(note["blocks"])
    return squeezed("".join(texts(last)))[-40:]


def lines_of(node: object) -> Iterator[object]:
    """Yield the innermost pieces of the JSON that hold text: blocks, and fields of the metadata."""
    children = list(node.values()) if isinstance(node, dict) else node
    if isinstance(node, dict) and node.get("type") == "code-block":
        yield node
    elif isinstance(children, list):
        if children and isinstance(children[0], dict) and children[0].get("type") in INLINES:
            yield children
        else:
            for child in children:
                yield from lines_of(child)


def texts(node: object) -> Iterator[str]:
    """Yield the characters of inlines in reading order, without calls."""
    return (text for kind, text in pieces(node) if kind != "call")


def pieces(node: object) -> Iterator[tuple[str, str]]:
    """Yield the kinds and the characters of inlines in reading order; of a call, its id."""
    if isinstance(node, list):
        for item in node:
            yield from pieces(item)
    elif isinstance(node, dict):
        match node["type"]:
            case "text" | "code" | "code-block":
                yield "text", node["text"]
            case "cross-reference":
                yield "text", str(node.get("number", ""))
            case "call":
                yield "call", node["id"]
            case _:
                yield from pieces(node.get("content", []))


def squeezed(text: str) -> str:
    """Return the text without what line ends, direction and small capitals change."""
    return re.sub(r"[\s\u00ad\u2010\u2011\u200e\u200f\u202a-\u202e\u2060-]+", "", text).casefold()
