"""The content of paragraphs in a DOCX file, run by run: text, calls, fields, links and pictures."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.verify.docx_numbering import Labels
from pipeline.verify.docx_package import NAMESPACES, Element, Package, Target, name
from pipeline.verify.docx_styles import Styles, hides, value
from pipeline.verify.found import (
    OPEN,
    Call,
    Entry,
    Fault,
    Link,
    Passage,
    Picture,
    call_mark,
    clean,
    normal,
    picture_mark,
    reference_mark,
)

INTERFACE = "Interface"
"""The character style of words that are the house's and not the brief's."""
NOTE_TAGS = {name("w:footnoteReference"): "footnote", name("w:endnoteReference"): "endnote"}
LEFT_OUT = frozenset(
    map(name, ("w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:proofErr", "w:bookmarkEnd"))
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all stories of a document share."""

    package: Package
    styles: Styles
    labels: Labels
    numbers: Mapping[str, str]
    """The number Word prints for each bookmark that stands at a note reference."""
    marked: Mapping[str, str]
    """The text in each bookmark that stands within a paragraph."""
    printed: Mapping[str, str]
    """The number Word prints for each note, by kind and id."""


@dataclass(slots=True)
class Harvest:
    """What a story holds beside its blocks, in order."""

    calls: list[Call] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    outline: list[Entry] = field(default_factory=list)
    """What the navigation pane shows: headings outside of tables."""
    markers: int = 0
    """How often the number of the note itself is printed."""


@dataclass(slots=True)
class Field:
    """A field that is being read: its instruction, and whether its result has begun (17.16.18)."""

    code: str = ""
    result: str = ""
    lang: str = ""
    shows: bool = False


