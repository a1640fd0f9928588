"""The table in docs/conformance.md says what the validators say today."""

from pathlib import Path

import pytest

from tests.conformance import standards, table
from tests.conformance.standards import STANDARDS
from tests.conformance.tools import TOOLS
from tests.matrix import PROJECT, Made

pytestmark = pytest.mark.conformance

PUBLISHED = PROJECT / "docs/conformance.md"


def test_the_published_table_is_what_was_found(
    made: tuple[Made, ...], folder: Path, request: pytest.FixtureRequest
) -> None:
    found: table.Found = {
        standard: standards.faults(standard, made) if TOOLS[standard.tool].is_there else None
        for standard in STANDARDS
    }
    page = table.text(made, found)
    written = folder / PUBLISHED.name
    written.write_text(page, encoding="utf-8")
    if None in found.values():
        pytest.skip(f"tools are missing: what was found without them is in {written}")
    if request.config.getoption("--write-table"):
        PUBLISHED.write_text(page, encoding="utf-8")
    published = PUBLISHED.read_text(encoding="utf-8") if PUBLISHED.is_file() else ""
    if table.without_versions(page) != table.without_versions(published):
        pytest.fail(
            f"{PUBLISHED} is not {written}; `make conformance-table` writes it", pytrace=False
        )


def test_a_fault_and_a_missing_tool_are_in_the_table(made: tuple[Made, ...]) -> None:
    first, second = made[:2]
    web, html, *others = STANDARDS
    found: table.Found = {web: {first: ("one", "two"), second: ()}, html: None}
    page = table.text((first, second), {**found, **{other: {} for other in others}})
    row = f"| {first.slug} | {first.theme} | **faults: 2** | not asked | – |"
    assert row in page
    assert f"| {second.slug} | {second.theme} | pass | not asked | – |" in page
