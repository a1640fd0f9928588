"""The brief as plain text for e-mail: 72 columns, notes at the end, addresses of links written out.

What is added to the words of the brief stands on lines that begin with a drawn rule. Three bars
divide the whole: masthead, title, text with its notes, imprint. So a reader, and the proof, can
tell the two apart. No line of the brief itself begins like a rule or a bar.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from pipeline import model as m
from pipeline.citation import Part
from pipeline.renderers.imprint import imprint
from pipeline.renderers.numerals import DELIMITERS, numeral
from pipeline.text import plain
from pipeline.theme import Theme
from pipeline.words import Words, words_for

COLUMNS = 72
"""Width of a line (RFC 3676, section 4.2, asks for at most 78)."""
RULE, BAR = "╶─", "╺━"
JOINER = "\u2060"
"""Has no width; stands before what an author drew like a rule."""
STEP = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words that are added, and how many columns there are for text."""

    words: Words
    columns: int = COLUMNS

    def less(self, taken: int) -> "Sheet":
        """Return a narrower one."""
        return replace(self, columns=self.columns - taken)


def render_mail(brief: m.Brief, theme: Theme) -> bytes:
    """Return the brief as text in UTF-8 with line ends as LF. Equal input gives equal bytes."""
    sheet = Sheet(words_for(brief.metadata.lang, theme.folder))
    parts = (
        _masthead(brief.metadata, theme, sheet),
        _opening(brief.metadata, sheet),
        _blocks(brief.body, sheet),
        _wishes(brief.metadata.recommendations, sheet),
        _blocks(brief.references, sheet),
        _notes(brief.notes, sheet),
        _ending(brief.metadata, sheet),
        _imprint(brief, theme, sheet),
    )
    lines = [line.rstrip(" ") for line in chain.from_iterable(parts)]
    return "\n".join(_without_double_gaps(lines)).encode() + b"\n"


def _without_double_gaps(lines: Iterable[str]) -> Iterator[str]:
    last = ""
    for line in lines:
        if line or last:
            yield line
        last = line


def _masthead(meta: m.Metadata, theme: Theme, sheet: Sheet) -> Iterator[str]:
    """Yield who publishes, the series, the dates, the title between two bars, and the authors."""
    yield from _wrapped(theme.institute.name)
    series = " ".join(filter(None, (meta.series, meta.number)))
    day = sheet.words.day(meta.date)
    again = f"{sheet.words.updated} {sheet.words.day(meta.updated)}" if meta.updated else ""
    yield from _wrapped(" · ".join(filter(None, (series, day, again))))
    for author in meta.authors:
        told = filter(None, (author.name, author.role, author.affiliation))
        yield from _wrapped(sheet.words.comma.join(told))
    yield from ("", _line(BAR))
    yield from _wrapped(_text(meta.title))
    yield from (_line(BAR), "")


def _opening(meta: m.Metadata, sheet: Sheet) -> Iterator[str]:
    yield from _paragraph(meta.deck, sheet)
    if meta.hero:
        if meta.hero.image:
            yield from _paragraph((meta.hero.image,), sheet)
        yield from _paragraph(meta.hero.caption, sheet)
        yield from _paragraph(meta.hero.credit, sheet)
    if meta.summary:
        is_summary = meta.summary.kind == "summary"
        yield from _title(sheet.words.summary if is_summary else sheet.words.key_findings, sheet)
        many = len(meta.summary.items) > 1
        for item in meta.summary.items:
            yield from _labelled("•" if many else "", (m.Paragraph(content=item, line=1),), sheet)
        yield from (_line(RULE), "")


def _wishes(asked: m.Recommendations | None, sheet: Sheet) -> Iterator[str]:
    if asked is None:
        return
    yield from _title(sheet.words.recommendations, sheet)
    for number, item in enumerate(asked.items, start=1):
        label = f"{number}." if len(asked.items) > 1 else ""
        terms = "; ".join(filter(None, (item.who, item.by)))
        told = (*item.content, m.Text(text=f" ({terms})")) if terms else item.content
        yield from _labelled(label, (m.Paragraph(content=told, line=1),), sheet)


def _notes(notes: Iterable[m.Note], sheet: Sheet) -> Iterator[str]:
    for index, note in enumerate(notes):
        if index == 0:
            yield from _title(sheet.words.notes, sheet)
        yield from _labelled(f"[{note.number}]", note.blocks, sheet)


def _ending(meta: m.Metadata, sheet: Sheet) -> Iterator[str]:
    if meta.acknowledgements:
        yield from _title(sheet.words.acknowledgements, sheet)
        yield from _blocks(meta.acknowledgements, sheet)
    told = [author for author in meta.authors if author.bio]
    if told:
        yield from _title(sheet.words.about_the_authors(len(told)), sheet)
        for author in told:
            yield from _paragraph(author.bio, sheet)
    if meta.about:
        yield from _title(sheet.words.about_the_institute, sheet)
        yield from _blocks(meta.about, sheet)
    if meta.contact and meta.contact.text:
        yield from _title(sheet.words.contact, sheet)
        yield from _paragraph(meta.contact.text, sheet)
    if meta.disclaimer:
        yield from _title(sheet.words.disclaimer, sheet)
        yield from _blocks(meta.disclaimer, sheet)


