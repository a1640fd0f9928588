"""Random sources of briefs with everything that surrounds notes, and what was put into them.

Unlike `strategies.py`, which draws what authors write, this draws what makes labels and places hard
to recover: nesting, code that looks like notes, escapes, comments, definitions between blocks.
"""

from dataclasses import dataclass, field

from hypothesis import strategies as st

Lines = list[str]

FRONT = "---\ntitle: A title\ndate: 2025-06-18\nlang: en\n---\n\nOpening.\n\n"

DECOYS = (
    "`[^{}]`",
    "``a ` [^{}]``",
    r"\[\^{}]",
    r"\\\[\^{}]",
    "<!-- [^{}] -->",
    r"\^[{}]",
    "*of*",
    "**the**",
    "H~2~O",
    "x^2^",
    "[the](https://www.example.org/the/{}?a=of)",
    "<https://www.example.org/{}>",
    "https://www.example.org/of/{}",
    "caf&eacute;",
    '"quoted the"',
    "[a]{{.smallcaps}}",
    "end.",
    "1990--2020",
    "a_b_c",
)


@dataclass
class Made:
    """What a source holds: calls in reading order, definitions, and words with their blocks."""

    calls: list[str] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    words: int = 0
    inline: int = 0

    def word(self) -> str:
        """Return a word that occurs once in the source."""
        self.words += 1
        return f"Word{self.words}"


LABELS = st.sampled_from(["a", "B", "b", "n-1", "1", "ключ", "x_y", "it's", "a.b", "c:d", "é", "*"])


@st.composite
def sources(draw: st.DrawFn) -> tuple[str, Made]:
    """Draw the source of a brief."""
    made = Made()
    parts = [draw(blocks(made, 0)) for _ in range(draw(st.integers(1, 5)))]
    for label in list(made.definitions):
        definition = draw(placed(made, draw(definitions(made, label))))
        parts.insert(draw(st.integers(0, len(parts))), definition)
    body = "\n\n".join("\n".join(part) for part in parts)
    return FRONT + body + draw(st.sampled_from(["", "\n", "\n\n"])), made


@st.composite
def texts(draw: st.DrawFn, made: Made, most: int = 6, calls: bool = True) -> str:
    """Draw text on one line that begins with a word of its own."""
    parts = [made.word()]
    for _ in range(draw(st.integers(0, most))):
        kind = draw(st.integers(0, 9))
        if kind < 3 and calls:
            parts[-1] += draw(marks(made))
        elif kind < 7:
            parts.append(draw(st.sampled_from(DECOYS)).format(draw(LABELS)))
        else:
            parts.append(made.word() if draw(st.booleans()) else "of the")
    return " ".join(parts)


@st.composite
def marks(draw: st.DrawFn, made: Made) -> str:
    """Draw a call, an inline note or a cross-reference to a note that has been called."""
    kind = draw(st.integers(0, 5))
    if kind == 0:
        made.inline += 1
        made.calls.append(f"inline-{made.inline}")
        # A bracket right after an inline note would make it something else.
        return f"^[{made.word()} [the](https://www.example.org/a) `]` of],"
    if kind == 1 and made.definitions:
        label = draw(st.sampled_from(sorted(made.definitions)))
        made.references.append(label)
        return f" [](#fn:{label})"
    label = draw(LABELS)
    made.calls.append(label)
    made.definitions.setdefault(label, made.word())
    return f"[^{label}]"


@st.composite
def placed(draw: st.DrawFn, made: Made, definition: Lines) -> Lines:
    """Put a definition at the margin, mostly, or into a quotation, a list item or a box."""
    match draw(st.integers(0, 9)):
        case 0:
            return _prefixed([made.word(), "", *definition], "> ")
        case 1:
            return _hung([made.word(), "", *definition], "- ")
        case 2:
            return ["::: {.box}", made.word(), "", *definition, ":::"]
        case _:
            return definition


@st.composite
def definitions(draw: st.DrawFn, made: Made, label: str) -> Lines:
    """Draw a definition that begins in one of the ways in which notes begin."""
    word = made.definitions[label]
    match draw(st.integers(0, 8)):
        case 0:
            return [f"[^{label}]: {word}", "lazily continued"]
        case 7:
            return [f"[^{label}]:\t{word}", "", "\ttabbed", "", "\t\tcode [^a]"]
        case 1:
            return [f"[^{label}]:", f"    {word} on the next line"]
        case 2:
            return [f"[^{label}]: - {word}", "    - an item", "", "    after the list"]
        case 3:
            return [f"[^{label}]: ``` python", f"    {word} [^a]", "    ```"]
        case 4:
            return [f"[^{label}]:", "", f"    > {word}", "", "        code [^a]"]
        case 5:
            return [f"[^{label}]: {word} `[^b]`", "", r"    second \[^a] paragraph", "", "    - x"]
        case 6:
            return [f"   [^{label}]: {word} <!-- [^a] -->"]
        case _:
            return [f"[^{label}]: {word}"]


