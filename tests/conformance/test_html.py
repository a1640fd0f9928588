"""The judges of web pages see what they are there to see."""

from pathlib import Path

import pytest

from tests.conformance import standards, tools

pytestmark = pytest.mark.conformance

BAD_PAGE = """<!DOCTYPE html>
<html lang="en"><head>
<title>Bad</title><style>
p { color: #aaa } div { width: 50em } .fade { color: #555; background: linear-gradient(#fff, #888) }
.calm { color: #000; background: linear-gradient(#fff, #eee) }
b { background: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=) }
</style></head>
<body><main><h1>Bad</h1><p>Too pale.</p><div>Too wide.</div><img src="missing.png">
<h2 class="fade">Too dark in places.</h2><h2 class="calm">Good in all places.</h2>
<b>Who knows.</b></main></body>
</html>
"""
POLICY = """<meta http-equiv="Content-Security-Policy" content="img-src 'none'">"""


def written(folder: Path, text: str) -> Path:
    page = folder / "bad.html"
    page.write_text(text, encoding="utf-8")
    return page


@pytest.mark.asks("axe-core")
def test_axe_sees_a_bad_page(tmp_path: Path) -> None:
    page = written(tmp_path, BAD_PAGE)
    views = {standards.place(view): view for view in tools.ask_axe([page])}
    told = standards.faults_of_view(views["360 px, light, closed"])
    assert "image-alt at img" in told
    assert "color-contrast at p" in told
    assert "color-contrast at .fade" in told
    assert [fault for fault in told if ".calm" in fault] == []
    assert "not examined: color-contrast (bgImage) at b" in told
    assert [fault for fault in told if "scrolls sideways" in fault] != []
    assert [fault for fault in told if fault.endswith("missing.png")] != []


@pytest.mark.asks("axe-core")
def test_a_picture_that_the_policy_blocks_is_seen(tmp_path: Path) -> None:
    page = written(tmp_path, BAD_PAGE.replace("<title>", POLICY + "<title>"))
    told = standards.accessible((page,))[page]
    assert [fault for fault in told if "is blocked by its policy: img-src" in fault] != []


@pytest.mark.asks("vnu")
def test_vnu_sees_errors_and_warnings(tmp_path: Path) -> None:
    page = written(tmp_path, BAD_PAGE.replace("<body>", "<body><section></section>"))
    told = "\n".join(standards.valid_html((page,))[page])
    assert "error, line 8: An “img” element must have an “alt” attribute" in told
    assert "warning, line 8: Section lacks heading." in told


@pytest.mark.asks("Lighthouse")
def test_lighthouse_sees_a_bad_page(tmp_path: Path) -> None:
    page = written(tmp_path, BAD_PAGE)
    [phone, desktop] = standards.full_score((page,))[page]
    assert phone.startswith("phone: ") and desktop.startswith("desktop: ")
    for trace in ("accessibility", "best-practices", "seo", "image-alt", "meta-description"):
        assert trace in phone
