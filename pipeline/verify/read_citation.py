"""Citation files read back, each by the plain rules of its format."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.verify.found import Property, normal

Values = dict[str, Sequence[str]]

BIBTEX = {
    "author": "authors",
    "title": "title",
    "type": "series",
    "number": "number",
    "doi": "DOI",
    "langid": "language",
    "keywords": "keywords",
    "abstract": "description",
}
RIS = {
    "AU": "authors",
    "TI": "title",
    "T2": "series",
    "SN": "number",
    "DO": "DOI",
    "LA": "language",
    "KW": "keywords",
    "AB": "description",
}
CSL = {
    "title": "title",
    "collection-title": "series",
    "number": "number",
    "DOI": "DOI",
    "language": "language",
    "keyword": "keywords",
    "abstract": "description",
}
NAMES = frozenset(("title", "series", "number", "authors", "DOI", "language", "date"))
FIELD = re.compile(r"^  ([a-z]+) = \{(.*)\},$", re.MULTILINE)
LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")
COMMANDS = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"}
TEX = re.compile(r"\\(textbackslash|textasciitilde|textasciicircum)\{\}|\\(.)|[{}]")


def read(data: bytes, form: str) -> tuple[Property, ...]:
    """Return what a citation file says. Raises ValueError or the like when it is none."""
    text = data.decode("utf-8")
    match form:
        case "csl":
            found = _csl(text)
        case "bib":
            found = _bibtex(text)
        case _:
            found = _ris(text)
    values = {name: "; ".join(map(normal, found.get(name, ()))) for name in (*NAMES, *found)}
    return tuple(Property(name, values[name], "in the file") for name in sorted(values))


def _csl(text: str) -> Values:
    (item,) = json.loads(text)
    found: Values = {name: [item[key]] for key, name in CSL.items() if key in item}
    parts = ("given", "non-dropping-particle", "family", "literal")
    found["authors"] = (
        [in_order(" ".join(one[part] for part in parts if part in one)) for one in item["author"]]
        if "author" in item
        else []
    )
    year, month, day = item["issued"]["date-parts"][0]
    return {**found, "date": [f"{year:04}-{month:02}-{day:02}"]}


def _bibtex(text: str) -> Values:
    if not re.match(r"@techreport\{[a-z0-9-]+,\n", text) or not text.endswith(",\n}\n"):
        raise ValueError("it is not one entry of a report")
    fields = dict(FIELD.findall(text))
    found: Values = {
        name: [fields[key] if name == "DOI" else _plain(fields[key])]
        for key, name in BIBTEX.items()
        if key in fields
    }
    names = _outside_of_braces(fields.get("author", ""))
    found["authors"] = [in_order(_plain(one)) for one in names if one]
    year, month, day = (int(fields[part]) for part in ("year", "month", "day"))
    return {**found, "date": [f"{year:04}-{month:02}-{day:02}"]}


def _outside_of_braces(names: str) -> Iterator[str]:
    """Yield names that stand between the word `and`, but not where braces keep one whole."""
    start = depth = 0
    for match in re.finditer(r"(?<!\\)[{}]| and ", names):
        if match[0] == " and ":
            if depth == 0:
                yield names[start : match.start()]
                start = match.end()
        else:
            depth += 1 if match[0] == "{" else -1
    yield names[start:]


def _plain(text: str) -> str:
    """Return text without the marks of TeX."""
    return TEX.sub(lambda match: COMMANDS.get(match[1] or "", match[2] or ""), text)


def _ris(text: str) -> Values:
    lines = [LINE.fullmatch(line) for line in text.split("\r\n")[:-1]]
    pairs = [(line[1], line[2]) for line in lines if line]
    if len(pairs) != len(lines) or pairs[0] != ("TY", "RPRT") or pairs[-1] != ("ER", ""):
        raise ValueError("it is not one record of a report")
    found = {name: [value for key, value in pairs if key == tag] for tag, name in RIS.items()}
    found["keywords"] = [", ".join(found["keywords"])]
    found["authors"] = list(map(in_order, found["authors"]))
    found["date"] = [value.replace("/", "-") for key, value in pairs if key == "DA"]
    return {name: values for name, values in found.items() if any(values)}


def in_order(name: str) -> str:
    """Return the words of a name in an order that does not depend on which comes first."""
    return " ".join(sorted(name.replace(",", " ").split()))


def joined(names: Iterable[str]) -> str:
    """Return several names as `read` gives them."""
    return "; ".join(map(in_order, names))
