"""The standards, and what is wrong with each sample in each theme by their validators.

Each validator is started once for all files; what it said is kept for the whole run.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.manifest import Format
from tests import docx_lint
from tests.conformance import reviewed, tools, word
from tests.matrix import Made

Faults = tuple[str, ...]


@dataclass(frozen=True)
class Standard:
    """A standard: who judges it, on which format, and how the faults of all files are learned."""

    name: str
    tool: str
    form: Format
    judge: Callable[[tuple[Path, ...]], Mapping[Path, Iterable[str]]]
    shipped_only: bool = False

    def applies(self, made: Made) -> bool:
        return made.is_shipped or not self.shipped_only


@cache
def faults(standard: Standard, made: tuple[Made, ...]) -> dict[Made, Faults]:
    """Return the faults of every sample that the standard applies to."""
    files = {sample: sample.file(standard.form) for sample in made if standard.applies(sample)}
    found = standard.judge(tuple(files.values()))
    return {sample: tuple(found.get(file, ())) for sample, file in files.items()}


# Web pages ----------------------------------------------------------------------------------------


@cache
def axe(files: tuple[Path, ...]) -> list[dict[str, Any]]:
    """Return what was seen of each page at each width, in each colour scheme and state."""
    return tools.ask_axe(files)


@cache
def vnu(files: tuple[Path, ...]) -> list[dict[str, Any]]:
    """Return the errors and warnings of the Nu Html Checker."""
    return tools.ask_vnu(files)


def accessible(files: tuple[Path, ...]) -> dict[Path, list[str]]:
    """Return what breaks WCAG 2.2 AA, or was not examined, or is not as the page promises."""
    found: dict[Path, list[str]] = {file: [] for file in files}
    for view in axe(files):
        found[Path(view["file"])] += [f"{place(view)}: {fault}" for fault in faults_of_view(view)]
    return found


def place(view: dict[str, Any]) -> str:
    """Say in short how a page was looked at."""
    return f"{view['width']} px, {view['colorScheme']}, {view['state']}"


def faults_of_view(view: dict[str, Any]) -> list[str]:
    """Return what is wrong with a page as it was looked at."""
    judged = view["judged"] or {"violations": [], "incomplete": []}
    open_questions = [
        f"not examined: {item['rule']} ({item['reason']}) at {item['where']}"
        for item in judged["incomplete"]
        if not reviewed.is_covered(item, reviewed.axe_entries())
    ]
    return [
        *(f"{item['rule']} at {item['where']}" for item in judged["violations"]),
        *dict.fromkeys(open_questions),
        *(f"fetches {url}" for url in view["fetched"]),
        *(f"is blocked by its policy: {what}" for what in view["blocked"]),
        *([f"scrolls sideways by {view['overflow']} px"] if view["overflow"] > 0 else []),
    ]


def valid_html(files: tuple[Path, ...]) -> dict[Path, list[str]]:
    """Return errors and warnings, without those that were reviewed."""
    found: dict[Path, list[str]] = {file: [] for file in files}
    for message in vnu(files):
        if not reviewed.is_covered(message, reviewed.vnu_entries()):
            where = f"line {message.get('lastLine', 0)}"
            found[message["file"]].append(f"{message['kind']}, {where}: {message['message']}")
    return found


def full_score(files: tuple[Path, ...]) -> dict[Path, list[str]]:
    """Return the categories in which a page has less than 100 points, and what cost them."""
    found: dict[Path, list[str]] = {file: [] for file in files}
    for page in tools.ask_lighthouse(files):
        below = {name: score for name, score in page["scores"].items() if score != 100}
        if below:
            found[Path(page["file"])].append(f"{page['device']}: {below}, {page['lost']}")
    return found


# PDF ----------------------------------------------------------------------------------------------

PROFILES = ("PDFUA-1", "PDFA-3A")


@cache
def verapdf(files: tuple[Path, ...]) -> list[dict[str, Any]]:
    """Return the judgement of each file under each profile."""
    return tools.ask_verapdf(files, *PROFILES)


def valid_under(profile: str) -> Callable[[tuple[Path, ...]], dict[Path, list[str]]]:
    """Return a function that tells what breaks a profile of veraPDF."""

    def judge(files: tuple[Path, ...]) -> dict[Path, list[str]]:
        judged = {Path(one["file"]): one for one in verapdf(files) if one["profile"] == profile}
        assert all(judged[file]["checks"] > 100 for file in files)
        return {
            file: judged[file]["failures"] or ([] if judged[file]["valid"] else ["not valid"])
            for file in files
        }

    return judge


def well_formed(files: Sequence[Path]) -> dict[Path, list[str]]:
    """Return what `qpdf --check` says of files that it does not pass."""
    told = {file: tools.ask_qpdf(file) for file in files}
    return {file: [one.stdout + one.stderr] if one.returncode else [] for file, one in told.items()}


# Word ---------------------------------------------------------------------------------------------


def valid_ooxml(files: Sequence[Path]) -> dict[Path, list[str]]:
    """Return the errors that the Open XML SDK finds."""
    return {file: tools.ask_ooxml(file) for file in files}


def linted(files: Sequence[Path]) -> dict[Path, list[str]]:
    """Return what the SDK passes over and the lint of this project sees."""
    return {file: docx_lint.faults(docx_lint.read(file.read_bytes())) for file in files}


STANDARDS = (
    Standard("WCAG 2.2 AA", "axe-core", "html", accessible),
    Standard("HTML", "vnu", "html", valid_html),
    Standard("Lighthouse", "Lighthouse", "html", full_score, shipped_only=True),
    Standard("PDF/UA-1", "veraPDF", "pdf", valid_under("PDFUA-1")),
    Standard("PDF/A-3a", "veraPDF", "pdf", valid_under("PDFA-3A")),
    Standard("PDF syntax", "qpdf", "pdf", well_formed),
    Standard("Office Open XML", "Open XML SDK", "docx", valid_ooxml),
    Standard("Word lint", "Word lint", "docx", linted),
    Standard("Word notes in LibreOffice", "LibreOffice", "docx", word.notes_in_place),
)
