"""The judges of a redline: its Word file is valid and shows both versions, its page is sound."""

import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline import model as m
from pipeline.reader import read
from pipeline.redline import desk
from pipeline.redline.history import Older
from pipeline.renderers.docx import render_docx
from pipeline.theme import load_theme
from tests.conformance import standards, tools
from tests.samples import minimal, sample
from tests.spoiling import packed, unpacked

pytestmark = pytest.mark.conformance

FRONT = "---\ntitle: {}\ndate: 2025-06-18\nlang: en\n---\n\n"
OLD = (
    FRONT.format("Water and the Border")
    + """
# Levels

Levels have fallen for thirty years.[^gauge] Nobody knows why.[^none]

A paragraph that will be gone, with a note.[^gone]

- Minsk measures each morning.
- Grodno measures each month.

| Year | Level |
|------|------:|
| 1990 |  3.10 |
| 2000 |  3.02 |

The end, and a last word.[^gauge]

[^gauge]: Measured at the border gauge, and nowhere else.

[^none]: Nobody has asked.

[^gone]: A note that will be gone.
"""
)
NEW = (
    FRONT.format("Water and the Border")
    + """
A new opening, with a note of its own.[^first]

# Levels and flows

Levels fell for thirty years.[^gauge] *Nobody* knows why.

- Minsk measures each morning.
- Brest measures at noon.[^noon]
- Grodno measures each month.

| Year | Level |
|------|------:|
| 1990 |  3.10 |
| 2000 |  3.05 |
| 2010 |  2.88 |

The end, and a last word.[^gauge]

A paragraph after it.

[^gauge]: Measured at the river gauge, and nowhere else.

[^first]: A first note.

[^noon]: At noon.
"""
)


def brief(text: str, folder: Path) -> m.Brief:
    file = folder / "water" / "brief.md"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    made, problems = read(file)
    assert made is not None and problems == ()
    return made


def drawn(old: m.Brief, new: m.Brief, form: str) -> bytes:
    return desk.draw(Older(old, "v1"), new, load_theme(), "x")[0][form]


def unmarked(data: bytes, swap: bool) -> bytes:
    """A file whose changes are not shown: as if accepted or, when swapped, as if rejected."""
    parts = unpacked(data)
    hidden = '<w:revisionView w:markup="0" w:insDel="0" w:formatting="0"/>'
    settings = parts["word/settings.xml"].decode()
    parts["word/settings.xml"] = re.sub(r"(<w:settings[^>]*>)", rf"\1{hidden}", settings).encode()
    for name in ("word/document.xml", "word/footnotes.xml") if swap else ():
        text = re.sub(r"(</?)w:(ins|del)(?=[ />])", _other, parts[name].decode())
        text = re.sub(r"(</?)w:delInstrText", r"\1w:instrText", text)
        parts[name] = re.sub(r"(</?)w:delText", r"\1w:t", text).encode()
    return packed(parts)


def _other(found: re.Match[str]) -> str:
    return f"{found[1]}w:{'del' if found[2] == 'ins' else 'ins'}"


@pytest.mark.asks("LibreOffice")
def test_libreoffice_shows_both_versions(tmp_path: Path) -> None:
    old, new = brief(OLD, tmp_path / "old"), brief(NEW, tmp_path / "new")
    marked = drawn(old, new, "docx")
    files = {
        "old": render_docx(old, load_theme()),
        "new": render_docx(new, load_theme()),
        "rejected": unmarked(marked, swap=True),
        "accepted": unmarked(marked, swap=False),
        "marked": marked,
    }
    for name, data in files.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    made = tools.convert_in_libreoffice(
        [tmp_path / f"{name}.docx" for name in files], tmp_path / "made"
    )
    # A page may break elsewhere, so that its notes stand between other lines: words are counted.
    words = {
        file.stem: Counter(" ".join(tools.text_of_pages(pdf)).split()) for file, pdf in made.items()
    }
    assert words["accepted"] == words["new"]
    assert words["rejected"] == words["old"]
    assert words["marked"] != words["new"], "otherwise nothing was hidden"


@pytest.mark.asks("Open XML SDK")
def test_the_word_file_is_valid(tmp_path: Path) -> None:
    old, new = brief(OLD, tmp_path / "old"), brief(NEW, tmp_path / "new")
    pairs = ((old, new), (new, old), (sample(), minimal()), (minimal(), sample()))
    for at, (before, after) in enumerate(pairs):
        file = tmp_path / f"{at}.docx"
        file.write_bytes(drawn(before, after, "docx"))
        assert tools.ask_ooxml(file) == []


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "redline.html"
    old, new = brief(OLD, tmp_path / "old"), brief(NEW, tmp_path / "new")
    file.write_bytes(drawn(old, new, "html"))
    return file


CALL = r"not examined: link-in-text-block \(bgOverlap\) at #fnref"
"""Of a call axe-core asks whether it can be told from the text without colour, and stops at the
ground of the insertion around it. A call is raised and small: its form tells it."""


@pytest.mark.asks("axe-core")
def test_the_page_is_accessible(page: Path) -> None:
    views = tools.ask_axe([page])
    told = {fault for view in views for fault in standards.faults_of_view(view)}
    assert sorted(fault for fault in told if not re.match(CALL, fault)) == []
    judged = [view["judged"] for view in views if view["judged"]]
    assert judged and all(one["passed"] > 8 for one in judged)


@pytest.mark.asks("vnu")
def test_the_page_is_valid(page: Path) -> None:
    assert standards.valid_html((page,))[page] == []
