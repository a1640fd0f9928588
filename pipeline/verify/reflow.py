"""Printed lines as running text again, and text as keys for finding its counterpart.

A PDF has lines, not paragraphs: at a line's end stands nothing where the text has a space, or a
hyphen that the text may or may not have. Only the text that should be there can tell, so it is
asked, and at line ends alone. Nothing else is forgiven.
"""

from pipeline.verify.found import OPEN, normal

HYPHENS = frozenset("-\u2010")
_SQUASH = dict.fromkeys(map(ord, " \n\u00ad-\u2010"))


def squashed(text: str) -> str:
    """Return a key that is the same for one text, however its lines are broken."""
    return text.translate(_SQUASH)


def reflow(printed: str, expected: str) -> str:
    """Return the text of printed lines in one line, resolving each line end as `expected` has it.

    Where the two have parted, a line end is a space. The result equals `expected` only if every
    character outside of line ends does.
    """
    if "\n" not in printed:
        return normal(printed)
    lines = [line for line in map(normal, printed.split("\n")) if line]
    pieces: list[str] = []
    at = 0
    for number, line in enumerate(lines):
        space = " " if expected.startswith(" ", at) else ""
        kept = _as_expected(line, expected, at + len(space))
        if kept is None:
            return "".join([*pieces, space, _joined(lines[number:])]).lstrip()
        pieces += [space, kept]
        at += len(space) + len(kept)
    return "".join(pieces)


def _as_expected(line: str, expected: str, at: int) -> str | None:
    """Return a line as the text has it at a place: whole, or without a hyphen that ends it."""
    if expected.startswith(line, at):
        return line
    if line[-1] in HYPHENS and expected.startswith(line[:-1], at):
        return line[:-1]
    return None


def _joined(lines: list[str]) -> str:
    """Join lines that are not what is expected: nothing is known about their ends."""
    text = lines[0]
    for line in lines[1:]:
        text += line if text[-1] in HYPHENS or line.startswith(OPEN) else f" {line}"
    return text
