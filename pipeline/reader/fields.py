"""Reads keys and values of a YAML tree, with a problem at the place of everything wrong."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from pipeline.problems import Problem, problem
from pipeline.reader import yaml_tree as y
from pipeline.reader.pieces import Piece, field_piece
from pipeline.reader.source import Source


class Fields:
    """Reads values and gathers the problems on the way."""

    def __init__(self, source: Source) -> None:
        """Begin with no problems."""
        self.source = source
        self.problems: list[Problem] = []

    def report(self, code: str, offset: int, **details: object) -> None:
        """Note a problem at an offset of the source."""
        line, column = self.source.place(offset)
        self.problems.append(problem(code, self.source.path, line, column, **details))

    def line(self, entry: y.Entry) -> int:
        """Return the line of a key."""
        return self.source.place(entry.start)[0]

    def keys(
        self, mapping: y.Mapping, known: Iterable[str], synonyms: Mapping[str, str] | None = None
    ) -> dict[str, y.Entry]:
        """Return the entries by key; unknown, repeated and empty ones are problems."""
        found: dict[str, y.Entry] = {}
        for entry in mapping.entries:
            key = (synonyms or {}).get(entry.key, entry.key)
            if key not in known:
                near = _near(entry.key, (*known, *(synonyms or {})))
                self.report("meta-unknown-key", entry.start, key=entry.key, near=near)
            elif key in found:
                line, _ = self.source.place(found[key].start)
                self.report("meta-duplicate-key", entry.start, key=entry.key, other=line)
            elif isinstance(entry.value, y.Scalar) and entry.value.is_empty:
                self.report("meta-empty", entry.start, key=entry.key)
            else:
                found[key] = entry
        return found

    def mapping(self, entry: y.Entry) -> y.Mapping | None:
        """Return a value that must be a mapping."""
        if isinstance(entry.value, y.Mapping):
            return entry.value
        wanted = "a group of keys with values of their own"
        self.report("meta-type", entry.value.start, key=entry.key, wanted=wanted)
        return None

    def scalar(self, entry: y.Entry) -> y.Scalar | None:
        """Return a value that must be a text."""
        if isinstance(entry.value, y.Scalar):
            return entry.value
        self.report("meta-type", entry.value.start, key=entry.key, wanted="a text")
        return None

    def text(self, entry: y.Entry | None) -> str | None:
        """Return a text on one line, as it will be printed."""
        value = self.scalar(entry) if entry else None
        return " ".join(value.text.split()) if value else None

    def scalars(self, entry: y.Entry | None) -> tuple[y.Scalar, ...]:
        """Return the texts of a list; a text alone is a list of one."""
        if entry is None:
            return ()
        if isinstance(entry.value, y.Scalar):
            return (entry.value,)
        if isinstance(entry.value, y.Mapping):
            self.report("meta-type", entry.value.start, key=entry.key, wanted="a list of texts")
            return ()
        if not entry.value.items:
            self.report("meta-empty", entry.start, key=entry.key)
        return tuple(self._texts(entry.key, entry.value.items))

    def _texts(self, key: str, items: Iterable[y.Tree]) -> Iterator[y.Scalar]:
        for item in items:
            if not isinstance(item, y.Scalar):
                self.report("meta-type", item.start, key=key, wanted="a list of texts")
            elif item.is_empty:
                self.report("meta-empty", item.start, key=key)
            else:
                yield item

    def paragraph(self, entry: y.Entry | None, field: str, may_call: bool = False) -> Piece | None:
        """Return the Markdown of one paragraph."""
        value = self.scalar(entry) if entry else None
        return field_piece(self.source, field, value, True, may_call) if value else None

    def paragraphs(self, entry: y.Entry | None, field: str, may_call: bool) -> tuple[Piece, ...]:
        """Return the Markdown of a list, one paragraph for each item."""
        return tuple(
            field_piece(self.source, field, item, True, may_call) for item in self.scalars(entry)
        )

    def blocks(self, entry: y.Entry | None, field: str) -> Piece | None:
        """Return Markdown that may have several paragraphs."""
        value = self.scalar(entry) if entry else None
        return field_piece(self.source, field, value, False, False) if value else None


def _near(key: str, known: Iterable[str]) -> str:
    """Name the nearest known key, for a message."""
    matches = get_close_matches(key.lower(), list(known), n=1, cutoff=0.5)
    return f"; did you mean '{matches[0]}'?" if matches else ""
