"""What must be found in an article in JATS XML."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.verify.expected_end import CODE
from pipeline.verify.found import Block, Document, Picture, picture_mark
from pipeline.verify.seen import HEADS, Profile, renamed, with_blocks


def _jats_document(document: Document) -> Document:
    """An article has no code that leads to its web version, only the address."""
    marks = {picture_mark(one.alt) for one in document.pictures if _is_code(one)}

    def see(blocks: Iterable[Block]) -> Iterator[Block]:
        return (renamed(block, HEADS) for block in blocks if block.text not in marks)

    kept = tuple(one for one in document.pictures if not _is_code(one))
    return replace(with_blocks(document, see), pictures=kept)


def _is_code(picture: Picture) -> bool:
    return picture.file is not None and picture.file.file == CODE


JATS = Profile("JATS", "none", False, _jats_document)