def _imprint(brief: m.Brief, theme: Theme, sheet: Sheet) -> Iterator[str]:
    """Yield, behind a bar, how to cite, whom to ask, the licence, and what the house says."""
    told, words, contact = imprint(brief, theme, sheet.words), sheet.words, brief.metadata.contact
    yield from (_line(BAR), "")
    yield from _wrapped(f"{words.before_value(words.how_to_cite)} {_cited(told.citation)}")
    if contact and not contact.text:
        said = words.comma.join(filter(None, (contact.name, contact.email, contact.phone)))
        yield from _wrapped(f"{words.before_value(words.contact)} {said}")
    if told.licence:
        name = " ".join(filter(None, (told.licence.name, _address(told.licence.url))))
        yield from _wrapped(f"{words.before_value(words.license)} {name}")
    if told.address:
        yield from _wrapped(f"{words.before_value(words.web_version)} {_address(told.address)}")
    for text in filter(None, (told.about, told.disclaimer)):
        yield ""
        yield from _wrapped(text)


def _cited(parts: Iterable[Part]) -> str:
    return _squeezed("".join(part.text for part in parts))


def _address(url: str) -> str:
    return f"<{url}>" if url else ""


# Blocks ------------------------------------------------------------------------------------------


def _blocks(blocks: m.Blocks, sheet: Sheet) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, sheet)


def _block(block: m.Block, sheet: Sheet) -> Iterator[str]:
    match block:
        case m.Paragraph():
            yield from _paragraph(block.content, sheet)
        case m.Heading():
            yield from _heading(block, sheet)
        case m.BulletList():
            yield from _list((("•", item) for item in block.items), block.tight, sheet)
        case m.OrderedList():
            yield from _list(_numbered(block), block.tight, sheet)
        case m.DefinitionList():
            yield from _definitions(block, sheet)
        case m.BlockQuote():
            yield from _indented(_blocks(block.blocks, sheet.less(STEP)))
            yield from _attribution(block.attribution, sheet)
        case m.PullQuote():
            yield from _indented(_paragraph(block.content, sheet.less(STEP)))
            yield from _attribution(block.attribution, sheet)
        case m.CodeBlock():
            yield from (*_indented(map(_unlike_rules, block.text.split("\n"))), "")
        case m.LineBlock():
            for line in block.lines:
                yield from _indented(_wrapped(_text(line), sheet.columns - STEP))
            yield ""
        case m.Figure():
            yield from _figure(block, sheet)
        case m.Table():
            yield from _table(block, sheet)
        case m.Box():
            yield from _box(block, sheet)
        case m.Division():
            yield from _blocks(block.blocks, sheet)
        case m.ThematicBreak():
            yield from (_line(RULE, STEP), "")


def _line(drawn: str, columns: int = COLUMNS) -> str:
    """Return a rule or a bar of so many columns."""
    return drawn + drawn[-1] * (columns - len(drawn))


def _title(text: str, sheet: Sheet) -> Iterator[str]:
    """Yield a line that is added: a heading, drawn to the full width."""
    head = f"{RULE} {text} "
    yield from ("", head + RULE[-1] * (sheet.columns - width(head)), "")


def _heading(block: m.Heading, sheet: Sheet) -> Iterator[str]:
    """Yield a heading, with a rule below one of the highest level."""
    number = f"{block.number} " if block.number else ""
    lines = list(_wrapped(number + _text(block.content), sheet.columns))
    yield from ("", *lines)
    if block.level == 1:
        yield _line(RULE, max(map(width, lines), default=STEP))
    yield ""


def _list(items: Iterable[tuple[str, m.ListItem]], tight: bool, sheet: Sheet) -> Iterator[str]:
    for label, item in items:
        lines = _labelled(label, item.blocks, sheet)
        yield from (line for line in lines if line or not tight)
    yield ""


def _numbered(block: m.OrderedList) -> Iterator[tuple[str, m.ListItem]]:
    for number, item in enumerate(block.items, start=block.start):
        yield DELIMITERS[block.delimiter].format(numeral(number, block.style)), item


def _definitions(block: m.DefinitionList, sheet: Sheet) -> Iterator[str]:
    for entry in block.entries:
        yield from _wrapped(_text(entry.term), sheet.columns)
        for definition in entry.definitions:
            yield from _indented(_blocks(definition, sheet.less(STEP)))


def _attribution(said: m.Attribution | None, sheet: Sheet) -> Iterator[str]:
    if said:
        yield from _indented(_paragraph(said.content, sheet.less(STEP)))


def _figure(block: m.Figure, sheet: Sheet) -> Iterator[str]:
    yield from _caption(sheet.words.figure, block, sheet)
    yield from _paragraph((block.image,), sheet)
    if block.description:
        yield from (*_wrapped(_squeezed(block.description), sheet.columns), "")
    yield from _legend(block.legend, sheet)


