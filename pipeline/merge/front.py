"""Edits of texts in the front matter: a value keeps its form as long as YAML still reads it so."""

import json
from collections.abc import Callable, Iterator, Sequence

from pipeline.merge.prose import Unplaced
from pipeline.merge.words import Patch
from pipeline.problems import BriefError
from pipeline.reader.front_matter import FENCE
from pipeline.reader.pieces import Piece
from pipeline.reader.source import Source, as_source
from pipeline.reader.yaml_tree import Items, Mapping, Refused, Scalar, Tree, read_tree

Read = Callable[[Source], dict[str, Piece]]


def patched(
    source: Source, field: str, piece: Piece, patches: Sequence[Patch], read: Read
) -> list[Patch]:
    """Return patches of the source for those of a field; raises Unplaced."""
    wanted = apply(piece.text, patches)
    direct = [_direct(piece, one) for one in patches]
    if _says(apply(source.text, direct), field, wanted, source.path, read):
        return direct
    scalar = _scalar(source, piece.offset(0))
    if scalar is None:
        raise Unplaced("a value of the front matter")
    whole = Patch(scalar.start, scalar.end, json.dumps(wanted, ensure_ascii=False))
    tail = source.text[scalar.start : scalar.end]
    if tail.endswith("\n"):
        whole = whole._replace(text=whole.text + "\n")
    if not _says(apply(source.text, [whole]), field, wanted, source.path, read):
        raise Unplaced("a value of the front matter")
    return [whole]


def apply(text: str, patches: Sequence[Patch]) -> str:
    """Return a text with its patches, none of which overlap."""
    made, at = [], 0
    for one in sorted(patches, key=lambda patch: (patch.start, patch.end)):
        made += [text[at : one.start], one.text]
        at = one.end
    return "".join([*made, text[at:]])


def _direct(piece: Piece, patch: Patch) -> Patch:
    """Return a patch at the characters that stand in the source for those of the value."""
    if patch.start == patch.end:
        at = piece.offset(patch.start)
        if patch.start and patch.start >= len(piece.text):
            at = piece.offset(patch.start - 1) + 1
        return Patch(at, at, patch.text)
    return Patch(piece.offset(patch.start), piece.offset(patch.end - 1) + 1, patch.text)


def _says(text: str, field: str, wanted: str, path: str, read: Read) -> bool:
    try:
        found = read(as_source(text, path)).get(field)
    except BriefError:
        return False
    return found is not None and found.text.split() == wanted.split()


def _scalar(source: Source, offset: int) -> Scalar | None:
    """Return the value that stands at an offset."""
    opening = FENCE.match(source.text)
    closing = FENCE.search(source.text, opening.end()) if opening else None
    if not opening or not closing:
        return None
    try:
        tree = read_tree(source, opening.end(), closing.start())
    except Refused:
        return None
    return next((one for one in _scalars(tree) if one.start <= offset < one.end), None)


def _scalars(tree: Tree | None) -> Iterator[Scalar]:
    match tree:
        case Scalar():
            yield tree
        case Items():
            for one in tree.items:
                yield from _scalars(one)
        case Mapping():
            for entry in tree.entries:
                yield from _scalars(entry.value)
        case None:
            return
