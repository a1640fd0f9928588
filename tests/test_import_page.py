"""Pins that articles of web pages come in whole, notes in whatever form their program wrote."""

import base64
from pathlib import Path

import pytest

from pipeline import model as m
from pipeline.build import read_checked
from pipeline.intake.desk import Imported, bring_in
from pipeline.problems import BriefError, errors
from pipeline.renderers.html import render_html
from pipeline.text import plain
from pipeline.theme import load_theme
from tests.samples import png

THEME = load_theme()
SAID = "The river is long, and it is the first of those that are in the book"
HEAD = (
    "<!doctype html><html lang=en-GB><head><title>The title of the page</title>"
    "<meta name=author content='Ada Example'><meta name=keywords content='rivers, gauges'>"
    "<meta property='article:published_time' content='2025-05-05T08:00:00Z'></head><body>"
)


def text(call: str = "") -> str:
    return f"<p>{SAID}{call}. It is wide.</p>"


def page(body: str, head: str = HEAD) -> bytes:
    return f"{head}{body}</body></html>".encode()


def brought(data: bytes, folder: Path) -> tuple[Imported, str]:
    """Import a page; return what came of it, and the text behind the front matter."""
    file = folder / "page.html"
    file.write_bytes(data)
    made = bring_in(file, folder / "source", "a-brief", THEME)
    return made, made.file.read_text(encoding="utf-8").split("\n---\n", 1)[1].strip("\n")


FORMS = {
    "roles of DPUB-ARIA": text('<a href="#fn1" id="r1" role="doc-noteref"><sup>1</sup></a>')
    + '<section role="doc-endnotes"><hr><ol><li id="fn1"><p>A note, <a href="https://example.org">'
    'here</a>.<a href="#r1" role="doc-backlink">↩︎</a></p></li></ol></section>',
    "Word": text('<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>')
    + '<div><br clear=all><hr align=left size=1><div id=ftn1><p class=MsoFootnoteText><a href="'
    '#_ftnref1" name="_ftn1"><span>[1]</span></a> A note, <a href="https://example.org">here</a>.'
    "</p></div></div>",
    "Google Docs": text('<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>')
    + '<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> A note, <a href="https://'
    'example.org">here</a>.</span></p></div>',
    "a blog": text('<sup><a href="#_edn1" id="_ednref1">[1]</a></sup>')
    + "<h2>Notes</h2><p><a id='_edn1' href='#_ednref1'>[1]</a> A note, "
    '<a href="https://example.org">here</a>.</p>',
    "a list of references": text('[<a href="#n1">1</a>]')
    + '<h3>References</h3><ol><li id=n1>A note, <a href="https://example.org">here</a>.</li></ol>',
    "a wiki": text(
        '<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1'
        "<span>]</span></a></sup>"
    )
    + '<h2>References</h2><div><ol><li id="cite_note-1"><span><b><a href="#cite_ref-1">^</a></b>'
    '</span> <span>A note, <a href="https://example.org">here</a>.</span></li></ol></div>',
}


@pytest.mark.parametrize("form", FORMS)
def test_notes_are_known_in_every_form(form: str, tmp_path: Path) -> None:
    made, found = brought(page(f"<main><h1>A title</h1>{FORMS[form]}</main>"), tmp_path)
    note = "[^n1]: A note, [here](https://example.org)."
    assert found == f"{SAID}[^n1]. It is wide.\n\n{note}"
    assert plain(made.brief.metadata.title) == "A title"


def test_a_note_may_go_on_behind_the_paragraph_that_is_led_to(tmp_path: Path) -> None:
    call = '<a name="sd1anc" href="#sd1sym"><sup>1</sup></a>'
    more = (
        '<div id="sd1"><p><a name="sd1sym" href="#sd1anc">1</a></p><ul><li>One.</ul><p>Two.</div>'
    )
    other = text('<a name="sd2anc" href="#sd2sym"><sup>2</sup></a>')
    last = '<div id="sd2"><p><a name="sd2sym" href="#sd2anc">2</a>Last.</p></div>'
    _, found = brought(page(f"<h1>T</h1>{text(call)}{other}{more}{last}"), tmp_path)
    assert found.endswith("[^n1]:\n\n    -   One.\n\n    Two.\n\n[^n2]: Last.")