def _caption(kind: str, block: m.Figure | m.Table, sheet: Sheet) -> Iterator[str]:
    if block.caption:
        yield from _title(f"{kind} {block.number}" if block.number else kind, sheet)
        yield from _paragraph(block.caption, sheet)


def _legend(lines: Iterable[m.LegendLine], sheet: Sheet) -> Iterator[str]:
    for line in lines:
        yield f"{RULE} {sheet.words.legend[line.kind]}"
        yield from _paragraph(line.content, sheet)


def _table(block: m.Table, sheet: Sheet) -> Iterator[str]:
    """Yield each row as its cells with bars between them."""
    yield from _caption(sheet.words.table, block, sheet)
    for row in (*block.head, *block.body, *block.foot):
        yield from _row(row, sheet)
        if block.head and row is block.head[-1]:
            yield _line(RULE, sheet.columns)
    yield ""
    yield from _legend(block.legend, sheet)
    for note in block.notes:
        paragraph = m.Paragraph(content=note.content, line=note.line)
        yield from _labelled(f"[{note.letter}]", (paragraph,), sheet)


def _row(row: m.Row, sheet: Sheet) -> Iterator[str]:
    """Yield a row; what does not fit on its line runs on below, set in."""
    cells = [_squeezed(" ".join(_unruled(_blocks(one.blocks, sheet)))) for one in row.cells]
    lines = _wrapped(" | ".join(cells).strip(), sheet.columns - STEP)
    yield from (" " * STEP * (number > 0) + line for number, line in enumerate(lines))


def _unruled(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines without rules, of which only the number of a figure or table is kept."""
    for line in lines:
        yield " ".join(re.findall(r"\d+", line)) if line.lstrip().startswith(RULE) else line


def _box(block: m.Box, sheet: Sheet) -> Iterator[str]:
    yield from _title(sheet.words.box_kinds[block.kind], sheet)
    yield from _paragraph(block.title, sheet)
    yield from _blocks(block.blocks, sheet)
    yield from (_line(RULE, sheet.columns), "")


# Lines -------------------------------------------------------------------------------------------


def _paragraph(inlines: m.Inlines, sheet: Sheet) -> Iterator[str]:
    """Yield the lines of a run of text and an empty one; nothing for no text."""
    lines = list(_wrapped(_text(inlines), sheet.columns))
    if lines:
        yield from (*lines, "")


def _labelled(label: str, blocks: m.Blocks, sheet: Sheet) -> Iterator[str]:
    """Yield blocks with a label before the first line, and the other lines set in below its text.

    The label stands alone where a line that is added, or nothing, comes first.
    """
    taken = width(label) + 1 if label else 0
    lines = [*_blocks(blocks, sheet.less(taken))]
    while lines and not lines[0]:
        del lines[0]
    if not lines or lines[0].lstrip().startswith(RULE):
        yield label
    elif label:
        lines[0] = f"{label} {lines[0]}"
        yield lines.pop(0)
    yield from (" " * taken + line if line else "" for line in lines)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (" " * STEP + line if line else "" for line in lines)


def _wrapped(text: str, columns: int = COLUMNS) -> Iterator[str]:
    """Yield the text in lines, cut at spaces only: addresses and long words stay whole."""
    for line in text.split("\n"):
        now = ""
        for word in filter(None, line.split(" ")):
            if now and width(now) + 1 + width(word) > columns:
                yield _unlike_rules(now)
                now = word
            else:
                now = f"{now} {word}" if now else word
        if now:
            yield _unlike_rules(now)


def _unlike_rules(line: str) -> str:
    return f"{JOINER}{line}" if line.lstrip().startswith((RULE, BAR)) else line


def width(text: str) -> int:
    """Return how many columns the text takes (Unicode Standard Annex 11); marks take none."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def _squeezed(text: str) -> str:
    return " ".join(text.split())


# Inlines -----------------------------------------------------------------------------------------


def _text(inlines: m.Inlines) -> str:
    """Return the words of inlines, with line feeds where the author broke the line."""
    return "".join(map(_inline, inlines))


def _inline(inline: m.Inline) -> str:
    match inline:
        case m.Text() | m.Code():
            return inline.text
        case m.LineBreak():
            return "\n"
        case m.Image():
            return f"[{_squeezed(inline.alt)}]" if inline.alt else ""
        case m.Call():
            return f"[{inline.number}]"
        case m.TableCall():
            return f"[{inline.letter}]"
        case m.CrossReference() | m.ElementReference():
            return str(inline.number)
        case m.Link():
            return _link(inline)
        case m.Superscript():
            said = _text(inline.content)
            return said if said.isalpha() else f"^{said}"
        case _:
            return _text(inline.content)


def _link(link: m.Link) -> str:
    """Return the words of a link and its address, which is left out where it is the sheet.words."""
    said, target = _text(link.content), link.target
    leads_within = target.startswith("#")
    is_said = plain(link.content) in (target, target.removeprefix("mailto:"))
    return said if leads_within or is_said else f"{said} <{target}>"
