"""Text before marked-up words, when it fills its line but for the space at its end.

WeasyPrint counts that space, finds that the text does not fit, and divides its first word, however
much room is left behind it. Importing this module replaces one function of WeasyPrint.
"""

from typing import Any

import weasyprint.layout.inline as layout

FirstLine = tuple[Any, int, int | None, float, float, float]
"""What WeasyPrint says of the first line of a text: its layout, its length, where the text goes on,
width, height and baseline."""

MOST = 6
"""Letters that an em of a line holds at most."""

SPLIT_FIRST_LINE = layout.split_first_line
"""WeasyPrint’s own function, before it was replaced."""


def _split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> FirstLine:
    """Find the first line of a text as WeasyPrint does, but let the space at its end hang."""

    def split(said: str) -> FirstLine:
        found: FirstLine = SPLIT_FIRST_LINE(
            said, style, context, max_width, justification_spacing, is_line_start, minimum
        )
        return found

    line = split(text)
    words = text.rstrip(" ")
    if line[2] is None or max_width is None or words == text or style["white_space"] != "normal":
        return line
    if len(words) * style["font_size"] > MOST * max_width:
        return line
    layout_, length, goes_on, width, *rest = split(words)
    if goes_on is not None or width > max_width:
        return line
    return layout_, length, len(text.encode()), width, *rest


layout.split_first_line = _split_first_line
