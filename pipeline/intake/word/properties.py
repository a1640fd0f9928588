"""What a Word file knows about itself (ECMA-376, part 2, core properties)."""

import datetime
import re
from collections.abc import Sequence

from pipeline.intake.known import TAG, Known
from pipeline.wordfile import Package, name

ANYBODY = re.compile(
    r"(?i)\s*|(?:microsoft(?: office)?|windows|office|admin\w*|owner|user|unknown|author|"
    r"python-docx|libreoffice|google|benutzer|utilisateur|usuario)(?:[- ]?user)?"
)
"""Names of nobody, as programs put them in."""


def properties_of(package: Package) -> Known:
    """Return the properties of a Word file."""
    root = package.xml("docProps/core.xml")
    given = {} if root is None else {one.tag: " ".join((one.text or "").split()) for one in root}
    authors = re.split(r"\s*;\s*", given.get(name("dc:creator"), ""))
    words = re.split(r"\s*[,;]\s*", given.get(name("cp:keywords"), ""))
    lang = given.get(name("dc:language"), "") or _language(package)
    return Known(
        authors=tuple(one for one in authors if not ANYBODY.fullmatch(one)),
        keywords=tuple(dict.fromkeys(filter(None, words))),
        lang=lang if TAG.fullmatch(lang) else None,
        changed=_day([given.get(name(f"dcterms:{one}"), "") for one in ("modified", "created")]),
    )


def _language(package: Package) -> str:
    """Return the language of the document's default style (ECMA-376, part 1, 17.3.2.20)."""
    styles = package.xml("word/styles.xml")
    found = None if styles is None else styles.find(f"{name('w:docDefaults')}//{name('w:lang')}")
    return "" if found is None else found.get(name("w:val"), "")


def _day(given: Sequence[str]) -> datetime.date | None:
    for text in given:
        try:
            return datetime.date.fromisoformat(text[:10])
        except ValueError:
            continue
    return None
