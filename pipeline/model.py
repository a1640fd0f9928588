"""The structured brief: every kind of node there is, as frozen, tagged data without behaviour.

This is the joint of the pipeline. Left of it everything knows Markdown; right of it everything
knows only these records. JSON is their written form (`codec.py`), and the published JSON Schema
is made from them (`schema.py`). Lines and columns count from 1 and point into the brief's source
file.
"""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PositiveInt

SCHEMA_ID = "urn:briefwright:schema:brief:1"
"""Identifies the form of the JSON; the number grows when an older reader would misunderstand it."""


class Node(BaseModel):
    """What all records share: frozen, no unknown fields, no silent conversion of types.

    A record is made ready for use when the first of its kind is made: all of them at once take
    longer than reading a brief.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


# Inlines -----------------------------------------------------------------------------------------


class Text(Node):
    """Characters as they are printed: quotation marks and dashes are already typographic."""

    type: Literal["text"] = "text"
    text: Annotated[str, Field(min_length=1)]


class Emphasis(Node):
    """Stressed text, usually italic."""

    type: Literal["emphasis"] = "emphasis"
    content: "Inlines"


class Strong(Node):
    """Text of strong importance, usually bold."""

    type: Literal["strong"] = "strong"
    content: "Inlines"


class Underline(Node):
    """Underlined text."""

    type: Literal["underline"] = "underline"
    content: "Inlines"


class Strikeout(Node):
    """Text that no longer holds."""

    type: Literal["strikeout"] = "strikeout"
    content: "Inlines"


class SmallCaps(Node):
    """Text in small capitals."""

    type: Literal["small-caps"] = "small-caps"
    content: "Inlines"


class Superscript(Node):
    """Raised text."""

    type: Literal["superscript"] = "superscript"
    content: "Inlines"


class Subscript(Node):
    """Lowered text."""

    type: Literal["subscript"] = "subscript"
    content: "Inlines"


class Code(Node):
    """A piece of code or a literal string."""

    type: Literal["code"] = "code"
    text: Annotated[str, Field(min_length=1)]


class LineBreak(Node):
    """A line break the author asked for."""

    type: Literal["line-break"] = "line-break"


class Link(Node):
    """A hyperlink. `target` is an allowed URI (RFC 3986), or `#id` of an element of this brief."""

    type: Literal["link"] = "link"
    target: Annotated[str, Field(min_length=1)]
    title: str | None = None
    content: Annotated["Inlines", Field(min_length=1)]
    line: PositiveInt
    column: PositiveInt


class Image(Node):
    """A picture in running text, in a figure or as the hero.

    `file` names an entry of `Brief.images`.
    """

    type: Literal["image"] = "image"
    file: Annotated[str, Field(min_length=1)]
    alt: str
    """What the picture says to someone who cannot see it; empty only for decoration."""
    title: str | None = None
    width: Annotated[int, Field(ge=1, le=100)] | None = None
    """Share of the measure in per cent; the natural width, at most the measure, when not given."""
    line: PositiveInt
    column: PositiveInt


class Span(Node):
    """A run of text with a language, a class of its own or an anchor."""

    type: Literal["span"] = "span"
    id: str | None = None
    classes: tuple[str, ...] = ()
    lang: str | None = None
    """BCP 47 language tag of the content where it differs from its surroundings."""
    content: "Inlines"


Letter = Annotated[str, Field(pattern=r"^[a-z]+$")]


class Call(Node):
    """The mark in the text that calls a note. It prints `number`."""

    type: Literal["call"] = "call"
    id: Annotated[str, Field(pattern=r"^fnref:[1-9][0-9]*(:[1-9][0-9]*)?$")]
    """`fnref:N` for the first call of note N, `fnref:N:K` for its K-th call (K from 2)."""
    note: Annotated[str, Field(min_length=1)]
    """Label of the note that is called."""
    number: PositiveInt
    line: PositiveInt
    column: PositiveInt


class TableCall(Node):
    """The mark in a table that calls one of the table's own notes. It prints `letter`."""

    type: Literal["table-call"] = "table-call"
    id: Annotated[str, Field(pattern=r"^tnref:[1-9][0-9]*:[a-z]+(:[1-9][0-9]*)?$")]
    """`tnref:T:a` for the first call of note a of the T-th table that has notes of its own,
    `tnref:T:a:K` for its K-th call (K from 2)."""
    note: Annotated[str, Field(min_length=1)]
    """Label of the note that is called."""
    letter: Letter
    line: PositiveInt
    column: PositiveInt


