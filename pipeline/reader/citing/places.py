"""Where a citation begins, and where in it a key stands."""

import re

OPENING = re.compile(r"\[[^\w\[\]]{0,6}$|-?@\{?$")
REACH = 8


def place_of_signs(text: str, first_word: int) -> int:
    """Return the offset of the bracket or the sign with which a citation begins."""
    start = max(0, first_word - REACH)
    match = OPENING.search(text[start:first_word])
    return start + match.start() if match else first_word


def place_of_key(text: str, start: int, key: str) -> int:
    """Return the offset of a key in the citation that begins at `start`."""
    match = re.compile(rf"@\{{?{re.escape(key)}").search(text, start)
    return match.start() if match else start
