"""Headings without marks, told by their length, their last sign and what follows them."""

import re
from collections.abc import Sequence

from pipeline.intake.plain.chunks import Chunk
from pipeline.intake.plain.items import item_sign, numeral_of, value_of
from pipeline.intake.plain.notes import ADDRESS, BRACKETS

LONGEST_HEADING = 100
"""Characters of a heading; a longer line is a sentence that lost its full stop."""
SENTENCE_END = '.,;:…)"”»-'
PARTS = re.compile(r"(\d+(?:\.\d+)*)\.?\s")
SENTENCES = re.compile(r"\w{3,}[.!?…] +[^\W\d_]")
"""A sentence that ends, and another one that begins."""
UNDERLINE = re.compile(r"={3,}|-{3,}|—{3,}|~{3,}")


def heading_level(chunk: Chunk, following: Sequence[Chunk]) -> int:
    """Return the level of a heading; 0 for a chunk that is none."""
    if following and is_underline(chunk, following[0]):
        return 1 if following[0].text[0] == "=" else 2
    if not following or not looks_like_heading(chunk):
        return 0
    behind = following[0]
    if looks_like_heading(behind) and (
        len(following) < 2
        or looks_like_heading(following[1])
        or len(behind.text) > len(following[1].text)
    ):
        return 0
    if numeral_of(chunk) and _is_item_of_list(chunk, following):
        return 0
    parts = PARTS.match(chunk.text)
    return min(3, parts[1].count(".") + 1) if parts else 1


def _is_item_of_list(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Tell whether the next chunk goes on counting."""
    return item_sign(following[0]) == "numeral" or value_of(numeral_of(chunk)) < 1


def looks_like_heading(chunk: Chunk) -> bool:
    """Tell whether a chunk may be a heading by itself, whatever follows it."""
    text = BRACKETS.sub("", chunk.text).rstrip()
    if len(chunk.lines) > 2 or not text or len(text) > LONGEST_HEADING or chunk.quotes:
        return False
    if chunk.lines[0].indent or item_sign(chunk) == "sign" or ADDRESS.search(text):
        return False
    if SENTENCES.search(text):
        return False
    is_begun = text[0].isupper() or text[0].isdigit() or not text[0].isascii()
    return is_begun and text[-1] not in SENTENCE_END and any(map(str.isalpha, text))


def is_underline(chunk: Chunk, following: Chunk) -> bool:
    """Tell whether a line of strokes stands right under a line of text."""
    strokes = following.text
    is_next = following.start - chunk.lines[-1].start <= len(chunk.lines[-1].text) + 2
    is_line = len(chunk.lines) == 1 and len(chunk.text) <= LONGEST_HEADING
    return is_line and is_next and UNDERLINE.fullmatch(strokes) is not None
