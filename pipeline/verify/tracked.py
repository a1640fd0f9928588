"""Word files with tracked changes, as they are when all of them are accepted, or all rejected.

Nothing here is shared with what writes such files. Bare section numbers are of ECMA-376-1:2016.
"""

import io
import zipfile
from copy import deepcopy
from typing import Literal

from lxml import etree

from pipeline.verify.docx_package import Element, name
from pipeline.verify.docx_runs import NOTE_TAGS
from pipeline.verify.found import Unreadable

Way = Literal["accept", "reject"]
MAIN = "word/document.xml"
STORIES = (MAIN, "word/footnotes.xml", "word/endnotes.xml")
GOES = {"accept": name("w:del"), "reject": name("w:ins")}
STAYS = {"accept": name("w:ins"), "reject": name("w:del")}
P, TABLE, ROW, LINK = name("w:p"), name("w:tbl"), name("w:tr"), name("w:hyperlink")
PROPERTIES, RUN, ROW_PROPERTIES = name("w:pPr"), name("w:rPr"), name("w:trPr")
BOOKMARKS = frozenset((name("w:bookmarkStart"), name("w:bookmarkEnd")))
PLAIN = {name("w:delText"): name("w:t"), name("w:delInstrText"): name("w:instrText")}
CHANGE, SECTION = name("w:pPrChange"), name("w:sectPr")


def settled(data: bytes, way: Way) -> bytes:
    """Return a Word file with all its changes accepted or rejected. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {one: archive.read(one) for one in archive.namelist()}
        roots = {one: etree.fromstring(parts[one]) for one in STORIES if one in parts}
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise Unreadable(str(error)) from None
    for root in roots.values():
        _settle(root, way)
    _without_lost_notes(roots)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for one, part in parts.items():
            archive.writestr(one, etree.tostring(roots[one]) if one in roots else part)
    return stream.getvalue()


def _settle(root: Element, way: Way) -> None:
    _rows(root, way)
    _runs(root, way)
    for change in list(root.iter(CHANGE)):
        _properties(change, way)
    for link in list(root.iter(LINK)):
        if next(link.iter(name("w:r")), None) is None:
            _unwrap(link)
    for paragraph in list(root.iter(P)):
        _end(paragraph, way)


def _rows(root: Element, way: Way) -> None:
    """Take away rows that are deleted, or whose insertion is rejected, and tables without any."""
    for row in list(root.iter(ROW)):
        properties = row.find(ROW_PROPERTIES)
        if properties is not None and properties.find(GOES[way]) is not None:
            _remove(row)
        elif properties is not None:
            for mark in properties.findall(STAYS[way]):
                properties.remove(mark)
    for table in list(root.iter(TABLE)):
        if table.find(ROW) is None:
            _remove(table)


def _runs(root: Element, way: Way) -> None:
    """Take away runs, or the marks around them; marks in properties are of other things."""
    for mark in list(root.iter(GOES[way], STAYS[way])):
        parent = mark.getparent()
        if parent is None or parent.tag in (RUN, ROW_PROPERTIES):
            continue
        if mark.tag == GOES[way]:
            _remove(mark)
        else:
            _unwrap(mark)
    for element in list(root.iter(*PLAIN)):
        element.tag = PLAIN[str(element.tag)]


def _properties(change: Element, way: Way) -> None:
    """Keep the properties of a paragraph, or give it those it had (17.13.5.29)."""
    now = change.getparent()
    assert now is not None
    now.remove(change)
    was = change.find(PROPERTIES)
    if way == "accept" or was is None:
        return
    own = [one for one in now if one.tag in (RUN, SECTION)]
    now[:] = [*deepcopy(list(was)), *own]


def _end(paragraph: Element, way: Way) -> None:
    """Join a paragraph whose end goes to the one that follows (17.13.5.13, 17.13.5.15)."""
    properties = paragraph.find(PROPERTIES)
    marks = None if properties is None else properties.find(RUN)
    if properties is None or marks is None:
        return
    goes = marks.find(GOES[way]) is not None
    for mark in marks.findall(STAYS[way]):
        marks.remove(mark)
    if not goes:
        if not len(marks):
            properties.remove(marks)
        return
    content = [one for one in paragraph if one.tag != PROPERTIES]
    if all(one.tag in BOOKMARKS for one in content):
        _remove(paragraph)
    elif (following := _following(paragraph)) is not None:
        for place, one in enumerate(content, start=1):
            following.insert(place, one)
        _remove(paragraph)


def _following(paragraph: Element) -> Element | None:
    """Return the paragraph that follows, if nothing else does."""
    for one in paragraph.itersiblings():
        if one.tag not in BOOKMARKS:
            return one if one.tag == P else None
    return None


def _without_lost_notes(roots: dict[str, Element]) -> None:
    """Take away the notes whose references are gone, as Word does."""
    called = {
        f"{NOTE_TAGS[str(one.tag)]} {one.get(name('w:id'))}" for one in roots[MAIN].iter(*NOTE_TAGS)
    }
    for part, root in roots.items():
        if part == MAIN:
            continue
        for note in [one for one in root if one.get(name("w:type")) is None]:
            if f"{etree.QName(note).localname} {note.get(name('w:id'))}" not in called:
                root.remove(note)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    """Put what an element holds into its place."""
    for child in list(element):
        element.addprevious(child)
    _remove(element)
