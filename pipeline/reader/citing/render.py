"""Has pandoc render citations: in the order in which they are read, each in a paragraph alone."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import pandoc
from pipeline.reader.citing.library import Library
from pipeline.reader.citing.order import Citation
from pipeline.reader.citing.style import Style
from pipeline.reader.tree import Node

ENTRY = "ref-"
"""What pandoc's identifiers of entries begin with, before the key."""
BREAK = "another-source-in-between"
"""The key of a source that is cited between others and never printed."""
AFFIXES: dict[str, list[Node]] = {"citationPrefix": [], "citationSuffix": []}
UNSEEN: Node = {"t": "Str", "c": "\u2060"}
"""What a style takes for the beginning of a note, which it capitalises."""
SPANS_OF_THEIR_OWN = {"csl-block", "csl-indent"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """The inlines of each citation, by the identity of its node, and of the entries by key.

    `told` is what pandoc had to say.
    """

    citations: Mapping[int, Sequence[Node]]
    entries: Mapping[str, Sequence[Node]]
    told: Sequence[str]


def render(cited: Sequence[Citation], library: Library, style: Style, lang: str) -> Rendered:
    """Return the citations in a style and a language, all of whose keys the library has."""
    paragraphs = list(_paragraphs(cited, style))
    document = {
        "pandoc-api-version": library.version,
        "meta": _metadata(cited, library, style, lang),
        "blocks": [paragraph for _, paragraph in paragraphs],
    }
    text = json.dumps(document).encode()
    output, messages = pandoc.read(pandoc.CITEPROC, text, library.source.path)
    blocks = json.loads(output)["blocks"]
    leads = not style.notes and style.lists
    made = {
        id(one.node): clean(_content(block["c"]), leads)
        for (one, _), block in zip(paragraphs, blocks, strict=False)
        if one is not None
    }
    entries = _entries(blocks[len(paragraphs) :])
    told = (message.text.removeprefix("Citeproc: ") for message in messages)
    return Rendered(made, entries, [one for one in told if not one.endswith(BREAK)])


def _paragraphs(cited: Sequence[Citation], style: Style) -> Iterator[tuple[Citation | None, Node]]:
    """Yield a paragraph for each citation.

    Before and behind a note of a table, another source is cited: nobody knows which note stands
    before that of a table, so "ibid." says nothing there.
    """
    apart = False
    for one in cited:
        if style.notes and (one.in_table or apart):
            nothing = {"citationId": BREAK, "citationMode": {"t": "NormalCitation"}, **AFFIXES}
            yield None, _cited([{**nothing, "citationNoteNum": one.number, "citationHash": 0}], [])
        yield one, _numbered(one, style)
        apart = one.in_table


def _metadata(
    cited: Sequence[Citation], library: Library, style: Style, lang: str
) -> dict[str, Any]:
    wanted = {library.aliases[one["citationId"]] for each in cited for one in each.node["c"][0]}
    entries = [one for key, one in library.references.items() if key in wanted]
    if style.notes and any(one.in_table for one in cited):
        title = {"t": "MetaString", "c": BREAK}
        entries.append({"id": title, "title": title, "type": {"t": "MetaString", "c": "book"}})
    found = {
        "references": {"t": "MetaList", "c": [{"t": "MetaMap", "c": one} for one in entries]},
        "lang": {"t": "MetaString", "c": lang},
        # With links it can be told which full stop is of the style, and which of an abbreviation.
        "link-citations": {"t": "MetaBool", "c": True},
    }
    if style.address:
        found["csl"] = {"t": "MetaString", "c": style.address}
    return found


def _numbered(citation: Citation, style: Style) -> Node:
    """Return a citation with its number; in a note of the author's it has no capital for a note."""
    several = [{**one, "citationNoteNum": citation.number} for one in citation.node["c"][0]]
    first = several[0]
    if citation.in_note and style.notes and first["citationMode"]["t"] != "AuthorInText":
        first["citationPrefix"] = first["citationPrefix"] or [UNSEEN]
    return _cited(several, citation.node["c"][1])


def _cited(several: Sequence[Node], shown: Sequence[Node]) -> Node:
    return {"t": "Para", "c": [{"t": "Cite", "c": [several, shown]}]}


def _content(paragraph: Sequence[Node]) -> list[Node]:
    """Return what stands in the one citation of a paragraph, and what was moved out of it."""
    return [
        inner for node in paragraph for inner in (node["c"][1] if node["t"] == "Cite" else [node])
    ]


def _entries(blocks: Sequence[Node]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for block in blocks:
        for entry in block["c"][1] if block["t"] == "Div" else []:
            key = entry["c"][0][0].removeprefix(ENTRY)
            inlines = [one for paragraph in entry["c"][1] for one in paragraph["c"]]
            if key != BREAK:
                found[key] = clean(inlines)
    return found


def clean(inlines: Sequence[Node], leads: bool = True) -> list[Node]:
    """Return inlines without the spans by which citeproc marks the parts of an entry.

    Links to entries are kept where the citation `leads` to one.
    """
    found: list[Node] = []
    for node in inlines:
        if found and _begins_line(node):
            found.append({"t": "LineBreak"})
        found += _cleaned(node, leads)
    return found


def _begins_line(node: Node) -> bool:
    """Tell whether a style puts something on a line of its own."""
    if node["t"] == "Span" and SPANS_OF_THEIR_OWN & set(node["c"][0][1]):
        return True
    return node["t"] == "Link" and any(map(_begins_line, node["c"][1][:1]))


def _cleaned(node: Node, leads: bool) -> list[Node]:
    content: Any = node.get("c")
    match node["t"]:
        case "Str" if content.startswith(UNSEEN["c"]):
            rest = content.removeprefix(UNSEEN["c"])
            return [{**node, "c": rest}] if rest else []
        case "RawInline":
            return []  # It is a fault of the entry, which is named there.
        case "SoftBreak":
            return [{"t": "Space"}]
        case "Span" if not content[0][0] and not content[0][2]:
            return clean(content[1], leads)
        case "Link" if not leads and content[2][0].startswith(f"#{ENTRY}"):
            return clean(content[1], leads)
        case "Link" | "Quoted" | "Span":
            return [{**node, "c": [content[0], clean(content[1], leads), *content[2:]]}]
        case "Note":
            paragraphs = [{**one, "c": clean(one["c"], leads)} for one in content]
            return [{**node, "c": paragraphs}]
        case _ if isinstance(content, list) and content and isinstance(content[0], dict):
            return [{**node, "c": clean(content, leads)}]
        case _:
            return [node]
