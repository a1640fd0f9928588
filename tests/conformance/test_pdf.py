"""The judges of PDFs see what they are there to see."""

from pathlib import Path

import pikepdf
import pytest

from tests.conformance import standards, tools
from tests.conformance.conftest import Outputs

pytestmark = pytest.mark.conformance


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
def test_qpdf_sees_a_cut_pdf(outputs: Outputs, tmp_path: Path) -> None:
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(outputs("pdf")[0].read_bytes()[:-200])
    [told] = standards.well_formed([cut])[cut]
    assert "startxref" in told
