"""The paragraphs of a Word file as lines of text: where something stands, and what looks odd."""

from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from pipeline.intake.tree.inlines import EQUATION
from pipeline.wordfile import DOCUMENT, Package, name

Element = etree._Element
P, T = name("w:p"), name("w:t")
GONE = frozenset((name("w:del"), name("w:moveFrom"), name("mc:Fallback")))
CALLS = (name("w:footnoteReference"), name("w:endnoteReference"))
KNOWN_BY = 40
"""Characters by which the paragraph of a text is found again."""


def paragraphs(package: Package) -> list[Element]:
    """Return the paragraphs of the text in order; they are counted from 1."""
    root = package.xml(DOCUMENT)
    return [] if root is None else [one for one in root.iter(P)]


def texts_of(package: Package) -> list[str]:
    """Return the words of each paragraph, tracked changes accepted."""
    return ["".join(words(one)) for one in paragraphs(package)]


def words(element: Element) -> Iterator[str]:
    """Yield the words in an element that are left when its changes are accepted."""
    for child in element:
        if child.tag in GONE or child.tag == P:
            continue
        if child.tag == T:
            yield child.text or ""
        elif child.tag in (name("w:tab"), name("w:br"), name("w:cr")):
            yield " "
        elif child.tag == name("m:oMath"):
            yield EQUATION
        else:
            yield from words(child)


def keys_of(package: Package) -> tuple[str, ...]:
    """Return the part and id of the note of each call that is left: one may be called twice."""
    return tuple(key for one in paragraphs(package) for key in _keys(one))


def _keys(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in GONE or child.tag == P:
            continue
        if child.tag in CALLS:
            yield f"{child.tag} {child.get(name('w:id'))}"
        else:
            yield from _keys(child)


def contents_headings(package: Package) -> frozenset[str]:
    """Return the words of the headings of lists of contents, which have a style of their own."""
    root = package.xml("word/styles.xml")
    styles = [] if root is None else [*root.iter(name("w:style"))]
    named = {
        style.get(name("w:styleId"))
        for style in styles
        if (found := style.find(name("w:name"))) is not None
        and found.get(name("w:val"), "").lower() == "toc heading"
    }
    path = f"{name('w:pPr')}/{name('w:pStyle')}"
    return frozenset(
        " ".join("".join(words(one)).split())
        for one in paragraphs(package)
        if (style := one.find(path)) is not None and style.get(name("w:val")) in named
    )


def descriptions(package: Package) -> frozenset[str]:
    """Return the titles of tables for those who cannot see them (ECMA-376, part 1, 17.4.62)."""
    root = package.xml(DOCUMENT)
    found = [] if root is None else [*root.iter(name("w:tblCaption"))]
    return frozenset(" ".join(one.get(name("w:val"), "").split()) for one in found)


def place_in(texts: Sequence[str]) -> Callable[[str], int]:
    """Return what finds the number of the paragraph that a text stands in."""

    def place(text: str) -> int:
        wanted = " ".join(text.split())[:KNOWN_BY]
        if wanted:
            for number, one in enumerate(texts, start=1):
                if wanted in " ".join(one.split()):
                    return number
        return 1

    return place
