"""The order in which a line of text is drawn, from the order in which it is read.

This is the algorithm of Unicode annex 9 for one line without explicit embeddings, which no output
of ours has. With it a reader proves that what a file says a line reads is what the line shows.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, product
from typing import Literal

Side = Literal["L", "R"]

LANGUAGES = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
SCRIPTS = frozenset(("arab", "hebr", "syrc", "thaa"))
NEUTRAL = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))
IGNORED = frozenset(("BN", "LRE", "RLE", "LRO", "RLO", "PDF"))
"""Classes that rule X9 removes."""
FIGURES = frozenset(("EN", "AN"))
MIRRORS = {
    pair[at]: pair[1 - at]
    for pair in ("()", "[]", "{}", "<>", "«»", "‹›", "≤≥", "⟨⟩", "⁅⁆")
    for at in (0, 1)
}
"""Characters that are drawn as one another from right to left (rule L4)."""
BRACKETS = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⁅": "⁆"}
"""Pairs of brackets (definition BD16)."""


def is_from_the_right(tag: str) -> bool:
    """Tell whether a language is written from right to left."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    return script in SCRIPTS if script else language in LANGUAGES


def draws(glyphs: Sequence[str], text: str) -> bool:
    """Tell whether glyphs, from left to right, are what a line that reads `text` looks like.

    Where a line is one of several its ends depend on its neighbours, so each way is tried.
    """
    shown = _comparable("".join(_from_the_left(glyph) for glyph in glyphs))
    return any(
        shown == _comparable(visual(text, base, before, after))
        for base, before, after in product(SIDES, repeat=3)
    )


SIDES: tuple[Side, Side] = ("L", "R")


def _from_the_left(glyph: str) -> str:
    """Return the letters that one glyph stands for in the order in which they are drawn."""
    letters = unicodedata.normalize("NFD", glyph)
    return letters[::-1] if any(_class(one) in ("R", "AL") for one in letters) else letters


def _comparable(drawn: str) -> str:
    """Return drawn text without what has no ink, and with marks on one letter in one order."""
    seen = (one for one in drawn if unicodedata.category(one) != "Cf")
    groups = groupby(seen, key=lambda one: unicodedata.combining(one) > 0)
    return " ".join("".join("".join(sorted(g) if m else g) for m, g in groups).split())


def visual(text: str, base: Side, before: Side | None = None, after: Side | None = None) -> str:
    """Return a line in the order in which it is drawn, from left to right."""
    letters = unicodedata.normalize("NFD", text)
    levels = _levels(letters, base, before or base, after or base)
    order = list(range(len(letters)))
    for level in range(max(levels, default=0), 0, -1):  # Rule L2.
        start = 0
        for is_turned, group in groupby(order, key=lambda at: levels[at] >= level):
            end = start + len(list(group))
            if is_turned:
                order[start:end] = order[start:end][::-1]
            start = end
    return "".join(
        MIRRORS.get(letters[at], letters[at]) if levels[at] % 2 else letters[at] for at in order
    )


def _class(character: str) -> str:
    return unicodedata.bidirectional(character) or "L"


def _levels(letters: str, base: Side, before: Side, after: Side) -> list[int]:
    """Return the level of each character: odd ones are drawn from the right."""
    lowest = 1 if base == "R" else 0
    kept = [at for at, one in enumerate(letters) if _class(one) not in IGNORED]
    kinds = _weak([_class(letters[at]) for at in kept], before)
    _brackets([letters[at] for at in kept], kinds, base, before)
    _neutrals(kinds, base, before, after)
    levels = [lowest] * len(letters)
    for at, kind in zip(kept, kinds, strict=True):
        if lowest:
            levels[at] = 1 if kind == "R" else 2
        else:
            levels[at] = {"L": 0, "R": 1}.get(kind, 2)
    for at in range(len(letters)):
        if _class(letters[at]) in IGNORED:
            levels[at] = levels[at - 1] if at else lowest
    for at in range(len(letters) - 1, -1, -1):  # Rule L1.
        if _class(letters[at]) not in ("WS", "S", "B") and _class(letters[at]) not in IGNORED:
            break
        levels[at] = lowest
    return levels


def _weak(kinds: list[str], before: Side) -> list[str]:
    """Resolve marks, figures and what stands between and beside them (rules W1 to W7)."""
    last, strong = str(before), str(before)
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = kind = "ON" if last in ("LRI", "RLI", "FSI", "PDI") else last
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
        last = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and (
            (kind == "CS" and left in FIGURES) or (kind == "ES" and left == "EN")
        ):
            kinds[at] = left
    _beside_figures(kinds)
    strong = before
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _beside_figures(kinds: list[str]) -> None:
    """Let signs such as per cent go with the figures beside them (rules W5 and W6)."""
    start = 0
    for kind, group in groupby(list(kinds)):
        end = start + len(list(group))
        if kind == "ET":
            beside = kinds[start - 1 : start] + kinds[end : end + 1]
            kinds[start:end] = ["EN" if "EN" in beside else "ON"] * (end - start)
        elif kind in ("ES", "CS"):
            kinds[start:end] = ["ON"] * (end - start)
        start = end


def _brackets(letters: Sequence[str], kinds: list[str], base: Side, before: Side) -> None:
    """Let both brackets of a pair take the side of what they hold, or stand in (rule N0)."""
    for start, end in sorted(_pairs(letters, kinds)):
        inside = {_side(kind) for kind in kinds[start + 1 : end]} - {""}
        if not inside:
            continue
        side = str(base)
        if base not in inside:
            earlier = (_side(kind) for kind in reversed(kinds[:start]))
            context = next((one for one in earlier if one), before)
            side = context if context in inside else base
        kinds[start] = kinds[end] = side


def _pairs(letters: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    for at, letter in enumerate(letters):
        if kinds[at] != "ON":
            continue
        if letter in BRACKETS:
            opened.append((BRACKETS[letter], at))
        elif any(letter == closing for closing, _ in opened):
            while opened:
                closing, start = opened.pop()
                if closing == letter:
                    yield start, at
                    break


def _side(kind: str) -> str:
    """Return the side that a character pulls to; figures count as from the right."""
    return "R" if kind in FIGURES else kind if kind in ("L", "R") else ""


def _neutrals(kinds: list[str], base: Side, before: Side, after: Side) -> None:
    """Let neutral characters go with what stands on both sides (rules N1 and N2)."""
    start = 0
    for is_neutral, group in groupby(list(kinds), key=lambda kind: kind in NEUTRAL):
        end = start + len(list(group))
        if is_neutral:
            left = _side(kinds[start - 1]) if start else before
            right = _side(kinds[end]) if end < len(kinds) else after
            kinds[start:end] = [left if left == right else base] * (end - start)
        start = end
