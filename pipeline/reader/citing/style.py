"""The citation style of a brief: a CSL file beside it, looked through before pandoc gets it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote_from_bytes

from lxml import etree

from pipeline.beside import Unfit, bytes_beside

CSL = "{http://purl.org/net/xbiblio/csl}"
LARGEST = 1_000_000
NAME = re.compile(r"[^/\\]+\.csl")
NUMBER = "first-reference-note-number"


@dataclass(frozen=True, slots=True)
class Style:
    """A style as an address that holds it; no address stands for pandoc's own, author and date.

    `notes` says whether it cites in notes, `lists` whether it has a list of references, `numbers`
    whether it names earlier notes by number.
    """

    address: str = ""
    notes: bool = False
    lists: bool = True
    numbers: bool = False
    place: tuple[int, int] = (1, 1)
    """Where the brief names it."""


class Refused(Exception):
    """A style cannot be used; `what` says why."""

    def __init__(self, what: str) -> None:
        """Keep the reason."""
        self.what = what
        super().__init__(what)


def read_style(folder: Path, name: str, place: tuple[int, int]) -> Style:
    """Return the style in a file beside the brief, which names it at a place. Raises Refused."""
    if not NAME.fullmatch(name):
        raise Refused("it is not the name of a .csl file beside the brief")
    try:
        root = _parsed(bytes_beside(folder, name, LARGEST))
    except Unfit as error:
        raise Refused(error.what) from None
    if root.tag != f"{CSL}style":
        raise Refused("it is not a style of the Citation Style Language")
    if any(link.get("rel") == "independent-parent" for link in root.iter(f"{CSL}link")):
        raise Refused("it leans on another style, which is not fetched: take that one itself")
    if root.find(f"{CSL}citation") is None:
        raise Refused("it does not say how to cite")
    # What was looked through is what pandoc gets, whatever its own parser makes of the file.
    written = etree.tostring(root, encoding="utf-8")
    return Style(
        address="data:application/xml," + quote_from_bytes(written),
        notes=root.get("class") == "note",
        lists=root.find(f"{CSL}bibliography") is not None,
        numbers=any(NUMBER in str(node.get("variable")) for node in root.iter()),
        place=place,
    )


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(f"it is not well-formed XML (line {error.lineno})") from None
    if cast(Any, root.getroottree().docinfo).doctype:
        raise Refused("it has a document type declaration")
    return root
