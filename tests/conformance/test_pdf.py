"""The PDFs are valid PDF/UA-1 and PDF/A-3a, and well-formed."""

from pathlib import Path

import pikepdf
import pytest

from tests.conformance import tools
from tests.conformance.conftest import Outputs

pytestmark = pytest.mark.conformance


@pytest.mark.asks("veraPDF")
@pytest.mark.parametrize("profile", ["PDFUA-1", "PDFA-3A"])
def test_every_pdf_is_valid(outputs: Outputs, profile: str) -> None:
    files = outputs("pdf")
    judged = tools.ask_verapdf(files, profile)
    assert len(judged) == len(files)
    assert all(judgement["checks"] > 100 for judgement in judged)
    assert [judgement for judgement in judged if not judgement["valid"]] == []


@pytest.mark.asks("veraPDF")
def test_verapdf_sees_a_spoiled_pdf(outputs: Outputs, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.pdf"
    with pikepdf.open(outputs("pdf")[0]) as pdf:
        del pdf.Root.Lang
        del pdf.Root.OutputIntents
        pdf.save(spoiled)
    universal, archive = tools.ask_verapdf([spoiled], "PDFUA-1", "PDFA-3A")
    assert not universal["valid"]
    assert any("Natural language" in failure for failure in universal["failures"])
    assert not archive["valid"]
    assert any("output intent profile" in failure for failure in archive["failures"])


@pytest.mark.asks("qpdf")
def test_every_pdf_is_well_formed(outputs: Outputs) -> None:
    for file in outputs("pdf"):
        done = tools.ask_qpdf(file)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.asks("qpdf")
def test_qpdf_sees_a_cut_pdf(outputs: Outputs, tmp_path: Path) -> None:
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(outputs("pdf")[0].read_bytes()[:-200])
    assert tools.ask_qpdf(cut).returncode != 0
