"""Random briefs, as the Markdown an author would write, for property tests."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

WORDS = (
    *("river", "gauge", "border", "level", "treaty", "water", "winter", "report", "Minsk", "Łódź"),
    *("Київ", "façade", "Αθήνα", "naïve", "3.14", "1990–2020", "€5", "50%", "neighbour’s"),
    *("so-called", "re-engagement", "the", "of", "and", "in", "a", "to", "is"),
)
MARKS = (
    "{}",
    "*{}*",
    "**{}**",
    "`{}`",
    "[{}]{{.smallcaps}}",
    "~~{}~~",
    "<https://www.example.org/{}>",
)


@dataclass
class Notebook:
    """The notes a brief has used so far, while its source is being drawn."""

    definitions: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    inline: int = 0
    tables: int = 0
    """Tables that keep their notes; those do not stand in `definitions` and `calls`."""
    kept: dict[str, str] = field(default_factory=dict)


def words(low: int = 1, high: int = 12) -> st.SearchStrategy[str]:
    """Draw some words on one line."""
    return st.lists(st.sampled_from(WORDS), min_size=low, max_size=high).map(" ".join)


@st.composite
def sentences(draw: st.DrawFn, book: Notebook, most: int = 14) -> str:
    """Draw a sentence with marked-up words and calls of new and of earlier notes."""
    parts = ["Text"]
    for word in draw(words(1, most)).split():
        mark = draw(st.sampled_from(MARKS)) if word.isalpha() and word.isascii() else "{}"
        parts.append(mark.format(word) + draw(calls(book)))
    return " ".join(parts) + "."


@st.composite
def calls(draw: st.DrawFn, book: Notebook) -> str:
    """Draw nothing, mostly, or a call: of a new note, of an earlier one, or an inline note."""
    kind = draw(st.integers(0, 19))
    if kind == 0:
        label = f"n{len(book.definitions) + 1}"
        book.definitions[label] = draw(note_texts(book))
        book.calls.append(label)
        return f"[^{label}]"
    if kind == 1 and book.definitions:
        label = draw(st.sampled_from(sorted(book.definitions)))
        book.calls.append(label)
        return f"[^{label}]"
    if kind == 2:
        book.inline += 1
        book.calls.append(f"inline {book.inline}")
        return f"^[Inline {draw(words())}.]"
    return ""


@st.composite
def note_texts(draw: st.DrawFn, book: Notebook) -> str:
    """Draw the text of a note: short, equal to others, long, or of several blocks."""
    match draw(st.integers(0, 7)):
        case 0 | 1:
            return "Ibid."
        case 2:
            return " ".join(draw(words(20, 60)) for _ in range(draw(st.integers(1, 6))))
        case 3:
            return f"First {draw(words())}.\n\n    Second {draw(words())}.\n\n    - one\n    - two"
        case 4 if book.definitions:
            other = draw(st.sampled_from(sorted(book.definitions)))
            return f"See note [](#fn:{other})."
        case _:
            return f"Note {draw(words())}."


@st.composite
def blocks(draw: st.DrawFn, book: Notebook) -> str:
    """Draw one block of the body."""
    sentence = sentences(book)
    match draw(st.integers(0, 11)):
        case 11:
            return draw(kept_tables(book))
        case 0:
            return f"# Heading {draw(sentence)}"
        case 1:
            return "\n".join(f"- {draw(sentence)}" for _ in range(draw(st.integers(1, 4))))
        case 2:
            return "\n\n".join(f"{n}. {draw(sentence)}" for n in range(1, draw(st.integers(2, 4))))
        case 3:
            quoted = f"> {draw(sentence)}"
            return f"{quoted}\n>\n> --- {draw(sentence)}" if draw(st.booleans()) else quoted
        case 4:
            return draw(tables(book))
        case 7:
            framed, source = draw(tables(book)), draw(sentence)
            return f"::: {{.table}}\n{framed}\n\nSource: {source}\nNote: {draw(sentence)}\n:::"
        case 8:
            return f"::: {{.pull-quote}}\n{draw(sentence)}\n:::"
        case 5:
            return f"::: {{.box}}\n{draw(sentence)}\n\n{draw(sentence)}\n:::"
        case 6:
            # Without a paragraph behind it pandoc takes a definition for the caption of a table.
            return f"Term {draw(words(1, 3))}\n\n:   {draw(sentence)}\n\nText."
        case _:
            return " ".join(draw(st.lists(sentence, min_size=1, max_size=8)))


@st.composite
def tables(draw: st.DrawFn, book: Notebook) -> str:
    """Draw a pipe table of two columns with calls in its cells."""
    # The caption is printed above the table: its calls are read first.
    caption = f"\n\n: Table {draw(sentences(book, 4))}" if draw(st.booleans()) else ""
    lines = [f"| {draw(words(1, 2))} | {draw(words(1, 2))} |", "|:---|---:|"]
    for _ in range(draw(st.integers(1, 5))):
        lines.append(f"| {draw(sentences(book, 3))} | {draw(sentences(book, 3))} |")
    return "\n".join(lines) + caption


@st.composite
def kept_tables(draw: st.DrawFn, book: Notebook) -> str:
    """Draw a framed table that keeps its notes, some of them called several times."""
    book.tables += 1
    labels = [f"t{book.tables}-{n}" for n in range(draw(st.integers(1, 4)))]
    for label in labels:
        book.kept[label] = f"Of {draw(words())}."
    more = draw(st.lists(st.sampled_from(labels), max_size=4))
    cells = [f"{draw(words(1, 2))}[^{label}]" for label in draw(st.permutations([*labels, *more]))]
    rows = "\n".join(f"| {cell} | {draw(words(1, 2))} |" for cell in cells)
    return f"::: {{.table .own-notes}}\n| A | B |\n|:---|---:|\n{rows}\n\nSource: X.\n:::"


@st.composite
def briefs(draw: st.DrawFn, most_blocks: int = 12) -> tuple[str, Notebook]:
    """Draw the Markdown of a whole brief, and the notes and calls it holds in reading order."""
    book = Notebook()
    body = [draw(blocks(book)) for _ in range(draw(st.integers(1, most_blocks)))]
    defined = {**book.definitions, **book.kept}
    notes = [f"[^{label}]: {text}" for label, text in defined.items()]
    placement = draw(st.sampled_from(["", "notes: end\n"]))
    front = f"---\ntitle: A {draw(words(1, 5))}\ndate: 2025-06-18\nlang: en\n{placement}---"
    return "\n\n".join([front, "Opening.", *body, *notes]) + "\n", book
