"""A DOCX file read back from its parts, with the numbers that Word would print."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.verify.docx_numbering import Labels, printed
from pipeline.verify.docx_package import NAMESPACES, Element, Package, name, open_package
from pipeline.verify.docx_runs import NOTE_TAGS, Harvest, Shared
from pipeline.verify.docx_story import Story
from pipeline.verify.docx_styles import Styles, value
from pipeline.verify.found import (
    Block,
    Contents,
    Document,
    Fault,
    Link,
    Note,
    Property,
    normal,
)
from pipeline.verify.tongues import gathered

MAIN = "word/document.xml"
PARTS = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


def read(data: bytes) -> Document:
    """Return what a reader of the file finds. Raises Unreadable when it is not a DOCX file."""
    package = open_package(data)
    root = package.needed(MAIN)
    references = tuple(_references(root, package.xml("word/settings.xml")))
    shared = Shared(
        package=package,
        styles=Styles(package.xml("word/styles.xml")),
        labels=Labels(package.xml("word/numbering.xml")),
        numbers=_bookmarked(root, references),
        marked=_marked(root),
        printed={key: number for key, number, _ in reversed(references)},
    )
    story = Story(shared, package.targets(MAIN), "in the text")
    blocks = tuple(story.blocks(root.find("w:body", NAMESPACES)))
    noted = tuple(_notes(shared, references))
    harvests = (story.harvest, *(harvest for _, harvest in noted))
    everything = (*blocks, *(block for note, _ in noted for block in note.blocks))
    return Document(
        blocks=blocks,
        notes=tuple(note for note, _ in noted),
        calls=tuple(story.harvest.calls),
        links=tuple(_landed(harvests, everything)),
        pictures=tuple(one for harvest in harvests for one in harvest.pictures),
        properties=tuple(_properties(package, shared)),
        passages=gathered(
            (one for harvest in harvests for one in harvest.passages), _own_language(package)
        ),
        placement=_placement(references),
        contents=(Contents("the navigation pane", tuple(story.harvest.outline)),),
        faults=(
            *(fault for harvest in harvests for fault in harvest.faults),
            *_restarts(root, package.xml("word/settings.xml")),
            *_lost_notes(package, references),
            *_bookmark_faults(package),
        ),
    )


Reference = tuple[str, str, Element]
"""Kind and id of a note that is referred to, its number, and the reference itself."""


def _references(root: Element, settings: Element | None) -> Iterator[Reference]:
    """Yield the note references of the body. Word numbers each kind in the order they stand in."""
    counts = {"footnote": 0, "endnote": 0}
    for element in root.iter(*NOTE_TAGS):
        kind = NOTE_TAGS[element.tag]
        start, form = _form(root, settings, kind)
        counts[kind] += 1
        number = printed(start + counts[kind] - 1, form)
        yield f"{kind} {element.get(name('w:id'), '')}", number, element


def _form(root: Element, settings: Element | None, kind: str) -> tuple[int, str]:
    """Return where numbers start and how they look; the section overrules the document."""
    default = "lowerRoman" if kind == "endnote" else "decimal"
    start, form = "1", default
    for holder, path in ((settings, f"w:{kind}Pr"), (root, f"w:body/w:sectPr/w:{kind}Pr")):
        found = None if holder is None else holder.find(path, NAMESPACES)
        if found is not None:
            start = value(found, "w:numStart", start)
            form = value(found, "w:numFmt", form)
    return int(start), form


def _restarts(root: Element, settings: Element | None) -> Iterator[Fault]:
    """Yield numbering that begins anew within the document: no number would be sure (17.11.19)."""
    for kind in PARTS:
        holders = (*root.iter(name(f"w:{kind}Pr")), *_in(settings, f"w:{kind}Pr"))
        restarts = {value(holder, "w:numRestart", "continuous") for holder in holders}
        for restart in sorted(restarts - {"continuous"}):
            yield Fault("verify-note-number", f"the numbers of {kind}s restart: {restart}")


def _in(root: Element | None, path: str) -> list[Element]:
    return [] if root is None else root.findall(path, NAMESPACES)


def _bookmarked(root: Element, references: tuple[Reference, ...]) -> Mapping[str, str]:
    """Return the number of the note at each bookmark that stands around a reference."""
    numbers = {id(element): number for _, number, element in references}
    open_marks: dict[str, str] = {}
    found: dict[str, str] = {}
    for element in root.iter(name("w:bookmarkStart"), name("w:bookmarkEnd"), *NOTE_TAGS):
        if element.tag == name("w:bookmarkStart"):
            open_marks[element.get(name("w:id"), "")] = element.get(name("w:name"), "")
        elif element.tag == name("w:bookmarkEnd"):
            open_marks.pop(element.get(name("w:id"), ""), None)
        else:
            for mark in open_marks.values():
                found.setdefault(mark, numbers[id(element)])
    return found


def _marked(root: Element) -> Mapping[str, str]:
    """Return the text in each bookmark, as a field that repeats it would show it."""
    open_marks: dict[str, str] = {}
    found: dict[str, str] = {}
    for element in root.iter(name("w:bookmarkStart"), name("w:bookmarkEnd"), name("w:t")):
        if element.tag == name("w:bookmarkStart"):
            open_marks[element.get(name("w:id"), "")] = element.get(name("w:name"), "")
        elif element.tag == name("w:bookmarkEnd"):
            open_marks.pop(element.get(name("w:id"), ""), None)
        else:
            for mark in open_marks.values():
                found[mark] = found.get(mark, "") + (element.text or "")
    return found


def _notes(shared: Shared, references: tuple[Reference, ...]) -> Iterator[tuple[Note, Harvest]]:
    """Yield each note that is referred to, in the order of its references."""
    parts = {kind: shared.package.xml(part) for kind, part in PARTS.items()}
    bodies = {
        f"{kind} {note.get(name('w:id'), '')}": (kind, note)
        for kind, root in parts.items()
        if root is not None
        for note in root
        if note.get(name("w:type"), "normal") not in SEPARATORS
    }
    for key, number, _ in references:
        if key in bodies:
            kind, body = bodies[key]
            story = Story(shared, shared.package.targets(PARTS[kind]), f"in note {number}")
            note = Note(number, tuple(story.blocks(body)), place=f"in {PARTS[kind]}")
            if story.harvest.markers != 1:
                what = f"note {number} prints its number {story.harvest.markers} times"
                story.harvest.faults.append(Fault("verify-note-number", what))
            yield note, story.harvest


def _lost_notes(package: Package, references: tuple[Reference, ...]) -> Iterator[Fault]:
    """Yield notes that nothing refers to: Word does not print them; and references to no note."""
    called = {key for key, _, _ in references}
    written: set[str] = set()
    for kind, part in PARTS.items():
        root = package.xml(part)
        for note in () if root is None else root:
            if note.get(name("w:type"), "normal") not in SEPARATORS:
                written.add(f"{kind} {note.get(name('w:id'), '')}")
    for key in sorted(written - called):
        yield Fault("verify-note-link", f"the {key} in the file is never called")
    for key in sorted(called - written):
        yield Fault("verify-note-link", f"the {key} is called and is not in the file")


def _bookmark_faults(package: Package) -> Iterator[Fault]:
    """Yield bookmarks that are set twice or not closed: a link to one leads nowhere (17.13.6)."""
    starts: list[Element] = []
    ends: set[str] = set()
    for part in (MAIN, *PARTS.values()):
        root = package.xml(part)
        if root is not None:
            starts.extend(root.iter(name("w:bookmarkStart")))
            ends |= {end.get(name("w:id"), "") for end in root.iter(name("w:bookmarkEnd"))}
    names: set[str] = set()
    for start in starts:
        mark = start.get(name("w:name"), "").lower()
        if mark in names:
            yield Fault("verify-note-link", f"the bookmark {mark} is set twice")
        if start.get(name("w:id"), "") not in ends:
            yield Fault("verify-note-link", f"the bookmark {mark} is not closed")
        names.add(mark)


def _placement(references: tuple[Reference, ...]) -> str:
    """Return where Word prints the notes; both places at once are neither."""
    kinds = {key.partition(" ")[0] for key, _, _ in references}
    return {"footnote": "foot", "endnote": "end"}[kinds.pop()] if len(kinds) == 1 else ""


def _landed(harvests: tuple[Harvest, ...], blocks: tuple[Block, ...]) -> Iterator[Link]:
    """Yield the links; those to a bookmark with the text of the block it stands at."""
    landings = {ident: block.text for block in reversed(blocks) for ident in block.ids}
    for harvest in harvests:
        for link in harvest.links:
            inner = link.target.startswith("#") and not link.target.startswith("#note ")
            yield replace(link, target=f"#{landings.get(link.target[1:], '')}") if inner else link


def _properties(package: Package, shared: Shared) -> Iterator[Property]:
    """Yield the core properties (ECMA-376, part 2, section 11), and the language of the text."""
    core = package.needed("docProps/core.xml")
    where = "in docProps/core.xml"

    def text(path: str) -> str:
        return normal(core.findtext(path, "", NAMESPACES))

    yield Property("title", text("dc:title"), where)
    yield Property("authors", text("dc:creator"), where)
    yield Property("description", text("dc:description"), where)
    yield Property("keywords", text("cp:keywords"), where)
    yield Property("language", text("dc:language"), where)
    yield Property("date", text("dcterms:created")[:10], where)
    yield Property("updated", text("dcterms:modified")[:10], where)
    yield from _own_properties(package)
    yield Property("language", _own_language(package), "in the styles")


def _own_language(package: Package) -> str:
    """Return the language of all text that names no other."""
    styles = package.needed("word/styles.xml")
    lang = styles.find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", NAMESPACES)
    return "" if lang is None else lang.get(name("w:val"), "")


OWN = {
    "DOI": "DOI",
    "ISSN": "ISSN",
    "ISBN": "ISBN",
    "Series": "series",
    "Number": "number",
    "License": "licence",
    "Language": "language",
    "Content SHA-256": "digest of the content",
}
"""Properties of the house's own form (ECMA-376, part 1, section 22.3), and what each must say."""


def _own_properties(package: Package) -> Iterator[Property]:
    part = package.needed("docProps/custom.xml")
    found = {one.get("name", ""): normal("".join(map(str, one.itertext()))) for one in part}
    for key, kind in OWN.items():
        yield Property(kind, found.get(key, ""), "in docProps/custom.xml")
