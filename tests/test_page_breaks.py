"""Where printed pages and lines end: what is kept whole leaves no holes, and no line ends early."""

import pypdfium2
import pytest
import weasyprint.layout.inline as layout
from weasyprint import HTML

from pipeline import model as m
from pipeline.renderers.pdf import render_pdf
from pipeline.renderers.print import lines
from pipeline.renderers.print.resources import Fetcher, fonts
from pipeline.theme import TEMPLATES, load_theme
from tests.samples import item, minimal, p

SENTENCE = "Two towns share one pump and meet each month to read the gauge. "
PARAGRAPH = p(SENTENCE * 4)
TEXT = "C’est encore le <b>seul</b> rapport qui ait comparé les registres <em>ligne par ligne</em>."


def page_texts(body: m.Blocks) -> list[str]:
    data = render_pdf(minimal().model_copy(update={"body": body}), load_theme())
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_a_list_after_a_list_may_begin_the_next_page() -> None:
    lists = [
        kind(tight=True, items=(item(p(f"list {n}")), item(p("second"))), line=1)
        for n in range(12)
        for kind in (m.BulletList, m.OrderedList)
    ]
    first, *_ = page_texts((*[PARAGRAPH] * 6, *lists))
    assert "list 0" in first


def test_a_box_of_more_than_half_a_page_begins_below_its_heading() -> None:
    heading = m.Heading(level=1, id="box", content=(m.Text(text="Above"),), line=1)
    box = m.Box(blocks=(p("Begins."), *[PARAGRAPH] * 9), line=1)
    first, *_ = page_texts((*[PARAGRAPH] * 6, heading, box))
    assert "Begins." in first


def test_a_shorter_box_is_kept_whole() -> None:
    box = m.Box(blocks=(p("Begins."), *[PARAGRAPH] * 3), line=1)
    first, second = page_texts((*[PARAGRAPH] * 8, box))
    assert "Begins." not in first
    assert "Begins." in second


def divided() -> int:
    """Return how often a word is divided that has room, in columns of many widths."""
    configuration, faces = fonts(TEMPLATES / "fonts")
    sheet = "@page { size: 600px 20000px; margin: 0 }"
    style = f'{sheet} body {{ font: 14px/20px "Briefwright Serif" }}'
    columns = "".join(
        f'<p style="width: {320 + half / 2}px; hyphens: auto; hyphenate-limit-zone: 12%">{TEXT}</p>'
        for half in range(200)
    )
    html = HTML(
        string=f"<html lang=fr><style>{style}</style>{columns}</html>", url_fetcher=Fetcher({})
    )
    data = html.write_pdf(stylesheets=[faces], font_config=configuration)
    with pypdfium2.PdfDocument(data) as document:
        text = str(document[0].get_textpage().get_text_bounded())
    return 200 - text.count("rapport qui")


def test_a_line_is_filled_before_marked_up_words() -> None:
    assert divided() == 0


def test_weasyprint_alone_divides_a_word_that_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "split_first_line", lines.SPLIT_FIRST_LINE)
    assert divided() > 0
