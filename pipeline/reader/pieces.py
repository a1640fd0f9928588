"""The parts of a source that hold Markdown: the body and some fields of the front matter."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.reader.source import Source
from pipeline.reader.yaml_tree import Scalar


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of Markdown. `offsets` says where in the source each of its characters stands."""

    field: str
    text: str
    offsets: Sequence[int]
    one_paragraph: bool
    may_call: bool

    def offset(self, index: int) -> int:
        """Return the offset in the source of a character; one past the end is allowed."""
        if index < len(self.offsets):
            return self.offsets[index]
        return self.offsets[-1] + 1 if self.offsets else 0


def body_piece(source: Source, start: int) -> Piece:
    """Return the body, which begins at an offset and ends with the source."""
    return Piece("body", source.text[start:], range(start, len(source.text)), False, True)


def field_piece(
    source: Source, field: str, value: Scalar, one_paragraph: bool, may_call: bool
) -> Piece:
    """Return the piece of a front matter value."""
    text = value.text.strip("\n")
    raw = source.text[value.start : value.end]
    offsets = tuple(value.start + index for index in trace(text, raw))
    return Piece(field, text, offsets, one_paragraph, may_call)


REACH = 12
"""How far the next character may be in the source: past an escape, an indent, a line end."""


def trace(text: str, raw: str) -> tuple[int, ...]:
    """Return for each character of a YAML value its index in `raw`, as it stands in the source.

    YAML folds lines, strips indents and doubles quotes, but keeps the order of the characters. One
    that is written as an escape stands where the walk has got to.
    """
    # The first line of a block only says how it is folded.
    at = raw.find("\n") + 1 if raw[:1] in {"|", ">"} else 0
    found: list[int] = []
    for character in text:
        if character.isspace():
            found.append(min(at, max(len(raw) - 1, 0)))
            continue
        while at < len(raw) and raw[at].isspace():
            at += 1
        index = raw.find(character, at, at + REACH)
        found.append(index if index >= 0 else min(at, max(len(raw) - 1, 0)))
        at = index + 1 if index >= 0 else at
    return tuple(found)