class Runs:
    """Reads the content of one paragraph after another, and keeps what it holds beside text."""

    def __init__(self, shared: Shared, targets: Mapping[str, Target], place: str) -> None:
        """Know the document and the relationships of the part."""
        self.harvest = Harvest()
        self.anchors: list[str] = []
        """The bookmarks that were met since they were last taken."""
        self._shared = shared
        self._targets = targets
        self._place = place
        self._fields: list[Field] = []
        self._counts: Counter[str] = Counter()

    def content(self, parent: Element) -> Iterator[str]:
        """Yield the text of a paragraph or of something in it, with marks."""
        for child in parent:
            match child.tag:
                case tag if tag == name("w:r"):
                    yield from self._run(child)
                case tag if tag == name("w:hyperlink"):
                    yield self._link(child)
                case tag if tag == name("w:bookmarkStart"):
                    self.anchors.append(child.get(name("w:name"), ""))
                case tag if tag == name("w:fldSimple"):
                    text = "".join(self.content(child))
                    yield self._field_text(child.get(name("w:instr"), ""), text)
                case tag if tag in LEFT_OUT:
                    pass
                case _:
                    yield from self.content(child)

    def _run(self, run: Element) -> Iterator[str]:
        properties = run.find("w:rPr", NAMESPACES)
        style = "" if properties is None else value(properties, "w:rStyle")
        if INTERFACE in self._shared.styles.names(style):
            return
        for text in map(self._piece, run):
            if self._fields and self._fields[-1].shows:
                self._fields[-1].result += text
                self._fields[-1].lang = _language(properties)
                continue
            if text.strip() and (hides(properties) or self._shared.styles.is_hidden(style)):
                self._fault("verify-hidden", f"“{text.strip()}”")
            if OPEN not in text:
                self.harvest.passages.append(Passage(_language(properties), text))
            yield text
        for child in run.iterfind("w:fldChar", NAMESPACES):
            yield self._field_end(child)

    def _piece(self, child: Element) -> str:
        match child.tag.rpartition("}")[2]:
            case "t":
                return clean(child.text or "")
            case "tab" | "br" | "cr" | "ptab":
                return " "
            case "noBreakHyphen":
                return "\u2011"
            case "instrText" if self._fields:
                self._fields[-1].code += child.text or ""
            case "fldChar":
                self._field_begin(child)
            case "footnoteReference" | "endnoteReference":
                return self._call(NOTE_TAGS[child.tag], child.get(name("w:id"), ""))
            case "footnoteRef" | "endnoteRef":
                self.harvest.markers += 1
            case "drawing":
                return "".join(map(self._picture, child))
            case "sym" | "object" | "pict":
                self._fault("verify-text-unknown", f"an element {child.tag.rpartition('}')[2]}")
            case _:
                self.unknown(child)
        return ""

    def unknown(self, element: Element) -> None:
        """Name an element that is not read although it holds text, such as a text box."""
        if isinstance(element.tag, str) and next(element.iter(name("w:t")), None) is not None:
            self._fault("verify-text-unknown", f"an element {element.tag.rpartition('}')[2]}")

    def _call(self, kind: str, ident: str) -> str:
        """The next call of a note in the body. Word counts them; the ids mean nothing."""
        key = f"{kind} {ident}"
        number = self._shared.printed.get(key, "")
        self.harvest.calls.append(Call(number, number, self._place))
        return call_mark(number)

    def _field_begin(self, mark: Element) -> None:
        kind = mark.get(name("w:fldCharType"))
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True

    def _field_end(self, mark: Element) -> str:
        if mark.get(name("w:fldCharType")) != "end" or not self._fields:
            return ""
        done = self._fields.pop()
        text = self._field_text(done.code, done.result)
        if OPEN not in text:
            self.harvest.passages.append(Passage(done.lang, text))
        if self._fields and self._fields[-1].shows:
            self._fields[-1].result += text
            return ""
        return text

    def _field_text(self, code: str, result: str) -> str:
        """What a field shows: a NOTEREF the number of the note at its bookmark (17.16.5.37)."""
        words = code.split()
        kind = words[0].upper() if words else ""
        if kind == "SEQ":
            self._check_count(" ".join(words[1:2]), normal(result))
        elif kind == "REF":
            self._number_reference(" ".join(words[1:2]), normal(result))
        if kind != "NOTEREF":
            return result
        bookmark = words[1] if len(words) > 1 else ""
        lands = self._shared.numbers.get(bookmark, "")
        if lands != normal(result):
            where = f"note {lands}" if lands else "no note"
            what = f"“{normal(result)}”, but its bookmark {bookmark} stands at {where}"
            self._fault("verify-field", what)
        if "\\f" in words:
            self.harvest.calls.append(Call(normal(result), lands, self._place))
            return call_mark(normal(result))
        self.harvest.links.append(Link(normal(result), f"#note {lands}", self._place))
        return reference_mark(normal(result))

    def _check_count(self, name: str, result: str) -> None:
        """A SEQ field counts the fields of its name from the front of the text (17.16.5.56)."""
        self._counts[name] += 1
        if result != str(self._counts[name]):
            what = f"“{result}”, but Word counts {self._counts[name]}"
            self._fault("verify-field", what)

    def _number_reference(self, bookmark: str, result: str) -> None:
        """A REF field shows what stands in its bookmark (17.16.5.51)."""
        marked = self._shared.marked.get(bookmark, "")
        if marked != result:
            self._fault("verify-field", f"“{result}”, but its bookmark {bookmark} holds “{marked}”")
        self.harvest.links.append(Link(result, f"#{bookmark}", self._place))

    def _link(self, link: Element) -> str:
        number = len(self.harvest.links)
        text = "".join(self.content(link))
        target = self._targets.get(link.get(name("r:id"), ""))
        anchor = link.get(name("w:anchor"))
        where = f"#{anchor}" if anchor else target.where if target else ""
        self.harvest.links.insert(number, Link(normal(text), where, self._place))
        return text

    def _picture(self, frame: Element) -> str:
        self.unknown(frame)
        properties = frame.find("wp:docPr", NAMESPACES)
        alt = "" if properties is None else properties.get("descr", "")
        files = [file for blip in frame.iter(name("a:blip")) for file in self._files(blip)]
        digests = tuple(hashlib.sha256(file).hexdigest() for file in files)
        shown = files[0] if files else b""
        self.harvest.pictures.append(Picture(normal(clean(alt)), digests, shown, place=self._place))
        return picture_mark(alt)

    def _files(self, blip: Element) -> Iterator[bytes]:
        """Yield the file that is shown, and the SVG beside it."""
        for one in (blip, *blip.iter(name("asvg:svgBlip"))):
            target = self._targets.get(one.get(name("r:embed"), ""))
            data = self._shared.package.read(target.where) if target else None
            if data is not None:
                yield data

    def _fault(self, code: str, what: str) -> None:
        self.harvest.faults.append(Fault(code, what, self._place))


def _language(properties: Element | None) -> str:
    """Return the language that a run names: of letters from the right it is another one."""
    lang = None if properties is None else properties.find("w:lang", NAMESPACES)
    if properties is None or lang is None:
        return ""
    turned = properties.find("w:rtl", NAMESPACES) is not None
    return lang.get(name("w:bidi" if turned else "w:val"), "")
