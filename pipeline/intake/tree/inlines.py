"""Running text of pandoc's tree as that of a brief."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pipeline import addresses
from pipeline import model as m
from pipeline.intake.tree.taken import Node, Taken
from pipeline.text import UNPRINTABLE

EQUATION = "[equation]"
"""Stands for mathematics, which a brief cannot carry."""
BARE = re.compile(r"(?i)https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]}’'…]")
"""An address as people type it."""
MARKUP: dict[str, type] = {
    "Emph": m.Emphasis,
    "Strong": m.Strong,
    "Underline": m.Underline,
    "Strikeout": m.Strikeout,
    "SmallCaps": m.SmallCaps,
    "Superscript": m.Superscript,
    "Subscript": m.Subscript,
}
QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
ADDRESS = re.compile(r"(?i)(?:https?://[^\s<>\"]+|mailto:[^\s@]+@\S+|tel:\+?[\d().-]+)")
"""What a link of a brief may lead to, but for places in the brief itself."""

Blocks = Callable[[list[Node], Taken], m.Blocks]


def inlines_of(content: Sequence[Node], taken: Taken, notes: Blocks) -> m.Inlines:
    """Return running text. `notes` makes the blocks of a note."""
    return joined(one for node in content for one in _inline(node, taken, notes))


def _inline(node: Node, taken: Taken, notes: Blocks) -> Iterator[m.Inline]:
    kind, content = node["t"], node.get("c", [])
    match kind:
        case "Str":
            yield from _linked(clean(content)) if taken.links else _text(clean(content))
        case "Space" | "SoftBreak":
            yield m.Text(text=" ")
        case "LineBreak":
            yield m.LineBreak()
        case "Code":
            yield from [m.Code(text=clean(content[1]))] if clean(content[1]).strip() else []
        case "Math":
            taken.tell("intake-equation", "")
            yield m.Text(text=EQUATION)
        case "Quoted":
            opening, closing = QUOTES[content[0]["t"]]
            inner = inlines_of(content[1], taken, notes)
            yield from (m.Text(text=opening), *inner, m.Text(text=closing))
        case "Note":
            if blocks := notes(content, taken):
                yield taken.call(blocks)
            else:
                taken.tell("intake-note-empty", "", number=len(taken.notes) + 1)
        case "Link":
            yield from _link(content, taken, notes)
        case "Image":
            yield from image_of(content, taken)
        case "Span" | "Cite":
            yield from inlines_of(content[1], taken, notes)
        case "RawInline":
            taken.tell("intake-left-out", content[1], what=f"code of {content[0]}")
        case _:
            yield from _marked(MARKUP[kind], inlines_of(content, taken, notes))


def clean(text: str) -> str:
    """Return text without what nobody sees and no brief can have: control characters and such."""
    return UNPRINTABLE.sub("", text.replace("\u00ad", "").replace("\u2060", ""))


def _linked(word: str) -> Iterator[m.Inline]:
    """Yield a word; an address in it is a link, without the signs of the sentence behind it."""
    found = BARE.search(word)
    address = addresses.uri(found[0]) if found else ""
    if found is None or not ADDRESS.fullmatch(address):
        yield from _text(word)
        return
    yield from _text(word[: found.start()])
    yield m.Link(target=address, content=(m.Text(text=found[0]),), line=1, column=1)
    yield from _text(word[found.end() :])


def _text(text: str) -> Iterator[m.Inline]:
    if text:
        yield m.Text(text=text)


def _marked(markup: type, inner: m.Inlines) -> Iterator[m.Inline]:
    """Yield marked-up text; spaces at its ends stand outside, and nothing marks nothing."""
    if not any(not isinstance(one, m.Text) or one.text.strip() for one in inner):
        yield from inner
        return
    first, last = inner[0], inner[-1]
    before = after = ""
    if isinstance(first, m.Text) and first.text != first.text.lstrip(" "):
        before, inner = " ", (*_text(first.text.lstrip(" ")), *inner[1:])
    last = inner[-1]
    if isinstance(last, m.Text) and last.text != last.text.rstrip(" "):
        after, inner = " ", (*inner[:-1], *_text(last.text.rstrip(" ")))
    yield from _text(before)
    for part in _between_calls(inner):
        yield part if isinstance(part, m.Call) else markup(content=part)
    yield from _text(after)


def _between_calls(inner: m.Inlines) -> Iterator[m.Call | m.Inlines]:
    """Yield the calls of a text one by one, and what stands between them together."""
    run: list[m.Inline] = []
    for one in inner:
        if isinstance(one, m.Call):
            if run:
                yield tuple(run)
            yield one
            run = []
        else:
            run.append(one)
    if run:
        yield tuple(run)


def _link(content: list[Any], taken: Taken, notes: Blocks) -> Iterator[m.Inline]:
    """Yield a link; calls in it stand between its parts, as no link may hold one."""
    _, nodes, (target, title) = content
    around, taken.links = taken.links, False
    inner = inlines_of(nodes, taken, notes)
    taken.links = around
    where = _target(str(target), taken)
    if where is None:
        yield from inner
        return
    for part in _between_calls(inner):
        if isinstance(part, m.Call):
            yield part
        elif any(not isinstance(one, m.Text) or one.text.strip() for one in part):
            yield m.Link(
                target=where, title=clean(str(title)) or None, content=part, line=1, column=1
            )
        else:
            yield from part


def _target(target: str, taken: Taken) -> str | None:
    """Return where a link leads in the brief; nothing if it cannot lead there."""
    if target.startswith("#"):
        known = taken.anchors.get(target[1:])
        return f"#{known}" if known else None
    address = addresses.uri(target.strip())
    if ADDRESS.fullmatch(address):
        return address
    if target:
        taken.tell("intake-link", target, target=target)
    return None


def image_of(content: list[Any], taken: Taken) -> Iterator[m.Image]:
    """Yield a picture, if it can be carried."""
    _, alt, (target, _title) = content
    name = taken.picture(str(target))
    if name:
        yield m.Image(file=name, alt=words_of(alt), line=1, column=1)


def words_of(nodes: Iterable[Node]) -> str:
    """Return the plain words of nodes."""
    return " ".join("".join(_words(node) for node in nodes).split())


def _words(node: Node) -> str:
    kind, content = node["t"], node.get("c", [])
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Str":
        return clean(content)
    if kind in ("Code", "Math"):
        return clean(content[1])
    if kind in ("Note", "RawInline"):
        return ""
    if kind in ("Link", "Image", "Span", "Quoted", "Cite"):
        return words_of_spaced(content[1])
    return words_of_spaced(content) if isinstance(content, list) else ""


def words_of_spaced(nodes: Iterable[Node]) -> str:
    """Return the words of nodes with the spaces at their ends."""
    return "".join(_words(node) for node in nodes)


def joined(content: Iterable[m.Inline]) -> m.Inlines:
    """Return running text with neighbouring texts made one, and no two spaces of a break."""
    made: list[m.Inline] = []
    for one in content:
        if isinstance(one, m.Text) and made and isinstance(made[-1], m.Text):
            made[-1] = m.Text(text=made[-1].text + one.text)
        elif made and type(one) is type(made[-1]) and isinstance(one, m.Emphasis | m.Strong):
            before = made[-1]
            assert isinstance(before, m.Emphasis | m.Strong)
            made[-1] = type(one)(content=joined((*before.content, *one.content)))
        else:
            made.append(one)
    return tuple(made)


def trimmed(content: m.Inlines) -> m.Inlines:
    """Return running text without the spaces and breaks at its ends."""
    made = list(content)
    while made and (isinstance(made[0], m.LineBreak) or _is_space(made[0])):
        del made[0]
    while made and (isinstance(made[-1], m.LineBreak) or _is_space(made[-1])):
        del made[-1]
    if made and isinstance(made[0], m.Text):
        made[0] = m.Text(text=made[0].text.lstrip(" \t\n"))
    if made and isinstance(made[-1], m.Text):
        made[-1] = m.Text(text=made[-1].text.rstrip(" \t\n"))
    return tuple(made)


def _is_space(one: m.Inline) -> bool:
    return isinstance(one, m.Text) and not one.text.strip()
