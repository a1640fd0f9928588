"""Every kind of damage to a web page is seen, and named."""

import re

import pytest

from pipeline import model as m
from pipeline.renderers.html import render_html
from pipeline.theme import load_theme
from pipeline.verify import verify_html
from tests.samples import minimal, sample
from tests.spoiling import in_text

BRIEF = sample()
CALL = (
    '<sup class="call"><a role="doc-noteref" id="fnref:{0}" href="#fn:{1}"'
    ' aria-label="Note {1}">{1}</a></sup>'
)


@pytest.fixture(scope="module")
def page() -> bytes:
    return render_html(BRIEF, load_theme())


def found(data: bytes) -> dict[str, list[str]]:
    """The messages about the page, by their codes."""
    by_code: dict[str, list[str]] = {}
    for problem in verify_html(BRIEF, data, "output/sample/sample.html"):
        assert problem.path == "output/sample/sample.html"
        by_code.setdefault(problem.code, []).append(problem.message)
    return by_code


def test_a_good_page_has_no_faults(page: bytes) -> None:
    assert found(page) == {}
    assert verify_html(minimal(), render_html(minimal(), load_theme()), "x") == ()


TEXT_DAMAGE = [
    ("One letter less", "Under the heading.", "Under the heding.", "verify-text-changed", "heding"),
    (
        "Two letters swapped",
        "Water remembers.",
        "Water remebmers.",
        "verify-text-changed",
        "remebmers",
    ),
    (
        "A comma less",
        "The first paragraph calls a note,",
        "The first paragraph calls a note",
        "verify-text-changed",
        "calls a note",
    ),
    (
        "A digit",
        "Levels fell by 12 per cent.",
        "Levels fell by 13 per cent.",
        "verify-text-changed",
        "13 per cent",
    ),
    ("An accent", "mot français", "mot francais", "verify-text-changed", "francais"),
    ("A space less", "here; see note ", "here;see note ", "verify-text-changed", "here;see"),
    ("A heading", "Numbers and notes", "Numbers and votes", "verify-text-changed", "votes"),
    ("A note", "A note to a verse.", "A note to averse.", "verify-text-changed", "note 11"),
    (
        "A cell",
        '<td class="right">2.73</td>',
        '<td class="right">2.37</td>',
        "verify-text-changed",
        "row 3, column 2",
    ),
    ("A note of a table", "Of <em>all</em>.", "Of <em>al</em>.", "verify-text-changed", "al."),
    ("The letter at its call", '"Note c">c<', '"Note c">b<', "verify-text-changed", "12.5bb"),
    ("The letter before it", 'note b">b<', 'note b">c<', "verify-text-changed", "c See r."),
    ("Where its call leads", '"#tn:1:c"', '"#tn:1:b"', "verify-link", "#b See r."),
    ("Where it leads back", '"#tnref:1:c"', '"#tnref:1:b"', "verify-link", "#Rateb"),
    (
        "A caption",
        "Levels at the border gauge.",
        "Levels at the border.",
        "verify-text-changed",
        "caption",
    ),
    (
        "A paragraph lost",
        "<p>The authors thank the gauge keepers.</p>",
        "",
        "verify-text-missing",
        "gauge keepers",
    ),
    (
        "A paragraph more",
        "<p>Two towns share one pump.</p>",
        "<p>Two towns share one pump.</p><p>Buy now.</p>",
        "verify-text-extra",
        "Buy now.",
    ),
    ("Text beside elements", "<hr>", "<hr>Buy now.", "verify-text-extra", "Buy now."),
    (
        "Words of the house in the text",
        "<p>Under the heading.",
        "<p>Notes</p><p>Under the heading.",
        "verify-text-extra",
        "Notes",
    ),
    ("The date", "June 18, 2025", "June 19, 2025", "verify-text-changed", "June 19, 2025"),
    (
        "An author's name",
        '<span class="author">Boris Sample</span>',
        '<span class="author">Boris Simple</span>',
        "verify-text-changed",
        "Boris Simple",
    ),
    (
        "A keyword",
        "<span>borders</span>",
        "<span>boarders</span>",
        "verify-text-changed",
        "boarders",
    ),
    (
        "The title as it is cited",
        "<cite>Water and",
        "<cite>Waters and",
        "verify-text-changed",
        "Waters",
    ),
    (
        "About the institute",
        "neighbours owe one",
        "neighbours owed one",
        "verify-text-changed",
        "owed",
    ),
    ("The contact", "Publications desk", "Public desk", "verify-text-changed", "Public desk"),
    ("The licence", "Commons Attribution", "Commons Share", "verify-text-changed", "Share"),
    ("Where the licence leads", "licenses/by/4.0", "licenses/by/3.0", "verify-link", "by/3.0"),
    ("An ISBN", "978-3-16-148410-0", "978-3-16-148410-1", "verify-text-changed", "148410-1"),
    ("Where the web version is", 'briefs/water/">', 'briefs/wine/">', "verify-link", "wine"),
    ("What the code is called", "QR: https", "QR http", "verify-picture", "QR http"),
]


