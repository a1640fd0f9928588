"""The faces of the web page: what its elements are set in, and the cuts that a page must carry.

One table serves both ends. The style sheet takes its faces from it, and so does the count of which
characters stand in which face. So a page carries each cut that it asks for and no other.
"""

import base64
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

from pipeline.fonts import Face, Style, companions, coverage, cuts_for, faces, missing
from pipeline.theme import Type

Family = Literal["text", "head", "display", "sans", "mono"]

VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "wbr"))
"""Elements without an end tag (HTML, 13.1.2), as far as pages have them."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What elements of these names, or of these classes with a dot, are set in beside the rest."""

    names: tuple[str, ...]
    family: Family | None = None
    weight: int | None = None
    style: Style | None = None

    @property
    def selector(self) -> str:
        """The selector of all its elements. It weighs nothing, so that only the order counts."""
        return f":where({', '.join(self.names)})"


SANS = (".band", ".skip", ".byline", ".contents", "figcaption", "table", "dt", ".box-kind")
SANS_BEHIND_THE_TEXT = (".note-label", ".backlinks", ".facts", ".imprint")
SANS_IN_THE_TEXT = (".legend", ".table-note", ".attribution", ".terms", "details")
BOLD = ("strong", "th", "caption", "figcaption", "dt", ".box-title", ".note-label")
BOLD_APART = (".imprint-name", ".number")
BOLD_IN_FRONT = (".institute", ".series-name", ".series-number", ".author", ".contents-title")

VOICES = (
    Voice(("body",), "text", 400, "normal"),
    Voice(SANS + SANS_BEHIND_THE_TEXT + SANS_IN_THE_TEXT, "sans"),
    Voice(BOLD + BOLD_APART + BOLD_IN_FRONT, weight=700),
    Voice(("h2", "h3", "h4", ".box-title"), "head", 700),
    Voice(("h1",), "display", 700),
    Voice((".pull-quote",), "display", 400),
    Voice((".attribution", ".hero-caption"), weight=400),
    Voice(("em",), style="italic"),
    Voice(("code", "pre"), "mono", 400, "normal"),
)
"""In this order: of two that name the same element, the later one decides."""

BOLD_WEIGHT = 700

HYPHENS = frozenset("-\u2010")
"""What a browser adds where it divides a word."""
GENERATED = {"ul": "•–", "ol": ".()", ".call": "\u2060", ".backlinks": f"↑{string.digits}"}
"""What a browser or the style sheet adds to elements of these names."""
MARKERS = {
    "1": string.digits,
    "a": string.ascii_lowercase,
    "A": string.ascii_uppercase,
    "i": "ivxlcdm",
    "I": "IVXLCDM",
}
"""What the markers of a numbered list are made of, by its type."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The face that text stands in, and whether its small letters are drawn as capitals."""

    family: Family = "text"
    weight: int = 400
    style: Style = "normal"
    small_caps: bool = False


@dataclass(frozen=True, slots=True)
class EmbeddedCut:
    """A part of a face as the page carries it: what one `@font-face` rule says."""

    family: str
    style: Style
    weight: int
    unicode_range: str
    data: str


def families(type_: Type, folder: Path) -> dict[Family, str]:
    """Return the name of each family of the page.

    Large sizes have a display cut of their own where the fonts folder has one of the house's serif.
    """
    display = f"{type_.serif} Display"
    large = display if any(face.family == display for face in faces(folder)) else type_.serif
    return {
        "text": type_.serif if type_.text == "serif" else type_.sans,
        "head": large if type_.headings == "serif" else type_.sans,
        "display": large,
        "sans": type_.sans,
        "mono": type_.mono,
    }


def stacks(type_: Type, folder: Path, body: str) -> dict[Family, tuple[str, ...]]:
    """Return the families of each kind, with those behind it that the scripts of a page need."""
    others = companions(folder, body)
    return {kind: (name, *others.get(name, ())) for kind, name in families(type_, folder).items()}


def embedded(body: str, type_: Type, folder: Path) -> tuple[EmbeddedCut, ...]:
    """Return the cuts that the text in the body of a page asks for, in the manifest's order."""
    names, covered = stacks(type_, folder, body), coverage(folder)
    used: dict[tuple[str, int, Style], set[str]] = {}
    for setting, characters in _used(body).items():
        first, *others = names[setting.family]
        used.setdefault((first, setting.weight, setting.style), set()).update(characters)
        letters = set(missing(characters, [covered[first]]))
        for name in others:
            used.setdefault((name, setting.weight, setting.style), set()).update(letters)
    return tuple(
        embedded_cut
        for face in faces(folder)
        for place in _places(face, folder)
        for embedded_cut in _cuts(face, *place, used.get((face.family, *place), set()))
    )


def _places(face: Face, folder: Path) -> Sequence[tuple[int, Style]]:
    """Return what a face is used for. Where a family has no italic, what is stressed is bold."""
    own = (face.weight, face.style)
    slanted = any(one.style == "italic" for one in faces(folder) if one.family == face.family)
    if slanted or face.weight < BOLD_WEIGHT:
        return (own,)
    return (own, (400, "italic"), (700, "italic"))


def _cuts(face: Face, weight: int, style: Style, used: set[str]) -> Iterator[EmbeddedCut]:
    characters = used | HYPHENS if used else used
    for cut in cuts_for([face], characters):
        yield EmbeddedCut(cut.family, style, weight, cut.unicode_range, _encoded(cut.file))


@cache
def _encoded(file: Path) -> str:
    """Return a font in Base64. To cut it down to a page's characters takes half a second."""
    return base64.b64encode(file.read_bytes()).decode()


def _used(body: str) -> dict[Setting, set[str]]:
    reader = _Reader()
    reader.feed(body)
    reader.close()
    return reader.used


class _Reader(HTMLParser):
    """Follows what each run of text is set in."""

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[Setting, set[str]] = {}
        self._open = [("", Setting())]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is set in, and the characters it has beside its text."""
        if tag in VOID:
            return
        attributes = dict(attrs)
        names = {tag, *(f".{name}" for name in (attributes.get("class") or "").split())}
        self._open.append((tag, _set_in(self._open[-1][1], names)))
        for name in names & GENERATED.keys():
            self.handle_data(GENERATED[name])
        if tag == "ol":
            self.handle_data(MARKERS[attributes.get("type") or "1"])

    def handle_endtag(self, tag: str) -> None:
        """Return to what the element stands in."""
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Count the characters of a run."""
        setting = self._open[-1][1]
        characters = data + data.upper() if setting.small_caps else data
        self.used.setdefault(setting, set()).update(characters)


def _set_in(setting: Setting, names: set[str]) -> Setting:
    if ".small-caps" in names:
        setting = replace(setting, small_caps=True)
    for voice in _voices_of(names):
        setting = replace(
            setting,
            family=voice.family or setting.family,
            weight=voice.weight or setting.weight,
            style=voice.style or setting.style,
        )
    return setting


def _voices_of(names: set[str]) -> Iterator[Voice]:
    return (voice for voice in VOICES if not names.isdisjoint(voice.names))
