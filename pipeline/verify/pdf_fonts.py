"""Fonts of a PDF: which characters their codes stand for (ISO 32000-1, 9.10.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack

import pikepdf

UNKNOWN = "\ufffd"
"""What stands for a code without a character."""
MOST = 0xFFFF
"""Codes in one range of a table; there are no more of two bytes."""


class Characters(dict[int, str]):
    """The characters of a font by their codes. A code that it does not map shows as unknown."""

    def __missing__(self, code: int) -> str:
        """Return the replacement character, which no text of a brief holds."""
        return UNKNOWN


@dataclass(frozen=True, slots=True)
class Font:
    """How the codes of a font map to characters: how many bytes a code has, and what it means."""

    width: int
    characters: Characters

    def texts(self, codes: bytes) -> tuple[str, ...]:
        """Return the characters that each glyph of a string stands for."""
        numbers = (
            codes
            if self.width == 1
            else unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2])
        )
        return tuple(map(self.characters.__getitem__, numbers))


@dataclass(slots=True)
class Fonts:
    """The fonts of a file, each read once."""

    _known: dict[tuple[int, int], Font | None] = field(default_factory=dict)

    def of(self, resources: pikepdf.Object, name: str) -> Font | None:
        """Return a font of the resources by its name, or None if it does not map its codes."""
        font = resources.get("/Font", pikepdf.Dictionary()).get(name)
        if font is None:
            return None
        key = font.objgen
        if key == (0, 0):
            return _font(font)
        if key not in self._known:
            self._known[key] = _font(font)
        return self._known[key]


def _font(font: pikepdf.Object) -> Font | None:
    table = font.get("/ToUnicode")
    if table is None:
        return None
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    return Font(width, Characters(_mapping(table.read_bytes())))


def _mapping(table: bytes) -> Iterator[tuple[int, str]]:
    """Yield the entries of a ToUnicode table (Adobe Technical Note 5014)."""
    for section in re.finditer(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        codes = re.findall(rb"<([0-9A-Fa-f\s]*)>", section[1])
        for code, text in zip(codes[::2], codes[1::2], strict=False):
            yield int(code, 16), _utf16(text)
    for section in re.finditer(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        pattern = rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f\s]*>|\[[^\]]*\])"
        for first, last, target in re.findall(pattern, section[1]):
            start = int(first, 16)
            span = range(start, min(int(last, 16), start + MOST) + 1)
            texts = re.findall(rb"<([0-9A-Fa-f\s]*)>", target)
            if target.startswith(b"["):
                yield from zip(span, map(_utf16, texts), strict=False)
            else:
                text = _utf16(texts[0])
                yield from ((code, _after(text, code - start)) for code in span)


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")


def _after(text: str, steps: int) -> str:
    return text[:-1] + chr(ord(text[-1]) + steps) if text else ""
