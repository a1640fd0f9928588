"""What the conversion of nodes has at hand, and where it puts the problems it meets."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from pipeline import model as m
from pipeline import pictures
from pipeline.problems import Problem, problem
from pipeline.reader.elements import Elements
from pipeline.reader.images import Images
from pipeline.reader.labels import Reading
from pipeline.reader.own_notes import KeptNote
from pipeline.reader.tree import Attributes

Place = tuple[int, int]
"""Line and column."""


@dataclass(slots=True)
class Context:
    """One reading on its way into the model."""

    reading: Reading
    images: Images
    lang: str
    calls: Mapping[int, m.Call | m.TableCall | None]
    """What stands for a note's node, by its identity: nothing when the note is not defined. A note
    that is not here is called where none may be."""
    numbers: Mapping[str, int]
    kept: Mapping[int, Sequence[KeptNote]]
    """The notes that tables keep to themselves, by the identity of the tables' frames."""
    elements: Elements
    field: str = "body"
    in_note: bool = False
    depth: int = 0
    """Blocks in blocks, here."""
    inline_depth: int = 0
    """Inlines in inlines, here."""
    highest: int = 1
    """The level of the highest heading in the body, as the author counts."""
    anchors: Mapping[str, str] = dataclass_field(default_factory=dict)
    """Identifiers that pandoc made, and by what they are replaced."""
    problems: list[Problem] = dataclass_field(default_factory=list)

    def report(self, code: str, node: object, **details: object) -> None:
        """Note a problem at a node."""
        self.report_at(self.reading.place_of(node), code, **details)

    def report_at(self, place: Place, code: str, **details: object) -> None:
        """Note a problem at a line and column."""
        line, column = place
        self.problems.append(problem(code, self.reading.source.path, line, column, **details))

    def line(self, node: object) -> int:
        """Return the line of a node."""
        return self.reading.place_of(node)[0]

    def level(self, level: int) -> int:
        """Return the level of a heading when the highest one counts as 1."""
        return level - self.highest + 1

    def anchor(self, identifier: str) -> str:
        """Return the identifier that stands in the model for one of pandoc's."""
        return self.anchors.get(identifier, identifier)

    def refuse_attributes(
        self, node: object, attributes: Attributes, allowed: frozenset[str], what: str
    ) -> None:
        """Report everything in pandoc's attributes that the model has no place for.

        `allowed` names keys; `#` stands for an identifier and `.` for any class, `.x` for one.
        """
        identifier, classes, pairs = attributes
        if identifier and "#" not in allowed:
            self.report("structure-attribute", node, name=f"#{identifier}", what=what)
        for name in classes:
            if "." not in allowed and f".{name}" not in allowed:
                self.report("structure-attribute", node, name=f".{name}", what=what)
        for name, _ in pairs:
            if name not in allowed:
                self.report("structure-attribute", node, name=name, what=what)

    def add_image(self, place: Place, target: str) -> str | None:
        """Bring in a picture file; what is wrong with it is a problem at the place."""
        try:
            return self.images.add(target)
        except pictures.Unfit as unfit:
            self.report_at(place, unfit.code, file=target, what=unfit.what)
            return None

    @contextmanager
    def language(self, tag: str | None) -> Iterator[None]:
        """Quote as another language does for a while."""
        before = self.lang
        self.lang = tag or before
        yield
        self.lang = before
