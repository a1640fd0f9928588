"""What makes a Word file faulty although the Open XML SDK accepts it: a lint of the package."""

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "p": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
STORIES = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
STYLE_REFERENCES = {
    "pStyle": "paragraph",
    "rStyle": "character",
    "tblStyle": "table",
}
PARAGRAPH_PROPERTIES = {"pStyle", "numPr", "sectPr", "pPrChange"}
TRACKED = {"ins", "del"}
RUN_PROPERTIES = {"rStyle", "lang", "rtl"}
MAY_BE_EMPTY = {"TableEnd", "ThematicBreak"}


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def val(element: Element) -> str:
    return element.get(w("val"), "")


def inner(element: Element, path: str) -> Element:
    """Return the element at a path such as `w:pPr/w:jc`, which must be there."""
    found = element.find(path, NS)
    assert found is not None, path
    return found


def local(element: Element) -> str:
    return etree.QName(element).localname


@dataclass(frozen=True)
class Docx:
    """The parts of a package and, for those of XML, their roots."""

    names: tuple[str, ...]
    data: Mapping[str, bytes]
    roots: Mapping[str, Element]

    def find(self, part: str, path: str) -> list[Element]:
        found = self.roots[part].xpath(path, namespaces=NS) if part in self.roots else []
        assert isinstance(found, list)
        return [one for one in found if isinstance(one, etree._Element)]

    def everywhere(self, path: str) -> list[Element]:
        return [one for part in self.roots for one in self.find(part, path)]

    def in_stories(self, path: str) -> list[Element]:
        return [one for part in STORIES for one in self.find(part, path)]


def read(data: bytes) -> Docx:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = tuple(archive.namelist())
        contents = {name: archive.read(name) for name in names}
    xml = (name for name in names if name.endswith((".xml", ".rels")))
    return Docx(names, contents, {name: etree.fromstring(contents[name]) for name in xml})


def faults(docx: Docx) -> list[str]:
    """Name everything that is wrong."""
    return [
        *_parts(docx),
        *_relationships(docx),
        *_styles(docx),
        *_formatting(docx),
        *_bookmarks(docx),
        *_fields(docx),
        *_notes(docx),
        *_numbering(docx),
        *_tables(docx),
        *_paragraphs(docx),
        *_pictures(docx),
        *_changes(docx),
    ]


def _twice(what: str, names: Iterator[str] | list[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{what} {name} is there {count} times"


def _parts(docx: Docx) -> Iterator[str]:
    yield from _twice("part", list(docx.names))
    types = docx.roots["[Content_Types].xml"]
    endings = {one.get("Extension") for one in types.iterfind("ct:Default", NS)}
    named = {one.get("PartName") for one in types.iterfind("ct:Override", NS)}
    for name in docx.names:
        if f"/{name}" not in named and name.rpartition(".")[2] not in endings:
            yield f"{name} has no content type"
        if name.endswith(".xml") and name[0] != "[" and f"/{name}" not in named:
            yield f"{name} is only known as XML"
    for name in map(str, named):
        if name[1:] not in docx.names:
            yield f"{name} is typed but not there"


def _targets(docx: Docx) -> Iterator[tuple[str, str, str]]:
    """Yield part, id and target of every inner relationship."""
    for rels in (name for name in docx.names if name.endswith(".rels")):
        folder, _, file = rels.partition("_rels/")
        for one in docx.roots[rels].iterfind("p:Relationship", NS):
            target = str(one.get("Target"))
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, target))
                if target not in docx.names:
                    yield rels, "", f"{rels} leads to {target}, which is not there"
            yield f"{folder}{file.removesuffix('.rels')}", str(one.get("Id")), target


def _relationships(docx: Docx) -> Iterator[str]:
    found = list(_targets(docx))
    yield from (target for _, ident, target in found if not ident)
    known = {(part, ident) for part, ident, _ in found}
    reached = {target for _, _, target in found}
    for part in docx.roots:
        for one in docx.find(part, "//@r:id/.. | //@r:embed/.."):
            for key in ("id", "embed"):
                ident = one.get(f"{{{NS['r']}}}{key}")
                if ident and (part, ident) not in known:
                    yield f"{part} uses {ident}, which it does not have"
    for name in docx.names:
        if not name.endswith(".rels") and name[0] != "[" and name not in reached:
            yield f"nothing leads to {name}"


