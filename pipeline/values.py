"""What the values of the front matter look like. Each function answers None when one does not."""

import re
from collections.abc import Iterable
from datetime import date

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
ISSN = re.compile(r"(?:ISSN[: ]*)?(\d{4}-\d{3}[\dX])", re.IGNORECASE)
ISBN = re.compile(r"(?:ISBN(?:-1[03])?[: ]*)?([\d -]{9,16}[\dX])", re.IGNORECASE)
EMAIL = re.compile(r"(?:mailto:)?([^@\s<>,;:\"]+@[^@\s<>,;:\".]+(?:\.[^@\s<>,;:\".]+)+)")
URL = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*")
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


def as_issn(text: str) -> str | None:
    """Return an ISSN whose check digit is right (ISO 3297, annex A)."""
    match = ISSN.fullmatch(text)
    issn = match[1].upper() if match else ""
    total = _weighed(issn.replace("-", ""), range(8, 0, -1))
    return issn if issn and total % 11 == 0 else None


def as_isbn(text: str) -> str | None:
    """Return an ISBN of ten or thirteen digits whose check digit is right (ISO 2108, annex C).

    Hyphens stay where they are: where they belong depends on the publisher.
    """
    match = ISBN.fullmatch(text)
    isbn = "-".join(match[1].upper().split()) if match else ""
    digits = isbn.replace("-", "")
    if len(digits) == 10:
        return isbn if _weighed(digits, range(10, 0, -1)) % 11 == 0 else None
    if len(digits) == 13 and digits.isdecimal() and digits[:3] in ("978", "979"):
        return isbn if _weighed(digits, (1, 3) * 6 + (1,)) % 10 == 0 else None
    return None


def _weighed(digits: str, weights: Iterable[int]) -> int:
    """Return the sum of the digits times their weights; X is ten, and stands only at the end."""
    values = (10 if digit == "X" else int(digit) for digit in digits)
    return sum(value * weight for value, weight in zip(values, weights, strict=False))


def as_email(text: str) -> str | None:
    """Return an e-mail address without its scheme."""
    match = EMAIL.fullmatch(text)
    return match[1] if match else None


def as_url(text: str) -> str | None:
    """Return an address of the web, in full."""
    return text if URL.fullmatch(text) else None
