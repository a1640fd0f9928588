"""The second reader of Word files: it walks the XML from the first word to the last.

It shares no code with the first, which is pandoc's. What both are told of: tracked changes are
accepted, lists of contents are left out, the number of a caption is printed by the outputs, and a
caption is read before its table.
"""

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.intake.draft import Manuscript
from pipeline.intake.seen import ANY, Passage, Seen, SeenNote, call_mark
from pipeline.intake.tongues import numbered_part
from pipeline.wordfile import DOCUMENT, Package, name, open_package

Element = etree._Element

P, TBL = name("w:p"), name("w:tbl")
SKIPPED = frozenset(
    name(one)
    for one in (
        *("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sectPr", "w:instrText", "w:delText"),
        *("mc:Fallback", "w:object", "w:txbxContent", "w:rubyPr", "w:rt"),
    )
)
"""Elements whose words are not read: deleted, formatting, codes of fields, the same once more."""
SPACES = frozenset((name("w:tab"), name("w:br"), name("w:cr"), name("w:ptab")))
REFERENCES = {name("w:footnoteReference"): "footnote", name("w:endnoteReference"): "endnote"}
PARTS = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
EQUATIONS = frozenset((name("m:oMath"),))
EQUATION = "[equation]"
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
CAPTION = re.compile(r"(?i)(?:image |table |figure )?caption")
BOXES = frozenset("☐☑☒")
AFTER = " \u00a0.:|–—-"
"""What may stand between the number of a caption and its words."""
CONTENTS = re.compile(r"(?i)(?:toc|contents|table of figures)(?: ?\d+)?")


def see_word(manuscript: Manuscript) -> Seen:
    """Return a Word file as it is read aloud. Raises BriefError when it cannot be read."""
    package = open_package(manuscript.data, manuscript.path)
    reader = _Reader(package)
    root = package.xml(DOCUMENT)
    body = None if root is None else root.find(name("w:body"))
    passages = [] if body is None else list(reader.passages(body))
    for line in reversed(reader.first):
        passages.sort(key=lambda one: one.line != line)
    return Seen(tuple(passages), tuple(reader.notes()), is_marked=False)


