"""Language tags (BCP 47)."""

import re

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


def is_well_formed(tag: str) -> bool:
    """Tell whether a language tag has the form of one; whether it is registered is not asked."""
    return WELL_FORMED.match(tag) is not None


def primary(tag: str) -> str:
    """Return the language of a tag without script, region and the rest."""
    return tag.split("-", 1)[0].lower()
