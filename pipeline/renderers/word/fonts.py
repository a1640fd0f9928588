"""The font table and the fonts in the file, so that Word shows the brief as print does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pipeline.fonts import Face, Style, faces
from pipeline.renderers.word import reference
from pipeline.renderers.word.package import OFFICE, Links, Part, word_part
from pipeline.theme import Theme, Type

OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
SLOTS: Mapping[tuple[Style, int], str] = {
    ("normal", 400): "Regular",
    ("normal", 700): "Bold",
    ("italic", 400): "Italic",
    ("italic", 700): "BoldItalic",
}
"""The four fonts of a family that Word knows, in the order of the schema (17.8.3.10)."""
SCRIPTS = "Arial"
"""What stands in for a family of another script."""
HIDDEN = 32
"""How many bytes at the start of a font are obfuscated."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """One font file in the font table."""

    slot: str
    link: str
    key: str


@dataclass(frozen=True, slots=True)
class Family:
    """One family in the font table, with what may stand in for it."""

    name: str
    fallback: str
    family: str
    pitch: str
    files: tuple[Embedded, ...] = ()


@lru_cache(maxsize=4)
def font_parts(theme: Theme, others: reference.Companions) -> tuple[Part, ...]:
    """Return the font table and the fonts of the house that text can be set in.

    `others` are the families for scripts that those of the house do not have.
    """
    links = Links()
    found = {(face.family, face.style, face.weight): face for face in faces(theme.folder / "fonts")}
    families: list[Family] = []
    fonts: list[Part] = []
    for family in _families(theme.type, others):
        wanted = {slot: found.get((family.name, *slot)) for slot in SLOTS}
        parts = {slot: _part(face) for slot, face in wanted.items() if face}
        files = [
            Embedded(SLOTS[slot], links.to(part), guid) for slot, (part, guid) in parts.items()
        ]
        fonts += [part for part, _ in parts.values()]
        families.append(replace(family, files=tuple(files)))
    table = reference.part(theme, "fonts", fonts=families)
    return (word_part("fontTable.xml", "fontTable", table, links), *fonts)


def _families(chosen: Type, others: reference.Companions) -> Iterable[Family]:
    """Return the families of the house, each once, and those that stand behind them."""
    families = (
        Family(chosen.serif, "Georgia", "roman", "variable"),
        Family(chosen.sans, "Calibri", "swiss", "variable"),
        Family(chosen.mono, "Consolas", "modern", "fixed"),
    )
    house = {family.name: family for family in families}
    beside = {
        name: replace(house[family], name=name, fallback=SCRIPTS)
        for family, names in others
        if family in house
        for name in names
    }
    return [*house.values(), *beside.values()]


def _part(face: Face) -> tuple[Part, str]:
    """Return the part that holds a font, and its key."""
    guid = key(face)
    data = obfuscated(face.file.read_bytes(), guid)
    return Part(f"word/fonts/{face.file.stem}.odttf", f"{OFFICE}font", OBFUSCATED, data), guid


def key(face: Face) -> str:
    """Return the GUID of a font file, made from its digest."""
    digits = face.sha256[:32].upper()
    cuts = pairwise((0, 8, 12, 16, 20, 32))
    return "{" + "-".join(digits[a:b] for a, b in cuts) + "}"


def obfuscated(data: bytes, guid: str) -> bytes:
    """Return the font with its first bytes combined with its GUID, read backwards (17.8.1)."""
    mask = bytes.fromhex(guid.strip("{}").replace("-", ""))[::-1]
    start = bytes(byte ^ mask[at % 16] for at, byte in enumerate(data[:HIDDEN]))
    return start + data[HIDDEN:]
