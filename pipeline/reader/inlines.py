"""pandoc's inlines as inlines of the model, one function for each node that needs one."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from pipeline import addresses, text
from pipeline import model as m
from pipeline.reader import quotes
from pipeline.reader.context import Context
from pipeline.reader.references import CROSS_REFERENCE, cross_reference
from pipeline.reader.tree import Node, attribute
from pipeline.walk import DEEPEST_INLINES

COMMENTS = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)
SPACES = re.compile(" {2,}")
PERCENT = re.compile(r"(\d{1,3})(?:\.0+)?%")
EMPTY_MARKUP = {
    "Emph": ("stressed text", r"\*\*"),
    "Strong": ("strong text", r"\*\*\*\*"),
    "Underline": ("underlined text", r"\[\]"),
    "Strikeout": ("text that is taken back", r"\~\~\~\~"),
    "SmallCaps": ("small capitals", r"\[\]"),
    "Superscript": ("a superscript", r"\^\^"),
    "Subscript": ("a subscript", r"\~\~"),
}
"""By pandoc's name, what markup with nothing in it is, and how its signs alone are written."""
LINK_KEYS = frozenset({".uri", ".email"})
SPAN_KEYS = frozenset({"#", ".", "lang"})
IMAGE_KEYS = frozenset({"alt", "width"})
FIGURE_KEYS = frozenset({"#", "alt", "width"})


def inlines(context: Context, content: Iterable[Node]) -> m.Inlines:
    """Return inlines with adjacent text joined and no space at either end."""
    made = list(_joined(one for node in content for one in _inline(context, node)))
    if made and isinstance(made[0], m.Text):
        made[0:1] = _text(made[0].text.lstrip(" "))
    if made and isinstance(made[-1], m.Text):
        made[-1:] = _text(made[-1].text.rstrip(" "))
    return tuple(made)


def _within(context: Context, content: Iterable[Node]) -> m.Inlines:
    """Return what stands inside another inline, with its spaces."""
    nodes = list(content)
    context.inline_depth += 1
    if context.inline_depth > DEEPEST_INLINES:
        known = (node for node in nodes if id(node) in context.reading.places)
        context.report("structure-depth", next(known, None), what="markup")
        nodes = []
    made = tuple(_joined(one for node in nodes for one in _inline(context, node)))
    context.inline_depth -= 1
    return made


def _marked(context: Context, node: Node) -> m.Inlines:
    """Return what stands between signs of markup; nothing between them is a problem."""
    if all(one["t"] == "RawInline" for one in node["c"]):
        what, example = EMPTY_MARKUP[node["t"]]
        context.report("structure-empty-markup", node, what=what, example=example)
    return _within(context, node["c"])


def _text(characters: str) -> list[m.Inline]:
    return [m.Text(text=characters)] if characters else []


def _joined(items: Iterable[m.Inline]) -> Iterator[m.Inline]:
    pending = ""
    for item in items:
        if isinstance(item, m.Text):
            pending += item.text
            continue
        yield from _text(SPACES.sub(" ", pending))
        pending = ""
        yield item
    yield from _text(SPACES.sub(" ", pending))


def _inline(context: Context, node: Node) -> list[m.Inline]:
    content: Any = node.get("c")
    match node["t"]:
        case "Str":
            return _text(content)
        case "Space" | "SoftBreak":
            return _text(" ")
        case "LineBreak":
            return [m.LineBreak()]
        case "Emph":
            return [m.Emphasis(content=_marked(context, node))]
        case "Strong":
            return [m.Strong(content=_marked(context, node))]
        case "Underline":
            return [m.Underline(content=_marked(context, node))]
        case "Strikeout":
            return [m.Strikeout(content=_marked(context, node))]
        case "SmallCaps":
            return [m.SmallCaps(content=_marked(context, node))]
        case "Superscript":
            return [m.Superscript(content=_marked(context, node))]
        case "Subscript":
            return [m.Subscript(content=_marked(context, node))]
        case "Quoted":
            return _quoted(context, content)
        case "Code":
            return _code(context, node)
        case "Link":
            return _link(context, node)
        case "Image":
            image = image_of(context, node, IMAGE_KEYS)
            return [image] if image else []
        case "Span":
            return _span(context, node)
        case "Note":
            return _note(context, node)
        case "RawInline":
            return refuse_raw(context, node)
        case kind:
            context.report("structure-unknown", node, kind=kind)
            return []


def _quoted(context: Context, content: Any) -> list[m.Inline]:
    opening, closing = quotes.pair(context.lang, content[0]["t"])
    return [m.Text(text=opening), *_within(context, content[1]), m.Text(text=closing)]