@pytest.mark.parametrize(
    ("before", "after", "code", "named"),
    [row[1:] for row in TEXT_DAMAGE],
    ids=[row[0] for row in TEXT_DAMAGE],
)
def test_changed_text_is_named(page: bytes, before: str, after: str, code: str, named: str) -> None:
    count = page.count(before.encode())
    assert count >= 1
    faults = found(page.replace(before.encode(), after.encode()))
    assert any(named in message for message in faults.get(code, [])), faults


def call(number: int, ident: str) -> str:
    """The markup of a call."""
    return CALL.format(ident, number)


def item(page: bytes, number: int) -> str:
    """The markup of a note, as the page has it."""
    _, opening, rest = page.decode().partition(f'<li><div class="note" id="fn:{number}">')
    assert opening
    return opening + re.split(r'(?=<li><div class="note")|(?=</ol>\n</section>)', rest)[0]


def test_a_lost_note_is_named(page: bytes) -> None:
    faults = found(in_text(page, item(page, 15), ""))
    assert faults["verify-note-missing"] == ["note 15 ([^cell], line 105) is missing"]
    assert any("call of note 15" in message for message in faults["verify-call-link"])


def test_a_doubled_note_is_named(page: bytes) -> None:
    faults = found(in_text(page, item(page, 15), item(page, 15) * 2))
    assert faults["verify-note-doubled"] == ["note 15 is printed 2 times"]


def test_swapped_numbers_are_named(page: bytes) -> None:
    four, five = item(page, 4), item(page, 5)
    label = '<span class="note-label">{}</span>'
    data = in_text(page, four, four.replace(label.format(4), label.format(5)))
    data = in_text(data, five, five.replace(label.format(5), label.format(4)))
    faults = found(data)
    assert faults["verify-note-order"] == [
        "note 5 stands where note 4 should",
        "note 4 stands where note 5 should",
    ]
    assert "note 4" in faults["verify-text-missing"][0]


def test_swapped_notes_are_named(page: bytes) -> None:
    four, five = item(page, 4), item(page, 5)
    faults = found(in_text(page, four + five, five + four))
    assert len(faults["verify-note-order"]) == 2


def test_swapped_texts_of_notes_are_named(page: bytes) -> None:
    data = in_text(page, "A note to a heading.", "@@")
    data = in_text(data, "A note to a definition.", "A note to a heading.")
    faults = found(in_text(data, "@@", "A note to a definition."))
    told = " ".join(faults["verify-text-changed"])
    assert "note 6" in told and "note 9" in told


def test_the_last_line_of_a_note_is_missed(page: bytes) -> None:
    lost = "<blockquote>\n<p>and a quotation</p>\n</blockquote>\n"
    eight = item(page, 8)
    assert lost in eight
    faults = found(in_text(page, eight, eight.replace(lost, "")))
    assert "note 8" in faults["verify-text-missing"][0]


