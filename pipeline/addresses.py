"""The one form in which addresses are kept and printed: letters of any script made ASCII."""

import re
from urllib.parse import quote, unquote

import idna

WEB = re.compile(r"(?i)(https?://)([^/?#]*?)((?::\d*)?(?:[/?#].*)?)", re.DOTALL)
MAIL = re.compile(r"(?i)(mailto:)([^?#]*)(.*)", re.DOTALL)
ESCAPES = re.compile(r"(?:%[89A-F][0-9A-F])+")
"""Bytes of letters beyond ASCII."""
DOI_MARKS = "!$&'()*+,-./:;=@_~"
"""What stands in the address of a DOI as it stands in the DOI."""


def uri(target: str) -> str:
    """Return an address as a URI (RFC 3987, section 3.1); ASCII and what cannot be one stay."""
    if target.isascii() or target.startswith("#"):
        return target
    if web := WEB.fullmatch(target):
        return f"{web[1]}{_host(web[2])}{_escaped(web[3])}"
    if mail := MAIL.fullmatch(target):
        return f"{mail[1]}{','.join(map(_mailbox, mail[2].split(',')))}{_escaped(mail[3])}"
    return _escaped(target)


def readable(address: str) -> str:
    """Return an address with its letters as people write them, if `uri` makes the same of it."""
    written = ESCAPES.sub(_letters, address)
    return written if uri(written) == address else address


def _letters(match: re.Match[str]) -> str:
    text = unquote(match[0], errors="replace")
    return text if text.isalnum() else match[0]


def of_doi(doi: str) -> str:
    """Return the address of a DOI (DOI Handbook, section 3.7)."""
    return f"https://doi.org/{quote(doi, safe=DOI_MARKS)}"


def _mailbox(address: str) -> str:
    name, at, host = address.rpartition("@")
    return f"{_escaped(name)}{at}{_host(host)}"


def _host(name: str) -> str:
    """Return the name of a host as the network has it (RFC 5891, UTS 46); else as it is."""
    if name.isascii():
        return name
    try:
        return idna.encode(name, uts46=True).decode()
    except idna.IDNAError:
        return name


def _escaped(text: str) -> str:
    """Escape letters beyond ASCII. What no reader could see stays, to be refused."""
    return "".join(
        quote(character) if character.isprintable() and not character.isascii() else character
        for character in text
    )