@st.composite
def blocks(draw: st.DrawFn, made: Made, depth: int) -> Lines:
    """Draw one block; containers hold others, three deep at most."""
    kind = draw(st.integers(0, 8 if depth > 2 else 12))
    match kind:
        case 0:
            return ["* * *"] if depth else [f"# {draw(texts(made, 3))}"]
        case 1:
            word = made.word()
            return ["```", f"{word} [^a] ^[b]", "[^a]: not a note", "```"]
        case 2 if not depth:
            # After a list, an indented line would belong to its last item.
            return [made.word(), "", f"    {made.word()} [^a] indented"]
        case 3 if not depth:
            return draw(pipe_tables(made))
        case 4 if not depth:
            return draw(grid_tables(made))
        case 5:
            return [f"| {draw(texts(made, 2))}", f"|   {draw(texts(made, 2))}"]
        case 6 if not depth:
            return [f"<!-- {made.word()} [^a]", "", "[^b]: not a note -->"]
        case 9:
            return _prefixed(draw(several(made, depth)), "> ")
        case 10:
            return ["::: {.box}", "", *draw(several(made, depth)), "", ":::"]
        case 11:
            return draw(lists(made, depth))
        case 12:
            return [draw(texts(made, 2)), "", *_hung(draw(several(made, depth)), ":   ")]
        case _:
            return [draw(texts(made)) for _ in range(draw(st.integers(1, 3)))]


@st.composite
def several(draw: st.DrawFn, made: Made, depth: int) -> Lines:
    """Draw one to three blocks; the first is a paragraph."""
    lines = [draw(texts(made))]
    for _ in range(draw(st.integers(0, 2))):
        lines += ["", *draw(blocks(made, depth + 1))]
    return lines


@st.composite
def lists(draw: st.DrawFn, made: Made, depth: int) -> Lines:
    """Draw a list, tight or loose, of items with blocks in them."""
    marker = draw(st.sampled_from(["-   ", "1.  ", "a)  ", "(@) "]))
    lines: Lines = []
    for index in range(draw(st.integers(1, 3))):
        item = draw(several(made, depth)) if draw(st.booleans()) else [draw(texts(made))]
        lines += [""] if index and draw(st.booleans()) else []
        lines += _hung(item, marker)
    return lines


@st.composite
def pipe_tables(draw: st.DrawFn, made: Made) -> Lines:
    """Draw a pipe table; a caption comes first in reading order, wherever it stands."""
    captioned = draw(st.booleans())
    caption = [f"Table: {draw(texts(made, 2))}"] if captioned else []
    rows = [
        f"| {draw(texts(made, 2)).replace('|', '')} | {draw(texts(made, 2))} |"
        for _ in range(draw(st.integers(1, 3)))
    ]
    table = [rows[0], "|---|--:|", *rows[1:], f"| {made.word()} | b |"]
    if not caption:
        return table
    # Between two tables a caption would belong to the first.
    above = [made.word(), "", *caption, "", *table]
    return above if draw(st.booleans()) else [*table, "", *caption]


@st.composite
def grid_tables(draw: st.DrawFn, made: Made) -> Lines:
    """Draw a grid table whose cells have several lines side by side."""
    left = [draw(texts(made, 2)), draw(texts(made, 2))]
    right = [draw(texts(made, 2))]
    wide = [max(map(len, cell)) for cell in (left, right)]
    rule = "+" + "+".join("-" * (width + 2) for width in wide) + "+"
    rows = [
        f"| {first.ljust(wide[0])} | {second.ljust(wide[1])} |"
        for first, second in zip(left, [*right, ""], strict=True)
    ]
    return [rule, *rows, rule]


def _prefixed(lines: Lines, prefix: str) -> Lines:
    # Behind a prefix a tab would reach less far than it was meant to.
    return [(prefix + line.expandtabs(4)).rstrip() for line in lines]


def _hung(lines: Lines, marker: str) -> Lines:
    blank = " " * len(marker)
    rest = (line.expandtabs(4) for line in lines[1:])
    return [marker + lines[0], *((blank + line).rstrip() for line in rest)]