def test_a_lost_call_is_named(page: bytes) -> None:
    faults = found(in_text(page, call(3, "3:2"), ""))
    assert faults["verify-call-missing"] == [
        "a call of note 3, call 8 of the text (line 1), is missing"
    ]
    assert "⟦call 3⟧" in faults["verify-text-changed"][0]
    assert "note 3" in faults["verify-backlink"][0]


def test_a_moved_call_is_named(page: bytes) -> None:
    data = in_text(
        page, f"Under the heading.{call(3, '3:2')}", f"Under{call(3, '3:2')} the heading."
    )
    assert "Under⟦call 3⟧ the heading." in found(data)["verify-text-changed"][0]


def test_a_wrong_number_at_a_call_is_named(page: bytes) -> None:
    faults = found(in_text(page, call(3, "3:2"), call(3, "3:2").replace(">3<", ">2<")))
    assert "call of note 2" in faults["verify-call-extra"][0]


def test_a_call_that_leads_to_another_note_is_named(page: bytes) -> None:
    faults = found(in_text(page, 'id="fnref:7" href="#fn:7"', 'id="fnref:7" href="#fn:8"'))
    assert faults["verify-call-link"] == [
        "the call of note 7, call 9 of the text, leads to note 8 under “And one deeper”"
    ]


def test_a_call_that_leads_nowhere_is_named(page: bytes) -> None:
    faults = found(in_text(page, 'id="fnref:7" href="#fn:7"', 'id="fnref:7" href="#fn:77"'))
    assert "leads to no note" in faults["verify-call-link"][0]


def test_a_backlink_that_leads_elsewhere_is_named(page: bytes) -> None:
    faults = found(in_text(page, 'href="#fnref:7"', 'href="#fnref:6"'))
    assert faults["verify-backlink"] == [
        "note 7 should lead back to call 9 of the text, and leads to call 7"
    ]


def test_a_call_without_a_name_is_named(page: bytes) -> None:
    faults = found(in_text(page, 'href="#fn:7" aria-label="Note 7"', 'href="#fn:7" aria-label="x"'))
    assert "call 7" in faults["verify-note-link"][0]


def test_a_doubled_anchor_is_named(page: bytes) -> None:
    faults = found(in_text(page, 'id="below"', 'id="numbers"'))
    assert "anchor numbers" in faults["verify-note-link"][0]


