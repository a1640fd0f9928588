"""Two random versions of a brief: the second is the first, edited here and there."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from pipeline import codec, walk
from pipeline import model as m
from pipeline.notes.numbering import number
from pipeline.problems import BriefError
from tests import random_briefs

Json = dict[str, Any]
NEW_WORDS = ("winter", "the", "Straße", "<i>", "1,500", " ", "of the river", "“quoted”")


@st.composite
def versions(draw: st.DrawFn) -> tuple[m.Brief, m.Brief]:
    """Draw a brief and an edited one, or at times one that has nothing to do with it."""
    old = draw(random_briefs.briefs())
    if draw(st.integers(0, 5)) == 0:
        return old, draw(random_briefs.briefs())
    data = as_json(old)
    other = as_json(draw(random_briefs.briefs()))
    for _ in range(draw(st.integers(0, 6))):
        edit(draw, data, other)
    return old, numbered(data)


def as_json(brief: m.Brief) -> Json:
    made: Json = json.loads(codec.dump(brief))
    return made


def edit(draw: st.DrawFn, data: Json, other: Json) -> None:
    """Change one thing: words, the label of a note, the order of blocks, or which there are."""
    texts = [node for node in nodes([data["body"], data["notes"]]) if node.get("type") == "text"]
    body: list[Json] = data["body"]
    match draw(st.integers(0, 10)):
        case 0 | 1 | 2 if texts:
            node = draw(st.sampled_from(texts))
            node["text"] = reworded(draw, node["text"])
        case 3 if len(body) > 1:  # A brief has a text.
            del body[draw(st.integers(0, len(body) - 1))]
        case 4:
            strangers = [one for one in other["body"] if is_free(one)]
            if strangers:
                body.insert(draw(st.integers(0, len(body))), draw(st.sampled_from(strangers)))
        case 5 if len(body) > 1:
            body.insert(0, body.pop())
        case 6 if data["notes"]:
            rename(data, draw(st.sampled_from(data["notes"]))["label"])
        case 7 if texts:
            node = draw(st.sampled_from(texts))
            inside = {"type": "text", "text": node.pop("text")}
            node |= {"type": "strong", "content": [inside]}
        case 8:
            divide(draw, body)
        case 9:
            join(draw, body)
        case _:
            lists = [node["items"] for node in nodes(body) if node.get("type") == "bullet-list"]
            if lists:
                listed = draw(st.sampled_from(lists))
                added = {"type": "paragraph", "content": [plain("A new item.")], "line": 1}
                listed.append({"blocks": [added], "line": 1})


def divide(draw: st.DrawFn, body: list[Json]) -> None:
    """Make two paragraphs of one."""
    long = [at for at, one in enumerate(body) if len(one.get("content", ())) > 1]
    long = [at for at in long if body[at]["type"] == "paragraph"]
    if long:
        at = draw(st.sampled_from(long))
        content = body[at]["content"]
        cut = draw(st.integers(1, len(content) - 1))
        body[at : at + 1] = [
            {**body[at], "content": content[:cut]},
            {**body[at], "content": content[cut:]},
        ]


def join(draw: st.DrawFn, body: list[Json]) -> None:
    """Make one paragraph of two."""
    kinds = [one["type"] for one in body]
    places = [at for at in range(1, len(body)) if kinds[at - 1] == kinds[at] == "paragraph"]
    if places:
        at = draw(st.sampled_from(places))
        body[at - 1]["content"] += body.pop(at)["content"]


def plain(text: str) -> Json:
    return {"type": "text", "text": text}


def reworded(draw: st.DrawFn, text: str) -> str:
    """Draw the text with words put in, taken out or put for others."""
    words = text.split(" ")
    at = draw(st.integers(0, len(words) - 1))
    words[at : at + draw(st.integers(0, 2))] = [draw(st.sampled_from(NEW_WORDS))]
    return " ".join(words) or "x"


def nodes(value: Any) -> Iterator[Json]:
    """Every record in it."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def is_free(block: Json) -> bool:
    """Whether a block can stand in another brief: it calls nothing and has no anchor of its own."""
    return not any(
        node.get("type") in ("call", "table-call", "cross-reference") or node.get("id")
        for node in nodes(block)
    )


def rename(data: Json, label: str) -> None:
    """Give a note another label; it is the same note."""
    for node in nodes(data):
        if node.get("label") == label:
            node["label"] = f"{label}-again"
        if node.get("note") == label:
            node["note"] = f"{label}-again"


def numbered(data: Json) -> m.Brief:
    """Return the brief with its notes, figures and tables numbered again; uncalled notes go."""
    brief = m.Brief.model_validate_json(json.dumps(data))
    calls = [one.note for one in walk.calls(brief)]
    found = number([(label, None) for label in calls], {note.label for note in brief.notes})
    ids = iter(found.call_ids)
    counts: Counter[str] = Counter()
    fields = data["metadata"]
    for node in nodes([fields.get("deck"), data["body"], fields.get("recommendations")]):
        if node.get("type") == "call":
            node |= {"id": next(ids), "number": found.numbers[node["note"]]}
        if node.get("type") in ("figure", "table") and node.get("number"):
            counts[node["type"]] += 1
            node["number"] = counts[node["type"]]
    kept = [note for note in data["notes"] if note["label"] in found.numbers]
    for note in kept:
        note["number"] = found.numbers[note["label"]]
        note |= {"id": f"fn:{note['number']}", "calls": list(found.calls_of(note["label"]))}
        for node in nodes(note["blocks"]):
            if node.get("type") == "cross-reference":
                label = node["note"] if node["note"] in found.numbers else kept[0]["label"]
                node |= {"note": label, "number": found.numbers[label]}
    data["notes"] = sorted(kept, key=lambda note: int(note["number"]))
    try:
        return codec.load(json.dumps(data).encode(), "x")
    except BriefError:  # Tables that keep their notes are numbered too, and here one went.
        reject()