def _code(context: Context, node: Node) -> list[m.Inline]:
    attributes, code = node["c"]
    context.refuse_attributes(node, attributes, frozenset(), "code")
    return [m.Code(text=code)] if code else []


def refuse_raw(context: Context, node: Node) -> list[Any]:
    """Drop HTML comments, which are not text; refuse all other raw output."""
    kind, raw = node["c"]
    if kind != "html" or not COMMENTS.fullmatch(raw):
        context.report("structure-raw", node, kind=kind, text=raw.split("\n")[0][:40])
    return []


def _span(context: Context, node: Node) -> list[m.Inline]:
    attributes, content = node["c"]
    context.refuse_attributes(node, attributes, SPAN_KEYS, "a span")
    identifier, classes, _ = attributes
    lang = attribute(attributes, "lang")
    with context.language(lang):
        inner = _within(context, content)
    return [m.Span(id=identifier or None, classes=tuple(classes), lang=lang, content=inner)]


def _note(context: Context, node: Node) -> list[m.Inline]:
    # A call inside a note is reported where labels are recovered.
    if id(node) not in context.calls and not context.in_note:
        context.report("note-misplaced", node, field=context.field)
    call = context.calls.get(id(node))
    return [call] if call else []


def _link(context: Context, node: Node) -> list[m.Inline]:
    attributes, content, (target, title) = node["c"]
    line, column = context.reading.place_of(node)
    if (label := cross_reference(node)) is not None:
        return _cross_reference(context, node, label)
    context.refuse_attributes(node, attributes, LINK_KEYS, "a link")
    if not content and target.startswith("#"):
        return _element_reference(context, node, unquote(target[1:]))
    inner = _within(context, content)
    if not content:
        context.report("link-empty", node, target=target)
    elif not target:
        context.report("link-target", node)
    elif target.startswith(CROSS_REFERENCE):
        context.report("note-reference-text", node, target=target)
    if not inner or not target or target.startswith(CROSS_REFERENCE):
        return list(inner)
    if target.startswith("#"):
        target = "#" + context.anchor(unquote(target[1:]))
    target = addresses.uri(target)
    return [m.Link(target=target, title=title or None, content=inner, line=line, column=column)]


def _cross_reference(context: Context, node: Node, label: str) -> list[m.Inline]:
    number = context.numbers.get(label)
    if number is None:
        return []
    line, column = context.reading.place_of(node)
    return [m.CrossReference(note=label, number=number, line=line, column=column)]


def _element_reference(context: Context, node: Node, anchor: str) -> list[m.Inline]:
    """A link without text prints the number of the figure or table it leads to."""
    found = context.elements.by_anchor.get(anchor)
    if found is None:
        context.report("structure-unnumbered", node, name=anchor)
        return []
    line, column = context.reading.place_of(node)
    return [
        m.ElementReference(
            target=context.anchor(anchor),
            kind=found.kind,
            number=found.number,
            line=line,
            column=column,
        )
    ]


def image_of(
    context: Context, node: Node, keys: frozenset[str], caption: m.Inlines | None = None
) -> m.Image | None:
    """Return a picture; `caption` is what a figure says under it."""
    attributes, content, (target, title) = node["c"]
    context.refuse_attributes(node, attributes, keys, "a picture")
    if caption is None and any(one["t"] == "Note" for one in content):
        context.report("note-misplaced", node, field="alt text")
    file = context.add_image(context.reading.place_of(node), target)
    alt = _alt(context, node, caption)
    width = _width(context, node)
    if file is None:
        return None
    line, column = context.reading.place_of(node)
    return m.Image(file=file, alt=alt, title=title or None, width=width, line=line, column=column)


def _alt(context: Context, node: Node, caption: m.Inlines | None) -> str:
    """The alt text: its own; else, with a warning, the caption of a figure."""
    attributes, content, (target, _) = node["c"]
    own = attribute(attributes, "alt")
    if own is not None:
        return " ".join(own.split())
    shown = text.plain(inlines(context, content))
    if not shown:
        context.report("image-alt", node, file=target)
    elif caption is not None and shown == text.plain(caption):
        context.report("image-alt-caption", node, file=target)
    return shown


def _width(context: Context, node: Node) -> int | None:
    width = attribute(node["c"][0], "width")
    if width is None:
        return None
    match = PERCENT.fullmatch(width.strip())
    if match is None or not 1 <= int(match[1]) <= 100:
        context.report("image-width", node, width=width)
        return None
    return int(match[1])
