"""Finding the counterpart of every expected block among the blocks that were read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from pipeline.verify.fields import holds_fields
from pipeline.verify.found import Block
from pipeline.verify.reflow import reflow, squashed

LIKE = 0.5
"""Share of equal characters from which two unequal texts count as one text that was changed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An expected block and the block found for it; one of the two may be lacking."""

    expected: Block | None
    found: Block | None


def align(expected: Sequence[Block], found: Sequence[Block]) -> tuple[Pair, ...]:
    """Return every block of both sides, paired as well as can be, in reading order.

    A good file is paired in one pass from the front. Only where that ends are the two compared by
    content, so that a difference is named for what it is and not for what comes after it.
    """
    pairs, at, upto = _walk(expected, found)
    rest, read = expected[at:], found[upto:]
    return (*pairs, *_by_content(rest, _rejoined(rest, read))) if rest or read else tuple(pairs)


def _walk(expected: Sequence[Block], found: Sequence[Block]) -> tuple[list[Pair], int, int]:
    """Pair from the front while texts are equal; return also how far that went on both sides."""
    pairs: list[Pair] = []
    at = upto = 0
    while at < len(expected):
        block, count = _counterpart(expected[at], found, upto)
        if block is None:
            break
        pairs.append(Pair(expected[at], block))
        at, upto = at + 1, upto + count
    return pairs, at, upto


def _counterpart(wanted: Block, found: Sequence[Block], upto: int) -> tuple[Block | None, int]:
    """Return the block at `upto` with the wanted text, and in how many blocks it was printed."""
    if wanted.kind == "fields":
        return _fields(wanted, found, upto)
    if upto == len(found):
        return None, 0
    block, count = _with_label(wanted, found, upto)
    while not same_text(wanted, block):
        if upto + count == len(found) or not _may_continue(block, found[upto + count]):
            return None, 0
        block, count = _continued(block, found[upto + count]), count + 1
    return block, count


def _with_label(wanted: Block, found: Sequence[Block], upto: int) -> tuple[Block, int]:
    """Return the block at `upto`, joined with the following one if it is only the label of that.

    Word prints the label of an item on a line of its own when the item opens with a division.
    """
    block, following = found[upto], found[upto + 1 : upto + 2]
    alone = wanted.text and wanted.label and block.label == wanted.label and not block.text
    if alone and following and not following[0].label:
        return replace(following[0], label=block.label, within=block.within), 2
    return block, 1


def same_text(wanted: Block, block: Block) -> bool:
    """Tell whether a block that was read has the wanted text."""
    return wanted.text == block.text or wanted.text == reflow(block.text, wanted.text)


def _may_continue(block: Block, following: Block) -> bool:
    """Tell whether a block may go on in the following one: across a page break, and only there."""
    return 0 < block.last_page < following.page and not following.label


def _continued(block: Block, following: Block) -> Block:
    text = f"{block.text}\n{following.text}"
    return replace(
        block, text=text, ids=(*block.ids, *following.ids), last_page=following.last_page
    )


def _fields(wanted: Block, found: Sequence[Block], upto: int) -> tuple[Block | None, int]:
    """Take as few blocks as hold all values of front matter, in order and with nothing else."""
    text = ""
    for count, block in enumerate(found[upto : upto + MOST_FIELD_BLOCKS], start=1):
        text = f"{text}\n{block.text}" if text else block.text
        if holds_fields(wanted.text, text):
            return replace(found[upto], text=text, last_page=block.last_page), count
    return None, 0


MOST_FIELD_BLOCKS = 400


def _rejoined(expected: Sequence[Block], found: Sequence[Block]) -> tuple[Block, ...]:
    """Join blocks across page breaks where only the joined text is one that is expected."""
    known = {squashed(block.text) for block in expected}
    joined: list[Block] = []
    for block in found:
        if joined and squashed(joined[-1].text) not in known and _may_continue(joined[-1], block):
            whole = _continued(joined[-1], block)
            if any(key.startswith(squashed(whole.text)) for key in known):
                joined[-1] = whole
                continue
        joined.append(block)
    return tuple(joined)


def _by_content(expected: Sequence[Block], found: Sequence[Block]) -> Iterator[Pair]:
    """Pair by equal text first, then what lies between by likeness."""
    wanted = [squashed(block.text) for block in expected]
    read = [squashed(block.text) for block in found]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, wanted, read, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from map(Pair, expected[i1:i2], found[j1:j2])
        else:
            yield from _by_likeness(expected[i1:i2], found[j1:j2])


def _by_likeness(expected: Sequence[Block], found: Sequence[Block]) -> Iterator[Pair]:
    """Pair blocks in order where they are like each other; the others stand alone."""
    rest = 0
    for place, wanted in enumerate(expected):
        block, upto = _likely(wanted, expected[place + 1 :], found, rest)
        if block is None:
            yield Pair(wanted, None)
            continue
        if wanted.kind != "fields":
            yield from (Pair(None, extra) for extra in found[rest : upto - 1])
        yield Pair(wanted, block)
        rest = upto
    yield from (Pair(None, extra) for extra in found[rest:])


def _likely(
    wanted: Block, following: Sequence[Block], found: Sequence[Block], rest: int
) -> tuple[Block | None, int]:
    """Return what may be printed for a block from `rest` on, and where that ends.

    Values of front matter take all that is not printed for what follows them.
    """
    if wanted.kind != "fields":
        near = _nearest(wanted, found, rest)
        return (None, rest) if near is None else (found[near], near + 1)
    block, count = _fields(wanted, found, rest)
    if block is not None:
        return block, rest + count
    near = _nearest(following[0], found, rest) if following else None
    taken = found[rest : len(found) if near is None else near]
    if not taken:
        return None, rest
    text = "\n".join(block.text for block in taken)
    return replace(taken[0], text=text, last_page=taken[-1].last_page), rest + len(taken)


def _nearest(wanted: Block, found: Sequence[Block], start: int) -> int | None:
    """Return the first block from `start` on that is like the wanted one."""
    key = squashed(wanted.text)
    for index in range(start, len(found)):
        other = squashed(found[index].text)
        matcher = SequenceMatcher(None, key, other, autojunk=False)
        if matcher.real_quick_ratio() > LIKE and matcher.ratio() > LIKE:
            return index
    return None
