"""Signs and numerals with which the items of lists begin."""

import re
from typing import Literal

from pipeline.intake.plain.chunks import ITEM, RULE, Chunk


def item_sign(chunk: Chunk) -> str | None:
    """Return what a chunk begins with as an item of a list: a `sign`, a `numeral`, or nothing."""
    found = ITEM.match(chunk.text)
    if found is None or RULE.fullmatch(chunk.text):
        return None
    numeral = (found["numeral"] or "").strip("().")
    is_plain = not numeral.startswith("0") and numeral != "i"
    return found.lastgroup if is_plain else None


def numeral_of(chunk: Chunk) -> str:
    """Return the numeral of an item with the signs around it; nothing where it has none."""
    found = ITEM.match(chunk.text)
    return found["numeral"] or "" if found else ""


def value_of(numeral: str) -> int:
    """Return the number that a numeral stands for."""
    bare = numeral.strip("().")
    return int(bare) if bare.isdigit() else ord(bare) - ord("a") + 1


def delimiter_of(numeral: str) -> Literal["period", "one-paren", "two-parens"]:
    """Return what stands around a numeral, as the model names it."""
    if numeral.startswith("(") and numeral.endswith(")"):
        return "two-parens"
    return "one-paren" if numeral.endswith(")") else "period"


def kind_of(chunk: Chunk) -> tuple[str, str]:
    """Return what two items must share to stand in one list: the sign, or the form of numerals."""
    sign = item_sign(chunk)
    if sign is None:
        return "", ""
    if sign == "sign":
        return sign, chunk.text[0]
    numeral = numeral_of(chunk)
    return sign, re.sub(r"\d+", "1", re.sub(r"[a-z]", "a", numeral))


def follows(chunk: Chunk, first: Chunk, count: int) -> bool:
    """Tell whether an item has the next numeral; bullets always follow."""
    if item_sign(chunk) != "numeral" or not count:
        return True
    return value_of(numeral_of(chunk)) == value_of(numeral_of(first)) + count
