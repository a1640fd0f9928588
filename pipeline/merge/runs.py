"""The runs of a paragraph in a Word file as characters with marks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from pipeline.addresses import uri
from pipeline.merge.atoms import PLAIN, Atom, Marks, character
from pipeline.merge.marking import END, START, value_of
from pipeline.wordfile import Package, name

Element = etree._Element
GONE = frozenset((name("w:del"), name("w:moveFrom"), name("mc:Fallback"), name("w:pPr")))
OFF = ("0", "false", "off", "none")
TOGGLES = {
    "strong": ("w:b",),
    "emphasis": ("w:i",),
    "strikeout": ("w:strike", "w:dstrike"),
    "small-caps": ("w:smallCaps",),
    "underline": ("w:u",),
}
RAISED = {"superscript": "superscript", "subscript": "subscript"}
HOUSE = ("interface", "between notes", "interface link", "table note reference")
"""The character styles of what is the house's and not the brief's (pipeline/renderers/word)."""
CODE = ("inline code", "verbatim char", "source text")
CALLS = {name("w:footnoteReference"): "footnote", name("w:endnoteReference"): "endnote"}
PICTURES = (name("w:drawing"), name("w:pict"), name("mc:AlternateContent"))
SIGNS = {
    name("w:tab"): "\t",
    name("w:noBreakHyphen"): "\u2011",
    name("w:softHyphen"): "\u00ad",
}
HEADING = re.compile("heading ([1-9])")
VALUE = name("w:val")
ROOT = re.compile(r"https?://[^/?#]+")
"""An address without a path, to which programs add the stroke that it means."""


class Styles:
    """The styles of a file, by what they mean."""

    def __init__(self, root: Element | None) -> None:
        """Know the styles part; a file may have none."""
        found = [] if root is None else list(root.iter(name("w:style")))
        self._by_id = {one.get(name("w:styleId"), ""): one for one in found}

    def chain(self, ident: str) -> list[Element]:
        """Return a style and those it is based on."""
        made: list[Element] = []
        while ident in self._by_id and self._by_id[ident] not in made:
            made.append(self._by_id[ident])
            ident = _value(made[-1], "w:basedOn")
        return made

    def names(self, ident: str) -> list[str]:
        """Return the names of a style and of those it is based on, in small letters."""
        return [_value(one, "w:name").lower() for one in self.chain(ident)]

    def kind(self, paragraph: Element) -> str:
        """Return what a paragraph is."""
        properties = paragraph.find(name("w:pPr"))
        if properties is None:
            return "text"
        names = self.names(_value(properties, "w:pStyle"))
        for one in names:
            if found := HEADING.fullmatch(one):
                return f"heading{found[1]}"
            if "source code" in one or "sourcecode" in one:
                return "code"
        numbered = properties.find(name("w:numPr"))
        if _value(numbered, "w:numId") in ("", "0"):
            return "text"
        return f"item{_value(numbered, 'w:ilvl') or 0}"

    def marks(self, properties: Element | None) -> tuple[Marks, list[str]]:
        """Return the marks that the properties of a run give, and the names of its styles."""
        if properties is None:
            return PLAIN, []
        ident = _value(properties, "w:rStyle")
        names = self.names(ident)
        layers = [properties, *(one.find(name("w:rPr")) for one in self.chain(ident))]
        found = {mark for mark, tags in TOGGLES.items() if any(_is_on(layers, tag) for tag in tags)}
        raised = next(filter(None, (_value(one, "w:vertAlign") for one in layers)), "")
        if raised in RAISED:
            found.add(RAISED[raised])
        if any(part in CODE for one in names for part in one.split(" + ")):
            found.add("code")
        return frozenset(found), names


def _value(element: Element | None, tag: str) -> str:
    child = None if element is None else element.find(name(tag))
    return "" if child is None else child.get(VALUE, "")


def _is_on(layers: list[Element | None], tag: str) -> bool:
    for layer in layers:
        found = None if layer is None else layer.find(name(tag))
        if found is not None:
            return found.get(VALUE, "true") not in OFF
    return False


@dataclass(slots=True)
class Line:
    """A paragraph in the making."""

    atoms: list[Atom] = field(default_factory=list)
    house: str = ""
    leaf: int | None = None
    digits: str = ""


@dataclass(slots=True)
class _Field:
    """A field that has begun: what it is told, and whether its result stands here."""

    told: str = ""
    is_result: bool = False


class Runs:
    """Reads the paragraphs of one part."""

    def __init__(
        self, styles: Styles, package: Package, part: str, bookmarks: Mapping[str, str]
    ) -> None:
        """Know what the runs of the part refer to."""
        self.styles, self._bookmarks = styles, bookmarks
        folder, _, file = part.rpartition("/")
        root = package.xml(f"{folder}/_rels/{file}.rels")
        known = [] if root is None else root.iter(name("rel:Relationship"))
        self._targets = {one.get("Id", ""): one.get("Target", "") for one in known}
        self._fields: list[_Field] = []
        self._begun: set[int] = set()

    def read(self, paragraph: Element) -> Line:
        """Return what a paragraph says."""
        line = Line()
        self._fields = []
        self._walk(paragraph, line, "")
        return line

    def _walk(self, element: Element, line: Line, link: str) -> None:
        for child in element:
            if child.tag in GONE:
                continue
            if child.tag == name("w:r"):
                self._run(child, line, link)
            elif child.tag == name("w:hyperlink"):
                self._walk(child, line, self._target(child))
            elif child.tag == name("m:oMath"):
                line.atoms += map(character, "[equation]")
            elif child.tag == name("w:fldSimple"):
                self._fields.append(_Field(child.get(name("w:instr"), ""), True))
                self._result(line, "")
                self._walk(child, line, link)
                self._fields.pop()
            elif child.tag != name("w:p"):
                self._walk(child, line, link)

    def _target(self, hyperlink: Element) -> str:
        anchor = hyperlink.get(name("w:anchor"))
        ident = hyperlink.get(name("r:id"), "")
        if ident in self._targets:
            fragment = f"#{anchor}" if anchor else ""
            return address(self._targets[ident] + fragment)
        return f"#{anchor}" if anchor else ""

    def _run(self, run: Element, line: Line, link: str) -> None:
        marks, names = self.styles.marks(run.find(name("w:rPr")))
        is_house = any(one in HOUSE for one in names for one in one.split(" + "))
        for child in run:
            tag = child.tag
            if tag == name("w:fldChar"):
                self._field(child.get(name("w:fldCharType"), ""), line, names)
            elif tag == name("w:instrText") and self._fields:
                self._fields[-1].told += child.text or ""
            elif self._is_hidden():
                continue
            elif tag == name("w:t"):
                self._text(child.text or "", line, self._marked(marks, link), is_house)
            elif tag in SIGNS:
                self._text(SIGNS[tag], line, self._marked(marks, link), is_house)
            elif tag in (name("w:br"), name("w:cr")):
                if child.get(name("w:type"), "textWrapping") == "textWrapping":
                    line.atoms.append(Atom("break", "\n"))
            elif tag in CALLS:
                line.atoms.append(Atom("call", f"{CALLS[tag]} {child.get(name('w:id'))}"))
            elif tag in PICTURES and not is_house:
                line.atoms.append(Atom("picture", ""))

    def _marked(self, marks: Marks, link: str) -> Marks:
        """Return the marks of text in a link, whose look is no mark."""
        for one in self._fields:
            words = one.told.split()
            if words[:1] == ["HYPERLINK"] and len(words) > 1:
                link = address(words[1].strip('"')) if words[1] != "\\l" else ""
                link = link or f"#{words[-1].strip(chr(34))}"
        if not link:
            return marks
        return (marks - {"underline"}) | {f"link:{link}"}

    def _is_hidden(self) -> bool:
        """Tell whether what stands here is told to a field, or its result, which it makes anew."""
        return any(not one.is_result or _makes(one.told) for one in self._fields)

    def _field(self, what: str, line: Line, names: list[str]) -> None:
        if what == "begin":
            self._fields.append(_Field())
        elif what == "separate" and self._fields:
            self._fields[-1].is_result = True
            self._result(line, " ".join(names))
        elif what == "end" and self._fields:
            self._fields.pop()

    def _result(self, line: Line, _: str) -> None:
        """Add what a field stands for."""
        words = self._fields[-1].told.split()
        if words[:1] == ["NOTEREF"] and len(words) > 1:
            note = self._bookmarks.get(words[1], words[1])
            kind = "call" if "\\f" in words else "reference"
            line.atoms.append(Atom("call" if kind == "call" else "reference", note))
        elif words[:1] == ["REF"] and len(words) > 1:
            line.atoms.append(Atom("reference", f"#{words[1]}"))

    def _text(self, text: str, line: Line, marks: Marks, is_house: bool) -> None:
        for one in text:
            if one == START:
                line.digits = ""
            elif (value := value_of(one)) is not None:
                line.digits += str(value)
            elif one == END and line.digits:
                self._begin(line, int(line.digits))
            elif is_house:
                line.house += one
            else:
                line.atoms.append(character(one, marks))

    def _begin(self, line: Line, leaf: int) -> None:
        """Begin a text anew at its marker: what stands before it is the house's.

        A text that is printed twice counts where it is printed first.
        """
        if line.leaf is None and leaf not in self._begun:
            line.house += "".join(one.text for one in line.atoms if one.kind == "character")
            line.atoms, line.leaf = [], leaf
            self._begun.add(leaf)


def _makes(told: str) -> bool:
    """Tell whether a field makes its result by itself."""
    return told.split()[:1] in (["NOTEREF"], ["REF"], ["SEQ"], ["PAGE"], ["NUMPAGES"])


def address(target: str) -> str:
    """Return an address in one form, however a program has written its signs."""
    made = uri(unquote(target)) if "%" in target else uri(target)
    return f"{made}/" if ROOT.fullmatch(made) else made
