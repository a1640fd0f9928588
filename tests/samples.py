"""Briefs built by hand from the model, for tests of everything right of the JSON."""

import base64
import hashlib
import struct
import zlib
from datetime import date
from typing import Literal

from pipeline import model as m


def png(width: int = 64, height: int = 32) -> bytes:
    """Return a small PNG with a gradient, made here so that no picture file is needed."""
    rows = b"".join(
        b"\0" + bytes(channel for x in range(width) for channel in (4 * x % 256, 8 * y % 256, 120))
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def image_file(name: str = "chart.png") -> m.ImageFile:
    """Return a picture file record."""
    data = png()
    return m.ImageFile(
        file=name,
        media_type="image/png",
        width=64,
        height=32,
        sha256=hashlib.sha256(data).hexdigest(),
        data=base64.b64encode(data).decode(),
    )


def t(text: str) -> m.Text:
    """Return a text node."""
    return m.Text(text=text)


def p(*content: m.Inline | str, line: int = 1) -> m.Paragraph:
    """Return a paragraph; strings become text."""
    return m.Paragraph(content=inlines(*content), line=line)


def inlines(*content: m.Inline | str) -> m.Inlines:
    """Return inlines; strings become text."""
    return tuple(t(item) if isinstance(item, str) else item for item in content)


def call(label: str, number: int, occurrence: int = 1) -> m.Call:
    """Return a call of a note."""
    suffix = "" if occurrence == 1 else f":{occurrence}"
    return m.Call(id=f"fnref:{number}{suffix}", note=label, number=number, line=1, column=1)


def see(label: str, number: int) -> m.CrossReference:
    """Return a cross-reference to a note."""
    return m.CrossReference(note=label, number=number, line=1, column=1)


def link(target: str, *content: m.Inline | str) -> m.Link:
    """Return a hyperlink."""
    return m.Link(target=target, content=inlines(*content), line=1, column=1)


def note(number: int, label: str, *blocks: m.Block, calls: int = 1) -> m.Note:
    """Return a note that is called `calls` times."""
    ids = tuple(f"fnref:{number}" + ("" if k == 1 else f":{k}") for k in range(1, calls + 1))
    return m.Note(
        id=f"fn:{number}",
        label=label,
        number=number,
        calls=ids,
        blocks=blocks,
        line=90 + number,
        column=1,
    )


def item(*blocks: m.Block) -> m.ListItem:
    """Return a list item."""
    return m.ListItem(blocks=blocks, line=1)


def cell(*content: m.Inline | str) -> m.Cell:
    """Return a table cell with one paragraph."""
    return m.Cell(blocks=(p(*content),) if content else ())


def row(*cells: m.Cell) -> m.Row:
    """Return a table row."""
    return m.Row(cells=cells)


def heading(level: int, ident: str, *content: m.Inline | str) -> m.Heading:
    """Return a heading."""
    return m.Heading(level=level, id=ident, content=inlines(*content), line=1)


def minimal() -> m.Brief:
    """Return the smallest brief there is: a title, a date, a language, one paragraph."""
    return m.Brief(
        slug="minimal",
        metadata=m.Metadata(title=inlines("A short title"), date=date(2025, 6, 18), lang="en"),
        body=(p("One paragraph."),),
        source=m.Source(name="brief.md", text="---\ntitle: A short title\n---\n\nOne paragraph.\n"),
    )


def sample() -> m.Brief:
    """Return a brief that has every kind of node and every note situation."""
    return m.Brief(
        slug="sample",
        metadata=_metadata(),
        body=(*_opening(), *_lists(), *_apart(), *_tables(), *_closing()),
        notes=_notes(),
        images=(image_file(), image_file("hero.png")),
        source=m.Source(name="brief.md", text="---\ntitle: Water\n---\n\nText.\n"),
    )


def _metadata() -> m.Metadata:
    hero_image = m.Image(file="hero.png", alt="A river seen from above", line=9, column=1)
    return m.Metadata(
        title=inlines("Water ", m.Emphasis(content=inlines("and")), " the Border"),
        deck=inlines("What shared rivers ask of neighbours.", call("deck", 1)),
        date=date(2025, 6, 18),
        updated=date(2025, 7, 2),
        lang="en",
        authors=(
            m.Author(
                name="Ada Example",
                role="Senior Fellow",
                affiliation="Institute for Neighbourhood Policy",
                orcid="0000-0002-1825-0097",
                bio=inlines("Ada Example writes on rivers."),
            ),
            m.Author(name="Boris Sample"),
        ),
        series="Policy Brief",
        number="7",
        hero=m.Hero(
            image=hero_image,
            caption=inlines("The river in spring.", call("hero", 2)),
            credit=inlines("Photo: A. Example"),
            line=9,
        ),
        summary=m.Summary(
            kind="key-findings",
            items=(
                inlines("Levels fell by 12 per cent."),
                inlines("Costs rise.", call("again", 3)),
            ),
            line=12,
        ),
        recommendations=m.Recommendations(
            items=(
                m.Recommendation(
                    content=inlines("Measure together.", call("rec", 17)),
                    who="Both towns",
                    by="by the spring of 2026",
                ),
                m.Recommendation(content=inlines("Publish the data.")),
            ),
            line=14,
        ),
        keywords=("water", "borders"),
        acknowledgements=(p("The authors thank the gauge keepers."),),
        disclaimer=(p("The views are those of the authors."),),
        about=(p("The institute asks what neighbours owe one another."),),
        contact=m.Contact(name="Publications desk", email="desk@example.org", phone="+00 555 0100"),
        license="CC-BY-4.0",
        doi="10.1234/example.7",
        issn="2049-3630",
        isbn="978-3-16-148410-0",
        url="https://www.example.org/briefs/water/",
    )


def own_call(label: str, letter: str, occurrence: int = 1) -> m.TableCall:
    """The call of a note that the first table with notes of its own keeps."""
    suffix = f":{occurrence}" if occurrence > 1 else ""
    ident = f"tnref:1:{letter}{suffix}"
    return m.TableCall(id=ident, note=label, letter=letter, line=1, column=1)


def own_note(label: str, letter: str, *content: str | m.Inline, calls: int = 1) -> m.TableNote:
    """A note that the first table with notes of its own keeps."""
    return m.TableNote(
        id=f"tn:1:{letter}",
        label=label,
        letter=letter,
        calls=tuple(own_call(label, letter, n).id for n in range(1, calls + 1)),
        content=inlines(*content),
        line=1,
        column=1,
    )


def legend(kind: Literal["source", "note", "credit"], *content: str | m.Inline) -> m.LegendLine:
    return m.LegendLine(kind=kind, content=inlines(*content), line=1)


def _opening() -> m.Blocks:
    return (
        p(
            "The first paragraph calls a note,",
            call("plain", 4),
            " the same note again,",
            call("plain", 4, 2),
            " and an inline one.",
            call("inline-1", 5),
            " A “quoted” word – and ",
            m.Emphasis(content=inlines("stressed ", m.Strong(content=inlines("strongly")))),
            ", ",
            m.SmallCaps(content=inlines("small caps")),
            ", H",
            m.Subscript(content=inlines("2")),
            "O, x",
            m.Superscript(content=inlines("2")),
            ", ",
            m.Strikeout(content=inlines("gone")),
            ", ",
            m.Underline(content=inlines("under")),
            ", ",
            m.Code(text="code()"),
            ", ",
            link("https://www.example.org/report?a=1&b=2", "a link"),
            ", ",
            link("#numbers", "an inner link"),
            ", ",
            m.Span(lang="fr", content=inlines("mot français")),
            ", ",
            m.Span(classes=("term",), content=inlines("a term")),
            ", ",
            m.Image(file="chart.png", alt="tiny chart", line=20, column=3),
            " and a break",
            m.LineBreak(),
            "here; see note ",
            see("long", 8),
            ", figure ",
            m.ElementReference(target="fig-levels", kind="figure", number="1", line=20, column=9),
            ", section ",
            m.ElementReference(target="numbers", kind="section", number="1", line=20, column=11),
            " and table ",
            m.ElementReference(target="tab-levels", kind="table", number="1", line=20, column=10),
            ".",
        ),
        heading(1, "numbers", "Numbers and notes", call("head", 6)).model_copy(
            update={"number": "1"}
        ),
        p("Under the heading.", call("again", 3, 2)),
        heading(2, "below", "A level below"),
        heading(3, "deeper", "And one deeper"),
    )


def _lists() -> m.Blocks:
    inner = m.BulletList(tight=True, items=(item(p("inner one")), item(p("inner two"))), line=1)
    return (
        m.BulletList(
            tight=True,
            items=(item(p("first", call("list", 7))), item(p("second"), inner), item(p("third"))),
            line=1,
        ),
        m.OrderedList(
            tight=False,
            start=3,
            style="lower-alpha",
            delimiter="one-paren",
            items=(item(p("one"), p("with a second paragraph")), item(p("two", call("long", 8)))),
            line=1,
        ),
        m.DefinitionList(
            tight=False,
            entries=(
                m.DefinitionEntry(
                    term=inlines("Gauge"),
                    definitions=((p("A measuring post.", call("term", 9)),), (p("A width."),)),
                    line=1,
                ),
            ),
            line=1,
        ),
    )


def _apart() -> m.Blocks:
    return (
        m.BlockQuote(
            blocks=(p("Water remembers.", call("quote", 10)),),
            attribution=m.Attribution(content=inlines("— a keeper of gauges"), line=1),
            line=1,
        ),
        m.PullQuote(
            content=inlines("Two towns share one pump"),
            attribution=m.Attribution(content=inlines("— from this brief"), line=1),
            line=1,
        ),
        m.CodeBlock(text="level = 12\n  if x < 3: stop & think", language="python", line=1),
        m.LineBlock(
            lines=(inlines("First line"), inlines("\u00a0\u00a0second line", call("verse", 11))),
            line=1,
        ),
        m.ThematicBreak(line=1),
        m.Box(
            kind="case-study",
            title=inlines("The upper valley", call("box", 12)),
            blocks=(p("Two towns share one pump."), p("They meet each month.")),
            line=1,
        ),
        m.Division(classes=("aside",), lang="de", blocks=(p("Ein deutscher Absatz."),), line=1),
        m.Figure(
            id="fig-levels",
            number=1,
            image=m.Image(
                file="chart.png", alt="Levels fall from 1990 to 2020", width=60, line=60, column=1
            ),
            caption=inlines("Levels at the border gauge.", call("caption", 13)),
            legend=(
                legend("source", link("https://www.example.org/gauge", "Gauge records"), ", 2025."),
                legend("credit", "A. Example"),
            ),
            description="Four bars, each shorter than the one before it.",
            line=60,
        ),
    )


def _tables() -> m.Blocks:
    columns = (m.Column(align="left"), m.Column(align="right"), m.Column(align="center"))
    return (
        m.Table(
            id="tab-levels",
            number=1,
            caption=inlines("Levels by year", call("tabcap", 14)),
            columns=columns,
            head=(row(cell("Year"), cell("Level (m)"), cell("Trend")),),
            body=(
                row(cell("1990"), cell("3.10", call("cell", 15)), cell("–")),
                row(cell("2020"), cell("2.73"), cell("down")),
            ),
            legend=(legend("note", "Metres above the datum."), legend("source", "Own records.")),
            line=1,
        ),
        _kept_table(),
        m.Table(
            columns=(m.Column(width=40.0), m.Column(width=60.0)),
            body=(
                row(
                    m.Cell(
                        blocks=(
                            p("A cell with a list:"),
                            m.BulletList(tight=True, items=(item(p("a")), item(p("b"))), line=1),
                        )
                    ),
                    cell(),
                ),
            ),
            line=1,
        ),
    )


def _kept_table() -> m.Table:
    """A table that keeps its notes to itself."""
    rates = own_call("rates", "b", 2), own_call("early", "c")
    return m.Table(
        id="tab-rates",
        number=2,
        caption=inlines("Rates", own_call("share", "a")),
        columns=(m.Column(align="left"), m.Column(align="right")),
        head=(row(cell("Year"), cell("Rate", own_call("rates", "b"))),),
        body=(row(cell("1990"), cell("12.5", *rates)), row(cell("2020"), cell("7"))),
        legend=(legend("source", "Own records", own_call("share", "a", 2), "."),),
        notes=(
            own_note("share", "a", "Of ", m.Emphasis(content=inlines("all")), ".", calls=2),
            own_note("rates", "b", "See ", link("https://www.example.org/r", "r"), ".", calls=2),
            own_note("early", "c", "Ibid., note ", see("plain", 4), "."),
        ),
        line=1,
    )


def _closing() -> m.Blocks:
    return (
        heading(1, "end", "The end"),
        p("Ibid once,", call("ibid-a", 16), " and the first again.", call("plain", 4, 3)),
    )


def _notes() -> tuple[m.Note, ...]:
    return (
        note(1, "deck", p("A note to the deck.")),
        note(2, "hero", p("A note to the hero caption.")),
        note(3, "again", p("Called in a finding and in the text."), calls=2),
        note(
            4,
            "plain",
            p(
                "Plain, with ",
                m.Emphasis(content=inlines("stress")),
                "; see note ",
                see("head", 6),
                ".",
            ),
            calls=3,
        ),
        note(5, "inline-1", p("Written where it is called.")),
        note(6, "head", p("A note to a heading.")),
        note(7, "list", p("Ibid.")),
        note(
            8,
            "long",
            p("A note of several paragraphs."),
            p(
                link(
                    "https://www.example.org/feature/a-long-address-that-must-break",
                    "https://www.example.org/feature/a-long-address-that-must-break",
                )
            ),
            m.BulletList(tight=True, items=(item(p("with a list")), item(p("of two"))), line=1),
            m.CodeBlock(text="and code", line=1),
            m.BlockQuote(blocks=(p("and a quotation"),), line=1),
        ),
        note(9, "term", p("A note to a definition.")),
        note(10, "quote", p("Ibid.")),
        note(11, "verse", p("A note to a verse.")),
        note(12, "box", p("A note to a box title.")),
        note(13, "caption", p("A note to a figure caption.")),
        note(14, "tabcap", p("A note to a table caption.")),
        note(15, "cell", p("A note to a cell.")),
        note(16, "ibid-a", p("Ibid.")),
        note(17, "rec", p("A note to a recommendation.")),
    )
