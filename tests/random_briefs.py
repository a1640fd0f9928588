"""Random briefs as the model has them, with every kind of block inside every other."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from hypothesis import strategies as st

from pipeline import model as m
from tests.samples import call, heading, image_file, minimal, note, p, see, t

WORDS = ("river", "gauge", "Łódź", "3.14", "naïve", "re-engagement", "<b>", "&amp;", "“so”", "—")
LANGUAGES = ("fr", "pl", "el")
WHO = st.sampled_from((None, "The Council, and others"))
Numerals = Literal["decimal", "lower-alpha", "upper-roman"]
STYLES: tuple[Numerals, ...] = ("decimal", "lower-alpha", "upper-roman")


@dataclass
class Pen:
    """What has been written so far: how often each note was called, in the order of first calls."""

    calls: list[int] = field(default_factory=list)
    anchors: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    in_note: bool = False
    tables: int = 0
    """How many tables keep their notes to themselves."""

    def number(self, kind: str, caption: m.Inlines) -> int | None:
        """The number of the next figure or table, if it is one that has a number."""
        if self.in_note or not caption:
            return None
        self.counts[kind] += 1
        return self.counts[kind]

    def anchor(self) -> str:
        self.anchors += 1
        return f"a-{self.anchors}"


@st.composite
def line(draw: st.DrawFn, pen: Pen) -> m.Inlines:
    """Draw some marked-up words, and at times a call."""
    words = tuple(draw(inline(pen)) for _ in range(draw(st.integers(1, 4))))
    return (t("Verse "), m.LineBreak(), *words) if draw(st.integers(0, 9)) == 0 else words


@st.composite
def inline(draw: st.DrawFn, pen: Pen, depth: int = 0) -> m.Inline:
    word = t(draw(st.sampled_from(WORDS)) + " ")
    kind = draw(st.integers(0, 17 if depth < 2 else 5))
    match kind:
        case 4:
            return m.Code(text=word.text)
        case 5:
            return see("n1", 1) if pen.in_note else draw(a_call(pen))
        case 6:
            return m.Code(text="a  b")
        case 7:
            return m.Image(
                file="chart.png", alt=draw(st.sampled_from(("", "A “chart”"))), line=1, column=1
            )
        case 8:
            return m.Link(target="https://example.org/?a=1&b=2", content=(word,), line=1, column=1)
        case 9:
            lang, name = (
                draw(st.sampled_from(LANGUAGES)),
                draw(st.sampled_from(("term", "key-word"))),
            )
            inner = draw(inline(pen, depth + 1))
            return m.Span(id=pen.anchor(), classes=(name,), lang=lang, content=(word, inner))
        case _ if kind > 9:
            wrap = MARKS[kind - 10]
            return wrap(content=(word, draw(inline(pen, depth + 1))))
        case _:
            return word


MARKS = (
    m.Emphasis,
    m.Strong,
    m.Underline,
    m.Strikeout,
    m.SmallCaps,
    m.Superscript,
    m.Subscript,
    m.Emphasis,
)


@st.composite
def a_call(draw: st.DrawFn, pen: Pen) -> m.Call:
    """Draw a call of a new note, or of an earlier one."""
    number = draw(st.integers(1, len(pen.calls) + 1))
    if number > len(pen.calls):
        pen.calls.append(0)
    pen.calls[number - 1] += 1
    return call(f"n{number}", number, pen.calls[number - 1])


@st.composite
def blocks(draw: st.DrawFn, pen: Pen, depth: int = 0) -> m.Blocks:
    return tuple(draw(block(pen, depth)) for _ in range(draw(st.integers(1, 3))))


@st.composite
def block(draw: st.DrawFn, pen: Pen, depth: int) -> m.Block:
    kind = draw(st.integers(0, 13 if depth < 3 else 5))
    tight = draw(st.booleans())
    match kind:
        case 1:
            ident, level = pen.anchor(), draw(st.integers(1, 3))
            words = (t(draw(st.sampled_from(WORDS)) + " "), *draw(line(pen)))
            number = draw(st.sampled_from((None, "1", "2.13")))
            return m.Heading(level=level, id=ident, number=number, content=words, line=1)
        case 2:
            return m.CodeBlock(text=draw(st.sampled_from(("a\n\tb <c>", "x  y"))), line=1)
        case 3:
            return m.LineBlock(lines=(draw(line(pen)), (), draw(line(pen))), line=1)
        case 4:
            image = m.Image(file="chart.png", alt="Chart", width=40, line=1, column=1)
            caption = draw(line(pen)) if tight else ()
            return m.Figure(
                id=pen.anchor(),
                number=pen.number("figure", caption),
                image=image,
                caption=caption,
                legend=draw(legend(pen)),
                description=draw(st.sampled_from((None, "A “long” description"))),
                line=1,
            )
        case 5:
            return m.ThematicBreak(line=1)
        case 6:
            return m.BulletList(tight=tight, items=draw(items(pen, depth)), line=1)
        case 7:
            style = draw(st.sampled_from(STYLES))
            start = draw(st.integers(1, 5))
            listed = draw(items(pen, depth))
            return m.OrderedList(tight=tight, start=start, style=style, items=listed, line=1)
        case 8:
            term = draw(line(pen))
            entry = m.DefinitionEntry(
                term=term, definitions=(draw(blocks(pen, depth + 1)),), line=1
            )
            return m.DefinitionList(tight=tight, entries=(entry,), line=1)
        case 9:
            quoted = draw(blocks(pen, depth + 1))
            return m.BlockQuote(blocks=quoted, attribution=draw(said(pen)), line=1)
        case 13:
            return m.PullQuote(content=draw(line(pen)), attribution=draw(said(pen)), line=1)
        case 10:
            return draw(table(pen, depth))
        case 11:
            title = draw(line(pen)) if tight else ()
            return m.Box(id=pen.anchor(), title=title, blocks=draw(blocks(pen, depth + 1)), line=1)
        case 12:
            inner = draw(blocks(pen, depth + 1))
            return m.Division(id=pen.anchor(), classes=("aside",), lang="de", blocks=inner, line=1)
        case _:
            return m.Paragraph(content=draw(line(pen)), line=1)


@st.composite
def legend(draw: st.DrawFn, pen: Pen) -> tuple[m.LegendLine, ...]:
    kinds: list[Literal["source", "note", "credit"]] = draw(
        st.lists(st.sampled_from(("source", "note", "credit")), max_size=2)
    )
    return tuple(m.LegendLine(kind=kind, content=words(draw(line(pen))), line=1) for kind in kinds)


@st.composite
def said(draw: st.DrawFn, pen: Pen) -> m.Attribution | None:
    if draw(st.booleans()):
        return None
    return m.Attribution(content=words(draw(line(pen))), line=1)


def words(inlines: m.Inlines) -> m.Inlines:
    """The inlines with a word before them: a picture alone would be no text."""
    return (t("— "), *inlines)


@st.composite
def items(draw: st.DrawFn, pen: Pen, depth: int) -> tuple[m.ListItem, ...]:
    count = draw(st.integers(1, 3))
    return tuple(m.ListItem(blocks=draw(blocks(pen, depth + 1)), line=1) for _ in range(count))


@st.composite
def table(draw: st.DrawFn, pen: Pen, depth: int) -> m.Table:
    """Draw a table that keeps its notes to itself, or one with anything in its cells."""
    is_kept = not pen.in_note and draw(st.booleans())
    return draw(kept_table(pen) if is_kept else any_table(pen, depth))


@st.composite
def kept_table(draw: st.DrawFn, pen: Pen) -> m.Table:
    """Draw a table with calls of its own notes in its caption and cells, one or more in each."""
    pen.tables += 1
    ordinal = pen.tables
    calls: list[list[str]] = []

    def called() -> m.Inlines:
        number = draw(st.integers(1, len(calls) + 1))
        if number > len(calls):
            calls.append([])
        letter = "abcdefgh"[number - 1]
        again = len(calls[number - 1]) + 1
        ident = f"tnref:{ordinal}:{letter}" + (f":{again}" if again > 1 else "")
        calls[number - 1].append(ident)
        label = f"t{ordinal}-{letter}"
        word = t(draw(st.sampled_from(WORDS)))
        return word, m.TableCall(id=ident, note=label, letter=letter, line=1, column=1)

    caption = called() if draw(st.booleans()) else ()
    number = pen.number("table", caption)
    cells = [m.Cell(blocks=(m.Paragraph(content=called(), line=1),)) for _ in range(4)]
    legend = (m.LegendLine(kind="source", content=called(), line=1),)
    notes = tuple(
        m.TableNote(
            id=f"tn:{ordinal}:{letter}",
            label=f"t{ordinal}-{letter}",
            letter=letter,
            calls=tuple(ids),
            content=(t("Of "), *draw(plain_line())),
            line=1,
            column=1,
        )
        for letter, ids in zip("abcdefgh", calls, strict=False)
    )
    return m.Table(
        id=pen.anchor(),
        number=number,
        caption=caption,
        columns=(m.Column(align="left"), m.Column(align="right")),
        body=(m.Row(cells=tuple(cells[:2])), m.Row(cells=tuple(cells[2:]))),
        legend=legend,
        notes=notes,
        line=1,
    )


@st.composite
def plain_line(draw: st.DrawFn) -> m.Inlines:
    """Draw words of which one is stressed."""
    first, second = (draw(st.sampled_from(WORDS)) for _ in range(2))
    return t(f"{first} "), m.Emphasis(content=(t(second),)), t(".")


@st.composite
def any_table(draw: st.DrawFn, pen: Pen, depth: int) -> m.Table:
    """Draw a table of three columns: one plain row, one with cells that span columns or rows."""
    caption = draw(line(pen)) if draw(st.booleans()) else ()
    number = pen.number("table", caption)
    top = tuple(m.Cell(blocks=draw(blocks(pen, 3))) for _ in range(3 * draw(st.integers(0, 1))))
    tall = m.Cell(blocks=draw(blocks(pen, depth + 1)), row_span=2)
    wide = m.Cell(blocks=draw(blocks(pen, depth + 1)), column_span=2, align="right")
    last = tuple(m.Cell() for _ in range(2))
    return m.Table(
        id=pen.anchor(),
        number=number,
        caption=caption,
        columns=(
            m.Column(width=draw(st.sampled_from((None, 50.0)))),
            m.Column(align="center"),
            m.Column(),
        ),
        head=(m.Row(cells=top),) if top else (),
        body=(m.Row(cells=(tall, wide)), m.Row(cells=last)),
        row_heads=draw(st.integers(0, 1)),
        legend=draw(legend(pen)),
        line=1,
    )


@st.composite
def briefs(draw: st.DrawFn) -> m.Brief:
    """Draw a brief with its notes numbered by their first calls."""
    pen = Pen()
    deck = draw(line(pen))
    body = draw(blocks(pen))
    wishes = tuple(
        m.Recommendation(content=words(draw(line(pen))), who=draw(WHO), by=draw(WHO))
        for _ in range(2)
    )
    asked = m.Recommendations(items=wishes, line=1)
    metadata = minimal().metadata.model_copy(
        update={
            "deck": deck,
            "recommendations": asked,
            "disclaimer": (p("No."),) if draw(st.booleans()) else (),
            "notes": m.NotePlacement(docx=draw(st.sampled_from(("foot", "end")))),
        }
    )
    sources = draw(references(pen))
    pen.in_note = True
    notes = tuple(draw(a_note(pen, number)) for number in range(1, len(pen.calls) + 1))
    return minimal().model_copy(
        update={
            "metadata": metadata,
            "body": body,
            "references": sources,
            "notes": notes,
            "images": (image_file(),),
        }
    )


@st.composite
def references(draw: st.DrawFn, pen: Pen) -> m.Blocks:
    """Draw a list of references of some entries, or none."""
    entries = tuple(
        m.Division(id=pen.anchor(), blocks=(p("Ada. ", *draw(line(pen))),), line=1)
        for _ in range(draw(st.integers(0, 2)))
    )
    listed = m.Division(classes=("references",), blocks=entries, line=1)
    return (heading(1, pen.anchor(), "References"), listed) if entries else ()


@st.composite
def a_note(draw: st.DrawFn, pen: Pen, number: int) -> m.Note:
    """Draw a note that begins with anything and refers to the first one."""
    said = p("See note ", see("n1", 1), ".")
    return note(number, f"n{number}", *draw(blocks(pen, 2)), said, calls=pen.calls[number - 1])
