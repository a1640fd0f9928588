"""Briefs that are large, deep or hostile, each with what must become of it."""

from collections.abc import Iterator
from dataclasses import dataclass

HEAD = "---\ntitle: A brief\ndate: 2025-06-18\nlang: en\n---\n\n"
PARAGRAPH = "Rivers cross borders, and so does the water that a country sends down them. " * 6


@dataclass(frozen=True, slots=True)
class Extreme:
    """A brief, and the codes of the errors that it must end in; none where it must be built."""

    name: str
    text: str
    codes: frozenset[str] = frozenset()


def extremes() -> Iterator[Extreme]:
    """Yield them."""
    yield from _front_matter()
    yield from _deep()
    yield from _large()
    yield from _characters()


def _front_matter() -> Iterator[Extreme]:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield _headed("yaml-bomb", bomb, "meta-yaml-feature")
    yield _headed("yaml-tag", "deck: !!python/object/apply:os.system [ls]\n", "meta-yaml-feature")
    yield _headed("yaml-deep", "deck: " + "[" * 3000 + "]" * 3000 + "\n", "meta-yaml-feature")
    yield _headed("yaml-many", "".join(f"k{n}: v\n" for n in range(3000)), "meta-unknown-key")
    yield _headed("yaml-merge", "base: &b {title: x}\n<<: *b\n", "meta-yaml-feature")
    yield _headed("template", "deck: '{{ 7 * 7 }} {% include \"/etc/passwd\" %}'\n")
    yield _headed(
        "keywords", "keywords:\n" + "".join(f"  - w{n}\n" for n in range(101)), "meta-long"
    )
    yield _headed("series", f"series: {'Papers on rivers ' * 20}\nnumber: {'one of many ' * 20}\n")


def _headed(name: str, keys: str, *codes: str) -> Extreme:
    text = HEAD.replace("lang: en\n", f"lang: en\n{keys}") + f"{PARAGRAPH}\n"
    return Extreme(name, text, frozenset(codes))


def _deep() -> Iterator[Extreme]:
    deep = "structure-depth"
    lists = "".join(f"{'    ' * n}- a\n\n" for n in range(120))
    yield _bodied("lists-deep", lists, deep)
    yield _bodied("quotes-deep", ">" * 400 + " a\n", deep)
    yield _bodied("boxes-deep", "::: box\n" * 200 + "a\n\n" + ":::\n" * 200, deep)
    yield _bodied("emphasis-deep", "*a **b " * 150 + "b** a*" * 150 + "\n", deep)
    yield _bodied("brackets-deep", "[" * 5000 + "a" + "]" * 5000 + "\n", deep)


def _large() -> Iterator[Extreme]:
    five_hundred = " ".join(f"Word.[^{n}]" for n in range(500))
    notes = "".join(f"[^{n}]: Note {n} on the water.\n\n" for n in range(500))
    yield _bodied("notes-in-a-paragraph", f"{five_hundred}\n\n{notes}")
    many = "".join(f"[^{n}]: N.\n\n" for n in range(10_000))
    calls = "".join(f"W.[^{n}]\n\n" for n in range(10_000))
    yield _bodied("ten-thousand-notes", calls + many, "note-many")
    rows = "".join(f"| {n} | Gauge {n} | {n * 7} |\n" for n in range(2000))
    yield _bodied("table-long", f"| No. | Name | Flow |\n|---|---|--:|\n{rows}\n: Gauges\n")
    columns = "|".join("x" * 1 for _ in range(60))
    yield _bodied("table-wide", f"|{columns}|\n|{'-|' * 60}\n|{columns}|\n", "structure-wide")
    yield _bodied("word-long", "w" * 200_000 + "\n", "structure-word")
    yield _bodied("too-large", f"{PARAGRAPH}\n\n" * 2500, "structure-size")


def _characters() -> Iterator[Extreme]:
    control = "structure-control"
    yield _bodied("nul", "Water\x00 and borders.\n", control)
    yield _bodied("turned", "Water \u202eand borders.\n", control)
    yield _bodied("template-in-text", "{{ brief.notes }} {% for x in y %} {# comment #}\n")
    yield _bodied("markup", "A <script>alert(1)</script> in the text.\n", "structure-raw")
    yield Extreme("crlf", (HEAD + f"{PARAGRAPH}[^a]\n\n[^a]: A note.\n").replace("\n", "\r\n"))
    yield Extreme("bom", "\ufeff" + HEAD + f"{PARAGRAPH}\n")
    yield Extreme("empty", "", frozenset({"structure-empty"}))
    yield _bodied("marks", "- e\u0301\u0300 at the start\n- again e\u0301\u0300.\n- \u01c5\n")
    yield _bodied("joined", "[the\u200doffset]{lang=de} stands still.\n")


def _bodied(name: str, body: str, *codes: str) -> Extreme:
    return Extreme(name, HEAD + body, frozenset(codes))
