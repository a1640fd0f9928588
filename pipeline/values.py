"""What the values of the front matter look like. Each function answers None when one does not."""

import re
from datetime import date

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)


def as_date(text: str) -> date | None:
    """Return a date written as YYYY-MM-DD."""
    if not ISO_DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_orcid(text: str) -> str | None:
    """Return an ORCID iD without its address, its check digit verified (ISO 7064, MOD 11-2)."""
    match = ORCID.fullmatch(text)
    if match is None:
        return None
    digits = match[1].replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return match[1] if digits[-1] == ("X" if check == 10 else str(check)) else None


def as_doi(text: str) -> str | None:
    """Return a DOI without its address."""
    match = DOI.fullmatch(text)
    return match[1] if match else None