def _styles(docx: Docx) -> Iterator[str]:
    styles = docx.find("word/styles.xml", "//w:style")
    kinds = {str(one.get(w("styleId"))): one.get(w("type")) for one in styles}
    yield from _twice("style id", [str(one.get(w("styleId"))) for one in styles])
    names = [val(one).lower() for one in docx.find("word/styles.xml", "//w:style/w:name")]
    yield from _twice("style name", names)
    for tag, kind in STYLE_REFERENCES.items():
        for one in docx.everywhere(f"//w:{tag}"):
            if kinds.get(val(one)) != kind:
                yield f"{val(one)} is not a {kind} style"
    for other in docx.find("word/styles.xml", "//w:basedOn | //w:next"):
        style = other.getparent()
        assert style is not None
        if kinds.get(val(other)) != style.get(w("type")):
            yield f"style {style.get(w('styleId'))} names {val(other)}, which is no such style"


def _formatting(docx: Docx) -> Iterator[str]:
    for one in docx.in_stories("//w:pPr/* | //w:r/w:rPr/*"):
        parent = one.getparent()
        assert parent is not None
        allowed = PARAGRAPH_PROPERTIES if local(parent) == "pPr" else RUN_PROPERTIES
        is_tracked = local(one) == "rPr" and {local(mark) for mark in one} <= TRACKED
        if local(one) not in allowed and not is_tracked:
            yield f"direct formatting: {local(one)}"


def _bookmarks(docx: Docx) -> Iterator[str]:
    starts = docx.in_stories("//w:bookmarkStart")
    names = [str(one.get(w("name"))) for one in starts]
    yield from _twice("bookmark", [name.lower() for name in names])
    yield from _twice("bookmark id", [str(one.get(w("id"))) for one in starts])
    for name in names:
        if len(name) > 40 or not name.replace("_", "a").isalnum() or name[0].isdigit():
            yield f"bookmark name {name}"
    for part in STORIES:
        opened = [one.get(w("id")) for one in docx.find(part, "//w:bookmarkStart")]
        closed = [one.get(w("id")) for one in docx.find(part, "//w:bookmarkEnd")]
        if sorted(map(str, opened)) != sorted(map(str, closed)):
            yield f"bookmarks of {part} are not closed where they opened"
    for one in docx.in_stories("//w:hyperlink[@w:anchor]"):
        if one.get(w("anchor")) not in names:
            yield f"a link leads to {one.get(w('anchor'))}, which is not there"


