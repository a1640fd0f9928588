"""Where the entries of a bibliography stand: pandoc does not say it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

ENTRY = re.compile(r"(?m)^[ \t]*@(\w+)[ \t\n]*[{(][ \t\n]*([^\s,{}()\"#%'=]+)[ \t\n]*,")
NO_ENTRIES = {"comment", "string", "preamble", "xdata", "set"}
IDENTIFIER = re.compile(r'"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)')
LEANS = re.compile(r'(?i)\b(?:crossref|xref|related)\s*=\s*(?:\{([^{}]*)\}|"([^"]*)")')


@dataclass(frozen=True, slots=True)
class Entry:
    """The key of an entry, and the offset at which it is given."""

    key: str
    start: int


def entries_in(text: str, form: str) -> Iterator[Entry]:
    """Yield the entries of a bibliography in its order."""
    if form == "csljson":
        for match in IDENTIFIER.finditer(text):
            yield Entry(str(json.loads(match[1])), match.start())
        return
    for match in ENTRY.finditer(text):
        if match[1].lower() not in NO_ENTRIES:
            yield Entry(match[2], text.index("@", match.start()))


def leant_on(text: str) -> frozenset[str]:
    """Return the keys of entries of BibTeX that others name as theirs: a volume for its papers."""
    named = (match[1] or match[2] or "" for match in LEANS.finditer(text))
    return frozenset(key.strip() for several in named for key in several.split(","))
