"""The JSON form of a brief: `load(dump(brief)) == brief`, equal briefs give equal bytes."""

from codecs import BOM_UTF8

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline import notes, numbers
from pipeline.model import Brief
from pipeline.problems import BriefError, Problem, problem


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
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
        raise BriefError([_fault(fault, path) for fault in faults]) from None
    except RecursionError:
        raise BriefError([problem("structure-depth", path, what="JSON")]) from None
    found = (*notes.audit(brief, path), *numbers.audit(brief, path))
    if found:
        raise BriefError(found)
    return brief


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
