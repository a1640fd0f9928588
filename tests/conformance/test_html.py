"""The web pages are valid HTML, meet WCAG 2.2 AA, fetch nothing and never scroll sideways."""

from pathlib import Path
from typing import Any

import pytest

from tests.conformance import tools
from tests.conformance.conftest import Outputs

pytestmark = pytest.mark.conformance

BAD_PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<title>Bad</title><style>p { color: #aaa } div { width: 50em }</style></head>
<body><main><h1>Bad</h1><p>Too pale.</p><div>Too wide.</div><img src="missing.png"></main></body>
</html>
"""


@pytest.mark.asks("axe-core")
def test_every_page_is_accessible(outputs: Outputs) -> None:
    pages = outputs("html")
    seen = tools.ask_axe(pages)
    assert {(page["width"], page["colorScheme"]) for page in seen} == {
        (width, scheme) for width in (320, 360, 1440) for scheme in ("light", "dark")
    }
    assert {page["file"] for page in seen} == set(map(str, pages))
    assert {page["state"] for page in seen} == {"closed", "note open"}
    assert all(page["passed"] > 10 for page in seen)
    assert [(place(page), page["violations"]) for page in seen if page["violations"]] == []
    assert [(place(page), page["fetched"]) for page in seen if page["fetched"]] == []
    assert [(place(page), page["overflow"]) for page in seen if page["overflow"] > 0] == []


def place(page: dict[str, Any]) -> str:
    """Say in short which page was looked at, and how."""
    return f"{Path(page['file']).name} {page['width']} px, {page['colorScheme']}, {page['state']}"


@pytest.mark.asks("axe-core")
def test_axe_sees_a_bad_page(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(BAD_PAGE, encoding="utf-8")
    seen = tools.ask_axe([page])[0]
    rules = {violation["rule"] for violation in seen["violations"]}
    assert rules == {"color-contrast", "image-alt"}
    assert seen["overflow"] > 0
    assert len(seen["fetched"]) == 1


@pytest.mark.asks("vnu")
def test_every_page_is_valid(outputs: Outputs) -> None:
    assert tools.ask_vnu(outputs("html")) == []


@pytest.mark.asks("vnu")
def test_vnu_sees_a_bad_page(tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(BAD_PAGE, encoding="utf-8")
    [error] = tools.ask_vnu([page])
    assert "alt" in error
