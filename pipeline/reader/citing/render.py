"""Has pandoc render citations: in the order in which they are read, each in a paragraph alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import pandoc
from pipeline.reader.citing.library import Library
from pipeline.reader.citing.order import Citation
from pipeline.reader.citing.style import Style
from pipeline.reader.tree import Node

ENTRY = "ref-"
"""What pandoc's identifiers of entries begin with, before the key."""
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
    document = {
        "pandoc-api-version": library.version,
        "meta": _metadata(cited, library, style, lang),
        "blocks": [{"t": "Para", "c": [_numbered(one)]} for one in cited],
    }
    text = json.dumps(document).encode()
    output, messages = pandoc.read(pandoc.CITEPROC, text, library.source.path)
    blocks = json.loads(output)["blocks"]
    made = {id(one.node): blocks[index]["c"] for index, one in enumerate(cited)}
    leads = not style.notes and style.lists
    return Rendered(
        citations={name: clean(_content(inlines), leads) for name, inlines in made.items()},
        entries=_entries(blocks[len(cited) :]),
        told=[message.text.removeprefix("Citeproc: ") for message in messages],
    )


def _metadata(
    cited: Sequence[Citation], library: Library, style: Style, lang: str
) -> dict[str, Any]:
    wanted = {library.aliases[one["citationId"]] for each in cited for one in each.node["c"][0]}
    listed = [
        {"t": "MetaMap", "c": one} for key, one in library.references.items() if key in wanted
    ]
    found = {
        "references": {"t": "MetaList", "c": listed},
        "lang": {"t": "MetaString", "c": lang},
        # With links it can be told which full stop is of the style, and which of an abbreviation.
        "link-citations": {"t": "MetaBool", "c": True},
    }
    if style.address:
        found["csl"] = {"t": "MetaString", "c": style.address}
    return found


def _numbered(citation: Citation) -> Node:
    several = [{**one, "citationNoteNum": citation.number} for one in citation.node["c"][0]]
    return {"t": "Cite", "c": [several, citation.node["c"][1]]}


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
            found[key] = clean(inlines)
    return found


def clean(inlines: Sequence[Node], leads: bool = True) -> list[Node]:
    """Return inlines without the spans by which citeproc marks the parts of an entry.

    Links to entries are kept where the citation `leads` to one.
    """
    found: list[Node] = []
    for node in inlines:
        content: Any = node.get("c")
        match node["t"]:
            case "SoftBreak":
                found.append({"t": "Space"})
            case "Span" if not content[0][0] and not content[0][2]:
                classes = set(content[0][1])
                if found and classes & SPANS_OF_THEIR_OWN:
                    found.append({"t": "LineBreak"})
                found += clean(content[1], leads)
                if "csl-left-margin" in classes:
                    found.append({"t": "Space"})
            case "Link" if not leads and content[2][0].startswith(f"#{ENTRY}"):
                found += clean(content[1], leads)
            case "Link" | "Quoted" | "Span":
                found.append({**node, "c": [content[0], clean(content[1], leads), *content[2:]]})
            case "Note":
                found.append(
                    {**node, "c": [{**one, "c": clean(one["c"], leads)} for one in content]}
                )
            case _ if isinstance(content, list) and content and isinstance(content[0], dict):
                found.append({**node, "c": clean(content, leads)})
            case _:
                found.append(node)
    return found
