"""Links within the site: every one leads to a file that is there, and to an anchor in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

from pipeline.problems import Problem, problem

HERE = "http://site.invalid"
"""Stands for the address of the site, where nobody said one (RFC 2606)."""
NAMES = ("href", "src", "poster", "data", "cite")
"""The attributes that hold an address."""
ADDRESSED = ("citation_pdf_url", "citation_public_url", "og:url", "og:image")
"""The names of facts about a page that are addresses."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link, with the place at which it is written."""

    target: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Page:
    """The anchors of a page, and the links on it."""

    anchors: frozenset[str]
    links: tuple[Link, ...]


def read_page(data: bytes) -> Page:
    """Return what leads to and from a web page."""
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    return Page(frozenset(reader.anchors), tuple(reader.links))


class _Reader(HTMLParser):
    """Gathers anchors and links."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors = {"", "top"}
        self.links: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the anchor of an element, and where it leads."""
        found = {name: value or "" for name, value in attrs}
        self.anchors.add(found.get("id", ""))
        if {found.get("name"), found.get("property")} & set(ADDRESSED):
            self._add(found.get("content", ""))
        for name in NAMES:
            if name in found:
                self._add(found[name])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat an element that is closed at once like any other."""
        self.handle_starttag(tag, attrs)

    def _add(self, target: str) -> None:
        line, column = self.getpos()
        self.links.append(Link(target, line, column + 1))


def broken(
    pages: Mapping[str, Page], names: frozenset[str], addresses: Sequence[str], folder: str
) -> Iterator[Problem]:
    """Yield the links of the pages, by path, that lead to nothing among the files of these names.

    `addresses` are where the site will be, and `folder` is its name in problems.
    """
    homes = [one for one in dict.fromkeys((*addresses, HERE)) if one]
    for name, page in pages.items():
        for link in page.links:
            target = _within(link.target, name, homes)
            if target is not None and (what := _lack(*target, pages, names)):
                path = f"{folder}/{name}"
                place = (link.line, link.column)
                yield problem("dist-link", path, *place, link=link.target, what=what)


def _within(target: str, page: str, homes: Sequence[str]) -> tuple[str, str] | None:
    """Return the path and the anchor that a link leads to, or nothing where it leaves the site."""
    try:
        whole = urljoin(f"{homes[0]}/{page}", target.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    address = f"{parts.scheme}://{parts.netloc}{parts.path}"
    for home in homes:
        if address == home or address.startswith(f"{home}/"):
            return unquote(address[len(home) :].lstrip("/")), unquote(parts.fragment)
    return None


def _lack(path: str, anchor: str, pages: Mapping[str, Page], names: frozenset[str]) -> str:
    """Return words for what is not there at a place of the site; nothing where all is."""
    file = f"{path}index.html" if path.endswith("/") or not path else path
    if file not in names:
        return "no file of the site"
    if file in pages and anchor not in pages[file].anchors:
        return "a page that has no such anchor"
    return ""
