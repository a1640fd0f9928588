"""Where our notes take the place of WeasyPrint's footnotes.

One function is replaced: `layout.page.block_level_layout`, which `make_page` calls for the text of
a page and then for its footnote area. For every layout that is not ours it acts as before.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext
from weasyprint.layout import page as page_layout

from pipeline.renderers.print.boxtree import Box, element_id, pairs
from pipeline.renderers.print.noteflow import NoteFlow, SkipStack

WORD_JOINER = "\u2060"
PARTING = "\u200b"
"""A place at which a line may end; it has no width and is never printed."""
BREAKS = re.compile(r"[\s\u200b-]")
LONGEST = 30
"""Characters of several parts that stay together without a space among them."""

Result = tuple[Box, SkipStack | None, dict[str, Any], list[float], bool, Any]
"""What WeasyPrint's layout functions return: a box, where it goes on, what comes next, margins."""


def attach(root: Box, notes: Mapping[str, str]) -> list[Box]:
    """Take the notes out of the tree of boxes, tie each to its call, and return them in order.

    `notes` maps the id of each first call to the id of its note, in the order of the notes.
    """
    wanted = {*notes, *notes.values()}
    found: dict[str, tuple[Box, Box]] = {}
    for parent, box in pairs(root):
        if element_id(box) in wanted:
            found.setdefault(element_id(box), (parent, box))
    flow = []
    for call_id, note_id in notes.items():
        parent, note = found[note_id]
        parent.children = [child for child in parent.children if child is not note]
        found[call_id][1].footnote = note
        flow.append(note)
    return flow


def settle_tables(root: Box) -> None:
    """Keep table heads with calls from being repeated, and let feet stand at the end of tables."""
    for box in root.descendants():
        if isinstance(box, boxes.TableRowGroupBox):
            box.is_footer = False
            box.is_header &= not any(
                element_id(part).startswith("fnref:") for part in box.descendants()
            )


def release_heads(root: Box, pages: Sequence[Box]) -> bool:
    """Make plain rows of the table heads that were left out; return whether there are any.

    WeasyPrint leaves a head out where no row fits below it, and does not print it anywhere.
    """
    printed = {box.element for page in pages for box in _heads(page)}
    left_out = [box for box in _heads(root) if box.element not in printed]
    for box in left_out:
        box.is_header = False
    return bool(left_out)


def _heads(root: Box) -> Iterator[Box]:
    return (
        box
        for box in root.descendants()
        if isinstance(box, boxes.TableRowGroupBox) and box.is_header
    )


def bind_calls(root: Box) -> None:
    """Keep every call on the line of the word before it, by a joiner that is never printed.

    WeasyPrint breaks a word that is too long for its line within a part of it, never between two:
    where many short parts follow each other without a space, they may part.
    """
    before, together = "", 0
    for box in root.descendants():
        if isinstance(box, boxes.BlockContainerBox):
            together = 0
        if isinstance(box, boxes.TextBox):
            first, *_, last = BREAKS.split(box.text) * 2
            if together and together + len(first) > LONGEST:
                box.text, together = PARTING + box.text, 0
            elif element_id(box).startswith("fnref:") and not before[-1:].isspace():
                box.text = WORD_JOINER + box.text
            together = len(last) + (together if first == box.text.strip(WORD_JOINER) else 0)
            before = box.text


_block_level_layout = page_layout.block_level_layout


def _guarded_layout(
    context: LayoutContext,
    box: Box,
    bottom_space: float,
    skip_stack: SkipStack | None,
    containing_block: Box,
    page_is_empty: bool = True,
    absolute_boxes: list[Box] | None = None,
    fixed_boxes: list[Box] | None = None,
    adjoining_margins: list[float] | None = None,
) -> Result:
    """Lay out a box of a page as WeasyPrint does, but the notes of our pages our way."""
    positioned = [] if absolute_boxes is None else absolute_boxes
    if isinstance(context, NoteFlow) and isinstance(box, boxes.FootnoteAreaBox):
        area = context.close_page(positioned)
        return area, None, {"break": "any", "page": None}, [], False, None
    waits: SkipStack | None = None
    if isinstance(context, NoteFlow) and box.is_for_root_element and not context.open_page():
        # Earlier notes fill the page: no text here, and all that is left of it on later ones.
        box, skip_stack, waits = box.copy_with_children([]), None, skip_stack
    result: Result = _block_level_layout(
        context,
        box,
        bottom_space,
        skip_stack,
        containing_block,
        page_is_empty,
        absolute_boxes,
        fixed_boxes,
        adjoining_margins,
    )
    if waits:
        result = result[0], waits, {"break": "any", "page": None}, *result[3:]
    if isinstance(context, NoteFlow) and box.is_for_root_element:
        context.text = result[0], result[1] is not None
    return result


page_layout.block_level_layout = _guarded_layout
