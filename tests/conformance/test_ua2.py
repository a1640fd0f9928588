"""The briefs printed for PDF/UA-2 are valid PDF/UA-2, PDF/A-4f and Well-Tagged PDF."""

from pathlib import Path

import pikepdf
import pytest

from pipeline import codec
from pipeline.renderers.pdf import render_pdf
from tests.conformance import tools
from tests.conformance.conftest import Outputs
from tests.houses import house_for

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def files(outputs: Outputs, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Print every brief again, for the standard that is not the default."""
    folder = tmp_path_factory.mktemp("ua-2")
    printed = []
    for source in outputs("json"):
        brief = codec.load(source.read_bytes(), source.name)
        file = folder / f"{source.stem}.pdf"
        file.write_bytes(render_pdf(brief, house_for("ua-2")))
        printed.append(file)
    return printed


PROFILES = ["PDFUA-2-ISO32005", "PDFA-4F", "WTPDF-1-0-Accessibility", "WTPDF-1-0-Reuse"]
"""The first asks for the nesting of ISO/TS 32005 too."""


@pytest.mark.asks("veraPDF")
def test_every_pdf_is_valid(files: list[Path]) -> None:
    judged = tools.ask_verapdf(files, *PROFILES)
    assert len(judged) == len(files) * len(PROFILES)
    assert all(judgement["checks"] > 100 for judgement in judged)
    assert [judgement for judgement in judged if not judgement["valid"]] == []


@pytest.mark.asks("veraPDF")
def test_verapdf_sees_a_spoiled_pdf(files: list[Path], tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.pdf"
    with pikepdf.open(files[0]) as pdf:
        del pdf.Root.Outlines.First.A.SD
        del pdf.Root.Names.EmbeddedFiles
        note = next(one for one in pdf.objects if one.get("/S") == "/FENote")
        note.Ref = pikepdf.Array()
        pdf.save(spoiled)
    universal, archive = tools.ask_verapdf([spoiled], "PDFUA-2-ISO32005", "PDFA-4F")
    clauses = {failure.split()[0] for failure in universal["failures"]}
    assert clauses == {"8.8-2", "8.2.5.14-2"}
    assert {failure.split()[0] for failure in archive["failures"]} == {"6.9-5"}


@pytest.mark.asks("qpdf")
def test_every_pdf_is_well_formed(files: list[Path]) -> None:
    for file in files:
        done = tools.ask_qpdf(file)
        assert done.returncode == 0, done.stdout + done.stderr
