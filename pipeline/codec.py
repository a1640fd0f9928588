"""The JSON form of a brief: `load(dump(brief)) == brief`, equal briefs give equal bytes."""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline import notes, numbers
from pipeline.model import Brief
from pipeline.problems import BriefError, Problem, problem
from pipeline.text import UNPRINTABLE

MAYBE = re.compile(
    rb"\\u|\x7f|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xef(?:\xbb\xbf|\xbf[\xbe\xbf])"
)
"""What JSON has where it holds a character that cannot be printed: most documents have none."""


def dump(brief: Brief) -> bytes:
    """Return the brief as JSON: UTF-8, indented, in the order of the model, a final line end."""
    text = brief.model_dump_json(by_alias=True, exclude_none=True, indent=1)
    return text.encode() + b"\n"


def load(data: bytes, path: str) -> Brief:
    """Return the brief that the JSON describes.

    Raises BriefError with one problem per fault: its place is the JSON path of the fault. The notes
    are audited, so that a document edited by hand cannot print numbers that contradict its calls.
    A byte order mark, which some editors put before the text, is skipped.
    """
    try:
        brief = Brief.model_validate_json(data.removeprefix(BOM_UTF8))
        if unprintable := [*_unprintable(data, path)]:
            raise BriefError(unprintable)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
        raise BriefError([_fault(fault, path) for fault in faults]) from None
    except RecursionError:
        raise BriefError([problem("structure-depth", path, what="JSON")]) from None
    found = (*notes.audit(brief, path), *numbers.audit(brief, path))
    if found:
        raise BriefError(found)
    return brief


def _unprintable(data: bytes, path: str) -> Iterator[Problem]:
    """Yield a problem for each value with a character that no brief in Markdown could have.

    The text of the source is not printed, and was read.
    """
    if not MAYBE.search(data):
        return
    stack: list[tuple[str, Any]] = [("", json.loads(data.removeprefix(BOM_UTF8)))]
    while stack:
        where, value = stack.pop()
        if isinstance(value, dict):
            stack += [(f"{where}/{key}", one) for key, one in value.items() if where != "/source"]
        elif isinstance(value, list):
            stack += [(f"{where}/{number}", one) for number, one in enumerate(value)]
        elif isinstance(value, str) and (found := UNPRINTABLE.search(value)):
            what = f"it has the character U+{ord(found[0]):04X}, which cannot be printed"
            yield problem("structure-schema", path, where=where, what=what)


def _fault(fault: ErrorDetails, path: str) -> Problem:
    if fault["type"] == "json_invalid":
        return problem("structure-json", path, what=fault["msg"])
    where = _pointer(fault["loc"])
    return problem("structure-schema", path, where=where, what=fault["msg"])


def _pointer(location: tuple[int | str, ...]) -> str:
    """Return a JSON Pointer (RFC 6901).

    Pydantic names the chosen tag among the steps: leave it out.
    """
    steps = [
        str(step).replace("~", "~0").replace("/", "~1")
        for before, step in zip(("", *location), location, strict=False)
        if not (isinstance(before, int) and isinstance(step, str) and _is_tag(step))
    ]
    return "/" + "/".join(steps)


def _is_tag(step: str) -> bool:
    return step in TAGS


TAGS = frozenset(
    [
        *("text", "emphasis", "strong", "underline", "strikeout", "small-caps", "superscript"),
        *("subscript", "code", "line-break", "link", "image", "span", "call", "table-call"),
        *("cross-reference", "element-reference"),
        *("paragraph", "heading", "bullet-list", "ordered-list", "definition-list"),
        *("block-quote", "pull-quote", "code-block", "line-block", "figure", "table"),
        *("thematic-break", "box", "division"),
    ]
)
"""The tags of the model's unions; a test holds them to the model."""
