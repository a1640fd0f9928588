"""What is wrong with citations and with the entries they name."""

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from pipeline.problems import Problem, problem
from pipeline.reader.citing.library import Library, Reference
from pipeline.reader.citing.order import Citation
from pipeline.reader.citing.places import place_of_key
from pipeline.reader.citing.style import Style
from pipeline.reader.labels import Reading
from pipeline.reader.tree import nodes

WHO = ("author", "editor", "translator", "container-author", "editorial-director", "director")
NOT_PRINTED = "Bibliography entry with no printed form: "


def key_faults(reading: Reading, cited: Sequence[Citation], library: Library) -> Iterator[Problem]:
    """Yield keys that the bibliography does not have, and citations that hold what they cannot."""
    source = reading.source
    for one in cited:
        start = reading.places[id(one.node)]
        if one.repeats is not None:
            continue
        for key in dict.fromkeys(each["citationId"] for each in one.node["c"][0]):
            if key not in library.aliases:
                place = source.place(place_of_key(source.text, start, key))
                near = _near(key, library)
                yield problem("cite-missing", source.path, *place, key=key, near=near)
        for each in one.node["c"][0]:
            affixes = [*each["citationPrefix"], *each["citationSuffix"]]
            if any(node["t"] in ("Note", "Cite") for node, _ in nodes(affixes)):
                yield problem("cite-nested", source.path, *source.place(start))


def _near(key: str, library: Library) -> str:
    matches = get_close_matches(key, list(library.aliases)[:1000], n=1)
    return f"; or did you mean @{matches[0]}?" if matches else ""


def entry_faults(library: Library, used: Collection[str]) -> Iterator[Problem]:
    """Yield entries that are not cited, and cited ones that lack what a reader needs."""
    path = library.source.path
    for key, reference in library.references.items():
        place = library.place(key)
        if key in used:
            for command in dict.fromkeys(_raw(dict(reference))):
                what = f"the entry '{key}' has the command {command}"
                yield problem("cite-unreadable", path, *place, what=what)
            if lacking := list(_lacking(reference)):
                yield problem("cite-incomplete", path, *place, key=key, what=" and ".join(lacking))
        elif key not in library.leant_on:
            yield problem("cite-unused", path, *place, key=key)


def _raw(value: Any) -> Iterator[str]:
    """Yield the commands of LaTeX that pandoc does not know."""
    if isinstance(value, dict) and value.get("t") == "RawInline":
        yield value["c"][1]
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _raw(inner)


def _lacking(reference: Reference) -> Iterator[str]:
    if not any(_given(reference, field) for field in WHO):
        yield "no author or editor"
    if not _given(reference, "title"):
        yield "no title"
    if not _given(reference, "issued"):
        yield "no date"


def _given(reference: Reference, field: str) -> bool:
    value = reference.get(field)
    return bool(value and value["c"])


def told_faults(
    reading: Reading, library: Library, style: Style, told: Sequence[str]
) -> Iterator[Problem]:
    """Yield what citeproc complains of: what the style lacks, or entries that print nothing."""
    for message in dict.fromkeys(told):
        if message.startswith(NOT_PRINTED):
            key = message.removeprefix(NOT_PRINTED)
            what = "nothing that the style prints"
            path = library.source.path
            yield problem("cite-incomplete", path, *library.place(key), key=key, what=what)
        else:
            yield problem("cite-style", reading.source.path, *style.place, what=message)
