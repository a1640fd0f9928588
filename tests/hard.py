"""Briefs to spoil, ways to spoil them, and pieces of text that are hard to read or to print."""

import copy
import json
import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import codec
from tests.samples import minimal, sample

HERE = Path(__file__).parent
HEAD = "---\ntitle: A brief\ndate: 2025-06-18\nlang: en\n---\n\n"
FEW, MANY = 40, 12
"""Lines of a brief that are taken at most; how often something is repeated, mostly."""

NOTE = re.compile(r"^(\[\^([^\]\s]+)\]:.*(?:\n+ {4}.*)*)", re.MULTILINE)
"""A note with its label."""

Base = tuple[str, Path]
"""The text of a brief, and the folder with its pictures."""

PIECES = (
    # Notes
    *("[^a]", "[^a][^a]", "[^a]: ", "\n\n[^a]: A note.\n", "^[A note.]", "^[", "[^", "[^a]:[^b]"),
    *("\n\n[^b]: One.\n\n    Two.\n", "[@a]", "see note [](#note:a)", "[^a]^[b]", "\\[^a]"),
    # Links, pictures, attributes
    *("[a](b)", "[a](#x)", "[a](https://example.org/’)", "<https://example.org/a?b=c&d=e>"),
    *("[a]: b",),
    *("![a](gauge.png)", "![](gauge.png)", "![a](gauge.png){width=50%}", "![a](a:b)"),
    *("![a](../x.png)",),
    *("![a](drawing.svg)", "{#id}", "{.c lang=de}", "[a]{lang=ar}", "[a]{.smallcaps}", "[](#a)"),
    *("[a](javascript:alert(1))", "[a](mailto:a@example.org)", "[[[[", "]]]]", "]("),
    *("<http://[>",),
    # Markup
    *("*", "**", "***", "_", "`", "``", "~~", "~", "^", "\\", "\\\\", "$", "|", "<", ">", "&"),
    *("&lt;b&gt;",),
    *("<b>", "</div>", "<!-- a comment -->", "<!--", "&#x202e;", "&nbsp;", "{{ 7 * 7 }}"),
    *("{% raw %}",),
    *("H~2~O", "x^2^", "*a **b* c**", "\\ ", "  \n", "\\\n", '"', "'", "“”", "--", "---", "..."),
    # Blocks
    *("\n\n# A heading {#h}\n\n", "\n\n### Deep\n\n", "\n\n* * *\n\n"),
    *("\n\n> A quotation\n>\n> > in one\n\n",),
    *("\n\n- a\n- b\n\n    - c\n\n", "\n\n1. a\n2. b\n\n", "\n\n(iv) a\n(v) b\n\n"),
    *("\n\na\n:   b\n\n",),
    *("\n\n::: box\nText.\n:::\n\n", "\n\n::: {.box #b}\n\n", "\n\n:::\n\n"),
    *("\n\n::: pull-quote\nA.\n:::\n\n",),
    *("\n\n| a | b |\n|---|--:|\n| 1 | 2[^a] |\n\n: A table\n\n", "\n\n```\ncode\n```\n\n"),
    *("\n\n```\n\n",),
    *("\n\n+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n\n",),
    *("\n\n| verse\n|   more\n\n", "\n\n    code\n\n"),
    *("\n\n::: figure\n![a](gauge.png)\n\nSource: b\n:::\n\n",),
    *("\n\n  a   b\n --- ---\n  1   2\n\n", "\n\n(@) a\n\n"),
    # Characters
    *("e\u0301\u0300", "\u202eabc", "\u200d", "\u00ad", "\ufeff", "\u00a0", "\u2028", "\t", "\v"),
    *("\x00", "\x07"),
    *("\U0001f600", "\U0001f468\u200d\U0001f469", "\u05e9\u05dc\u05d5\u05dd"),
    *("\u0645\u0631\u062d\u0628\u0627", "\u4f60\u597d"),
    *("\ufdd0", "\uffff", "\U000e0001", "ﬁ", "ß", "İ", "ǅ", "\r\n", "\r", "\n\n", "\n", " ", "’"),
    *("…", "½"),
    # Front matter
    *("\nauthors:\n  - name: a\n    orcid: 0000-0002-1825-0097\n", "\nkey: &a [*a, *a]\n"),
    *("\nkeywords: [a, b]\n",),
    *("\ndoi: 10.1234/a\n", "\ntitle: |\n  a\n  b\n", "\nhero: gauge.png\n"),
    *("\nurl: https://example.org/\n", "\nnotes: end\n"),
    *("\nsummary: [a, b[^a]]\n", "\ncontact: https://example.org/ü\n", "\nlang: ar\n"),
    *("\nlang: de\n", "\ndate: 2025-02-30\n"),
    *("\nauthors: ['&lt;b&gt;', \"'\"]\n", "\ndeck: '*a* [b](https://example.org)'\n"),
    *("\nnumber: '7'\nseries: S\n", "---\n"),
)  # fmt: skip
"""Text that is somehow special, to be put anywhere."""

