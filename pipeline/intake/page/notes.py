"""Notes of a page, whatever program made it: links that lead to a note, which leads back.

Known are the roles of DPUB-ARIA, footnotes of Markdown programs, of WordPress, of Word and Google
Docs saved as pages, and lists under a heading such as Notes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.intake.page.document import Element, drop
from pipeline.intake.tongues import is_notes_heading

MARK = re.compile(r"[\[(]?(?:\d{1,4}|[ivxlc]{1,6}|[a-z]|[*†‡§¶#]{1,3})[\])]?\.?")
"""What a call shows."""
BACK = re.compile(r"[\s\u2190-\u21ff\u27f0-\u27ff\u2934-\u2937\ufe0e\ufe0f^⏎⤴]*|(?i:back|return)")
"""What a backlink shows."""
LABEL = re.compile(r"\s*(?:[\[(]?\d{1,4}[\])][.:]?|\d{1,4}[.:)]|[*†‡§]{1,3})\s*")
"""What a note begins with, if no list counts for it."""
HOLDERS = frozenset(("li", "p", "div", "dd", "td", "aside", "section"))
OPENING = frozenset(("p", "div", "span", "sup", "b", "strong", "em", "i"))
"""What may stand around the number of a note."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CALL = "\ue000"
"""Stands on both sides of the number of a note in place of its call."""


@dataclass(slots=True)
class Notes:
    """The notes in the order of their first calls, and the numbers of all calls."""

    holders: list[Element] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)


def take_notes(article: Element) -> Notes:
    """Take the notes out of an article. Where one was called stands its number."""
    names = {
        value: one
        for one in reversed([*article.iter()])
        for value in (one.get("id"), one.get("name"))
        if value
    }
    order = {one: place for place, one in enumerate(article.iter())}
    notes = Notes()
    called: dict[Element, int] = {}
    links: list[tuple[Element, Element]] = []
    for link in article.iter("a"):
        target = names.get(link.get("href", "#").removeprefix("#")) if _leads_inside(link) else None
        holder = None if target is None else _holder(target, link, article)
        if holder is not None and order[link] < order[holder] and _is_call(link, holder, article):
            links.append((link, holder))
    links = _with_whole_notes(links)
    holders = {holder for _, holder in links}
    for link, holder in links:
        if any(one in holders for one in link.iterancestors()):
            continue  # A backlink, or a link from one note to another.
        if holder not in called:
            notes.holders.append(holder)
            called[holder] = len(notes.holders)
        notes.calls.append(called[holder])
        _put_number(link, called[holder])
    _clean(notes.holders, {name for link, _ in links for name in _names(link)}, article)
    return notes


def _with_whole_notes(links: list[tuple[Element, Element]]) -> list[tuple[Element, Element]]:
    """Return the links with the element around a note that begins with it and holds no other.

    Of a note of several paragraphs only the first is led to.
    """
    holders = {holder for _, holder in links}
    callers = {link for link, _ in links if not holders.intersection(link.iterancestors())}
    made = []
    for link, holder in links:
        around = holder.getparent()
        is_begun = around is not None and around.tag == "div" and around.get("id") is not None
        if is_begun and around[0] is holder and not (around.text or "").strip():
            within = {*around.iter()}
            if len(within & holders) == 1 and not within & callers:
                holder = around
        made.append((link, holder))
    return made


def _leads_inside(link: Element) -> bool:
    return bool(link.get("href", "").startswith("#") and len(link.get("href")) > 1)


def _holder(target: Element, link: Element, article: Element) -> Element | None:
    """Return the element with the whole note that a target belongs to."""
    element = target
    while element is not None and element.tag not in HOLDERS:
        if element is article or element.tag in HEADINGS:
            return None
        element = element.getparent()
    if element is None or element is article or element in [*link.iterancestors()]:
        return None
    return element


