"""Every sample in every theme meets every standard, but for what was reviewed."""

from pathlib import Path

import pytest

from tests.conformance import reviewed, standards
from tests.conformance.conftest import Outputs
from tests.conformance.standards import STANDARDS, Standard
from tests.matrix import Made

pytestmark = pytest.mark.conformance


@pytest.mark.parametrize(
    "standard",
    [
        pytest.param(standard, id=standard.name, marks=pytest.mark.asks(standard.tool))
        for standard in STANDARDS
    ],
)
def test_every_sample_meets(standard: Standard, made: tuple[Made, ...]) -> None:
    faults = standards.faults(standard, made)
    assert set(faults) == {sample for sample in made if standard.applies(sample)}
    told = [f"{sample}: {fault}" for sample, found in faults.items() for fault in found]
    if told:
        pytest.fail("\n".join(told), pytrace=False)


@pytest.mark.asks("axe-core")
def test_every_page_is_looked_at_in_every_way(outputs: Outputs) -> None:
    files = tuple(outputs("html"))
    views = standards.axe(files)
    ways = {
        (Path(view["file"]), view["width"], view["colorScheme"], view["state"]) for view in views
    }
    assert ways == {
        (file, width, scheme, state)
        for file in files
        for width in (320, 360, 768, 1440)
        for scheme in ("light", "dark")
        for state in ("closed", "note open")
    }
    judged = [view["judged"] for view in views if view["width"] in (360, 1440)]
    assert all(one["passed"] > 10 for one in judged)


@pytest.mark.asks("axe-core")
def test_every_reviewed_question_is_still_open(outputs: Outputs) -> None:
    views = standards.axe(tuple(outputs("html")))
    found = [item for view in views if view["judged"] for item in view["judged"]["incomplete"]]
    needless = [str(entry) for entry in reviewed.axe_entries() if not any(map(entry.covers, found))]
    assert needless == []


@pytest.mark.asks("vnu")
def test_every_reviewed_warning_is_still_given(outputs: Outputs) -> None:
    found = standards.vnu(tuple(outputs("html")))
    needless = [str(entry) for entry in reviewed.vnu_entries() if not any(map(entry.covers, found))]
    assert needless == []


def test_every_review_is_explained() -> None:
    entries: list[reviewed.Undecided | reviewed.Warned] = [*reviewed.axe_entries()]
    for entry in [*entries, *reviewed.vnu_entries()]:
        assert len(entry.why.split()) > 12, str(entry)
