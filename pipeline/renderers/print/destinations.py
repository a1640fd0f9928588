"""Structure destinations: links that lead to an element, and not only to a point on a page.

Each keeps its point too (ISO 32000-2, 12.3.2): a reader that knows elements goes by the element,
any other by the point.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pydyf

from pipeline.renderers.print.structure import Element, Pdf, Ties

Written = Mapping[Element, Any]
"""The dictionary in the file that each element was written to."""


def lead_to_elements(pdf: Pdf, written: Written, ties: Ties) -> None:
    """Let all names, links and bookmarks of a file lead to elements (ISO 14289-2, 8.8)."""
    document = next(iter(written))
    named = dict(_named(pdf))
    for name, target in named.items():
        _lead_to(target, ties.anchors.get(name, document), written)
    bookmarked = iter(ties.bookmarks)
    for thing in pdf.objects:
        if isinstance(thing, dict) and "Dest" in thing:
            place = thing.pop("Dest")
            if isinstance(place, pydyf.String):
                target = named[place.string]
            else:
                target = {"D": place}
                _lead_to(target, next(bookmarked), written)
            thing["A"] = pydyf.Dictionary({"Type": "/Action", "S": "/GoTo", **target})
    assert next(bookmarked, None) is None, "fewer bookmarks than elements that have one"


def _named(pdf: Pdf) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the named points, turned into dictionaries, which have room for an element."""
    entries = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    for place in range(0, len(entries), 2):
        entries[place + 1] = pydyf.Dictionary({"D": entries[place + 1]})
        yield entries[place].string, entries[place + 1]


def _lead_to(target: dict[str, Any], element: Element, written: Written) -> None:
    """Add to a point the element that it is a point of, or the nearest around it that is there."""
    there = next(each for each in element.ancestors() if each in written)
    point: Sequence[Any] = target["D"]
    target["SD"] = pydyf.Array([written[there].reference, *point[1:]])
