"""Finds what looks like markup but was read by pandoc as running text."""

import re
from collections.abc import Iterator, Sequence

from pipeline.problems import Problem, problem
from pipeline.reader.labels import Part, Reading
from pipeline.reader.marks import Mark
from pipeline.reader.seen import STRAIGHT, shortened
from pipeline.reader.tree import nodes

LOOKS_LIKE: dict[str, tuple[str, str]] = {
    "link": (
        "a link or a span",
        "close its brackets; give a reference link its address: [text]: …",
    ),
    "picture": ("a picture", "write it whole: ![caption](file.png)"),
    "attributes": ("attributes", "close the braces, right after what they belong to"),
    "comment": ("a comment", "close it: <!-- … -->"),
}
"""By kind of mark, what it looks like and how that is written."""
OPEN: dict[str, tuple[str, str]] = {
    "strong": ("strong text", "**text**"),
    "code": ("code", "`code`"),
}
"""By kind of mark, what it would begin and how that is written."""
JOINT = re.compile(r"\w{0,12}\][\[({]\w*$")
"""The end of what is in brackets, and the bracket that follows."""

SIGN = re.compile(r"\][\[({]|!\[|\{|\*\*|__|`|<!--")
REACH = 50
"""Characters about a sign that a mark may have at most."""


def left_markup(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each mark that is printed as it stands."""
    for part in reading.parts:
        marks = [mark for mark in part.marks.marks if mark.kind in LOOKS_LIKE or mark.kind in OPEN]
        if marks:
            text, comments = _around_signs(_printed(part)), _comments(part)
            yield from (
                _problem(reading, part, one) for one in marks if _is_left(one, text, comments)
            )


def _is_left(mark: Mark, text: str, comments: Sequence[str]) -> bool:
    match mark.kind:
        case "link":
            joint = JOINT.search(mark.text)
            return joint is not None and joint[0] in text
        case "comment":
            # All comments begin with the same sign, so it is asked which of them pandoc knows.
            known = (one.startswith(mark.text) or mark.text.startswith(one) for one in comments)
            return "<!--" in text and not any(known)
        case _:
            return mark.text in text


def _around_signs(text: str) -> str:
    """Return what stands about signs of markup alone: of a good text nothing."""
    spots = (match.span() for match in SIGN.finditer(text))
    return "\n".join(text[max(0, start - REACH) : end + REACH] for start, end in spots)


def _comments(part: Part) -> list[str]:
    return [
        node["c"][1] for node, _ in nodes(part.blocks) if node["t"] in {"RawInline", "RawBlock"}
    ]


def _printed(part: Part) -> str:
    """Return the running text that pandoc made of a part, its notes included, without code."""
    pieces: list[str] = []
    for node, _ in nodes(part.blocks):
        match node["t"]:
            case "Str":
                pieces.append(node["c"].translate(STRAIGHT))
            case "Emph" | "Strong" | "Strikeout" | "Quoted" | "Link" | "Span":
                pass
            case _:
                pieces.append(" ")
    return "".join([*pieces, " "])


def _problem(reading: Reading, part: Part, mark: Mark) -> Problem:
    path, place = reading.source.path, reading.place(part, mark.start)
    if mark.kind in OPEN:
        what, example = OPEN[mark.kind]
        return problem("structure-open", path, *place, text=mark.text, what=what, example=example)
    what, mend = LOOKS_LIKE[mark.kind]
    text = shortened(mark.text)
    return problem("structure-leftover", path, *place, text=text, what=what, mend=mend)
