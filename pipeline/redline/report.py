"""The summary as plain text, in English like all that the program tells."""

from collections.abc import Iterator, Mapping

from pipeline.redline.summary import Change, Entry, NoteChange, NoteEntry, Summary

KINDS: Mapping[str, str] = {
    "list": "list",
    "item": "list item",
    "definitions": "list of definitions",
    "pull-quote": "pull quote",
    "code": "lines of code",
    "verse": "lines of verse",
    "row": "table row",
    "cell": "table cell",
    "table-note": "note of a table",
    "legend": "line under a figure or table",
    "break": "break",
    "box-title": "title of a box",
    "series": "series and number",
    "updated": "date of the update",
    "hero": "opening picture",
    "key-findings": "key findings",
    "terms": "who and by when",
    "about": "about the institute",
    "authors": "about the authors",
    "license": "licence",
    "doi": "DOI",
    "issn": "ISSN",
    "isbn": "ISBN",
    "url": "address",
}
"""What the kinds of parts are called, where their own names do not do."""
DONE: Mapping[Change, str] = {
    "inserted": "inserted",
    "deleted": "deleted",
    "changed": "changed",
    "reset": "set differently",
}


def tell(found: Summary, since: str) -> str:
    """Return the summary; `since` names the older version."""
    if not (found.entries or found.notes):
        return f"Nothing changed since {since}.\n"
    lines = [f"Changes since {since}: {counted(found)}.", ""]
    lines += map(_line, found.entries)
    if found.notes:
        lines += ["", "Notes:", *map(_note, found.notes)]
    return "\n".join(lines) + "\n"


def counted(found: Summary) -> str:
    """Return how many places and notes changed, in one line."""
    places = [
        f"{found.count(change)} {words}" for change, words in DONE.items() if found.count(change)
    ]
    kinds: tuple[NoteChange, ...] = ("added", "dropped", "renumbered", "reworded")
    notes = [f"{found.count_notes(kind)} {kind}" for kind in kinds if found.count_notes(kind)]
    told = [f"{len(found.entries)} {_places(len(found.entries))} ({', '.join(places)})"]
    if notes:
        told.append(f"notes: {', '.join(notes)}")
    return "; ".join(told)


def _places(number: int) -> str:
    return "place" if number == 1 else "places"


def _line(one: Entry) -> str:
    kind = KINDS.get(one.kind, one.kind.replace("-", " "))
    where = f" under “{one.section}”" if one.section and one.kind != "heading" else ""
    where = f" in note {one.note}" if one.note else where
    return f"{one.place:4}. {kind}{where} {DONE[one.change]}{''.join(_quotes(one))}"


def _quotes(one: Entry) -> Iterator[str]:
    if one.gone:
        yield f"\n      - {one.gone}"
    if one.come:
        yield f"\n      + {one.come}"


def _note(one: NoteEntry) -> str:
    changes = []
    for change in one.changes:
        match change:
            case "added":
                changes.append(f"added as note {one.now}")
            case "dropped":
                changes.append(f"dropped (it was note {one.was})")
            case "renumbered":
                changes.append(f"renumbered: note {one.was} is now note {one.now}")
            case "reworded":
                changes.append(f"reworded (note {one.now})")
    return f"  {' and '.join(changes)}\n      {one.said}"
