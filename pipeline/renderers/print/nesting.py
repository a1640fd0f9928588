"""Which elements may stand in which: PDF 2.0 says it (ISO/TS 32005, table 5), PDF 1.7 did not."""

from itertools import groupby

from pipeline.renderers.print.structure import HEADINGS, Content, Element, Kid, descendants

FLOWING = frozenset(("Document", "Sect", "Div", "BlockQuote"))
"""Elements that hold paragraphs and no text of their own."""

INLINE = frozenset(("Span", "Quote", "Em", "Strong", "Code", "Link", "Reference"))
"""Elements that stand in a line of text."""

SECTIONED = {
    "FENote": frozenset(HEADINGS),
    "TD": frozenset(("BlockQuote",)),
    "TH": frozenset(("BlockQuote",)),
}
"""What notes and cells only hold in a section. A `Div` is none: it may hold what its parent may."""


def nest(document: Element) -> None:
    """Let every element of a document stand where PDF 2.0 allows it."""
    for element in [document, *descendants(document)]:
        if element.kind == "Div" and any(_kind(kid) == "Caption" for kid in element.kids):
            element.kind = "Sect"
        if element.kind in SECTIONED:
            _section(element, SECTIONED[element.kind])
        if element.kind in FLOWING:
            _fill_paragraphs(element)


def _section(element: Element, kinds: frozenset[str]) -> None:
    """Put what begins with one of some kinds into a section."""
    for place, kid in enumerate(element.kids):
        if not isinstance(kid, Element):
            continue
        if kid.kind == "Div" and any(_kind(each) in kinds for each in _inside(kid)):
            kid.kind = "Sect"
        if kid.kind in kinds:
            rest = element.kids[place:]
            element.kids[place:] = []
            element.add("Sect").take(rest)
            return


def _inside(division: Element) -> list[Kid]:
    """Return the kids of a division and of all divisions that stand in it."""
    found: list[Kid] = []
    for kid in division.kids:
        found += _inside(kid) if isinstance(kid, Element) and kid.kind == "Div" else [kid]
    return found


def _fill_paragraphs(element: Element) -> None:
    """Put each run of text that stands beside paragraphs into a paragraph of its own."""
    runs = [(inline, [*run]) for inline, run in groupby(element.kids, _is_inline)]
    element.kids = []
    for inline, run in runs:
        (element.add("P") if inline else element).take(run)


def _is_inline(kid: Kid) -> bool:
    return isinstance(kid, Content) or _kind(kid) in INLINE


def _kind(kid: Kid) -> str:
    return kid.kind if isinstance(kid, Element) else ""
