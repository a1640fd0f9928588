"""What a brief cites with: the bibliography beside it, and the style that it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.problems import Problem, problem
from pipeline.reader.citing.library import Library, open_library
from pipeline.reader.citing.style import Refused, Style, read_style
from pipeline.reader.front import StyleName
from pipeline.reader.source import Source


@dataclass(frozen=True, slots=True)
class Means:
    """A bibliography, if it can be read, and a style.

    `asked` says whether there is one at all: then @key is a citation in the text.
    """

    library: Library | None
    style: Style
    asked: bool
    problems: Sequence[Problem]


def means_of(folder: Path, source: Source, named: StyleName | None) -> Means:
    """Look for what the brief in a folder cites with; what is wrong with it is a problem."""
    library, problems = open_library(folder)
    asked = library is not None or bool(problems)
    if named is None:
        return Means(library, Style(), asked, problems)
    place = source.place(named.offset)
    try:
        if asked:
            return Means(library, read_style(folder, named.file, place), asked, problems)
        what = "there is no bibliography beside the brief"
    except Refused as error:
        what = error.what
    wrong = problem("cite-style", source.path, *place, what=what)
    return Means(library, Style(), asked, [*problems, wrong])