class _Reader:
    """Reads on, counting paragraphs and notes."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = dict(_styles(package))
        self.boxes = dict(_boxes(package))
        self.line = 0
        self.firsts: dict[str, int] = {}
        self.called: dict[tuple[str, str], tuple[int, int]] = {}

    @property
    def first(self) -> list[int]:
        """The paragraphs that are read first, wherever they stand: title, and then subtitle."""
        return [self.firsts[one] for one in ("title", "subtitle") if one in self.firsts]

    def passages(self, container: Element) -> Iterator[Passage]:
        """Yield the paragraphs of a container, a caption before the table it follows.

        One that has a caption above it takes no other.
        """
        held: list[Passage] = []
        is_captioned = comes_below = False
        for child in container:
            if child.tag == TBL:
                yield from held
                held = [one for one in self._table(child) if one.text.strip()]
                is_captioned, comes_below = comes_below, False
            elif child.tag == P:
                found, style = self._paragraph(child)
                is_caption = CAPTION.fullmatch(style) is not None
                if found is None or (held and not found.text.strip()):
                    continue
                if is_caption and held and not is_captioned:
                    held.insert(0, found)
                else:
                    yield from held
                    held = []
                    yield found
                    comes_below = is_caption
            elif child.tag not in SKIPPED and child.find(f".//{P}") is not None:
                yield from held
                held = []
                yield from self.passages(child)
        yield from held

    def _paragraph(self, paragraph: Element) -> tuple[Passage | None, str]:
        """Return a paragraph, nothing of a list of contents, and the name of its style."""
        self.line += 1
        style = self._style(paragraph)
        text = self._box(paragraph) + UNSEEN.sub("", "".join(self._words(paragraph)))
        if text.strip():
            self.firsts.setdefault(style.lower(), self.line)
        if CONTENTS.fullmatch(style) or self._heads_contents(paragraph, style):
            return None, style
        if CAPTION.fullmatch(style):
            text = text.lstrip()
            text = text[len(numbered_part(text)) :].lstrip(AFTER)
        return Passage(text, self.line), style

    def _box(self, paragraph: Element) -> str:
        """Return the box to tick that numbers an item, which is read as text."""
        path = f"{name('w:pPr')}/{name('w:numPr')}/"
        found = [paragraph.find(f"{path}{name(one)}") for one in ("w:numId", "w:ilvl")]
        number, level = ("0" if one is None else one.get(name("w:val"), "0") for one in found)
        return self.boxes.get((number, level), "")

    def _heads_contents(self, paragraph: Element, style: str) -> bool:
        """Tell whether a paragraph stands over a list of contents."""
        behind = paragraph.getnext()
        if style.lower() != "toc heading" or behind is None or behind.tag != P:
            return False
        return CONTENTS.fullmatch(self._style(behind)) is not None

    def _table(self, table: Element) -> Iterator[Passage]:
        for row in table.iter(name("w:tr")):
            if next(row.iterancestors(TBL)) is not table:
                continue
            for cell in row.iter(name("w:tc")):
                if next(cell.iterancestors(TBL)) is table:
                    yield from self.passages(cell)

    def _style(self, paragraph: Element) -> str:
        found = paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}")
        ident = "" if found is None else found.get(name("w:val"), "")
        return self.styles.get(ident, ident)

    def _words(self, element: Element) -> Iterator[str]:
        for child in element:
            if child.tag in SKIPPED or not isinstance(child.tag, str):
                continue
            if child.tag == name("w:sym"):
                yield ANY
            elif child.tag == name("w:t"):
                yield "" if _is_mark(child) else child.text or ""
            elif child.tag in SPACES:
                yield " "
            elif child.tag == name("w:noBreakHyphen"):
                yield "\u2011"
            elif child.tag in EQUATIONS:
                yield EQUATION
            elif child.tag in REFERENCES:
                yield self._call(REFERENCES[child.tag], child.get(name("w:id"), ""))
            else:
                yield from self._words(child)

    def _call(self, kind: str, ident: str) -> str:
        number = len(self.called) + 1
        self.called.setdefault((kind, ident), (number, self.line))
        return call_mark(self.called[(kind, ident)][0])

    def notes(self) -> Iterator[SeenNote]:
        """Yield the notes that were called, in their order."""
        texts = {
            (kind, one.get(name("w:id"), "")): "\n".join(
                UNSEEN.sub("", "".join(self._words(paragraph))) for paragraph in one.iter(P)
            )
            for kind, part in PARTS.items()
            if (root := self.package.xml(part)) is not None
            for one in root
        }
        for key, (number, line) in list(self.called.items()):
            if key in texts:
                yield SeenNote(number, texts[key], line)


def _is_mark(text: Element) -> bool:
    """Tell whether a text is the author's own sign for a note, which the outputs number instead."""
    run = text.getparent()
    calls = () if run is None else run.iterchildren(*REFERENCES)
    return any(one.get(name("w:customMarkFollows")) in ("1", "true", "on") for one in calls)


def _boxes(package: Package) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the levels of lists whose items are boxes to tick, by list and level."""
    root = package.xml("word/numbering.xml")
    signs = {
        (one.get(name("w:abstractNumId")), level.get(name("w:ilvl"), "")): sign
        for one in (() if root is None else root.iter(name("w:abstractNum")))
        for level in one.iter(name("w:lvl"))
        if (text := level.find(name("w:lvlText"))) is not None
        and (sign := text.get(name("w:val"), "")) in BOXES
    }
    for one in () if root is None or not signs else root.iter(name("w:num")):
        kind = one.find(name("w:abstractNumId"))
        for (ident, level), sign in signs.items():
            if kind is not None and kind.get(name("w:val")) == ident:
                yield (one.get(name("w:numId"), ""), level), sign


def _styles(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the ids of styles with their names, which are the same in every language of Word."""
    root = package.xml("word/styles.xml")
    for style in () if root is None else root.iter(name("w:style")):
        named = style.find(name("w:name"))
        if named is not None:
            yield style.get(name("w:styleId"), ""), named.get(name("w:val"), "")