REPEATED = (
    "> ",
    "- ",
    "*",
    "[",
    "(",
    "`",
    "<",
    "![",
    "^[",
    "{",
    "a",
    "\u0301",
    "[^a]",
    "|",
    "# ",
    "    ",
    "\\",
)
"""Text that is put many times in a row."""


@cache
def bases() -> tuple[Base, ...]:
    """Return real briefs and samples of everything."""
    found = [*HERE.parent.glob("source/*/brief.md"), *HERE.glob("languages/*/brief.md")]
    found += [*HERE.glob("cases/*/source.md")] * 2
    return tuple((_text(file), file.parent) for file in sorted(found))


@cache
def wrong() -> tuple[Base, ...]:
    """Return briefs that are wrong, each in its own way."""
    return tuple((_text(file), file.parent) for file in sorted(HERE.glob("checks/*/source.md")))


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="replace")


@cache
def documents() -> tuple[bytes, ...]:
    """Return briefs as JSON."""
    return codec.dump(sample()), codec.dump(minimal())


def spoiled(chance: random.Random) -> tuple[bytes, Path]:
    """Return a spoiled brief, and the folder with its pictures."""
    known = wrong() if chance.random() < 0.15 else bases()
    text, folder = chance.choice(known)
    text = _part(chance, text)
    for _ in range(chance.choice((0, 1, 1, 1, 1, 2, 2, 3, 5))):
        text = chance.choice(WAYS)(chance, text)
    data = text.encode("utf-8", errors="surrogatepass")
    if chance.random() < 0.03:
        data = _bytes(chance, data)
    return data, folder


