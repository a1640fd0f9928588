"""Spots in a manuscript that look like slips: reported with their place, mended only when asked.

What is mended changes no letter and no figure: spaces, and quotation marks that leave no doubt.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline import languages
from pipeline.intake.sheet import Sheet, as_sheet
from pipeline.problems import Problem

SPACES = re.compile(r"(?<=[^\s])[ \u00a0]{2,}(?=[^\s])")
DOUBLED = re.compile(r"\b([^\W\d_]+(?: [^\W\d_]+)?)(?:[ \u00a0]+|[ ]*\n[ ]*)\1\b", re.IGNORECASE)
COMMA = re.compile(r"(?<=[\s(])([^\W\d_]{1,12}), ?([^\W\d_]{2,})\b")
WORD = re.compile(r"[^\W\d_]+")
SPACED = re.compile(r"(?<=[\w)\]”’»\"'])[ \u00a0]+([,.;:!?])(?=\s|$|\[\d)")
UNSPACED = re.compile(r"[^\W\d_]([,;!?])(?=[^\W\d_])")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
QUOTE = re.compile(r'"([^"\n]*)"')
STRAIGHT = re.compile(r"[\"']|``")
HYPHENS = re.compile(r"(?<![-!<])--(?![->])")
ADDRESS = re.compile(r"(?:https?|ftp)://\S+|www\.\S+|\S+@\S+\.\w+")
SHOWN = 24
"""Characters of the text around a spot that are shown."""

PAIRS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("es", "be", "ru", "uk", "fr"), ("«", "»")),
    **dict.fromkeys(("de", "lt"), ("„", "“")),
    "en": ("“", "”"),
    "pl": ("„", "”"),
    "ar": ("”", "“"),
    "he": ("”", "”"),
}
"""Quotation marks by language; in French a narrow no-break space stands inside them."""
THIN = "\u202f"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that looks wrong. `mended` is what is put there when that leaves no doubt."""

    code: str
    start: int
    end: int
    mended: str | None = None


def spots(sheet: Sheet, lang: str) -> list[Spot]:
    """Return the suspicious spots of a text in their order, none inside an address."""
    text = sheet.text
    addresses = [match.span() for match in ADDRESS.finditer(text)]
    found = sorted(_spots(text, lang), key=lambda spot: (spot.start, spot.end))
    return [
        spot
        for spot in found
        if not any(start <= spot.start and spot.end <= end for start, end in addresses)
    ]


def _spots(text: str, lang: str) -> Iterator[Spot]:
    is_french = languages.primary(lang) == "fr"
    for match in SPACES.finditer(text):
        if _in_line(text, match.start()):
            yield Spot("intake-spaces", *match.span(), " ")
    for match in DOUBLED.finditer(text):
        yield Spot("intake-doubled", *match.span())
    words = Counter(WORD.findall(text.casefold()))
    for match in COMMA.finditer(text):
        if len(match[1]) == 1 or words[f"{match[1]}{match[2]}".casefold()]:
            yield Spot("intake-comma", *match.span())
    for match in SPACED.finditer(text):
        if not (is_french and match[1] in ";:!?"):
            yield Spot("intake-spaced", *match.span(), match[1])
    for match in UNSPACED.finditer(text):
        yield Spot("intake-unspaced", match.start(1), match.end(1))
    for match in HYPHENS.finditer(text):
        yield Spot("intake-hyphens", *match.span())
    yield from _quotes(text, lang)


def _in_line(text: str, at: int) -> bool:
    """Tell whether something other than a sign of a list stands before a place in its line."""
    line = text[text.rfind("\n", 0, at) + 1 : at].strip()
    return bool(line) and re.fullmatch(r"[-*•–·>]|\(?\w{1,4}[.)]|\[\d+\]", line) is None


def _quotes(text: str, lang: str) -> Iterator[Spot]:
    """Straight marks are mended where they pair up in their line; what is left is only told."""
    opening, closing = PAIRS.get(languages.primary(lang), PAIRS["en"])
    inside = THIN if languages.primary(lang) == "fr" else ""
    mended: set[int] = set()
    for match in APOSTROPHE.finditer(text):
        mended.add(match.start())
        yield Spot("intake-apostrophe", *match.span(), "’")
    for match in QUOTE.finditer(text):
        if _is_pair(text, match) and _line_is_even(text, match.start()):
            mended |= {match.start(), match.end() - 1}
            yield Spot("intake-quote", match.start(), match.start() + 1, opening + inside)
            yield Spot("intake-quote", match.end() - 1, match.end(), inside + closing)
    for match in STRAIGHT.finditer(text):
        if match.start() not in mended:
            yield Spot("intake-quote", *match.span())
    yield from _unbalanced(text)


def _is_pair(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    return bool(match[1]) and match[1] == match[1].strip() and not before.isalnum()


def _line_is_even(text: str, at: int) -> bool:
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].count('"') % 2 == 0


def _unbalanced(text: str) -> Iterator[Spot]:
    """Yield typographic marks that are opened and never closed in their paragraph."""
    for match in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text):
        for opening, closing in (("“", "”"), ("«", "»"), ("‹", "›")):
            part = match[0]
            if opening == "“" and "„" in part:
                continue
            if part.count(opening) != part.count(closing) and (opening in part or closing in part):
                sign = opening if opening in part else closing
                at = match.start() + part.rindex(sign)
                yield Spot("intake-unclosed", at, at + 1)


def told(sheet: Sheet, found: list[Spot], fixed: bool) -> tuple[Problem, ...]:
    """Return a line for each spot: what looks wrong, or what was mended."""
    return tuple(_told(sheet, spot, fixed) for spot in found)


def told_each(
    texts: Sequence[str], lang: str, path: str, line: Callable[[int, str], int]
) -> tuple[Problem, ...]:
    """Return a line for each spot in paragraphs; nothing is mended.

    `line` says where the paragraph with a number, from 1, and a text is.
    """
    made: list[Problem] = []
    for number, text in enumerate(texts, start=1):
        sheet = as_sheet(text, path)
        found = told(sheet, spots(sheet, lang), False)
        made += [replace(one, line=line(number, text)) for one in found]
    return tuple(made)


def _told(sheet: Sheet, spot: Spot, fixed: bool) -> Problem:
    text = sheet.text
    before = text[max(0, spot.start - SHOWN) : spot.start].rpartition("\n")[2]
    behind = text[spot.end : spot.end + SHOWN].partition("\n")[0]
    around = " ".join(f"{before}{text[spot.start : spot.end]}{behind}".split("\n"))
    if fixed and spot.mended is not None:
        was, now = text[spot.start : spot.end], spot.mended
        return sheet.problem("intake-mended", spot.start, was=was, now=now, around=around)
    what = text[spot.start : spot.end].replace("\n", " ")
    return sheet.problem(spot.code, spot.start, text=what, around=around)


def mend(text: str, found: list[Spot]) -> str:
    """Return the text with the spots mended that leave no doubt; lines stay what they are."""
    made: list[str] = []
    position = 0
    for spot in found:
        if spot.mended is not None and spot.start >= position:
            made += [text[position : spot.start], spot.mended]
            position = spot.end
    return "".join([*made, text[position:]])
