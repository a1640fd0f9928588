"""New words as Markdown: characters with marks become running text, and that is written."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import groupby

from pipeline import model as m
from pipeline.intake.markdown.inlines import inlines
from pipeline.merge.atoms import PLAIN, Atom, Atoms, Marks

MARKUP: dict[str, type] = {
    "strong": m.Strong,
    "emphasis": m.Emphasis,
    "strikeout": m.Strikeout,
    "underline": m.Underline,
    "small-caps": m.SmallCaps,
    "superscript": m.Superscript,
    "subscript": m.Subscript,
}
"""In the order in which they stand within each other."""


class Unplaced(Exception):
    """An edit cannot be carried into the source without doubt."""

    def __init__(self, what: str) -> None:
        """Keep what is in the way, in words."""
        self.what = what
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Known:
    """What new words may refer to."""

    labels: Set[str]
    """Of notes that are defined, and so can be called from anywhere."""
    targets: Mapping[str, str]
    """Places of the brief by the names that the Word file has for them, both with a number sign."""


def prose(atoms: Atoms, known: Known, around: Marks = PLAIN) -> str:
    """Return words as Markdown that stands in markup already; raises Unplaced."""
    return inlines(content(atoms, known, around))


def content(atoms: Atoms, known: Known, around: Marks = PLAIN) -> m.Inlines:
    """Return words as running text; raises Unplaced."""
    bare = (one._replace(marks=one.marks - around) for one in atoms)
    return tuple(_level(tuple(bare), known))


def _level(atoms: Atoms, known: Known) -> list[m.Inline]:
    """Return running text, the outermost markup first."""
    made: list[m.Inline] = []
    for mark, group in groupby(atoms, _outermost):
        run = tuple(group)
        if not mark:
            made += _plain(run, known)
            continue
        inner = tuple(one._replace(marks=one.marks - {mark}) for one in run)
        if mark == "code":
            made.append(m.Code(text="".join(one.text for one in run)))
        elif mark.startswith("link:"):
            target = mark.removeprefix("link:")
            target = known.targets.get(target, "") if target.startswith("#") else target
            if not target:
                raise Unplaced("a link to a place that the brief does not name")
            words = tuple(_level(inner, known))
            made.append(m.Link(target=target, content=words, line=1, column=1))
        else:
            made.append(MARKUP[mark](content=tuple(_level(inner, known))))
    return made


def _outermost(atom: Atom) -> str:
    link = next((one for one in atom.marks if one.startswith("link:")), "")
    return link or next((one for one in (*MARKUP, "code") if one in atom.marks), "")


def _plain(atoms: Atoms, known: Known) -> list[m.Inline]:
    made: list[m.Inline] = []
    for kind, group in groupby(atoms, lambda one: one.kind):
        run = tuple(group)
        if kind == "character":
            made.append(m.Text(text="".join(one.text for one in run)))
        else:
            made += [_other(one, known) for one in run]
    return made


def _other(atom: Atom, known: Known) -> m.Inline:
    if atom.kind == "break":
        return m.LineBreak()
    if atom.kind == "call" and atom.text in known.labels:
        return m.Call(id="fnref:1", note=atom.text, number=1, line=1, column=1)
    if atom.kind == "reference" and atom.text in known.labels:
        return m.CrossReference(note=atom.text, number=1, line=1, column=1)
    if atom.kind == "reference" and atom.text in known.targets:
        target = known.targets[atom.text].removeprefix("#")
        return m.ElementReference(target=target, kind="section", number="1", line=1, column=1)
    raise Unplaced(
        {
            "call": "the call of a note that is written where it is called",
            "picture": "a picture",
        }.get(atom.kind, "a reference")
    )
