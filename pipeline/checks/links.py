"""Checks of links: a brief is mailed and printed, so every link must hold anywhere."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import urlsplit

from pipeline import model as m
from pipeline.checks.structure import anchors
from pipeline.checks.subject import Subject
from pipeline.problems import Problem

SCHEMES = ("http", "https", "mailto", "tel")
SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
HOST = re.compile(r"(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?|\[[0-9a-fA-F:.]+\]")
ADDRESS = re.compile(r"[^@\s]+@[\w.-]+(\?\S*)?(,[^@\s]+@[\w.-]+)*")
TELEPHONE = re.compile(r"\+?[\d().-]+(;\S+)?")
PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
NOT_IN_URIS = re.compile(r"[^!-~]|[<>\"\\^`{|}]")


MANY = 100
"""Anchors among which the nearest is looked for; among thousands it would take minutes."""


def links(subject: Subject) -> Iterator[m.Link]:
    """Yield every link of a brief."""
    return (inline for inline, _ in subject.inlines if isinstance(inline, m.Link))


def schemes_allowed(subject: Subject) -> Iterator[Problem]:
    """Links use http, https, mailto or tel."""
    for link in links(subject):
        match = SCHEME.match(link.target)
        if match and match[1].lower() not in SCHEMES:
            yield subject.problem("link-scheme", link.line, link.column, scheme=match[1])


def links_complete(subject: Subject) -> Iterator[Problem]:
    """Links are complete, since a brief is mailed and moved."""
    for link in links(subject):
        if not SCHEME.match(link.target) and not link.target.startswith("#"):
            bare = link.target.removeprefix("//")
            web = bare.startswith("www.") or bare != link.target
            near = f"; did you mean https://{bare}?" if web else ""
            yield subject.problem(
                "link-relative", link.line, link.column, target=link.target, near=near
            )


def links_well_formed(subject: Subject) -> Iterator[Problem]:
    """The address of a link has the form of one (RFC 3986, RFC 6068, RFC 3966)."""
    for link in links(subject):
        match = SCHEME.match(link.target)
        what = _fault(link.target) if match and match[1].lower() in SCHEMES else None
        if what:
            yield subject.problem(
                "link-malformed", link.line, link.column, target=link.target, what=what
            )


def _fault(target: str) -> str | None:
    try:
        parts = urlsplit(target)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "the name of its host or its port is not possible"
    if host and not host.isascii():
        return "the name of its host is not possible"
    if NOT_IN_URIS.search(target):
        return "it has a space or a character that addresses do not have"
    if PERCENT.search(target):
        return "a % is not followed by two hexadecimal digits"
    match parts.scheme.lower():
        case "mailto":
            return None if ADDRESS.fullmatch(parts.path) else "it is no e-mail address"
        case "tel":
            return None if TELEPHONE.fullmatch(parts.path) else "it is no telephone number"
        case _ if not host:
            return "it names no host"
        case _ if parts.username is not None:
            return "it has a user name"
        case _:
            return None if _is_host(host or "") else "the name of its host is not possible"


def _is_host(host: str) -> bool:
    return HOST.fullmatch(host if ":" not in host else f"[{host}]") is not None


def anchors_exist(subject: Subject) -> Iterator[Problem]:
    """A link within the brief leads to an anchor there is."""
    known = sorted({f"#{name}" for name, _ in anchors(subject)})
    have = frozenset(known)
    among = known if len(known) <= MANY else []
    for link in links(subject):
        if link.target.startswith("#") and link.target not in have:
            matches = get_close_matches(link.target, among, n=1)
            near = f"; or did you mean {matches[0]}?" if matches else ""
            yield subject.problem(
                "link-anchor", link.line, link.column, target=link.target, near=near
            )
