"""Ways to spoil a good output, for tests that the damage is seen."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence

import pikepdf

Edit = Callable[[pikepdf.Pdf], None]


def in_text(data: bytes, before: str, after: str, count: int = 1) -> bytes:
    """Return a text file with a passage changed; it must be there as often as said."""
    assert data.count(before.encode()) == count, (before, data.count(before.encode()))
    return data.replace(before.encode(), after.encode())


def in_part(data: bytes, part: str, pattern: str, after: str, count: int = 1) -> bytes:
    """Return a package with every match in one part changed; there must be as many as said."""
    parts = unpacked(data)
    text, changes = re.subn(pattern, after, parts[part].decode(), flags=re.DOTALL)
    assert changes == count, (pattern, changes)
    return packed({**parts, part: text.encode()})


def without_part(data: bytes, part: str) -> bytes:
    """Return a package without one of its parts."""
    parts = unpacked(data)
    del parts[part]
    return packed(parts)


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Return the package of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def in_pdf(data: bytes, edit: Edit) -> bytes:
    """Return a PDF after an edit of its objects."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        edit(pdf)
        pdf.save(stream)
    return stream.getvalue()


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every structure element in reading order."""
    yield from _below(pdf.Root.StructTreeRoot)


def _below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def kids(element: pikepdf.Object) -> Sequence[object]:
    """Return what a structure element holds."""
    found = element.get("/K")
    return list(found) if isinstance(found, pikepdf.Array) else [] if found is None else [found]


def note(pdf: pikepdf.Pdf, number: int) -> pikepdf.Object:
    """Return the structure element of a note."""
    return next(one for one in elements(pdf) if str(one.get("/ID", "")) == f"fn:{number}")


def drop(element: pikepdf.Object) -> None:
    """Take an element out of the structure tree."""
    parent = element.P
    parent.K = pikepdf.Array([kid for kid in kids(parent) if not _same(kid, element)])


def _same(one: object, other: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Object) and one.is_indirect and one.objgen == other.objgen


def mcids(element: pikepdf.Object) -> list[int]:
    """Return the numbers of all marked content in an element."""
    found: list[int] = []
    for kid in kids(element):
        if isinstance(kid, int):
            found.append(kid)
        elif isinstance(kid, pikepdf.Dictionary):
            found += [int(kid.MCID)] if "/MCID" in kid else mcids(kid)
    return found


Instruction = tuple[list[object], bytes]
Instructions = list[Instruction]


def redraw(pdf: pikepdf.Pdf, page: int, change: Callable[[Instructions], Instructions]) -> None:
    """Change the operators of a page, counted from 1."""
    target = pdf.pages[page - 1]
    found: Instructions = [
        (list(one.operands), bytes(str(one.operator), "latin-1"))
        for one in pikepdf.parse_content_stream(target)
    ]
    changed = [(operands, pikepdf.Operator(name.decode())) for operands, name in change(found)]
    target.Contents = pdf.make_stream(pikepdf.unparse_content_stream(changed))  # type: ignore[arg-type]


def marked(instructions: Instructions, mcid: int) -> tuple[int, int]:
    """Return where a piece of marked content begins and where it has ended."""
    start = next(
        at
        for at, (operands, name) in enumerate(instructions)
        if name == b"BDC" and isinstance(operands[1], pikepdf.Dictionary)
        if operands[1].get("/MCID") == mcid
    )
    return start, next(
        at for at in range(start, len(instructions)) if instructions[at][1] == b"EMC"
    ) + 1


def around(
    mcid: int, before: Instructions, after: Instructions
) -> Callable[[Instructions], Instructions]:
    """Return a change that puts operators around those of a piece of marked content."""

    def change(found: Instructions) -> Instructions:
        start, end = marked(found, mcid)
        return [*found[:start], *before, *found[start:end], *after, *found[end:]]

    return change


def within(mcid: int, extra: Instructions) -> Callable[[Instructions], Instructions]:
    """Return a change that puts operators right before the strings of a piece of marked content."""

    def change(found: Instructions) -> Instructions:
        start, end = marked(found, mcid)
        shows = next(at for at in range(start, end) if found[at][1] in (b"Tj", b"TJ"))
        return [*found[:shows], *extra, *found[shows:]]

    return change


def without(found: Instructions, mcid: int) -> Instructions:
    """Return the operators of a page without a piece of marked content."""
    start, end = marked(found, mcid)
    return [*found[:start], *found[end:]]


def untagged(found: Instructions, mcid: int) -> Instructions:
    """Return the operators of a page with a piece of content that is not marked."""
    start, end = marked(found, mcid)
    return [*found[:start], *found[start + 1 : end - 1], *found[end:]]


def move_to_page(pdf: pikepdf.Pdf, element: pikepdf.Object, page: int) -> None:
    """Draw what an element holds on another page, and tag it there."""
    source = next(
        at for at, one in enumerate(pdf.pages, start=1) if one.obj.objgen == element.Pg.objgen
    )
    taken: Instructions = []

    def take(found: Instructions) -> Instructions:
        for mcid in mcids(element):
            start, end = marked(found, mcid)
            part = found[start:end]
            part[0] = ([part[0][0][0], pikepdf.Dictionary(MCID=mcid + 1000)], b"BDC")
            taken.extend(part)
            found = without(found, mcid)
        return found

    redraw(pdf, source, take)
    redraw(pdf, page, lambda found: [*found, ([0.75, 0, 0, -0.75, 0, 842], b"cm"), *taken])
    target = pdf.pages[page - 1]
    target.Resources = pdf.pages[source - 1].Resources
    _renumber(element, target.obj)


def _renumber(element: pikepdf.Object, page: pikepdf.Object) -> None:
    element.Pg = page
    changed: list[object] = []
    for kid in kids(element):
        if isinstance(kid, int):
            changed.append(kid + 1000)
            continue
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            _renumber(kid, page)
        changed.append(kid)
    element.K = pikepdf.Array(changed)
