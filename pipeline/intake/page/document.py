"""The article in a page: its element, without what stands around it and between it."""

import re
import warnings
from collections.abc import Iterator
from typing import Any

import html5lib
from html5lib.constants import DataLossWarning

from pipeline.problems import BriefError, problem

Element = Any
"""An element of lxml."""
LARGEST = 20_000_000
"""Bytes of a page: saved ones carry pictures."""
NESTING = re.compile(
    rb"(?i)<(/?)(?:div|span|section|article|blockquote|ul|ol|dl|table|b|i|em|strong|font|a|su[bp])\b"
)
"""Tags of elements that pages close."""
DEEPEST = 250
"""Levels of them; libxml2 follows 256 of all."""
AROUND = frozenset(
    (
        *("script", "style", "nav", "footer", "aside", "form", "button", "iframe", "noscript"),
        *("template", "dialog", "object", "embed", "video", "audio", "select", "input", "link"),
        *("canvas", "meta", "base"),
    )
)
"""Elements that are no part of an article (HTML, 4.3, 4.8, 4.10, 4.12)."""
ROLES = frozenset(("navigation", "banner", "search", "complementary", "contentinfo", "dialog"))
"""Landmarks that are no part of an article (WAI-ARIA 1.2, 5.3.4)."""
ROLED = ("role", "epub:type", "epubU0003Atype")
"""Attributes that say what an element is for, the last one as html5lib writes it for XML."""
SAID = frozenset(("nav", "aside", "form", "iframe", "video", "audio", "object"))
"""What readers see of a page, so that leaving it out is told."""


def parse(data: bytes, path: str) -> Element:
    """Return the root of a page as a browser builds it. Raises BriefError when it says nothing."""
    if len(data) > LARGEST:
        raise BriefError([problem("intake-size", path, largest=f"{LARGEST:,}")])
    _refuse_depth(data, path)
    try:
        with warnings.catch_warnings():
            # Names that no XML can have are changed; none of them is looked for.
            warnings.simplefilter("ignore", DataLossWarning)
            found = html5lib.parse(_text(data), treebuilder="lxml", namespaceHTMLElements=False)
        root = found.getroot()
    except (ValueError, RecursionError):
        raise BriefError([problem("intake-encoding", path, name="HTML")]) from None
    if not "".join(root.itertext()).strip():
        raise BriefError([problem("intake-empty", path, what="text")])
    return root


def _refuse_depth(data: bytes, path: str) -> None:
    """Raise BriefError for elements nested without end, over which parsers take hours."""
    depth = 0
    for tag in NESTING.finditer(data):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            line = data.count(b"\n", 0, tag.start()) + 1
            raise BriefError([problem("structure-depth", path, line, 1, what="page")])


def _text(data: bytes) -> str | bytes:
    """Return the text of a page in UTF-8; another encoding is for the page to declare."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data


def article_of(root: Element) -> Element:
    """Return the element that holds the article: the longest one marked as such, or the body."""
    for found in (
        list(root.iter("article")),
        [one for one in root.iter() if one.tag == "main" or one.get("role") == "main"],
        list(root.iter("body")),
    ):
        if found:
            longest = max(found, key=lambda one: len("".join(one.itertext())))
            if "".join(longest.itertext()).strip():
                return longest
    return root


def prune(article: Element) -> Iterator[str]:
    """Take out of an article what is none, and yield what readers could have seen of it."""
    for element in [*article.iter()]:
        if not isinstance(element.tag, str):
            drop(element)
        elif is_around(element) and element is not article:
            words = " ".join("".join(element.itertext()).split())
            if words and (element.tag in SAID or element.get("role")):
                yield f"<{element.tag}> {words[:60]}"
            drop(element)


def without_roles(element: Element) -> None:
    """Take from an element and all in it what says what they are for.

    pandoc would take notes out by their roles, and lose those that nobody calls.
    """
    for one in element.iter():
        for key in [name for name in one.attrib if name in ROLED]:
            one.attrib.pop(key)


def is_around(element: Element) -> bool:
    """Tell whether an element is no part of the article around it, or hidden.

    An aside that calls notes is a box of the text.
    """
    return (
        (element.tag in AROUND and not _is_box(element))
        or element.get("role") in ROLES
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
    )


def _is_box(element: Element) -> bool:
    links = element.iter("a") if element.tag == "aside" else ()
    return any((one.get("href") or "").startswith("#") for one in links)


def drop(element: Element) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
