"""Outputs of any brief are found good, and those of a brief a little different are not."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipeline.model import Brief
from pipeline.problems import BriefError, Problem
from pipeline.renderers.docx import render_docx
from pipeline.renderers.html import render_html
from pipeline.renderers.pdf import render_pdf
from pipeline.theme import Theme, load_theme
from pipeline.verify import verify_docx, verify_html, verify_pdf
from tests.examples import examples
from tests.houses import house_for
from tests.random_briefs import briefs

Render = Callable[[Brief, Theme], bytes]
Verify = Callable[[Brief, bytes, str], tuple[Problem, ...]]
OUTPUTS: dict[str, tuple[Theme, Render, Verify]] = {
    "html": (load_theme(), render_html, verify_html),
    "docx": (load_theme(), render_docx, verify_docx),
    "pdf": (load_theme(), render_pdf, verify_pdf),
    "pdf for ua-2": (house_for("ua-2"), render_pdf, verify_pdf),
}
FEW = {"html": 25, "docx": 25, "pdf": 6, "pdf for ua-2": 4}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every record in the body and the notes of a brief's JSON."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def holds_call(value: Any) -> bool:
    return any(node.get("type") == "call" for node in nodes(value))


@st.composite
def altered(draw: st.DrawFn, brief: Brief) -> Brief:
    """Draw a brief that differs from another in one thing that a reader can see."""
    data = json.loads(brief.model_dump_json(by_alias=True, exclude_none=True))
    changes = [change for node in nodes([data["body"], data["notes"]]) for change in ways(node)]
    assume(changes)
    kind, record = draw(st.sampled_from(changes))
    match kind:
        case "words":
            record["text"] = spoiled(draw, record["text"])
        case "target":
            record["target"] += "c"
        case "start":
            record["start"] += 1
        case "alt":
            record["alt"] += "?"
        case "loss":
            record[next(name for name in ("blocks", "items") if name in record)].pop(0)
    return Brief.model_validate_json(json.dumps(data))


def ways(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """How a record can be altered."""
    match node.get("type"):
        case "text" | "code" if node["text"].strip():
            yield "words", node
        case "link":
            yield "target", node
        case "ordered-list":
            yield "start", node
        case "image" if node["alt"]:
            yield "alt", node
    parts = node.get("blocks") or node.get("items")
    if parts and len(parts) > 1 and not holds_call(parts[0]) and has_words(parts[0]):
        yield "loss", node


def has_words(value: Any) -> bool:
    return any(node.get("type") == "text" for node in nodes(value))


def spoiled(draw: st.DrawFn, text: str) -> str:
    """Draw the text with one character more, less, or another, and not only of white space."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    at = draw(st.sampled_from(places))
    return draw(
        st.sampled_from(
            [
                f"{text[:at]}x{text[at:]}",
                f"{text[:at]}7{text[at + 1 :]}",
                f"{text[: at + 1]},{text[at + 1 :]}",
            ]
        )
    )


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_difference_is_seen_and_nothing_else(output: str) -> None:
    theme, render, verify = OUTPUTS[output]

    @settings(max_examples=examples(FEW[output]), suppress_health_check=list(HealthCheck))
    @given(st.data())
    def run(data: st.DataObject) -> None:
        brief = data.draw(briefs())
        other = data.draw(altered(brief))
        try:
            printed = render(other, theme)
        except BriefError:
            return
        assert verify(other, printed, "x") == ()
        assert verify(brief, printed, "x") != ()

    run()
