"""The table of what was found: each sample in each theme, by each standard."""

from collections.abc import Mapping, Sequence

from tests.conformance import reviewed
from tests.conformance.standards import STANDARDS, Faults, Standard
from tests.conformance.tools import TOOLS
from tests.matrix import Made

Found = Mapping[Standard, Mapping[Made, Faults] | None]
"""The faults of each sample by standard, or None where the tool is missing."""

OPENING = """# Conformance

What the validators of each standard say of every sample in every theme. `make conformance` asks
them and compares this page with the answer; `make conformance-table` writes it.
"""

QUESTIONS = """
- **WCAG 2.2 AA**: no violation at 360 and 1440 px, in the light and the dark scheme, with and
  without an open note; every question that axe-core leaves open is answered below. Nothing is
  fetched or blocked, and no page scrolls sideways at 320, 360, 768 or 1440 px. Text on a gradient
  is judged on each of its colours.
- **HTML**: no error and no warning of the Nu Html Checker.
- **Lighthouse**: 100 points for accessibility, best practices and SEO, on phone and desktop, for
  the briefs in `source/`, served on the loopback.
- **PDF/UA-1, PDF/A-3a**: valid for veraPDF, one file both.
- **PDF syntax**: `qpdf --check` finds neither errors nor warnings.
- **Office Open XML**: no error for the Open XML SDK. **Word lint**: none of what it passes over,
  such as undefined styles, doubled bookmarks, stale fields and direct formatting.
- **Word notes in LibreOffice**: every note is shown with its number, and footnotes begin at the
  page of their call or on the next.
"""

TOOLS_HEADING = "## Tools"


def text(made: Sequence[Made], found: Found) -> str:
    """Return the page: results, what was asked, what people reviewed, and the tools."""
    return "\n".join(
        [
            OPENING,
            *_results(made, found),
            QUESTIONS,
            *_reviews(),
            *_versions(),
        ]
    )


def without_versions(page: str) -> str:
    """Return the page without its last part, which differs by machine."""
    return page.split(TOOLS_HEADING)[0]


def _results(made: Sequence[Made], found: Found) -> list[str]:
    rows = [
        [sample.slug, sample.theme, *(_cell(found[standard], sample) for standard in STANDARDS)]
        for sample in made
    ]
    return _table(["Sample", "Theme", *(standard.name for standard in STANDARDS)], rows)


def _cell(faults: Mapping[Made, Faults] | None, sample: Made) -> str:
    if faults is None:
        return "not asked"
    match faults.get(sample):
        case None:
            return "–"
        case ():
            return "pass"
        case told:
            return f"**faults: {len(told)}**"


def _reviews() -> list[str]:
    lines = ["## Reviewed", "", "What a validator leaves to people, or says wrongly.", ""]
    entries: list[reviewed.Undecided | reviewed.Warned] = [*reviewed.axe_entries()]
    for entry in [*entries, *reviewed.vnu_entries()]:
        lines += [f"- {entry}:", *(f"  {line}" for line in entry.why.strip().splitlines())]
    return [*lines, ""]


def _versions() -> list[str]:
    rows = [
        [name, tool.version() if tool.is_there else "not there"] for name, tool in TOOLS.items()
    ]
    return [TOOLS_HEADING, "", *_table(["Tool", "Version"], rows), ""]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]
