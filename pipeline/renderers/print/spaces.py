"""Spaces that stand alone between two marked-up words.

WeasyPrint leaves out text that is nothing but spaces. On paper nobody sees that; but in the file
the words on both sides run together for everyone who copies, searches or listens. PDF/UA-1 (7.1)
asks for all real content. Importing this module replaces one function of WeasyPrint.
"""

from typing import Any

import weasyprint.draw.text as drawing
from weasyprint.formatting_structure import boxes

Box = Any

DRAW_FIRST_LINE = drawing.draw_first_line
"""WeasyPrint’s own function, before it was replaced."""


def _draw_with_spaces(
    stream: Any, textbox: Box, text_overflow: str, block_ellipsis: Any, matrix: Any
) -> Any:
    """Draw a line of text as WeasyPrint does, be it only spaces."""
    text = textbox.text
    if text.strip() or not isinstance(textbox, boxes.TextBox):
        return DRAW_FIRST_LINE(stream, textbox, text_overflow, block_ellipsis, matrix)
    # What is drawn is the layout of the box; its text is only asked whether it can be seen.
    textbox.text = "\u2060"
    try:
        return DRAW_FIRST_LINE(stream, textbox, text_overflow, block_ellipsis, matrix)
    finally:
        textbox.text = text


drawing.draw_first_line = _draw_with_spaces