def test_a_note_that_is_called_twice_stays_one(tmp_path: Path) -> None:
    calls = text('<a href="#a" id="x">1</a>') + text('<a href="#b" id="z">2</a>')
    again = text('<a href="#a" id="y">1</a>')
    notes = '<li id="a">One. <a href="#x">↑</a><a href="#y">↑</a></li><li id="b">Two.</li>'
    made, found = brought(
        page(f"<article><h1>T</h1>{calls}{again}<h2>Notes</h2><ol>{notes}</ol></article>"), tmp_path
    )
    assert [len(note.calls) for note in made.brief.notes] == [2, 1]
    assert found.endswith("[^n1]: One.\n\n[^n2]: Two.")


def test_a_note_that_nobody_calls_stays_as_text(tmp_path: Path) -> None:
    notes = '<section role="doc-endnotes"><ol><li id="fn1"><p>Uncalled.</p></li></ol></section>'
    _, found = brought(page(f"<main><h1>T</h1>{text()}{notes}</main>"), tmp_path)
    assert found == f"{SAID}. It is wide.\n\n1.  Uncalled."


def test_signs_of_markdown_mean_themselves_when_raised_too(tmp_path: Path) -> None:
    said = '2<sup>"a" *b* [c] it\'s--d</sup> <q>said</q> H<sub>_x_</sub>'
    made, _ = brought(page(f"<main><h1>T</h1><p>{said}</p>{text()}</main>"), tmp_path)
    (first, *_) = paragraphs(made.brief.body)
    assert plain(first.content).replace("\u00a0", " ") == '2"a" *b* [c] it\'s--d “said” H_x_'


def test_what_is_around_the_article_is_left_out(tmp_path: Path) -> None:
    body = (
        "<nav>Home</nav><main><article><h1>A title</h1><p>By Ada Example</p>"
        f"{text()}<aside>Subscribe now</aside><script>alert(1)</script><form>Mail</form></article>"
        "<article><h2>Another</h2></article></main><footer>Imprint</footer>"
    )
    made, found = brought(page(body), tmp_path)
    assert found == f"{SAID}. It is wide."
    told = [one.message for one in made.problems if one.code == "intake-left-out"]
    assert told == ["left out: <aside> Subscribe now", "left out: <form> Mail"]


def test_the_head_of_the_page_becomes_front_matter(tmp_path: Path) -> None:
    made, _ = brought(page(f"<main>{text()}</main>"), tmp_path)
    metadata = made.brief.metadata
    assert plain(metadata.title) == "The title of the page"
    assert [one.name for one in metadata.authors] == ["Ada Example"]
    assert (str(metadata.date), metadata.lang) == ("2025-05-05", "en-GB")
    assert metadata.keywords == ("rivers", "gauges")


def test_of_several_headings_the_title_is_what_the_page_is_called(tmp_path: Path) -> None:
    body = f"<p>The title\nof the page</p>{text()}<h1>One</h1>{text()}<h1>Two</h1>{text()}"
    made, found = brought(page(body), tmp_path)
    assert plain(made.brief.metadata.title) == "The title of the page"
    assert found.startswith(f"{SAID}. It is wide.\n\n# One\n\n")


def test_of_several_headings_the_first_is_the_title_else(tmp_path: Path) -> None:
    made, found = brought(page(f"{text()}<h1>One</h1>{text()}<h1>Two</h1>{text()}"), tmp_path)
    assert plain(made.brief.metadata.title) == "One"
    assert found == f"{SAID}. It is wide.\n\n{SAID}. It is wide.\n\n# Two\n\n{SAID}. It is wide."


def test_schema_org_says_who_wrote_it_and_when(tmp_path: Path) -> None:
    data = '{"@type": "Article", "author": [{"name": "Ben"}], "datePublished": "2025-04-04"}'
    head = f'<html><head><title>T</title><script type="application/ld+json">{data}</script></head>'
    made, _ = brought(page(text(), f"{head}<body>"), tmp_path)
    assert [one.name for one in made.brief.metadata.authors] == ["Ben"]
    assert str(made.brief.metadata.date) == "2025-04-04"