class CrossReference(Node):
    """Running text that names the number of a note ("see note 4") and leads to it."""

    type: Literal["cross-reference"] = "cross-reference"
    note: Annotated[str, Field(min_length=1)]
    number: PositiveInt
    line: PositiveInt
    column: PositiveInt


SectionNumber = Annotated[str, Field(pattern=r"^[1-9][0-9]*(\.[1-9][0-9]*)*$")]


class ElementReference(Node):
    """Running text that names the number of a figure, table or section, and leads to it."""

    type: Literal["element-reference"] = "element-reference"
    target: Annotated[str, Field(min_length=1)]
    """The anchor of what is referred to, without a number sign."""
    kind: Literal["figure", "table", "section"]
    number: SectionNumber
    """As it is printed: `2`, or, of a section, `2.1`."""
    line: PositiveInt
    column: PositiveInt


Inline = Annotated[
    Text
    | Emphasis
    | Strong
    | Underline
    | Strikeout
    | SmallCaps
    | Superscript
    | Subscript
    | Code
    | LineBreak
    | Link
    | Image
    | Span
    | Call
    | TableCall
    | CrossReference
    | ElementReference,
    Field(discriminator="type"),
]
Inlines = tuple[Inline, ...]

# Blocks ------------------------------------------------------------------------------------------


class Paragraph(Node):
    """A paragraph of running text."""

    type: Literal["paragraph"] = "paragraph"
    content: Annotated[Inlines, Field(min_length=1)]
    line: PositiveInt


class Heading(Node):
    """A section heading. Level 1 is the highest in the body, one below the brief's title."""

    type: Literal["heading"] = "heading"
    level: Annotated[int, Field(ge=1, le=3)]
    id: Annotated[str, Field(min_length=1)]
    number: SectionNumber | None = None
    """Where the brief numbers its sections, this one's, such as `2.1`."""
    content: Annotated[Inlines, Field(min_length=1)]
    line: PositiveInt


class ListItem(Node):
    """One item of a bullet or ordered list."""

    blocks: "Blocks"
    line: PositiveInt


class BulletList(Node):
    """A list whose order does not matter. `tight` items are set without space between them."""

    type: Literal["bullet-list"] = "bullet-list"
    tight: bool
    items: Annotated[tuple[ListItem, ...], Field(min_length=1)]
    line: PositiveInt


class OrderedList(Node):
    """A numbered list."""

    type: Literal["ordered-list"] = "ordered-list"
    tight: bool
    start: Annotated[int, Field(ge=0)] = 1
    style: Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"] = (
        "decimal"
    )
    delimiter: Literal["period", "one-paren", "two-parens"] = "period"
    items: Annotated[tuple[ListItem, ...], Field(min_length=1)]
    line: PositiveInt


class DefinitionEntry(Node):
    """A term with its definitions."""

    term: Annotated[Inlines, Field(min_length=1)]
    definitions: Annotated[tuple["Blocks", ...], Field(min_length=1)]
    line: PositiveInt


class DefinitionList(Node):
    """A list of terms and what they mean."""

    type: Literal["definition-list"] = "definition-list"
    tight: bool
    entries: Annotated[tuple[DefinitionEntry, ...], Field(min_length=1)]
    line: PositiveInt


class Attribution(Node):
    """Who said what is quoted, with the dash that the author wrote before it."""

    content: Annotated[Inlines, Field(min_length=1)]
    line: PositiveInt


class BlockQuote(Node):
    """A quotation set apart."""

    type: Literal["block-quote"] = "block-quote"
    blocks: Annotated["Blocks", Field(min_length=1)]
    attribution: Attribution | None = None
    line: PositiveInt


class PullQuote(Node):
    """A sentence of the text, or one about it, set large to draw the eye."""

    type: Literal["pull-quote"] = "pull-quote"
    content: Annotated[Inlines, Field(min_length=1)]
    attribution: Attribution | None = None
    line: PositiveInt


class CodeBlock(Node):
    """Lines of code, printed as they are."""

    type: Literal["code-block"] = "code-block"
    text: str
    language: str | None = None
    line: PositiveInt


