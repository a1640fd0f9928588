"""Blocks of the model as lines of Markdown."""

from collections.abc import Iterator, Sequence
from typing import Literal

from pipeline import model as m
from pipeline.intake.markdown import tables
from pipeline.intake.markdown.inlines import NOTHING, line, one_line, picture
from pipeline.intake.markdown.lists import marker
from pipeline.intake.markdown.signs import attributes, escape_opening
from pipeline.reader.anchors import identifier_for
from pipeline.text import plain

INDENT = " " * 4
Headings = Literal["none", "plain", "counted"]
"""Whether headings may stand among blocks, and whether they have numbers."""
WORDS = {"source": "Source", "note": "Note", "credit": "Credit"}


def blocks(content: m.Blocks, headings: Headings = "none") -> list[str]:
    """Return the lines of blocks, with an empty line between two of them.

    Where no section can begin, a heading is a strong paragraph.
    """
    made: list[str] = []
    before: m.Block | None = None
    for block in content:
        if before is not None:
            made += ["", NOTHING, ""] if _would_join(before, block) else [""]
        made += _block(block, headings)
        before = block
    return made


def _would_join(before: m.Block, after: m.Block) -> bool:
    """Tell whether pandoc would read two blocks as one, with only an empty line between them."""
    if isinstance(before, m.BulletList | m.OrderedList) and isinstance(
        after, m.BulletList | m.OrderedList
    ):
        return True
    if {type(before), type(after)} == {m.Table, m.DefinitionList}:
        return True  # A definition next to a table would be its caption.
    return type(before) is type(after) and isinstance(
        before, m.DefinitionList | m.BlockQuote | m.LineBlock
    )


def _block(block: m.Block, headings: Headings = "none") -> list[str]:
    match block:
        case m.Paragraph():
            return line(block.content).split("\n")
        case m.Heading():
            if headings == "none":
                return line((m.Strong(content=block.content),)).split("\n")
            return [heading(block, headings == "counted")]
        case m.BulletList():
            return _items(block.items, ["-   "] * len(block.items), block.tight)
        case m.OrderedList():
            numerals = [marker(block, index) for index in range(len(block.items))]
            return _items(block.items, numerals, block.tight)
        case m.DefinitionList():
            return list(_entries(block))
        case m.BlockQuote():
            return prefixed("> ", [*blocks(block.blocks), *_said(block.attribution)])
        case m.PullQuote():
            words = line(block.content).split("\n")
            return fenced("{.pull-quote}", [*words, *_said(block.attribution)])
        case m.CodeBlock():
            return _code(block)
        case m.LineBlock():
            return [_verse(one) for one in block.lines]
        case m.Figure():
            return figure(block)
        case m.Table():
            return table(block)
        case m.ThematicBreak():
            return ["* * *"]
        case m.Box():
            return _box(block)
        case m.Division():
            marks = attributes(block.id, block.classes, (("lang", block.lang),)) or "{}"
            return fenced(marks, [*blocks(block.blocks, headings), *_end(block.blocks)])


def _box(block: m.Box) -> list[str]:
    is_named = bool(block.title) and block.id == identifier_for(plain(block.title))
    title = [f"### {one_line(block.title)}", ""] if block.title else []
    marks = attributes(None if is_named else block.id, (block.kind,))
    return fenced(marks, [*title, *blocks(block.blocks), *_end(block.blocks)])


def _end(content: m.Blocks) -> list[str]:
    """Return what stands before the closing fence: behind a loose definition, an empty line."""
    last = content[-1] if content else None
    return [""] if isinstance(last, m.DefinitionList) and not last.tight else []


def heading(block: m.Heading, counted: bool) -> str:
    """Return a heading, with its anchor if that is not the one it gets by itself."""
    own = None if block.id == identifier_for(plain(block.content)) else block.id
    marks = attributes(own, ("unnumbered",) if counted and block.number is None else ())
    return " ".join(filter(None, ("#" * block.level, one_line(block.content).strip(), marks)))


def prefixed(prefix: str, lines: Sequence[str]) -> list[str]:
    """Return lines set in behind a prefix; empty ones have no space at their end."""
    return [(prefix + one).rstrip() if not one else prefix + one for one in lines]


def fenced(marks: str, lines: Sequence[str]) -> list[str]:
    """Return the lines of a division, whose fence is longer than those in it."""
    longest = max((_colons(one) for one in lines), default=0)
    fence = ":" * max(3, longest + 1)
    return [f"{fence} {marks}", *lines, fence]


