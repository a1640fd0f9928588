"""Pages with notes, made from a seed, and a look at where the notes of their PDF stand.

Every word of a note is unique, so that a lost, doubled, swapped or cut one shows in the text.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from random import Random

import pypdfium2
from weasyprint import CSS, HTML

from pipeline.renderers.print.archive import Metadata
from pipeline.renderers.print.press import Sheet, print_sheet
from pipeline.renderers.print.resources import Fetcher, fonts
from pipeline.theme import TEMPLATES

STYLE = """
@page { size: A5; margin: 14mm; @footnote { margin-top: 8pt; padding-top: 4pt } }
html { font: 10.5pt/14.5pt "Briefwright Serif"; orphans: 2; widows: 2 }
body, ol.notes, ol.notes p, .float { margin: 0 }
p { margin: 0 0 7pt }
h2 { break-after: avoid; margin: 14pt 0 5pt; font-size: 13pt; line-height: 16pt }
table { border-collapse: collapse; width: 100% }
tr, figure { break-inside: avoid }
td, th { border-bottom: 0.5pt solid gray; padding: 2pt; vertical-align: top }
.box { background: #eee; padding: 8pt; margin: 8pt 0 }
ol.notes { padding: 0; list-style: none }
ol.notes > li, .float { font-size: 8.25pt; line-height: 11pt; padding: 0 0 2pt 14pt }
ol.notes > li, .float { footnote-policy: line }
.note-label { float: left; margin-left: -14pt; width: 14pt; break-after: avoid }
a.call, .float::footnote-call { font-size: 7pt; vertical-align: super; line-height: 0 }
.float { float: footnote }
.float::footnote-call { content: attr(data-call) }
.float::footnote-marker { content: "" }
"""

WORDS = ("water", "and", "the", "border", "institutional", "of", "a", "neighbourhood")

LENGTHS = {
    "short": ((3, 12, 25),),
    "mixed": ((5, 10, 20, 40, 80, 150),),
    "long": ((40, 120, 200, 300),),
    "rich": ((5, 20, 60), (5, 60, 150), (5, 20)),
    "huge": ((5, 30, 900, 1500),),
}
"""Lengths of notes in words to choose from, one choice a paragraph."""


@dataclass
class Pages:
    """Markup made from a seed, and the words of its notes."""

    kind: str
    seed: int
    paragraphs_only: bool = False
    floating: bool = False
    """Whether the notes are WeasyPrint's own footnotes instead of ours."""
    notes: list[list[str]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        """Start from the seed."""
        self.random = Random(f"{self.kind}{self.seed}")

    def markup(self, blocks: int = 14) -> str:
        """Return the whole page."""
        body = "".join(self.block() for _ in range(blocks))
        last = f"<p>The end.{self.note()}</p>"
        notes = "".join(self.items)
        return f"<html lang=en><body>{body}{last}<ol class=notes>{notes}</ol></body></html>"

    def note(self) -> str:
        """Add a note and return its call."""
        number = len(self.notes) + 1
        counts = [self.random.choice(choice) for choice in LENGTHS[self.kind]]
        words = [f"n{number}w{index}" for index in range(sum(counts))]
        self.notes.append(words)
        if self.floating:
            return f'<span class=float data-call="c{number}c">{" ".join(words)}</span>'
        content, start = "", 0
        for index, count in enumerate(counts):
            paragraph = f"<p>{' '.join(words[start : start + count])}</p>"
            content += f"<ul><li>{paragraph}</li></ul>" if index % 2 else paragraph
            start += count
        self.items.append(item(number, content))
        return f'<a class=call id="fnref:{number}" href="#fn:{number}">c{number}c</a>'

    def text(self, least: int, most: int, share: float = 0.04) -> str:
        """Return running text with some calls."""
        words = []
        for _ in range(self.random.randint(least, most)):
            word = self.random.choice(WORDS)
            words.append(word + "." + self.note() if self.random.random() < share else word)
        return " ".join(words)

    def block(self) -> str:
        """Return a paragraph, mostly, or another block."""
        kind = 0.0 if self.paragraphs_only else self.random.random()
        if kind < 0.6:
            return f"<p>{self.text(5, 120)}</p>"
        if kind < 0.68:
            return f"<h2>{self.text(2, 8)}</h2><p>{self.text(5, 60)}</p>"
        if kind < 0.76:
            items = "".join(f"<li>{self.text(2, 30)}</li>" for _ in range(4))
            return f"<ul>{items}</ul>"
        if kind < 0.84:
            return f"<div class=box><p>{self.text(5, 60)}</p><p>{self.text(5, 60)}</p></div>"
        if kind < 0.92:
            return f"<p>{'<br>'.join(self.text(2, 7) for _ in range(6))}</p>"
        head = self.row("th", 3)
        rows = "".join(self.row("td", 12) for _ in range(9))
        return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"

    def row(self, tag: str, most: int) -> str:
        """Return a row of a table."""
        cells = "".join(f"<{tag}>{self.text(1, most)}</{tag}>" for _ in range(3))
        return f"<tr>{cells}</tr>"


def item(number: int, content: str) -> str:
    """Return a note with its label, as the templates write it."""
    label = f'<a class=note-label href="#fnref:{number}">{number}</a>'
    return f'<li id="fn:{number}">{label} <div>{content}</div></li>'


@dataclass
class Findings:
    """What is wrong with the notes of a PDF, by number."""

    lost: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    swapped: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    running_on: list[int] = field(default_factory=list)
    """Notes on more than one page; nothing is wrong with them."""

    @property
    def gone_wrong(self) -> list[int]:
        """Everything but late notes."""
        return [*self.lost, *self.doubled, *self.cut, *self.swapped]


def print_floating(pages: Pages) -> bytes:
    """Return the PDF that WeasyPrint makes by itself."""
    configuration, faces = fonts(TEMPLATES / "fonts")
    html = HTML(string=pages.markup())
    style = CSS(string=STYLE)
    data = html.write_pdf(font_config=configuration, stylesheets=[faces, style])
    assert isinstance(data, bytes)
    return data


def print_pages(markup: str, notes: int, style: str = STYLE) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF that we make, and the notes that are too tall for a page."""
    sheet = Sheet(
        standard="ua-1",
        markup=markup,
        style=style,
        fonts=TEMPLATES / "fonts",
        pictures=Fetcher({}),
        foot_notes={f"fnref:{n}": f"fn:{n}" for n in range(1, notes + 1)},
        metadata=Metadata(title="Notes", lang="en"),
        attachments=(),
        created=date(2025, 6, 18),
        modified=date(2025, 6, 18),
    )
    printed = print_sheet(sheet)
    assert printed.complaints == ()
    return printed.data, printed.too_tall


def page_texts(data: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def look(data: bytes, notes: list[list[str]]) -> Findings:
    """Compare the notes in a PDF with what they should be."""
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    found = (word for text in enumerate(page_texts(data)) for word in _words(*text))
    for place, (page, word) in enumerate(found):
        places[word].append((place, page))
    findings = Findings()
    end = -1
    for number, words in enumerate(notes, start=1):
        call, seen = places[f"c{number}c"], [places[word] for word in words]
        if not call or not any(seen):
            findings.lost.append(number)
            continue
        if not all(seen):
            findings.cut.append(number)
        if len(call) > 1 or any(len(each) > 1 for each in seen):
            findings.doubled.append(number)
        order = [place for each in seen for place, _ in each[:1]]
        if order != sorted(order) or order[0] < end:
            findings.swapped.append(number)
        end = order[-1]
        first, last = seen[0][0][1] if seen[0] else -1, seen[-1][0][1] if seen[-1] else -1
        if first != call[0][1]:
            findings.late.append(number)
        if first != last:
            findings.running_on.append(number)
    return findings


def _words(page: int, text: str) -> list[tuple[int, str]]:
    return [(page, word) for word in re.findall(r"n\d+w\d+|c\d+c", text)]