class LineBlock(Node):
    """Lines whose breaks and leading spaces are kept: verse, addresses.

    Leading spaces are U+00A0.
    """

    type: Literal["line-block"] = "line-block"
    lines: Annotated[tuple[Inlines, ...], Field(min_length=1)]
    line: PositiveInt


class LegendLine(Node):
    """A line under a figure or a table: where it comes from, how to read it, or who made it."""

    kind: Literal["source", "note", "credit"]
    content: Annotated[Inlines, Field(min_length=1)]
    line: PositiveInt


class Figure(Node):
    """A picture with its caption. One with a caption has a number, unless it stands in a note."""

    type: Literal["figure"] = "figure"
    id: str | None = None
    number: PositiveInt | None = None
    image: Image
    caption: Inlines = ()
    legend: tuple[LegendLine, ...] = ()
    description: Annotated[str, Field(min_length=1)] | None = None
    """What the picture shows at length, where its alt text is too short for that."""
    line: PositiveInt


class TableNote(Node):
    """A note that belongs to one table, stands under it and has a letter. It holds no calls."""

    id: Annotated[str, Field(pattern=r"^tn:[1-9][0-9]*:[a-z]+$")]
    label: Annotated[str, Field(min_length=1)]
    letter: Letter
    calls: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids of the calls of this note in reading order."""
    content: Annotated[Inlines, Field(min_length=1)]
    line: PositiveInt
    column: PositiveInt


Alignment = Literal["left", "right", "center"]


class Column(Node):
    """A table column: its alignment, and its width in per cent where the author set one."""

    align: Alignment | None = None
    width: Annotated[float, Field(gt=0, le=100)] | None = None


class Cell(Node):
    """A table cell. `align` is given only where it differs from the column's."""

    blocks: "Blocks" = ()
    align: Alignment | None = None
    row_span: PositiveInt = 1
    column_span: PositiveInt = 1


class Row(Node):
    """A table row; a cell that spans rows stands only in its first row."""

    cells: tuple[Cell, ...]


class Table(Node):
    """A table. One with a caption has a number, unless it stands in a note.

    Head rows repeat where it breaks; `row_heads` is how many leading columns are headings.
    """

    type: Literal["table"] = "table"
    id: str | None = None
    number: PositiveInt | None = None
    caption: Inlines = ()
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    head: tuple[Row, ...] = ()
    body: tuple[Row, ...] = ()
    foot: tuple[Row, ...] = ()
    row_heads: Annotated[int, Field(ge=0)] = 0
    legend: tuple[LegendLine, ...] = ()
    notes: tuple[TableNote, ...] = ()
    """The notes it keeps to itself, by their letters, which follow the order of first calls."""
    line: PositiveInt


class ThematicBreak(Node):
    """A change of subject without a heading."""

    type: Literal["thematic-break"] = "thematic-break"
    line: PositiveInt


class Box(Node):
    """A panel beside the argument: a case study, a definition, a timeline."""

    type: Literal["box"] = "box"
    kind: Literal["box", "case-study", "definition", "timeline"] = "box"
    id: str | None = None
    title: Inlines = ()
    blocks: "Blocks"
    line: PositiveInt


class Division(Node):
    """Blocks with a language, a class of their own or an anchor."""

    type: Literal["division"] = "division"
    id: str | None = None
    classes: tuple[str, ...] = ()
    lang: str | None = None
    blocks: "Blocks"
    line: PositiveInt


Block = Annotated[
    Paragraph
    | Heading
    | BulletList
    | OrderedList
    | DefinitionList
    | BlockQuote
    | PullQuote
    | CodeBlock
    | LineBlock
    | Figure
    | Table
    | ThematicBreak
    | Box
    | Division,
    Field(discriminator="type"),
]
Blocks = tuple[Block, ...]

# Notes -------------------------------------------------------------------------------------------


class Note(Node):
    """A note: one record, one number, any number of calls. It holds no calls itself."""

    id: Annotated[str, Field(pattern=r"^fn:[1-9][0-9]*$")]
    """`fn:N`, the anchor that calls and cross-references lead to."""
    label: Annotated[str, Field(min_length=1)]
    """The author's key; made up for inline notes."""
    number: PositiveInt
    calls: Annotated[tuple[str, ...], Field(min_length=1)]
    """Ids of its calls in reading order; the first is the one that placed it."""
    blocks: Annotated[Blocks, Field(min_length=1)]
    line: PositiveInt
    column: PositiveInt


