"""The second reader of pages: libxml2's parser, and one walk over the text.

It shares no code with the first. What both are told of: the article is the longest element that is
marked as such; its first heading of level 1, or else the title of the page, is read first; the
number of a caption is printed by the outputs; navigation, forms, scripts and what is hidden are
left out.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from pipeline.intake.draft import Manuscript
from pipeline.intake.seen import Passage, Seen, SeenNote, call_mark
from pipeline.intake.tongues import NOTES, numbered_part

OUT = frozenset(
    (
        *("script", "style", "nav", "footer", "aside", "form", "button", "iframe", "noscript"),
        *("template", "dialog", "object", "embed", "video", "audio", "select", "canvas", "head"),
    )
)
LANDMARKS = ("navigation", "banner", "search", "complementary", "contentinfo", "dialog")
BLOCKS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "tr", "table", "ul"),
        *(
            "ol",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "pre",
            "figure",
            "figcaption",
            "caption",
            "section",
        ),
        *("article", "main", "header", "hr", "body", "details", "summary", "address"),
    )
)
HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
HOLDING = ("li", "p", "div", "dd", "td", "aside", "section")
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
SHORT = re.compile(r"\W*(?:\d{1,4}|[ivxlc]{1,6}|[a-z]|[*†‡§¶#]{1,3})\W*")
ARROWS = re.compile(r"(?:\W|back|return)*", re.IGNORECASE)
NUMBER = re.compile(r"\s*(?:[\[(]?\d{1,4}[\])][.:]?|\d{1,4}[.:)]|[*†‡§]{1,3})\s*")
CALLING = ".//a[starts-with(@href, '#')]"
AFTER = " \u00a0.:|–—-"
Node = Any


def see_page(manuscript: Manuscript) -> Seen:
    """Return what an article says, and each of its notes."""
    parser = html.HTMLParser(encoding=_encoding(manuscript.data), no_network=True)
    page = html.document_fromstring(manuscript.data, parser=parser)
    reader = _Reader(_longest(page))
    return reader.seen(_name(page))


def _encoding(data: bytes) -> str:
    """Return the encoding that a page declares; UTF-8 if it declares none, or is in it."""
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        found = re.search(rb"charset=[\"']?([-\w]+)", data[:2000])
        return found[1].decode() if found else "windows-1252"


def _longest(page: Node) -> Node:
    for path in ("//article", "//main|//*[@role='main']", "//body"):
        found = enumerate(page.xpath(path))
        texts = [(len(one.text_content()), -index, one) for index, one in found]
        if texts and max(texts)[0]:
            return max(texts)[2]
    return page


def _name(page: Node) -> str:
    for path in ("//meta[@property='og:title']/@content", "//title/text()"):
        if found := page.xpath(path):
            return " ".join(str(found[0]).split())
    return ""


class _Reader:
    """Reads an article once, with its notes found beforehand."""

    def __init__(self, article: Node) -> None:
        self.article = article
        self.marked = {
            value: one
            for one in reversed(list(article.iter(tag=html.etree.Element)))
            for value in (one.get("id"), one.get("name"))
            if value
        }
        self.places = {one: place for place, one in enumerate(article.iter())}
        self.notes: dict[Node, int] = {}
        self.calls: dict[Node, int] = {}
        self._find()

    def _find(self) -> None:
        pairs = [(link, self._note_of(link)) for link in self.article.iter("a")]
        found = [(link, note) for link, note in pairs if note is not None]
        notes = {note for _, note in found}
        callers = {link for link, _ in found if not notes.intersection(link.iterancestors())}
        found = [(link, _outer(note, notes, callers)) for link, note in found]
        notes = {note for _, note in found}
        for link, note in found:
            if not notes.intersection(link.iterancestors()):
                self.calls[link] = self.notes.setdefault(note, len(self.notes) + 1)

    def _note_of(self, link: Node) -> Node | None:
        """Return the block of the note that a link calls, if it does."""
        href = link.get("href") or ""
        note = self.marked.get(href[1:]) if href.startswith("#") else None
        while note is not None and note.tag not in HOLDING:
            if note.tag in HEADS or note is self.article:
                return None
            note = note.getparent()
        if note is None or note is self.article or self.places[note] < self.places[link]:
            return None
        says = " ".join(link.get(one) or "" for one in ("role", "class", "type", "rel")).lower()
        if "noteref" in says:
            return note
        if "backlink" in says or not SHORT.fullmatch(link.text_content()):
            return None
        if "footnote" in says or "endnote" in says or self._headed(note):
            return note
        own = {link.get("id"), link.get("name")}
        own |= {one.get("id") for one in link.iterancestors() if one.tag in ("sup", "span")}
        back = {(one.get("href") or "").lstrip("#") for one in note.iter("a")} - {""}
        return note if own & back else None

    def _headed(self, note: Node) -> bool:
        before = note.xpath("preceding::*[contains('h1 h2 h3 h4 h5 h6', name())][1]")
        return bool(before) and _bare(before[0]) in NOTES

    def seen(self, name: str) -> Seen:
        """Return the article, its title first."""
        titles = [one for one in self.article.iter("h1") if not self._is_out(one)]
        whole = "".join(self._text(self.article, None)).split("\n")
        same = [place for place, one in enumerate(whole) if " ".join(one.split()) == name]
        if len(titles) != 1 and name and same:
            passages = [whole.pop(same[0]), *whole]
        elif titles:
            pieces = self._text(self.article, titles[0])
            title = "".join(self._text(titles[0], None, True))
            passages = [title, *"".join(pieces).split("\n")]
        else:
            passages = [name, *whole]
        told = [UNSEEN.sub("", one) for one in passages if one.strip()]
        notes = [SeenNote(number, self._note(note)) for note, number in self.notes.items()]
        return Seen(tuple(map(Passage, told)), tuple(notes), is_marked=False)

    def _is_out(self, node: Node) -> bool:
        if not isinstance(node.tag, str) or node.get("role") in LANDMARKS:
            return True
        if node.tag in OUT and not (
            node.tag == "aside" and node.xpath(".//a[starts-with(@href,'#')]")
        ):
            return True
        if node.get("hidden") is not None or node.get("aria-hidden") == "true":
            return True
        return node in self.notes or self._stands_over_notes(node)

    def _stands_over_notes(self, node: Node) -> bool:
        """Tell whether a heading stands over nothing but notes."""
        if not self.notes or node.tag not in HEADS:
            return False
        if _bare(node) not in NOTES:
            return False
        for text in node.xpath("following::text()"):
            if text.strip() and self.article in text.getparent().iterancestors():
                within = {text.getparent(), *text.getparent().iterancestors()}
                if not within & self.notes.keys():
                    heading = [one for one in within if one.tag in HEADS]
                    return bool(heading)
        return True

    def _text(self, node: Node, title: Node | None, whole: bool = False) -> Iterator[str]:
        """Yield the words of a node; the title is not read again."""
        caption = node.tag in ("figcaption", "caption")
        parts = list(self._inner(node, title))
        if caption:
            said = "".join(parts).strip()
            number = numbered_part(said)
            parts = [said[len(number) :].lstrip(AFTER) if number else said]
        yield from parts
        if node.tag in BLOCKS and not whole:
            yield "\n"

    def _inner(self, node: Node, title: Node | None) -> Iterator[str]:
        held = _on_one_line(node.text)
        for child in node:
            tail = _on_one_line(child.tail)
            if child in self.calls or self._wraps_call(child):
                number = self.calls[child] if child in self.calls else self._number_in(child)
                if held.endswith("[") and tail.startswith("]"):
                    held, tail = held[:-1], tail[1:]
                yield held + call_mark(number)
            elif self._is_out(child) or child is title:
                yield held
            else:
                yield held
                quotes = ("“", "”") if child.tag == "q" else ("", "")
                yield quotes[0]
                if child.tag == "br":
                    yield "\n"
                elif child.tag == "math":
                    yield "[equation]"
                else:
                    yield "\n" if child.tag in BLOCKS else ""
                    yield from self._text(child, title)
                yield quotes[1]
            held = tail
        yield held

    def _wraps_call(self, node: Node) -> bool:
        """Tell whether an element holds nothing but a call, and brackets around it."""
        if node.tag not in ("sup", "span"):
            return False
        links = [one for one in node.iter("a") if one in self.calls]
        return len(links) == 1 and _figures(node) == _figures(links[0])

    def _number_in(self, node: Node) -> int:
        return next(self.calls[one] for one in node.iter("a") if one in self.calls)

    def _note(self, note: Node) -> str:
        """Return the words of a note without its number and what leads back."""
        back = {one for one in note.iter("a") if self._is_back(one)}
        said = "".join(self._without(note, back))
        apart = next((one for one in said.split("\n") if one.strip()), "")
        if SHORT.fullmatch(apart.strip()) and apart.strip() != said.strip():
            said = said.replace(apart, "", 1)
        elif note.tag != "li" and (found := NUMBER.match(said)):
            said = said[found.end() :]
        return UNSEEN.sub("", said)

    def _is_back(self, link: Node) -> bool:
        """Tell whether a link of a note leads to one of the calls."""
        href = link.get("href") or ""
        words = link.text_content()
        if not href.startswith("#"):
            return False
        target = self.marked.get(href[1:])
        calls = self.calls.keys()
        leads = target is not None and (
            target in calls or any(one in calls for one in target.iter("a"))
        )
        return leads or bool(ARROWS.fullmatch(words) or SHORT.fullmatch(words))

    def _without(self, node: Node, back: set[Node]) -> Iterator[str]:
        yield node.text or ""
        for child in node:
            if isinstance(child.tag, str) and child not in back and child.tag not in OUT:
                apart = child.tag in BLOCKS or child.tag == "br" or SHORT.fullmatch(_figures(child))
                yield "\n" if apart else ""
                yield from self._without(child, back)
                yield "\n" if apart else ""
            yield child.tail or ""


def _outer(note: Node, notes: set[Node], callers: set[Node]) -> Node:
    """Return the division with an id that is one note, of which a paragraph is the beginning."""
    outer = note.getparent()
    if outer is None or outer.tag != "div" or not outer.get("id") or (outer.text or "").strip():
        return note
    inside = set(outer.iter())
    others = (notes | callers) & inside - {note}
    return note if others or outer.index(note) else outer


def _on_one_line(text: str | None) -> str:
    """Return a text of the source without its line breaks, which mean nothing in a page."""
    return (text or "").replace("\n", " ")


def _bare(node: Node) -> str:
    return str(node.text_content()).strip(" \t\n#*_:.=-").casefold()


def _figures(node: Node) -> str:
    return "".join(str(node.text_content()).split()).strip("[]()")
