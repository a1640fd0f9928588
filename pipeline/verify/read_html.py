"""An HTML page read back with html5lib, as a browser builds it."""

import binascii
import hashlib
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element

import html5lib

from pipeline.verify.found import (
    Call,
    Contents,
    Document,
    Entry,
    Fault,
    Link,
    Note,
    Unreadable,
    spoken,
)
from pipeline.verify.html_elements import INTERFACE, all_text, classes
from pipeline.verify.html_head import properties
from pipeline.verify.html_story import Anchor, Found, Story
from pipeline.verify.tongues import html_passages

_FILE = re.compile(
    r"(?<=(.))data:([-a-z0-9.+/]*)((?:;[-a-z0-9=]+)*?)(;base64)?,([^\"'\s)>]*)", re.IGNORECASE
)
"""A file within an address (RFC 2397), and the sign before it.

It begins an attribute, or a `url()` of the head. In the text of the page, where `data:` may be what
the brief is about, quotes are entities.
"""


def read(data: bytes) -> Document:
    """Return what a reader of the page finds. Raises Unreadable when it is not an HTML page."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is not UTF-8: {error}") from None
    digests: dict[str, str] = {}
    root = html5lib.parse(_without_files(text, digests), namespaceHTMLElements=False)
    body = root.find("body")
    if body is None or not list(body):
        raise Unreadable("it has no body")
    story = Story(digests)
    page = story.read(body)
    return document(root, story, page)


def _without_files(text: str, digests: dict[str, str]) -> str:
    """Return the page with a short name for every file in it, and note the file's digest."""
    head = text.find("</head>")

    def name(match: re.Match[str]) -> str:
        if match[1] != '"' and match.start() > head:
            return match[0]
        short = f"data:{match[2]},{len(digests)}"
        try:
            file = b64decode(match[5]) if match[4] else unquote_to_bytes(match[5])
        except binascii.Error:
            file = b""
        digests[short] = hashlib.sha256(file).hexdigest()
        return short

    return _FILE.sub(name, text)


def document(root: Element, story: Story, page: Found) -> Document:
    """Return what is found in a page whose body the story has read as `page`."""
    parts = (page, *story.notes)
    blocks = tuple(block for part in parts for block in part.blocks)
    landings = {ident: block.text for block in reversed(blocks) for ident in block.ids}
    numbers = {note.ident: note.label.removesuffix(".") for note in reversed(story.notes)}
    order = {call.ident: ordinal for ordinal, call in reversed([*enumerate(page.calls, 1)])}
    return Document(
        blocks=page.blocks,
        notes=tuple(_note(note, order) for note in story.notes),
        calls=tuple(
            Call(call.text, numbers.get(call.href[1:], ""), call.place) for call in page.calls
        ),
        links=tuple(_link(link, landings, numbers) for part in parts for link in part.links),
        pictures=tuple(picture for part in parts for picture in part.pictures),
        properties=tuple(properties(root)),
        passages=html_passages(root),
        contents=tuple(_contents(nav, landings) for nav in story.contents),
        faults=(*story.faults, *_faults(root, parts)),
    )


def _note(note: Found, order: Mapping[str, int]) -> Note:
    back = tuple(order.get(link.href[1:], 0) for link in note.back)
    return Note(note.label.removesuffix("."), note.blocks, back, f"at #{note.ident}")


def _link(link: Anchor, landings: Mapping[str, str], numbers: Mapping[str, str]) -> Link:
    if not link.href.startswith("#"):
        return Link(link.text, link.href, link.place)
    ident = link.href[1:]
    target = f"note {numbers[ident]}" if ident in numbers else landings.get(ident, "")
    return Link(link.text, f"#{target}", link.place)


def _faults(root: Element, parts: Sequence[Found]) -> Iterator[Fault]:
    """Yield anchors that are set twice, and links without a name for assistive technology."""
    met: set[str] = set()
    for element in root.iter():
        ident = element.get("id")
        if ident in met:
            yield Fault("verify-note-link", f"the anchor {ident} is set twice")
        elif ident is not None:
            met.add(ident)
    for part in parts:
        for call in part.calls:
            if call.text not in call.name:
                what = f"call {call.text} has the name “{call.name}” for assistive technology"
                yield Fault("verify-note-link", what, call.place)
        for link in part.back:
            if not any(map(str.isalpha, link.name)):
                what = f"a backlink of note {part.label} has no name for assistive technology"
                yield Fault("verify-note-link", what)


def _contents(nav: Element, landings: Mapping[str, str]) -> Contents:
    return Contents("the list of contents", tuple(_entries(nav, 1, landings)))


def _entries(element: Element, depth: int, landings: Mapping[str, str]) -> Iterator[Entry]:
    """Yield the entries of a list of contents; an item says how deep it is."""
    for child in element:
        if child.get(INTERFACE) is not None:
            continue
        said = next((name[6:] for name in classes(child) if name.startswith("level-")), "")
        inner = int(said) if said.isdecimal() else depth
        if child.tag == "a":
            lands = landings.get(child.get("href", "")[1:], "")
            yield Entry(inner, all_text(child), spoken(lands))
        else:
            yield from _entries(child, inner, landings)