# The brief ---------------------------------------------------------------------------------------


class Author(Node):
    """One author as printed in the byline."""

    name: Annotated[str, Field(min_length=1)]
    family: str | None = None
    """The part of the name that lists are sorted by; the whole name for an organisation."""
    role: str | None = None
    affiliation: str | None = None
    orcid: Annotated[str, Field(pattern=r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")] | None = None
    bio: Inlines = ()
    portrait: Image | None = None


class Hero(Node):
    """The opening picture. A credit may stand without a picture, for one that is set elsewhere."""

    image: Image | None = None
    caption: Inlines = ()
    credit: Inlines = ()
    line: PositiveInt


class Summary(Node):
    """The brief in short: a summary, or its key findings, one item each."""

    kind: Literal["summary", "key-findings"]
    items: Annotated[tuple[Inlines, ...], Field(min_length=1)]
    line: PositiveInt


class Recommendation(Node):
    """One thing the brief asks for: what, of whom, and by when."""

    content: Annotated[Inlines, Field(min_length=1)]
    who: str | None = None
    by: str | None = None
    """When it should be done, in the author's words."""


class Recommendations(Node):
    """What the brief asks for."""

    items: Annotated[tuple[Recommendation, ...], Field(min_length=1)]
    line: PositiveInt


class Contact(Node):
    """Whom to ask about the brief: a text, or a name with its addresses."""

    text: Inlines = ()
    name: str | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    phone: str | None = None


Placement = Literal["foot", "end"]


class NotePlacement(Node):
    """Where notes are printed; the house decides where the brief does not."""

    pdf: Placement | None = None
    docx: Placement | None = None


class Metadata(Node):
    """The front matter of a brief."""

    title: Annotated[Inlines, Field(min_length=1)]
    deck: Inlines = ()
    """The sentence under the title that says what the brief argues."""
    date: datetime.date
    updated: datetime.date | None = None
    lang: Annotated[str, Field(min_length=2)]
    """BCP 47 language tag."""
    authors: tuple[Author, ...] = ()
    series: str | None = None
    number: str | None = None
    hero: Hero | None = None
    summary: Summary | None = None
    recommendations: Recommendations | None = None
    keywords: tuple[str, ...] = ()
    acknowledgements: Blocks = ()
    about: Blocks = ()
    """About the institute; the house's own words stand where the brief has none."""
    contact: Contact | None = None
    disclaimer: Blocks = ()
    license: str | None = None
    """SPDX identifier; any other text is printed as it is."""
    doi: str | None = None
    issn: Annotated[str, Field(pattern=r"^\d{4}-\d{3}[\dX]$")] | None = None
    isbn: Annotated[str, Field(pattern=r"^[\d-]{9,16}[\dX]$")] | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    """Address of the web version."""
    section_numbers: bool = False
    """Whether sections are numbered."""
    notes: NotePlacement = NotePlacement()


class ImageFile(Node):
    """A picture file of the brief, carried whole so that the JSON alone is enough to render."""

    file: Annotated[str, Field(min_length=1)]
    """Path as written in the source, relative to the brief's folder."""
    media_type: Literal["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"]
    width: PositiveInt
    """Natural width in CSS pixels."""
    height: PositiveInt
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    data: Annotated[str, Field(min_length=1)]
    """The file's bytes in Base64 (RFC 4648, section 4)."""


class Source(Node):
    """The Markdown the brief was read from, with line ends as LF."""

    name: str
    text: str


class Brief(Node):
    """A whole brief: front matter, body, and its notes in one numbered collection beside them."""

    schema_id: Annotated[Literal["urn:briefwright:schema:brief:1"], Field(alias="schema")] = (
        "urn:briefwright:schema:brief:1"
    )
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    metadata: Metadata
    body: Blocks
    references: Blocks = ()
    """The list of references under its heading, printed behind the recommendations. Where the
    author said where it stands, it stands there, in the body."""
    notes: tuple[Note, ...] = ()
    """In the order of their numbers, which is the order of first calls."""
    images: tuple[ImageFile, ...] = ()
    source: Source
