"""The labels of list items as Word prints them: it counts, the file only says how (17.9)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.verify.docx_package import NAMESPACES, Element, name
from pipeline.verify.docx_styles import value
from pipeline.verify.numerals import repeated_letters, roman

BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int
    form: str
    text: str
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list: the levels it has, and the counter that it shares with others of its kind."""

    levels: Mapping[int, Level]
    abstract: str


class Labels:
    """Counts the items of all lists while a document is read from front to back."""

    def __init__(self, root: Element | None) -> None:
        """Read the numbering part."""
        self._lists = {} if root is None else _lists(root)
        self._counters: dict[tuple[str, int], int] = {}
        self._started: set[tuple[str, int]] = set()

    def label(self, list_id: str, level: int) -> str:
        """Return the label of the next item of a list at a level; bullets are all alike."""
        numbered = self._lists.get(list_id)
        if numbered is None or level not in numbered.levels:
            return ""
        this = numbered.levels[level]
        if this.form == "bullet":
            return BULLET
        if this.form == "none":
            return ""
        self._count(list_id, numbered, level)
        label = this.text
        for depth, one in numbered.levels.items():
            number = self._counters.get((numbered.abstract, depth), one.start)
            label = label.replace(f"%{depth + 1}", printed(number, one.form))
        return label

    def _count(self, list_id: str, numbered: Numbered, level: int) -> None:
        this, key = numbered.levels[level], (numbered.abstract, level)
        begins = key not in self._counters
        if this.restarts and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            begins = True
        self._counters[key] = this.start if begins else self._counters[key] + 1
        for deeper in [one for one in self._counters if one[0] == key[0] and one[1] > level]:
            del self._counters[deeper]


def printed(number: int, form: str) -> str:
    """Return a number in one of Word's formats (17.18.59). Its letters go z, aa, bb, and so on."""
    match form:
        case "lowerLetter":
            return repeated_letters(number)
        case "upperLetter":
            return repeated_letters(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case _:
            return str(number)


def _lists(root: Element) -> dict[str, Numbered]:
    abstracts = {
        one.get(name("w:abstractNumId"), ""): {
            int(level.get(name("w:ilvl"), "0")): _level(level)
            for level in one.iterfind("w:lvl", NAMESPACES)
        }
        for one in root.iterfind("w:abstractNum", NAMESPACES)
    }
    return {
        one.get(name("w:numId"), ""): _numbered(one, abstracts)
        for one in root.iterfind("w:num", NAMESPACES)
    }


def _level(level: Element) -> Level:
    return Level(
        start=int(value(level, "w:start", "1")),
        form=value(level, "w:numFmt", "decimal"),
        text=value(level, "w:lvlText"),
    )


def _numbered(num: Element, abstracts: Mapping[str, Mapping[int, Level]]) -> Numbered:
    abstract = value(num, "w:abstractNumId")
    levels = dict(abstracts.get(abstract, {}))
    for override in num.iterfind("w:lvlOverride", NAMESPACES):
        depth = int(override.get(name("w:ilvl"), "0"))
        own = override.find("w:lvl", NAMESPACES)
        level = _level(own) if own is not None else levels.get(depth, Level(1, "decimal", ""))
        start = value(override, "w:startOverride")
        levels[depth] = replace(level, start=int(start), restarts=True) if start else level
    return Numbered(levels, abstract)