OTHER_DAMAGE = [
    ("A link's address", "report?a=1&amp;b=2", "report?a=1&amp;b=3", "verify-link", "b=3"),
    (
        "An inner link",
        '<a href="#numbers">an inner link',
        '<a href="#end">an inner link',
        "verify-link",
        "#The end",
    ),
    (
        "A link lost",
        '<a href="#numbers">an inner link</a>',
        "an inner link",
        "verify-link",
        "no link",
    ),
    (
        "A link in a note",
        'href="https://www.example.org/feature/',
        'href="https://www.example.org/future/',
        "verify-link",
        "future",
    ),
    (
        "A cross-reference",
        'href="#fn:8" aria-label="Note 8">8</a>.',
        'href="#fn:9" aria-label="Note 9">8</a>.',
        "verify-link",
        "#note 9",
    ),
    (
        "A heading's level",
        '<h3 id="below">A level below</h3>',
        '<h4 id="below">A level below</h4>',
        "verify-structure",
        "heading 3",
    ),
    (
        "A heading made a paragraph",
        '<h3 id="below">A level below</h3>',
        '<p id="below">A level below</p>',
        "verify-structure",
        "heading 2",
    ),
    ("A row lost", r"<tr>\s*<td[^>]*>2020.*?</tr>", "", "verify-text-missing", "row 3, column 2"),
    (
        "Cells swapped",
        r"(<td[^>]*>1990</td>)(<td[^>]*>.*?</td>)",
        r"\2\1",
        "verify-structure",
        "row 2, column 1",
    ),
    ("A head cell", r"<th[^>]*>Trend</th>", "<td>Trend</td>", "verify-structure", "head"),
    ("A list's start", 'start="3"', 'start="4"', "verify-structure", "d)"),
    ("A list's numbers", 'type="a"', 'type="1"', "verify-structure", "3)"),
    (
        "A list's kind",
        r"<ul>(\s*<li>inner one.*?)</ul>",
        r"<ol>\1</ol>",
        "verify-structure",
        "numbered list",
    ),
    (
        "A quotation",
        r"<blockquote>\s*(<p>Water remembers\..*?)</blockquote>",
        r"\1",
        "verify-structure",
        "quotation",
    ),
    (
        "A text alternative",
        'alt="Levels fall from 1990 to 2020"',
        'alt="Levels rise"',
        "verify-picture",
        "Levels rise",
    ),
    (
        "A picture",
        r"(<img src=\"data:image/png;base64,)[^\"]*(\" alt=\"Levels)",
        r"\1AAAA\2",
        "verify-picture",
        "not the picture",
    ),
    (
        "A picture lost",
        r"<img [^>]*alt=\"A river seen from above\"[^>]*>",
        "",
        "verify-picture",
        "missing",
    ),
    (
        "The title",
        "<title>Water and the Border</title>",
        "<title>Water</title>",
        "verify-property",
        "title",
    ),
    ("The language", '<html lang="en">', '<html lang="fr">', "verify-property", "language"),
    (
        "An author in the head",
        '<meta name="author" content="Boris Sample">',
        "",
        "verify-property",
        "authors",
    ),
    (
        "The description",
        'content="What shared rivers ask',
        'content="What rivers ask',
        "verify-property",
        "description",
    ),
    ("Keywords", 'content="water, borders"', 'content="water"', "verify-property", "keywords"),
    (
        "The date for machines",
        '<time datetime="2025-06-18">',
        '<time datetime="2025-06-17">',
        "verify-property",
        "2025-06-17",
    ),
    (
        "An entry of the contents",
        r"<li class=\"level-2\"><a[^>]*>A level below</a></li>",
        "",
        "verify-contents",
        "A level below",
    ),
    ("Where an entry leads", '<a href="#below">', '<a href="#end">', "verify-contents", "The end"),
    (
        "A hidden paragraph",
        "<p>Two towns share one pump.</p>",
        "<p hidden>Two towns share one pump.</p>",
        "verify-hidden",
        "Two towns",
    ),
    (
        "A paragraph that is not shown",
        "<p>Two towns share one pump.</p>",
        '<p style="display: none">Two towns share one pump.</p>',
        "verify-hidden",
        "Two towns",
    ),
    (
        "A paragraph only for the eye",
        "<p>Two towns share one pump.</p>",
        '<p aria-hidden="true">Two towns share one pump.</p>',
        "verify-hidden",
        "Two towns",
    ),
]


@pytest.mark.parametrize(
    ("before", "after", "code", "named"),
    [row[1:] for row in OTHER_DAMAGE],
    ids=[row[0] for row in OTHER_DAMAGE],
)
def test_other_damage_is_named(page: bytes, before: str, after: str, code: str, named: str) -> None:
    text = page.decode()
    if before in text:
        data = text.replace(before, after, 1)
    else:
        data, changes = re.subn(before, after, text, count=1, flags=re.DOTALL)
        assert changes == 1
    faults = found(data.encode())
    assert any(named in message for message in faults.get(code, [])), faults


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"<html>", b"<p>x", b"PK\x03\x04"])
def test_what_is_no_page_is_a_problem_and_not_an_accident(data: bytes) -> None:
    problems = verify_html(BRIEF, data, "x.html")
    assert problems and {problem.path for problem in problems} == {"x.html"}


def test_a_page_that_is_cut_off_is_seen(page: bytes) -> None:
    for part in range(1, 20):
        assert verify_html(BRIEF, page[: len(page) * part // 20], "x.html")


def test_a_character_without_width_counts_where_characters_are_kept() -> None:
    text = m.Text(text="Auf\u200clage")
    brief = minimal().model_copy(update={"body": (m.Paragraph(content=(text,), line=7),)})
    page = render_html(brief, load_theme())
    assert verify_html(brief, page, "x") == ()
    changed = in_text(page, "Auf\u200clage", "Auflage")
    assert [one.code for one in verify_html(brief, changed, "x")] == ["verify-text-changed"]