def _colons(text: str) -> int:
    bare = text.strip(" >")
    return len(bare) - len(bare.lstrip(":")) if bare.startswith(":::") else 0


def _items(items: Sequence[m.ListItem], marks: Sequence[str], tight: bool) -> list[str]:
    """Return the items of a list; a loose one of a single paragraph needs a second block."""
    made: list[str] = []
    for item, mark in zip(items, marks, strict=True):
        lines = _tight_blocks(item.blocks) if tight else blocks(item.blocks)
        if not tight and len(items) == 1 and len(item.blocks) == 1:
            lines += ["", NOTHING]
        if made and not tight:
            made.append("")
        lines = _begun(lines)
        made += [mark + lines[0], *prefixed(" " * len(mark), lines[1:])]
    return made


def _begun(lines: list[str]) -> list[str]:
    """Return lines that can stand behind a marker: a fence begins a line of its own."""
    if not lines:
        return [NOTHING]
    return [NOTHING, "", *lines] if lines[0].startswith(":::") else lines


def _tight_blocks(content: m.Blocks) -> list[str]:
    """Return the blocks of an item without empty lines where pandoc can do without them."""
    made: list[str] = []
    for index, block in enumerate(content):
        joins = isinstance(block, m.BulletList | m.OrderedList | m.CodeBlock)
        if index and not (joins and isinstance(content[index - 1], m.Paragraph)):
            made += ["", NOTHING, ""] if _would_join(content[index - 1], block) else [""]
        made += _block(block)
    return made


def _entries(block: m.DefinitionList) -> Iterator[str]:
    for index, entry in enumerate(block.entries):
        if index:
            yield ""
        yield escape_opening(one_line(entry.term))
        for definition in entry.definitions:
            if not block.tight:
                yield ""
            lines = _begun((_tight_blocks if block.tight else blocks)(definition))
            yield ":   " + lines[0]
            yield from prefixed(INDENT, lines[1:])


def _said(attribution: m.Attribution | None) -> list[str]:
    return ["", *line(attribution.content).split("\n")] if attribution else []


def _code(block: m.CodeBlock) -> list[str]:
    fence = "```"
    while fence in block.text:
        fence += "`"
    language = f" {block.language}" if block.language else ""
    return [fence + language, *block.text.split("\n"), fence]


def _verse(content: m.Inlines) -> str:
    """Return a line of verse; the no-break spaces it begins with are spaces in the source."""
    written = one_line(content)
    bare = written
    while bare.startswith("\\ "):
        bare = bare[2:]
    return "| " + " " * ((len(written) - len(bare)) // 2) + bare if written else "|"


def legend(lines: Sequence[m.LegendLine]) -> list[str]:
    """Return the lines under a figure or table."""
    return [f"{WORDS[one.kind]}: {one_line(one.content)}" for one in lines]


def figure(block: m.Figure) -> list[str]:
    """Return a figure, in a frame when lines explain it.

    Only a picture with a caption can have a frame or an anchor; without, the lines follow it.
    """
    lines = [["", *legend(block.legend)]] if block.legend else []
    if block.description:
        words = one_line((m.Text(text=block.description),))
        lines.append(["", f"Description: {words}"])
    if not lines or not block.caption:
        ident = block.id if block.caption else None
        shown = picture(block.image, one_line(block.caption), ident)
        return [shown, *(line for part in lines for line in part)]
    shown = picture(block.image, one_line(block.caption))
    marks = attributes(block.id, ("figure",))
    return fenced(marks, [shown, *(line for part in lines for line in part)])


def table(block: m.Table) -> list[str]:
    """Return a table, in a frame when it has lines, row heads or notes of its own."""
    wanted = {"row-heads": block.row_heads, "own-notes": block.notes}
    classes = tuple(name for name, given in wanted.items() if given)
    is_framed = bool(block.legend or classes or (block.id and not block.caption))
    ident = None if is_framed else block.id
    lines = tables.grid(block, blocks)
    if block.caption:
        marks = attributes(ident)
        lines += ["", f": {one_line(block.caption)}{' ' + marks if marks else ''}"]
    if not is_framed:
        return lines
    if block.legend:
        lines += ["", *legend(block.legend)]
    return fenced(attributes(block.id, ("table", *classes)), lines)


def definition(label: str, content: m.Blocks) -> list[str]:
    """Return the definition of a note; one that begins with no paragraph begins on a new line."""
    lines = blocks(content)
    if isinstance(content[0], m.Paragraph):
        return [f"[^{label}]: {lines[0]}", *prefixed(INDENT, lines[1:])]
    return [f"[^{label}]:", "", *prefixed(INDENT, lines)]
