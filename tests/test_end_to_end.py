"""Pins the promise: whatever a brief's structure, every note reaches every output, proved."""

import base64
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from pipeline import codec, rendering, walk
from pipeline.build import read_checked
from pipeline.manifest import Format
from pipeline.model import Brief
from pipeline.problems import errors
from pipeline.theme import load_theme
from tests.examples import examples
from tests.strategies import Notebook, briefs

SOURCE = Path(__file__).parent.parent / "source"
SLUGS = sorted(file.parent.name for file in SOURCE.glob("*/brief.md"))


def read(file: Path) -> Brief:
    brief, problems = read_checked(file, load_theme())
    assert errors(problems) == ()
    assert brief is not None
    return brief


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(briefs())
def test_every_note_reaches_every_output(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[str, Notebook]
) -> None:
    markdown, book = drawn
    folder = tmp_path_factory.mktemp("briefs") / "random"
    folder.mkdir()
    (folder / "brief.md").write_text(markdown, encoding="utf-8")
    brief = read(folder / "brief.md")
    assert [call.note for call in walk.calls(brief) if call.note in book.definitions] == [
        label for label in book.calls if label in book.definitions
    ]
    assert len(brief.notes) == len(set(book.calls))
    assert codec.load(codec.dump(brief), "random.json") == brief
    theme = load_theme()
    formats: tuple[Format, ...] = ("html", "pdf", "docx")
    for form in formats:
        data = rendering.render(brief, theme, form)
        assert rendering.verify(brief, data, form, f"random.{form}") == ()


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_briefs_that_ship_are_proved(slug: str, form: Format) -> None:
    brief = read(SOURCE / slug / "brief.md")
    data = rendering.render(brief, load_theme(), form)
    assert rendering.verify(brief, data, form, f"{slug}.{form}") == ()
    assert rendering.render(brief, load_theme(), form) == data, "same input, same bytes"


ODD = {
    "calls side by side": "Two.[^a][^b] *Stressed.[^a]*[^b]\n\n[^a]: Note.\n[^b]: Another.",
    "a link to a table with a caption": (
        "See [it](#tab-a).\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n: Caption. {#tab-a}"
    ),
    "a picture for decoration alone in a cell": (
        '| A | B |\n|---|---|\n| x | ![](levels.svg){alt="" width=20%} |'
    ),
    "a cross-reference and a link in a heading": (
        "Text.[^a]\n\n# A [link](https://www.example.org) and note [](#fn:a) here\n\n[^a]: Note."
    ),
    "a word without a break": f"# {'x' * 300}\n\n{'y' * 500} `{'z' * 500}`",
    "an address in a narrow column": (
        f"| A | B | C |\n|---|---|---|\n| x | <https://www.example.org/{'a' * 90}> | y |"
    ),
    "spaces between marked-up words": "A `b` *c* **d** ~~e~~ [f]{.smallcaps} g.",
    "a list item that opens with a quoted definition": "- > Term\n  >\n  > :   What it means.",
    "a definition that opens with a definition": (
        "Term\n\n:   Inner\n\n    :   What it means.\n\nText."
    ),
    "characters without width": (
        "# Zero\u200bwidth \u2060and\u200d joined {#a}\n\n"
        "See [it\u200c\u200bself](#a), \u2192\ufe0e.[^a]\n\n&#8203;\n\n"
        "Term\u2060s\n:   zw\u200cnj\n\n"
        "| A\u200b | B |\n|---|---|\n| 1\u200d | &#8203; |\n\n[^a]: A\u200bnote."
    ),
    "an address in other letters": (
        "https://ru.wikipedia.org/wiki/Минск_(город), [host](https://müller.de/), [both]"
        "(https://пример.рф/путь), [part](https://example.org/#é) and [mail]"
        "(mailto:a@b.org?subject=Ünï%20x)."
    ),
    "a photograph in a drawing": "![Caption.](photograph.svg){alt='What it shows.'}",
    "a picture of 16 bits a pixel": "![Caption.](grey.png){alt='What it shows.'}",
    "a table of many columns": (
        f"{'| Telecommunications ' * 12}|\n{'|---' * 12}|\n{'| Internationalisation ' * 12}|"
    ),
    "long words side by side": f"| A | B |\n|---|---|\n| {'t' * 80} | `{'u' * 80}` |",
    "many calls without a space": f"Word{'[^a]' * 90}.\n\n[^a]: Note.",
    "many powers without a space": "x^2^" * 60,
    "a Russian date": "",
}


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
@pytest.mark.parametrize("case", sorted(ODD))
def test_what_once_came_out_wrong_is_proved(case: str, form: Format, tmp_path: Path) -> None:
    lang = "ru" if "Russian" in case else "en"
    front = f"---\ntitle: A title\ndate: 2025-06-18\nlang: {lang}\n---"
    (tmp_path / "odd").mkdir()
    file = tmp_path / "odd" / "brief.md"
    file.write_text(f"{front}\n\nText.\n\n{ODD[case]}\n", encoding="utf-8")
    picture = SOURCE / "writing-a-brief" / "levels.svg"
    (tmp_path / "odd" / "levels.svg").write_bytes(picture.read_bytes())
    _odd_pictures(tmp_path / "odd")
    brief = read(file)
    data = rendering.render(brief, load_theme(), form)
    assert rendering.verify(brief, data, form, f"odd.{form}") == ()


def _odd_pictures(folder: Path) -> None:
    """Make a drawing that holds a photograph, and a picture with 16 bits for each grey."""
    with Image.new("I;16", (40, 30), 40_000) as grey:
        grey.putpixel((20, 15), 500)
        grey.save(folder / "grey.png")
    stream = BytesIO()
    Image.new("CMYK", (30, 20), "teal").save(stream, "JPEG")
    held = base64.b64encode(stream.getvalue()).decode()
    (folder / "photograph.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">'
        f'<image width="30" height="20" href="data:image/jpeg;base64,{held}"/></svg>',
        encoding="utf-8",
    )