def _part(chance: random.Random, text: str) -> str:
    """Return the front matter with some lines of the text, and the notes that these call."""
    head, body = _divided(text)
    lines = body.split("\n")
    if len(lines) > FEW:
        start = chance.randrange(len(lines) - FEW // 2)
        taken = "\n".join(lines[start : start + chance.randint(8, FEW)])
        notes = NOTE.findall(body)
        called = [note for note, label in notes if f"[^{label}]" in head + taken]
        body = "\n\n".join([taken, *(note for note in called if note not in taken)]) + "\n"
    return (head if chance.random() < 0.7 else HEAD) + body


def _divided(text: str) -> tuple[str, str]:
    """Return front matter and text."""
    if text.startswith("---\n") and "\n---\n" in text[4:]:
        end = text.index("\n---\n", 4) + 5
        return text[:end], text[end:]
    return "", text


Way = Callable[[random.Random, str], str]


def _insert(chance: random.Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(PIECES) + text[at:]


def _insert_in_text(chance: random.Random, text: str) -> str:
    head, body = _divided(text)
    at = chance.randint(0, len(body))
    return head + body[:at] + chance.choice(PIECES) + body[at:]


def _append(chance: random.Random, text: str) -> str:
    return f"{text}\n\nSome words {chance.choice(PIECES)} and more {chance.choice(PIECES)}.\n"


def _repeat(chance: random.Random, text: str) -> str:
    at = chance.randint(0, len(text))
    times = chance.choice((2, 3, MANY, MANY, 100, 600, 3000))
    return text[:at] + chance.choice(REPEATED) * times + text[at:]


def _cut(chance: random.Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.choice((1, 1, 2, 5, 20, 200)) :]


def _double(chance: random.Random, text: str) -> str:
    at = chance.randint(0, len(text))
    end = at + chance.choice((1, 5, 20, 100, 400))
    return text[:end] + text[at:end] + text[end:]


def _swap_lines(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _drop_line(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _mix(chance: random.Random, text: str) -> str:
    other = chance.choice((*bases(), *wrong()))[0].split("\n")
    start = chance.randrange(len(other))
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    return "\n".join([*lines[:at], *other[start : start + chance.randint(1, 12)], *lines[at:]])


def _indent(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    sign = chance.choice(("    ", "> ", "  ", "\t", "- ", "| "))
    for at in range(start, min(len(lines), start + chance.randint(1, 8))):
        lines[at] = sign + lines[at]
    return "\n".join(lines)


def _shift_character(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text)) if text else 0
    return (
        text[:at] + chr(chance.choice((33, 64, 91, 96, 123, 0x2019, 0x301, 0x5D0))) + text[at + 1 :]
    )


def _windows(_: random.Random, text: str) -> str:
    return text.replace("\n", "\r\n")


WAYS: tuple[Way, ...] = (
    *(_insert, _insert_in_text, _insert_in_text, _insert_in_text, _append, _append, _append),
    *(_repeat, _cut, _cut, _double, _swap_lines, _drop_line, _mix, _mix, _indent),
    *(_shift_character, _shift_character, _windows),
)


def _bytes(chance: random.Random, data: bytes) -> bytes:
    """Return bytes of which some are others: mostly no UTF-8 any more."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


# JSON ---------------------------------------------------------------------------------------------

VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e308,
    "",
    " ",
    "a",
    "fn:1",
    "#x",
    [],
    {},
    [[]],
    {"type": "text"},
    "\u0000",
    "2025-02-30",
)


def spoiled_json(chance: random.Random, known: Sequence[bytes]) -> tuple[bytes, Path]:
    """Return a spoiled JSON document."""
    data = chance.choice(known)
    if chance.random() < 0.15:
        return _bytes(chance, data)[: chance.randint(1, len(data))], HERE / "cases" / "minimal"
    document = json.loads(data)
    for _ in range(chance.randint(1, 4)):
        _spoil(chance, document)
    text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    return text.encode("utf-8", errors="surrogatepass"), HERE / "cases" / "minimal"


def _spoil(chance: random.Random, document: Any) -> None:
    """Change one thing somewhere in a document: a value, an item more or less, a text."""
    node, key = _somewhere(chance, document)
    match chance.randrange(6):
        case 0:
            node[key] = copy.deepcopy(chance.choice(VALUES))
        case 1:
            del node[key]
        case 2 if isinstance(node, list):
            node.insert(key, copy.deepcopy(chance.choice(node)))
        case 3 if isinstance(node, list):
            chance.shuffle(node)
        case _ if isinstance(node[key], str):
            text = node[key]
            at = chance.randint(0, len(text))
            node[key] = text[:at] + chance.choice(PIECES) + text[at:]
        case _ if isinstance(node[key], int):
            node[key] += chance.choice((-1, 1, 1000))
        case _:
            other, place = _somewhere(chance, document)
            node[key] = copy.deepcopy(other[place])  # One that holds itself is no JSON.


def _somewhere(chance: random.Random, document: Any) -> tuple[Any, Any]:
    """Return a container in a document, and the key of something in it."""
    node: Any = document
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = chance.choice(keys)
        inner = node[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.12:
            return node, key
        node = inner
