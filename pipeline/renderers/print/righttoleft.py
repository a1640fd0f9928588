"""Text from right to left as readers of a PDF get it back: in the order in which it is read.

A page draws such text from its left end, in glyphs that differ with the place of a letter in its
word. So each line of it says what it reads (`ActualText`, ISO 32000-1, 14.9.4), and each glyph
which letters it stands for. Importing this module replaces one function and extends one class of
WeasyPrint.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any

import pydyf
import weasyprint.draw.text as drawing
import weasyprint.pdf.stream as streams
from fontTools.ttLib import TTFont

from pipeline.renderers.print import spaces as spaces  # Comes first: it changes what a box says.
from pipeline.renderers.print.guards import WORD_JOINER

Box = Any
FROM_THE_RIGHT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))
"""Classes of characters that start from the right or turn with it (Unicode annex 9, table 4)."""

LETTERS = frozenset(("R", "AL", "AN", "NSM"))
"""Classes of letters, figures and marks from the right."""

DRAW_FIRST_LINE = drawing.draw_first_line
"""The function that draws a line of text, before it was replaced."""


def runs_from_the_right(text: str) -> bool:
    """Tell whether a text has letters or figures that are written from right to left."""
    return any(unicodedata.bidirectional(character) in FROM_THE_RIGHT for character in text)


def _draw_as_read(
    stream: Any, textbox: Box, text_overflow: str, block_ellipsis: Any, matrix: Any
) -> Any:
    """Draw a line of text, and say what it reads where that is not what it draws."""
    if stream._tags is not None and _turns(textbox):
        properties = stream.stream[-1 - _since_mark(stream.stream)]
        properties["ActualText"] = pydyf.String(textbox.text.removeprefix(WORD_JOINER))
    return DRAW_FIRST_LINE(stream, textbox, text_overflow, block_ellipsis, matrix)


def _turns(textbox: Box) -> bool:
    return textbox.style["direction"] == "rtl" or runs_from_the_right(textbox.text)


def _since_mark(operators: list[Any]) -> int:
    """Return how many operators were written since the marked content around was opened."""
    return next(
        count
        for count, operator in enumerate(reversed(operators))
        if isinstance(operator, pydyf.Dictionary) and "MCID" in operator
    )


class ReadableFont(streams.Font):  # type: ignore[misc]  # WeasyPrint is not typed.
    """A font of a PDF that knows what its letters from right to left stand for."""

    def __init__(self, *arguments: Any) -> None:
        """Start with no glyph used."""
        super().__init__(*arguments)
        data = self.file_content
        self.to_unicode = Texts(glyph_texts(data), lambda: letters(data))


class Texts(dict[int, str]):
    """The texts of the glyphs that are used. What is known of a glyph is not asked of its place.

    Where one place is drawn with several glyphs, only the last is said to stand for its text, and
    the others for nothing. A letter under marks, which stand for themselves, stands for what the
    font has it for; any other glyph for what it stands for at its next place.
    """

    def __init__(
        self, known: Mapping[int, str], letters: Callable[[], Mapping[int, str]] = dict
    ) -> None:
        """Start with no glyph used."""
        super().__init__()
        self._known = known
        self._letters = letters
        self._silent = -1
        """The glyph before, if it stands for nothing."""

    def __setitem__(self, glyph: int, text: str) -> None:
        """Note what a glyph stands for."""
        super().__setitem__(glyph, text)
        self._silent = -1 if text else glyph

    def __contains__(self, glyph: object) -> bool:
        """Tell whether the text of a glyph is there; what is known is put there first.

        Each glyph is asked for when it is drawn, one after the other.
        """
        if not isinstance(glyph, int):
            return False
        before, self._silent = self._silent, -1
        known = self._known.get(glyph, "")
        if before >= 0 and known and all(map(unicodedata.combining, known)):
            super().__setitem__(before, self._letters().get(before, ""))
        if known and not super().__contains__(glyph):
            super().__setitem__(glyph, known)
        return bool(self.get(glyph))


@lru_cache(maxsize=64)
def glyph_texts(data: bytes) -> Mapping[int, str]:
    """Return the texts of the glyphs of a font that depend on the direction or the place.

    Those are brackets, which are mirrored, and letters from the right with all their forms.
    """
    font = TTFont(BytesIO(data))
    texts = {
        name: chr(point)
        for point, name in sorted(font.getBestCmap().items(), reverse=True)
        if unicodedata.mirrored(chr(point)) or unicodedata.bidirectional(chr(point)) in LETTERS
    }
    if any(runs_from_the_right(text) for text in texts.values()):
        while forms := {form: text for form, text in _forms(font, texts) if form not in texts}:
            texts |= forms
    return {font.getGlyphID(name): text for name, text in texts.items()}


@lru_cache(maxsize=64)
def letters(data: bytes) -> Mapping[int, str]:
    """Return the characters that the glyphs of a font are there for."""
    font = TTFont(BytesIO(data))
    points = sorted(font.getBestCmap().items(), reverse=True)
    return {font.getGlyphID(name): chr(point) for point, name in points}


def _forms(font: TTFont, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the glyphs that stand for known ones in some place, alone or joined, with texts."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for subtable in (getattr(one, "ExtSubTable", one) for one in lookup.SubTable):
            kind = type(subtable).__name__
            if kind == "SingleSubst":
                for name, form in subtable.mapping.items():
                    if name in texts:
                        yield form, texts[name]
            elif kind == "LigatureSubst":
                for first, ligatures in subtable.ligatures.items():
                    for one in ligatures:
                        parts = [first, *one.Component]
                        if texts.keys() >= set(parts):
                            yield one.LigGlyph, "".join(map(texts.__getitem__, parts))


drawing.draw_first_line = _draw_as_read
streams.Font = ReadableFont
