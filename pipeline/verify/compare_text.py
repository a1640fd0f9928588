"""The running text: every block there, nothing more, in order, character by character."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from pipeline.problems import Problem, problem
from pipeline.verify.align import Pair, align
from pipeline.verify.fields import first_difference, holds_fields, shown_fields
from pipeline.verify.found import Block, normal, shown
from pipeline.verify.reflow import reflow

CONTEXT = 24
"""Characters shown on both sides of a difference."""


def compare_blocks(
    expected: Sequence[Block], found: Sequence[Block], path: str, owner: str = ""
) -> Iterator[Problem]:
    """Name every difference between two runs of blocks; `owner` is the note they are of."""
    for pair in align(expected, found):
        yield from _compare_pair(pair, path, owner)


def _compare_pair(pair: Pair, path: str, owner: str) -> Iterator[Problem]:
    match pair:
        case Pair(expected=Block() as wanted, found=None):
            text = shown(shown_fields(wanted.text))
            yield problem("verify-text-missing", path, what=describe(wanted, owner), text=text)
        case Pair(expected=None, found=Block() as extra):
            where = place(extra, owner)
            yield problem("verify-text-extra", path, where=where, text=shown(extra.text))
        case Pair(expected=Block() as wanted, found=Block() as block):
            yield from _compare_content(wanted, block, path, owner)
            if wanted.kind != "fields":
                yield from _compare_setting(wanted, block, path, owner)


def _compare_content(wanted: Block, block: Block, path: str, owner: str) -> Iterator[Problem]:
    if wanted.kind == "fields":
        same = holds_fields(wanted.text, block.text)
        before, after = ("", "") if same else first_difference(wanted.text, block.text)
    else:
        printed = reflow(block.text, wanted.text)
        same = printed == wanted.text
        before, after = ("", "") if same else window(wanted.text, printed)
    if not same:
        yield problem(
            "verify-text-changed",
            path,
            what=describe(wanted, owner),
            before=before,
            after=shown(normal(after)),
            where=place(block, ""),
        )


def _compare_setting(wanted: Block, block: Block, path: str, owner: str) -> Iterator[Problem]:
    """Compare what a block is, what it stands in, and its list label."""
    any_heading = wanted.kind == "heading" and block.kind.startswith("heading")
    settings = (
        ("is", block.kind if any_heading else wanted.kind, block.kind),
        ("stands in", _setting(wanted), _setting(block)),
        ("has the label", wanted.label, reflow(block.label, wanted.label)),
    )
    for verb, should, does in settings:
        if should != does:
            yield problem(
                "verify-structure",
                path,
                what=describe(wanted, owner),
                verb=verb,
                should=should or "nothing",
                does=does or "nothing",
                where=place(block, ""),
            )


def _setting(block: Block) -> str:
    """Return the containers of a block for comparison; an empty cell heads nothing."""
    return " › ".join(name for name in block.within if block.text or name != "head")


def describe(block: Block, owner: str = "") -> str:
    """Return words for an expected block, such as `note 4, paragraph of line 12`."""
    cell = next((name for name in block.within if name.startswith("row ")), "")
    name = f"table {cell}," if cell else "paragraph" if block.kind == "text" else block.kind
    item = f"list item {block.label}" if block.label and block.kind == "text" and not cell else name
    return " ".join(filter(None, [f"{owner}," if owner else "", item, f"of {block.place}"]))


def place(block: Block, owner: str) -> str:
    """Return words for where a block was found, such as ` in note 4 on page 2`."""
    return "".join(filter(None, [f" in {owner}" if owner else "", f" {block.place}"])).rstrip()


def window(expected: str, printed: str) -> tuple[str, str]:
    """Return the part of both texts where they differ first, with some characters around it."""
    matcher = SequenceMatcher(None, expected, printed, autojunk=False)
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    if not changes:
        return expected, printed
    _, i1, i2, j1, j2 = changes[0]
    return _cut(expected, i1, i2), _cut(printed, j1, j2)


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    part = text[first:last]
    return shown(f"{'…' if first else ''}{part}{'…' if last < len(text) else ''}", 160)
