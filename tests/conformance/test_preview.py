"""Pins the preview in a browser: edits and problems appear and go, for the keyboard too."""

import json
from pathlib import Path

import pytest

from tests.conformance import tools
from tests.watching import BRIEF, copy_project, preview, until

pytestmark = pytest.mark.conformance


@pytest.mark.asks("axe-core")
def test_an_editor_sees_edits_and_problems(tmp_path: Path) -> None:
    copy_project(tmp_path)
    paragraphs = "".join(f"Paragraph {number} of a long text.\n\n" for number in range(80))
    brief = tmp_path / "source/water/brief.md"
    brief.write_text(BRIEF.replace("[^gauge]:", f"{paragraphs}[^gauge]:"), encoding="utf-8")
    with preview(tmp_path) as server:
        until(lambda: server.is_ready("water"))
        house = tmp_path / "templates/house.toml"
        program = str(tools.HERE / "preview.mjs")
        command = ["node", program, str(tools.chromium()), server.address, str(brief), str(house)]
        seen = json.loads(tools.run(command, must_succeed=True).stdout)
    assert seen["firstOfIndex"] == "/water/"
    assert seen["scroll"] == 400
    assert seen["alert"].endswith("the page behind is the last good one")
    assert "source/water/brief.md:9:20error: the call [^gauge] has no note" in seen["problem"]
    assert "<b>" in seen["problem"]
    assert seen["bold"] == 0
    assert seen["below"]
    assert seen["tabs"] == ["Hide (Esc)", "source/wat"]
    assert seen["afterEscape"] == "Show 2 pro"
    assert seen["afterEnter"] == "Hide (Esc)"
    assert seen["gone"] == ""
    assert seen["template"]
    assert seen["blocked"] == seen["errors"] == []
    for name, judged in seen["axe"].items():
        assert judged["passed"] > 0, name
        assert judged["violations"] == [], name