def test_tables_figures_lists_and_quotations(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "Gauge 1.png").write_bytes(png())
    (tmp_path / "secret.png").write_bytes(png(9, 9))
    inside = base64.b64encode(png(7, 7)).decode()
    body = (
        f"<main><h1>A title</h1>{text()}"
        "<table><caption>Table 2: Gauges</caption><tr><th>Name<th>Flow<tr><td>Bridge<td>7</table>"
        '<figure><img src="page_files/Gauge%201.png" alt="A gauge"><figcaption>Figure 1. The gauge'
        f'</figcaption></figure><p><img src="data:image/png;base64,{inside}" alt="B"></p>'
        '<p><img src="https://example.org/x.png" alt="C"></p><p><img src="/etc/x.png" alt="D"></p>'
        "<blockquote><p>So it is.</p></blockquote><ul><li>One<li>Two</ul><h4>Deep</h4>"
        f"{text()}</main>"
    )
    made, found = brought(page(body), tmp_path)
    assert "| Bridge | 7    |\n\n: Gauges\n" in found
    assert '![The gauge](gauge-1.png){alt="A gauge"}' in found
    assert "![](picture.png){alt=B}" in found
    assert "> So it is.\n\n-   One\n-   Two\n\n# Deep" in found
    files = sorted(one.name for one in made.file.parent.iterdir())
    assert files == ["brief.md", "gauge-1.png", "picture.png"]
    lost = [one.message for one in made.problems if one.code == "intake-picture"]
    assert len(lost) == 2 and "https://example.org/x.png" in lost[1]


def test_a_page_of_ours_comes_back_with_its_notes(tmp_path: Path) -> None:
    source = Path(__file__).parent.parent / "source" / "belarus-eu-re-engagement" / "brief.md"
    brief, _ = read_checked(source, THEME)
    assert brief is not None
    made, _ = brought(render_html(brief, THEME), tmp_path)
    assert [len(note.calls) for note in made.brief.notes] == [len(one.calls) for one in brief.notes]
    said = [[plain(p.content) for p in paragraphs(note.blocks)] for note in brief.notes]
    assert [[plain(p.content) for p in paragraphs(one.blocks)] for one in made.brief.notes] == said
    heads = [plain(one.content) for one in brief.body if isinstance(one, m.Heading)]
    assert heads == [plain(one.content) for one in made.brief.body if isinstance(one, m.Heading)]


def paragraphs(blocks: m.Blocks) -> list[m.Paragraph]:
    return [one for one in blocks if isinstance(one, m.Paragraph)]


def test_a_page_that_is_no_xml_at_all_comes_in(tmp_path: Path) -> None:
    body = f'<!doctype foo><p a"b=1 :x="2">{SAID}.</p><o:p></o:p><p c<d>It is & so &nosuch; on.</p>'
    _, found = brought(page(f"<h1>T</h1>{body}"), tmp_path)
    assert found.startswith(f"{SAID}.\n\nIt is & so \\&nosuch; on.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
def test_letters_are_read_in_the_encoding_of_the_page(encoding: str, tmp_path: Path) -> None:
    declared = "" if encoding.startswith("utf") else f"<meta charset={encoding}>"
    words = f"{declared}<title>T</title><h1>Über</h1><p>{SAID}: “naïve” – ½.</p>"
    _, found = brought(words.encode(encoding), tmp_path)
    assert found == f"{SAID}: “naïve” – ½."


NOTE = '<p id="a"><a href="#b">1</a> A note.</p>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "intake-empty"),
        (b"<html><body></body></html>", "intake-empty"),
        (page("<h1>Only a title</h1>"), "intake-empty"),
        (b"<div>" * 200_000 + b"deep", "structure-depth"),
        (page(f'<h1>T<a href="#a" id="b">1</a></h1>{text()}{NOTE}'), "intake-title-call"),
    ],
)
def test_a_page_that_cannot_be_a_brief_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(BriefError) as raised:
        brought(data, tmp_path)
    assert code in {one.code for one in errors(raised.value.problems)}
