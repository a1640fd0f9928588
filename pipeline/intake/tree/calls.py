"""Notes put back where they are called, after pandoc has read text and notes apart."""

import copy
import re
from typing import Any

Node = dict[str, Any]


def with_notes(nodes: list[Node], name: str, sign: str) -> list[Node]:
    """Return the blocks of a text whose calls are numbers between signs, with their notes in them.

    The notes are divisions at the end with the ids `name-1`, `name-2` and so on.
    """
    notes: dict[int, list[Node]] = {}
    text: list[Node] = []
    for node in nodes:
        ident = node["c"][0][0] if node["t"] == "Div" else ""
        found = re.fullmatch(rf"{name}-(\d+)", ident)
        if found:
            notes[int(found[1])] = node["c"][1]
        else:
            text.append(node)
    calls = re.compile(f"{sign}(\\d+){sign}")
    made = _filled(text, notes, calls)
    assert isinstance(made, list)
    return made


def _filled(value: Any, notes: dict[int, list[Node]], calls: re.Pattern[str]) -> Any:
    if isinstance(value, dict):
        if "c" not in value:
            return value
        return {**value, "c": _filled(value["c"], notes, calls)}
    if not isinstance(value, list):
        return value
    made: list[Any] = []
    for one in value:
        if isinstance(one, dict) and one.get("t") == "Str" and calls.search(one["c"]):
            made += _parts(one["c"], notes, calls)
        else:
            made.append(_filled(one, notes, calls))
    return made


def _parts(text: str, notes: dict[int, list[Node]], calls: re.Pattern[str]) -> list[Node]:
    """Return a word as pieces of text and notes."""
    made: list[Node] = []
    for index, part in enumerate(calls.split(text)):
        if index % 2:
            # Content that is called twice is read twice, so that nothing is shared.
            made.append({"t": "Note", "c": copy.deepcopy(notes.get(int(part), []))})
        elif part:
            made.append({"t": "Str", "c": part})
    return made