def _is_call(link: Element, holder: Element, article: Element) -> bool:
    """Tell whether a link calls a note: it says so, or looks like it and is led back to."""
    kind = " ".join(link.get(key, "") for key in ("role", "class", "type", "rel")).lower()
    if "doc-noteref" in kind or "noteref" in kind:
        return True
    if "backlink" in kind or not MARK.fullmatch("".join(link.itertext()).strip()):
        return False
    if "footnote" in kind or "endnote" in kind:
        return True
    back = {one.get("href", "").removeprefix("#") for one in holder.iter("a")} - {""}
    return bool(_names(link) & back) or _stands_under_notes(holder, article)


def _stands_under_notes(holder: Element, article: Element) -> bool:
    """Tell whether the last heading before an element stands over notes."""
    last = ""
    for one in article.iter():
        if one is holder:
            break
        if one.tag in HEADINGS:
            last = "".join(one.itertext())
    return is_notes_heading(last)


def _put_number(link: Element, number: int) -> None:
    """Put the number of a note in the place of its call, with what is raised or bracketed there."""
    whole = link
    parent = link.getparent()
    while parent.tag in ("sup", "span") and _shows(parent) == _shows(whole):
        whole, parent = parent, parent.getparent()
    before = whole.getprevious()
    held = (before.tail if before is not None else parent.text) or ""
    tail = whole.tail or ""
    if held.endswith("[") and tail.startswith("]"):
        held, tail = held[:-1], tail[1:]
    whole.tail = None
    drop(whole)
    joined = f"{held.rstrip(' ') if held.strip() else held}{CALL}{number}{CALL}{tail}"
    if before is not None:
        before.tail = joined
    else:
        parent.text = joined


def _shows(element: Element) -> str:
    return "".join("".join(element.itertext()).split()).strip("[]()")


def _clean(holders: list[Element], callers: set[str], article: Element) -> None:
    """Take notes out of the article, and out of them what leads back and what they are called."""
    for holder in holders:
        for link in [*holder.iter("a")]:
            if _leads_back(link, callers):
                parent = link.getparent()
                drop(link)
                if parent.tag == "sup" and not _text(parent).strip():
                    drop(parent)
        _drop_label(holder)
        place = holder.getparent()
        drop(holder)
        _drop_empty(place, article)
    if holders:
        for heading in [*article.iter(*HEADINGS)]:
            if is_notes_heading(_text(heading)) and not _has_text_below(heading, article):
                drop(heading)


def _leads_back(link: Element, callers: set[str]) -> bool:
    """Tell whether a link of a note leads to a call, or looks as if it did."""
    if not _leads_inside(link):
        return False
    said = _text(link).strip()
    return link.get("href")[1:] in callers or bool(BACK.fullmatch(said) or MARK.fullmatch(said))


def _names(link: Element) -> set[str]:
    """Return the names by which a link can be led to: its own, and those of what raises it."""
    around = [one.get("id") for one in link.iterancestors("sup", "span")]
    return {name for name in (link.get("id"), link.get("name"), *around) if name}


def _drop_label(holder: Element) -> None:
    """Take the number from the beginning of a note, if it is set apart or no list counts."""
    first = holder
    while not (first.text or "").strip() and len(first) and first[0].tag in OPENING:
        first = first[0]
    found = LABEL.match(first.text or "")
    if first is not holder and MARK.fullmatch(_text(first).strip()):
        drop(first)
    elif found and holder.tag != "li":
        first.text = first.text[found.end() :]


def _drop_empty(element: Element, article: Element) -> None:
    while element is not None and element is not article and not _text(element).strip():
        if next(element.iter("img", "table"), None) is not None:
            return
        parent = element.getparent()
        drop(element)
        element = parent


def _has_text_below(heading: Element, article: Element) -> bool:
    """Tell whether something stands under a heading before the next one."""
    return any(_after(heading, article))


def _after(heading: Element, article: Element) -> Iterator[bool]:
    is_past = False
    for one in article.iter():
        if one is heading:
            is_past = True
            yield bool((one.tail or "").strip())
        elif is_past and one.tag in HEADINGS:
            return
        elif is_past and heading not in [*one.iterancestors()]:
            yield bool((one.text or "").strip() or (one.tail or "").strip()) or one.tag == "img"


def _text(element: Element) -> str:
    return "".join(element.itertext())
