"""The fonts that come with the project, as its manifest `fonts.toml` describes them.

The manifest holds the characters of every font file, so no font is opened to know what it has.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

MANIFEST = "fonts.toml"

Style = Literal["normal", "italic"]


@dataclass(frozen=True, slots=True)
class Cut:
    """A WOFF2 part of a face, for pages that hold characters of its range."""

    family: str
    style: Style
    weight: int
    file: Path
    sha256: str
    name: str
    """The name of the range, such as `cyrillic`."""
    characters: frozenset[int]

    @property
    def unicode_range(self) -> str:
        """The value of the CSS descriptor `unicode-range`."""
        return ", ".join(f"U+{part}" for part in _ranges(self.characters))


@dataclass(frozen=True, slots=True)
class Face:
    """One style of a family: a TrueType file for print and Word, and its cuts for the page."""

    family: str
    licence: str
    """The file in the fonts folder with the text of its licence."""
    style: Style
    weight: int
    file: Path
    sha256: str
    characters: frozenset[int]
    cuts: tuple[Cut, ...]


@cache
def faces(folder: Path) -> tuple[Face, ...]:
    """Read the faces of a fonts folder, once for a process, in the order of its manifest."""
    return tuple(face for family in _families(folder) for face in _faces_of_family(folder, family))


@cache
def coverage(folder: Path) -> Mapping[str, frozenset[int]]:
    """Return the code points each family has in all of its faces."""
    return {family["name"]: _points(family["coverage"]) for family in _families(folder)}


def companions(folder: Path, characters: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return, for each family, those that join it and are needed for these characters.

    A family of another script holds the letters that the families it joins do not have.
    """
    points = {ord(character) for character in characters}
    covered = coverage(folder)
    found: dict[str, tuple[str, ...]] = {}
    for family in _families(folder):
        for name in family.get("joins", ()):
            if points & covered[family["name"]] - covered[name]:
                found[name] = (*found.get(name, ()), family["name"])
    return found


def cuts_for(chosen: Iterable[Face], characters: Iterable[str]) -> tuple[Cut, ...]:
    """Return the cuts that a page with these characters needs of the chosen faces.

    A cut that lies within another needed one is left out: letters of one word then come from
    one file, with the kerning between them.
    """
    points = {ord(character) for character in characters}
    return tuple(cut for face in chosen for cut in _cuts_of_face(face, points))


def missing(characters: Iterable[str], families: Iterable[frozenset[int]]) -> tuple[str, ...]:
    """Return the characters that none of the families has, each once, in order of appearance.

    Line ends and tabs need no glyph.
    """
    covered = (frozenset(map(ord, "\t\n\r")), *families)
    return tuple(
        one
        for one in dict.fromkeys(characters)
        if not any(ord(one) in points for points in covered)
    )


@cache
def _families(folder: Path) -> list[dict[str, Any]]:
    manifest = tomllib.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    families: list[dict[str, Any]] = manifest["family"]
    return families


def _faces_of_family(folder: Path, family: Mapping[str, Any]) -> list[Face]:
    covered = _points(family["coverage"])
    ranges = {name: _points(text) for name, text in family["ranges"].items()}
    return [
        Face(
            family["name"],
            family["licence"],
            face["style"],
            face["weight"],
            folder / face["file"],
            face["sha256"],
            covered,
            tuple(
                Cut(
                    family["name"],
                    face["style"],
                    face["weight"],
                    folder / cut["file"],
                    cut["sha256"],
                    cut["range"],
                    ranges[cut["range"]],
                )
                for cut in face["cut"]
            ),
        )
        for face in family["face"]
    ]


def _cuts_of_face(face: Face, points: set[int]) -> list[Cut]:
    needed: list[Cut] = []
    for cut in face.cuts:
        if points & cut.characters - frozenset[int]().union(*(one.characters for one in needed)):
            needed = [one for one in needed if not one.characters <= cut.characters]
            needed.append(cut)
    return needed


def _points(ranges: str) -> frozenset[int]:
    """Read ranges as the manifest writes them: `0041-005A 00DF`."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def _ranges(points: Iterable[int]) -> list[str]:
    """Return runs of code points, `41-5A` or `DF`, in ascending order."""
    runs: list[tuple[int, int]] = []
    for point in sorted(points):
        if runs and runs[-1][1] == point - 1:
            runs[-1] = (runs[-1][0], point)
        else:
            runs.append((point, point))
    return [f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in runs]
