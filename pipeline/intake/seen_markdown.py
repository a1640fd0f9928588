"""The second reader of Markdown: markdown-it's parser, and notes found by their lines.

It shares no code with the first. What both are told of: signs of superscripts, attributes and
divisions are no text; YAML gives the title and the deck; the number of a caption is printed by the
outputs.
"""

import re
from collections.abc import Iterable, Iterator

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.intake import suspects, tongues
from pipeline.intake.draft import Manuscript
from pipeline.intake.seen import Passage, Seen, SeenNote, call_mark
from pipeline.intake.seen_plain import numbered
from pipeline.intake.sheet import as_sheet, read_sheet

FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
NAMED = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]*")
CALLED = re.compile(r"`[^`\n]+`|(?<!\\)\[\^([^\]\s]+)\]")
INDENTED = re.compile(r" {2,}|\t|$")
WRITTEN = re.compile(r"(?<![`\\])\^\[([^\[\]\n]+(?:\[[^\]\n]*\][^\[\]\n]*)*)\](?!`)")
RAISED = re.compile(r"<sup>\[?(\d[\d, ]*)\]?</sup>|\^\[?(\d[\d, ]*)\]?\^")
UNDERLINED = re.compile(r"(?m)^([^\n]+)\n {0,3}(?:=+|-+)[ \t]*$")
STRONG = re.compile(r"(?m)^( {0,3})\*\*\[?(\d{1,3})\]?[.:]?\*\*")
SIGNS = (
    (re.compile(r"(?<![~\\])~([^~\s]+)~(?!~)"), r"\1"),
    (re.compile(r"(?<!\\)\^([^^\s\[\]]+)\^"), r"\1"),
    (re.compile(r"(?m)[ \t]*\{[#.][^{}\n]*\}[ \t]*$"), ""),
    (re.compile(r"(?m)^ {0,3}:{3,}.*$"), ""),
)
"""What pandoc adds to CommonMark, and what is left of it as text."""
BREAKS = frozenset(("softbreak", "hardbreak"))


def see_markdown(manuscript: Manuscript) -> Seen:
    """Return what a text in Markdown says, and each of its notes."""
    sheet, _ = read_sheet(manuscript)
    text = sheet.text
    if manuscript.fix:
        lang = tongues.language_of(text) or "en"
        text = suspects.mend(text, suspects.spots(as_sheet(text, ""), lang))
    front = FRONT.match(text)
    passages = [Passage(one) for one in _given(front[1])] if front else []
    text = text[front.end() :] if front else text
    seen = _noted(text)
    passages += [Passage(_said("\n".join(one.text for one in seen.passages)))]
    notes = tuple(
        SeenNote(one.number, _said(one.text), one.line, one.is_open) for one in seen.notes
    )
    return Seen(tuple(passages), notes, is_marked=False)


def _noted(text: str) -> Seen:
    """Return the text with its notes, however they are written."""
    parts = WRITTEN.split(text)
    here = parts[1::2]
    text = "".join(
        one if index % 2 == 0 else f"[^\ue010{index}]" for index, one in enumerate(parts)
    )
    text += "".join(f"\n\n[^\ue010{2 * place + 1}]: {one}\n" for place, one in enumerate(here))
    if any(map(NAMED.match, text.split("\n"))):
        return _named(text)
    seen = numbered(_plain(text))
    return seen if seen.notes else numbered(text)


def _given(front: str) -> Iterator[str]:
    """Yield the texts of front matter that are printed."""
    try:
        found = yaml.safe_load(front)
    except yaml.YAMLError:
        return
    for key in ("title", "subtitle", "abstract"):
        if isinstance(found, dict) and found.get(key):
            yield _said(str(found[key]))


def _plain(text: str) -> str:
    """Return a text whose raised numbers, and strong ones before notes, stand in brackets."""
    text = UNDERLINED.sub(r"# \1", text)
    text = STRONG.sub(r"\1[\2]", text)
    return RAISED.sub(lambda one: f"[{one[1] or one[2]}]", text)


def _named(text: str) -> Seen:
    """Return a text with notes that have labels; its calls are marked."""
    notes: dict[str, list[str]] = {}
    body: list[str] = []
    label = ""
    for line in text.split("\n"):
        if found := NAMED.match(line):
            label = found[1]
            notes[label] = [line[found.end() :]]
        elif label and (
            not line.strip() or re.match(r" {2,}|\t", line) or notes[label][-1].strip()
        ):
            notes[label].append(line.strip() if line.startswith((" ", "\t")) else line)
        else:
            label = ""
            body.append(line)
    numbers = {name: number for number, name in enumerate(notes, start=1)}
    marked = CALLED.sub(
        lambda one: call_mark(numbers[one[1]]) if one[1] in numbers else one[0], "\n".join(body)
    )
    told = (SeenNote(numbers[name], "\n".join(lines)) for name, lines in notes.items())
    return Seen((Passage(marked),), tuple(told))


def _said(text: str) -> str:
    """Return the words of a text in Markdown."""
    for sign, kept in SIGNS:
        text = sign.sub(kept, text)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return "".join(_words(parser.parse(text))).replace("\u00ad", "")


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from (_inline(one) for one in token.children)
            yield "\n"
        elif token.type in ("fence", "code_block"):
            yield token.content


def _inline(token: Token) -> str:
    if token.type in ("text", "code_inline"):
        return token.content
    return "\n" if token.type in BREAKS else ""
