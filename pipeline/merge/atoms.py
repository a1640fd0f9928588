"""Running text as single characters with their marks, and the few things that are no characters."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from pipeline.text import UNPRINTABLE

Kind = Literal["character", "call", "break", "reference", "picture"]
Marks = frozenset[str]
"""Names of markup, such as `strong`; a link is `link:` and where it leads."""
PLAIN: Marks = frozenset()
SPACE = " "


class Atom(NamedTuple):
    """A character, or what stands in the text like one: its text is then what tells it apart."""

    kind: Kind
    text: str
    marks: Marks = PLAIN


Atoms = tuple[Atom, ...]


def character(text: str, marks: Marks = PLAIN) -> Atom:
    """Return one character."""
    return Atom("character", text, marks)


def text_of(atoms: Iterable[Atom]) -> str:
    """Return the characters; what is none shows as a sign that no text has."""
    return "".join(one.text if one.kind == "character" else "\ufffc" for one in atoms)


def is_space(atom: Atom) -> bool:
    """Tell whether an atom is a space at which a line may end."""
    return atom.kind == "character" and atom.text == SPACE


def tidy(atoms: Iterable[Atom], verbatim: bool = False) -> Atoms:
    """Return text as Markdown can hold it: no two spaces, none at its ends, in no markup alone."""
    made: list[Atom] = []
    for one in atoms:
        if one.kind == "character" and not verbatim:
            if one.text in " \t\n\r":
                one = one._replace(text=SPACE)
            if UNPRINTABLE.match(one.text) or (is_space(one) and _joins(made)):
                continue
        if one.kind == "break" and not verbatim:
            while made and is_space(made[-1]):
                made.pop()
        made.append(one)
    while made and (is_space(made[-1]) or made[-1].kind == "break") and not verbatim:
        made.pop()
    return tuple(_space(made, index) for index in range(len(made)))


def _joins(made: Sequence[Atom]) -> bool:
    return not made or is_space(made[-1]) or made[-1].kind == "break"


def _space(atoms: Sequence[Atom], index: int) -> Atom:
    """Return an atom; a space has the marks of both its neighbours, whatever its own run has."""
    one = atoms[index]
    if one.kind in ("call", "break", "reference", "picture"):
        return one._replace(marks=PLAIN)
    if not is_space(one):
        return one
    around = [atoms[at].marks for at in (index - 1, index + 1) if 0 <= at < len(atoms)]
    return one._replace(marks=frozenset.intersection(*around) if len(around) == 2 else PLAIN)