def _fields(docx: Docx) -> Iterator[str]:
    numbers = note_bookmarks(docx)
    counts: Counter[str] = Counter()
    for part in (*STORIES, "word/footer.xml"):
        marks = [one.get(w("fldCharType")) for one in docx.find(part, "//w:fldChar")]
        if marks != ["begin", "separate", "end"] * (len(marks) // 3):
            yield f"the fields of {part} are not whole"
    for instruction in docx.in_stories("//w:instrText"):
        words = (instruction.text or "").split()
        run = instruction.getparent()
        assert run is not None
        cached = str(run.xpath("string(following-sibling::w:r[w:t][1]/w:t)", namespaces=NS))
        match words:
            case ["NOTEREF", mark, *_]:
                should = str(numbers.get(mark))
            case ["REF", mark, "\\h"]:
                should = marked_text(docx, mark)
            case ["SEQ", ("Figure" | "Table") as kind]:
                counts[kind] += 1
                should = str(counts[kind])
            case _:
                should = "nothing: it is not one of ours"
        if should != cached:
            yield f"the field {words} shows {cached}, but should show {should}"


def marked_text(docx: Docx, mark: str) -> str:
    """Return the text between the ends of a bookmark that stands in one paragraph."""
    [start] = docx.in_stories(f"//w:bookmarkStart[@w:name='{mark}']")
    texts: list[str] = []
    for one in start.itersiblings():
        if one.tag == w("bookmarkEnd") and one.get(w("id")) == start.get(w("id")):
            return "".join(texts)
        texts += [text.text or "" for text in one.iter(w("t"))]
    return "a bookmark that is not closed in its paragraph"


def note_bookmarks(docx: Docx) -> dict[str, int]:
    """Return the number of the note that each bookmark stands around, of those not deleted."""
    kinds = ("footnote", "endnote")
    path = " | ".join(f"//w:{kind}Reference[not(ancestor::w:del)]" for kind in kinds)
    references = docx.find("word/document.xml", path)
    found: dict[str, int] = {}
    for number, one in enumerate(references, start=1):
        run = "ancestor::*[self::w:r or self::w:ins][last()]"
        path = f"string({run}/preceding-sibling::*[1][self::w:bookmarkStart]/@w:name)"
        found[str(one.xpath(path, namespaces=NS))] = number
    return found


def _changes(docx: Docx) -> Iterator[str]:
    changes = docx.in_stories("//w:ins | //w:del | //w:pPrChange")
    marks = docx.in_stories("//w:bookmarkStart")
    yield from _twice("annotation", [str(one.get(w("id"))) for one in (*changes, *marks)])
    for one in changes:
        if not one.get(w("author")) or not one.get(w("date")):
            yield f"a change {one.get(w('id'))} without author or date"
    for one in docx.in_stories("//w:del//w:t | //w:del//w:instrText | //w:ins//w:delText"):
        yield f"{local(one)} in a change of another kind"


def _notes(docx: Docx) -> Iterator[str]:
    for kind in ("footnote", "endnote"):
        called = [one.get(w("id")) for one in docx.everywhere(f"//w:{kind}Reference")]
        notes = docx.find(f"word/{kind}s.xml", f"/w:{kind}s/w:{kind}[not(@w:type)]")
        if called != [one.get(w("id")) for one in notes]:
            yield f"{kind}s are not called in their order, each once: {called}"
        for note in notes:
            if len(note.findall(f".//w:{kind}Ref", NS)) != 1:
                yield f"{kind} {note.get(w('id'))} does not print its number once"
        special = docx.find(f"word/{kind}s.xml", f"/w:{kind}s/w:{kind}[@w:type]/@w:id/..")
        declared = docx.find("word/settings.xml", f"//w:{kind}Pr/w:{kind}")
        if [one.get(w("id")) for one in special] != [one.get(w("id")) for one in declared]:
            yield f"the separators of {kind}s are not those of the settings"


def _numbering(docx: Docx) -> Iterator[str]:
    lists = docx.find("word/numbering.xml", "//w:num")
    abstract = docx.find("word/numbering.xml", "//w:abstractNum")
    yield from _twice("list", [str(one.get(w("numId"))) for one in lists])
    yield from _twice("list definition", [str(one.get(w("abstractNumId"))) for one in abstract])
    levels = {
        str(one.get(w("abstractNumId"))): {str(x.get(w("ilvl"))) for x in one.iterfind("w:lvl", NS)}
        for one in abstract
    }
    known = {str(one.get(w("numId"))): levels.get(val(one[0]), set()) for one in lists}
    for one in docx.everywhere("//w:numPr"):
        number, level = one.find("w:numId", NS), one.find("w:ilvl", NS)
        assert number is not None
        if ("0" if level is None else val(level)) not in known.get(val(number), set()):
            yield f"list {val(number)} has no such level"


def _tables(docx: Docx) -> Iterator[str]:
    for table in docx.in_stories("//w:tbl"):
        columns = len(table.findall("w:tblGrid/w:gridCol", NS))
        rows = table.findall("w:tr", NS)
        if not rows:
            yield "a table has no rows"
        for row in rows:
            spans = [one.find("w:tcPr/w:gridSpan", NS) for one in row.iterfind("w:tc", NS)]
            if sum(1 if span is None else int(val(span)) for span in spans) != columns:
                yield "a row does not fill its table"
        following = table.getnext()
        while following is not None and local(following) in ("bookmarkStart", "bookmarkEnd"):
            following = following.getnext()
        if following is None or local(following) in ("tbl", "sectPr"):
            yield "no paragraph stands after a table"


def _paragraphs(docx: Docx) -> Iterator[str]:
    for one in docx.in_stories("//w:tc | //w:footnote | //w:endnote"):
        if len(one) == 0 or local(one[-1]) not in ("p", "bookmarkEnd"):
            yield f"a {local(one)} does not end with a paragraph"
    for one in docx.in_stories("//w:p[not(.//w:r)]"):
        style = one.find("w:pPr/w:pStyle", NS)
        parent = one.getparent()
        in_cell = parent is not None and local(parent) == "tc"
        numbered = style is not None and "List" in val(style)
        if style is None or not (in_cell or numbered or val(style).split("-")[0] in MAY_BE_EMPTY):
            yield f"an empty paragraph in {'no style' if style is None else val(style)}"


def _pictures(docx: Docx) -> Iterator[str]:
    frames = docx.in_stories("//wp:docPr")
    yield from _twice("picture id", [str(one.get("id")) for one in frames])
    for one in frames:
        if one.get("descr") is None:
            yield "a picture says nothing"
