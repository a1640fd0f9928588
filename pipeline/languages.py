"""Language tags (BCP 47)."""

import re
import unicodedata
from typing import Literal

Direction = Literal["ltr", "rtl"]

WELL_FORMED = re.compile(
    r"""(?xi) ^(?:
      (?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})   # language
      (?:-[a-z]{4})?                                         # script
      (?:-(?:[a-z]{2}|\d{3}))?                               # region
      (?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*                  # variants
      (?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*                   # extensions
      (?:-x(?:-[a-z0-9]{1,8})+)?                             # private use
      | x(?:-[a-z0-9]{1,8})+
    )$"""
)
"""Well-formed tags (RFC 5646, section 2.1), without the grandfathered ones."""


FROM_THE_RIGHT = frozenset(
    ("ar", "arz", "ckb", "dv", "fa", "he", "iw", "ji", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)
"""Languages that are written from right to left, as far as their tag names no other script."""
SCRIPTS_FROM_THE_RIGHT = frozenset(
    ("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa")
)
"""Scripts (ISO 15924) that are written from right to left."""


def is_well_formed(tag: str) -> bool:
    """Tell whether a language tag has the form of one; whether it is registered is not asked."""
    return WELL_FORMED.match(tag) is not None


def primary(tag: str) -> str:
    """Return the language of a tag without script, region and the rest."""
    return tag.split("-", 1)[0].lower()


def direction(tag: str) -> Direction:
    """Return in which direction a language is written, by its script if the tag names one."""
    script = next((part for part in tag.lower().split("-")[1:] if len(part) == 4), "")
    if script.isalpha():
        return "rtl" if script in SCRIPTS_FROM_THE_RIGHT else "ltr"
    return "rtl" if primary(tag) in FROM_THE_RIGHT else "ltr"


def script_of(character: str) -> str:
    """Return words for the script of a character, by the first word of its name in Unicode."""
    if not unicodedata.category(character).startswith(("L", "M", "N")):
        return "this sign"
    script = unicodedata.name(character, "").split(" ")[0].split("-")[0]
    return f"the script {script.title()}" if script else "this character"
