"""The bibliography beside a brief: what pandoc reads in it, and where each entry stands."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import pandoc
from pipeline.beside import BIBLIOGRAPHIES, Unfit, bytes_beside
from pipeline.problems import BriefError, Problem, problem
from pipeline.reader.citing.entries import Entry, entries_in, leant_on
from pipeline.reader.source import Source, as_source

LARGEST = 2_000_000
"""Bytes it may have: some five thousand entries."""
LINE = re.compile(r"\(line (\d+), column (\d+)\):?\s*")

Reference = Mapping[str, Any]
"""One entry as pandoc has it: its values by field."""


@dataclass(frozen=True, slots=True)
class Library:
    """A bibliography that was read. `version` is that of pandoc's documents."""

    source: Source
    entries: Sequence[Entry]
    starts: Mapping[str, int]
    """The offset of each entry by its key."""
    references: Mapping[str, Reference]
    aliases: Mapping[str, str]
    """Other keys of entries, and those keys themselves, with the key that is printed."""
    leant_on: frozenset[str]
    """Keys of entries from which others take fields."""
    version: Sequence[int]

    def place(self, key: str) -> tuple[int, int]:
        """Return the line and column of an entry, or of the whole file."""
        return self.source.place(self.starts.get(key, 0))


def open_library(folder: Path) -> tuple[Library | None, list[Problem]]:
    """Read the bibliography beside a brief, if there is one; what is wrong with it is a problem."""
    names = [
        name for name in BIBLIOGRAPHIES if (folder / name).is_symlink() or (folder / name).exists()
    ]
    if not names:
        return None, []
    path = str(folder / names[0])
    more = [problem("cite-both", str(folder / name), other=names[0]) for name in names[1:]]
    try:
        text = _text(folder, names[0])
        source = as_source(text, path)
        library = _read(source, BIBLIOGRAPHIES[names[0]])
    except Unfit as error:
        return None, [*more, problem("cite-unreadable", path, what=error.what)]
    except BriefError as error:
        return None, [*more, *error.problems]
    return library, [*more, *_twice(library)]


def _text(folder: Path, name: str) -> str:
    try:
        text = bytes_beside(folder, name, LARGEST).decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise Unfit("missing", "it is not UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(source: Source, form: str) -> Library:
    if form == "csljson":
        _demand_json(source)
    try:
        output, _ = pandoc.read(form, source.text.encode(), source.path)
    except pandoc.Unreadable as error:
        raise BriefError([_unreadable(source, error.what)]) from None
    tree: dict[str, Any] = json.loads(output)
    listed = tree["meta"].get("references", {"c": []})["c"]
    references = {str(said(one["c"].get("id"))): one["c"] for one in listed}
    others = ((key, one.get("other-ids", {"c": []})["c"]) for key, one in references.items())
    aliases = {str(said(alias)): key for key, several in others for alias in several}
    entries = tuple(entries_in(source.text, form))
    return Library(
        source=source,
        entries=entries,
        starts={one.key: one.start for one in reversed(entries)},
        references=references,
        aliases=aliases | {key: key for key in references},
        leant_on=leant_on(source.text) if form == "biblatex" else frozenset(),
        version=tree["pandoc-api-version"],
    )


def _demand_json(source: Source) -> None:
    """Ask for a list of records; Python says better than pandoc where JSON is broken."""
    try:
        found = json.loads(source.text)
    except json.JSONDecodeError as error:
        what = f"it is not JSON: {error.msg}"
        found_at = error.lineno, error.colno
        raise BriefError([problem("cite-unreadable", source.path, *found_at, what=what)]) from None
    except (RecursionError, ValueError):
        raise BriefError(
            [problem("cite-unreadable", source.path, what="it is nested too deeply")]
        ) from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        what = "CSL-JSON is a list of records: [{…}, {…}]"
        raise BriefError([problem("cite-unreadable", source.path, 1, 1, what=what)])


def _unreadable(source: Source, told: str) -> Problem:
    """Return the problem of a fault that pandoc tells of, with its place where it names one."""
    match = LINE.search(told)
    place = (int(match[1]), int(match[2])) if match else (1, 1)
    lines = [line.strip() for line in (told[match.end() :] if match else told).split("\n")]
    # It shows the line, too, which the place names already.
    known = [line for line in lines if line.startswith(("unexpected", "expecting"))]
    what = "; ".join(known or filter(None, lines))
    return problem("cite-unreadable", source.path, *place, what=what)


def _twice(library: Library) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for entry in library.entries:
        place = library.source.place(entry.start)
        if entry.key in first:
            path, other = library.source.path, first[entry.key]
            yield problem("cite-twice", path, *place, key=entry.key, other=other)
        first.setdefault(entry.key, place[0])


def said(value: Any) -> Any:
    """Return the text of a value of pandoc's metadata; nothing where there is none."""
    if value is None:
        return ""
    if value["t"] == "MetaInlines":
        return "".join(str(one.get("c", " ")) for one in value["c"] if one["t"] in ("Str", "Space"))
    return value["c"]
