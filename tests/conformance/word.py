"""Whether LibreOffice shows every note of a Word file, with its number, at the page of its call."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

from pipeline import model
from tests.conformance import tools

Pages = Sequence[str]
SOME = 6
"""So many words tell a place from others."""
INLINES = {kind.model_fields["type"].default for kind in get_args(get_args(model.Inline)[0])}


@dataclass(frozen=True)
class Reading:
    """What of a text is compared, and how a piece of it is found on a page."""

    squeeze: Callable[[str], str]
    holds: Callable[[str, str], bool]


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
    title = "".join(texts(brief["metadata"]["title"]))
    reading = TURNED if is_right_to_left(title) else DRAWN
    told = tools.text_of_pages(pdf, as_drawn=reading is DRAWN)
    pages = [reading.squeeze(page) for page in told]
    if not reading.holds(" ".join(pages), reading.squeeze(title)):
        yield "the title is not shown"
    missing = missing_notes(brief, pages, reading)
    yield from (f"note {number} is not shown" for number in missing)
    if has_footnotes(file):
        strayed = set(strayed_notes(brief, pages, reading)) - set(missing)
        yield from (f"note {number} is not at the page of its call" for number in sorted(strayed))


def has_footnotes(file: Path) -> bool:
    """Tell whether the notes stand at the foot of the page."""
    with ZipFile(file) as archive:
        return b"<w:footnoteReference" in archive.read("word/document.xml")


def missing_notes(brief: dict[str, Any], pages: Pages, reading: Reading) -> list[int]:
    """Return the numbers of the notes that do not stand on a page with number, start and end.

    The middle is not compared: a long note may run on behind a footer and a header.
    """
    return [
        note["number"]
        for note in brief["notes"]
        for start, end in [ends_of(note, reading)]
        if not (on_pages(start, pages, reading) and on_pages(end, pages, reading))
    ]


def strayed_notes(brief: dict[str, Any], pages: Pages, reading: Reading) -> Iterator[int]:
    """Yield the notes that begin neither on the page of their call nor on the next."""
    starts = {note["number"]: ends_of(note, reading)[0] for note in brief["notes"]}
    for number, before in first_calls(brief).items():
        call = reading.squeeze(f"{' '.join(before.split()[-SOME:])}{number}")
        called = on_pages(call, pages, reading)
        begun = on_pages(starts[number], pages, reading)
        if not begun & (called | {page + 1 for page in called}):
            yield number


def on_pages(piece: str, pages: Pages, reading: Reading) -> set[int]:
    """Return the pages that hold a piece of text."""
    return {index for index, page in enumerate(pages) if reading.holds(page, piece)}


def first_calls(brief: dict[str, Any]) -> dict[int, str]:
    """Return the text before the first call of each note, in its line, by the note's number."""
    calls: dict[int, str] = {}
    for part in ("metadata", "body"):
        for line in lines_of(brief[part]):
            before = ""
            for kind, text in pieces(line):
                if kind == "call":
                    text = text.split(":")[1]
                    calls.setdefault(int(text), before)
                before += text
    return calls


def ends_of(note: dict[str, Any], reading: Reading) -> tuple[str, str]:
    """Return the number and the first words of a note, and its last words."""
    first, *_, last = [*lines_of(note["blocks"])] * 2
    start = "".join(texts(first)).split()[:SOME]
    end = "".join(texts(last)).split()[-SOME:]
    return reading.squeeze(f"{note['number']} {' '.join(start)}"), reading.squeeze(" ".join(end))


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
    """Return the text without what line ends and small capitals change: spaces, hyphens, case."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", text).casefold()


def words(text: str) -> str:
    """Return the words with their letters sorted, without numbers and points.

    Of a text turned round, these do not keep their places, nor do the letters of a ligature. A word
    with a mark over a letter is left out: it comes in pieces.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    whole = (word for word in plain.split() if not any(map(unicodedata.combining, word)))
    return " ".join("".join(sorted(filter(str.isalpha, word))) for word in whole)


def holds_words(page: str, piece: str) -> bool:
    """Tell whether all words of a piece are on a page."""
    return set(piece.split()) <= set(page.split())


def is_right_to_left(text: str) -> bool:
    """Tell whether a text is written from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


DRAWN = Reading(squeezed, str.__contains__)
TURNED = Reading(words, holds_words)
