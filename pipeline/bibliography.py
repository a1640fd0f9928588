"""The record of a brief in the forms that reference managers read: CSL-JSON, BibTeX and RIS."""

import json
import re
from collections.abc import Iterator

from pipeline.citation import Name, Record

SPECIAL = re.compile(r"[\\{}$&%#_^~]")
ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def csl_json(record: Record) -> bytes:
    """Return the record as CSL-JSON: a list with one item."""
    return json.dumps([record], ensure_ascii=False, indent=1).encode() + b"\n"


def bibtex(record: Record) -> bytes:
    """Return the record as a BibTeX entry, in UTF-8.

    A series is the `type` of a report, which is what the usual styles print before its number.
    """
    lines = [f"@techreport{{{record['id']},"]
    lines += [f"  {name} = {{{value}}}," for name, value in _bibtex_fields(record)]
    return "\n".join([*lines, "}", ""]).encode()


def _bibtex_fields(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the fields; addresses and DOIs stand as they are, since programs follow them."""
    year, month, day = record["issued"]["date-parts"][0]
    names = " and ".join(map(_bibtex_name, record.get("author", ())))
    found = (
        ("author", names),
        ("title", f"{{{_tex(record['title'])}}}"),
        ("institution", f"{{{_tex(record['publisher'])}}}"),
        ("type", _tex(record.get("collection-title", ""))),
        ("number", _tex(record.get("number", ""))),
        ("year", str(year)),
        ("month", str(month)),
        ("day", str(day)),
        ("doi", _bare(record.get("DOI", ""))),
        ("url", _bare(record.get("URL", ""))),
        ("isbn", record.get("ISBN", "")),
        ("issn", record.get("ISSN", "")),
        ("langid", record.get("language", "")),
        ("keywords", _tex(record.get("keyword", ""))),
        ("abstract", _tex(record.get("abstract", ""))),
    )
    return ((name, value) for name, value in found if value)


def _bibtex_name(name: Name) -> str:
    """Return a name as `van der Family, Given`; braces keep the name of an organisation whole."""
    if "literal" in name:
        return f"{{{_tex(name['literal'])}}}"
    particle = f"{_tex(name['non-dropping-particle'])} " if "non-dropping-particle" in name else ""
    return f"{particle}{_guarded(_tex(name['family']))}, {_guarded(_tex(name['given']))}"


def _guarded(text: str) -> str:
    """Return a part of a name whole, where BibTeX would find a comma or an `and` in it."""
    return f"{{{text}}}" if "," in text or " and " in f" {text.lower()} " else text


def _tex(text: str) -> str:
    """Return text with the characters that mean something in TeX escaped."""
    return SPECIAL.sub(lambda match: ESCAPES.get(match[0], f"\\{match[0]}"), text)


def _bare(text: str) -> str:
    """Return an address that can stand between braces: unbalanced ones would end the field."""
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def ris(record: Record) -> bytes:
    """Return the record in RIS, whose lines end as on Windows.

    Of a report SN is the number in its series, so that ISBN and ISSN have no tag of their own.
    """
    year, month, day = record["issued"]["date-parts"][0]
    found: tuple[tuple[str, str], ...] = (
        ("TY", "RPRT"),
        ("ID", record["id"]),
        *(("AU", _ris_name(name)) for name in record.get("author", ())),
        ("TI", record["title"]),
        ("T2", record.get("collection-title", "")),
        ("SN", record.get("number", "")),
        ("PB", record["publisher"]),
        ("PY", str(year)),
        ("DA", f"{year:04}/{month:02}/{day:02}"),
        ("DO", record.get("DOI", "")),
        ("UR", record.get("URL", "")),
        *(("N1", f"{key} {record[key]}") for key in ("ISBN", "ISSN") if key in record),
        ("LA", record.get("language", "")),
        *(("KW", word) for word in record.get("keyword", "").split(", ")),
        ("AB", record.get("abstract", "")),
    )
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in found if value.strip()]
    return "\r\n".join([*lines, "ER  - ", ""]).encode()


def _ris_name(name: Name) -> str:
    if "literal" in name:
        return name["literal"]
    particle = f"{name['non-dropping-particle']} " if "non-dropping-particle" in name else ""
    return f"{particle}{name['family']}, {name['given']}"
