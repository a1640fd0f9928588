"""Pins that the text of a brief stays text, whatever it looks like."""

import json
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import model as m
from tests.samples import call, cell, heading, image_file, inlines, note, p, row
from tests.web import body, find, meta, one, page, text, with_metadata

TEMPLATE_TRAPS = ("{{ 7 * 7 }}", "{% raw %}", "{% include 'x' %}", "{#", "#}", "{{", "}}", "%}")
TAG_TRAPS = ("<script>alert(1)</script>", "</style>", "</title>", "</main>", "<!--", "-->", "<b>")
OTHER_TRAPS = (*"&<>'\"\\`a", "&amp;", "&lt;", "]]>", '">', "' x='", "${x}", "javascript:")
PLAIN = (" b ", "“q”", "\u00a0", "é")
TRAPS = TEMPLATE_TRAPS + TAG_TRAPS + OTHER_TRAPS + PLAIN
traps = st.lists(st.sampled_from(TRAPS), min_size=1, max_size=5).map("".join)
strings = traps.filter(lambda text: bool(text.strip()))


def everywhere(trap: str) -> m.Brief:
    """Return a brief that has the string wherever an author can write one."""
    content = inlines(trap)
    picture = m.Image(file="chart.png", alt=trap, title=trap, line=1, column=1)
    linked = m.Link(
        target=f"https://www.example.org/{trap}", title=trap, content=content, line=1, column=1
    )
    metadata = m.Metadata(
        title=content,
        deck=content,
        date=date(2025, 6, 18),
        lang="en",
        authors=(m.Author(name=trap, role=trap, affiliation=trap, bio=content, portrait=picture),),
        series=trap,
        number=trap,
        hero=m.Hero(image=picture, caption=content, credit=content, line=1),
        summary=m.Summary(kind="summary", items=(content, content), line=1),
        keywords=(trap,),
        disclaimer=(p(trap),),
        license=trap,
        doi=f"10.1/{trap}",
    )
    body: m.Blocks = (
        heading(1, "one", trap),
        p(trap, linked, m.Code(text=trap), m.Span(classes=(trap,), content=content), picture),
        heading(1, "two", trap, call("n", 1)),
        m.CodeBlock(text=f"line\n{trap}", language=trap, line=1),
        m.Table(caption=content, columns=(m.Column(),), body=(row(cell(trap)),), line=1),
        m.Box(title=content, blocks=(p(trap),), line=1),
    )
    return m.Brief(
        slug="traps",
        metadata=metadata,
        body=body,
        notes=(note(1, "n", p(trap)),),
        images=(image_file(),),
        source=m.Source(name="brief.md", text=trap),
    )


@cache
def places_of_text() -> int:
    """Return how often a string that is everywhere is printed."""
    return text(body(everywhere("zqz"))).count("zqz")


@settings(max_examples=60)
@given(strings)
def test_text_that_looks_like_a_template_or_a_tag_is_printed(trap: str) -> None:
    tree = body(everywhere(trap))
    plain = " ".join(trap.split())
    assert not find(tree, tag="script")
    assert not find(tree, tag="b")
    assert text(one(tree, tag="h1")) == plain
    for tag in ("code", "td", "caption", "pre"):
        assert plain in {text(element).removeprefix("line ") for element in find(tree, tag=tag)}
    for element in find(tree, tag="img"):
        assert element.get("alt") == element.get("title") == trap
    linked = [one for one in tree.iter("a") if one.get("title") == trap]
    assert [one.get("href") for one in linked] == [f"https://www.example.org/{trap}"]
    assert text(tree).count(plain) >= places_of_text()


@pytest.mark.parametrize("trap", TRAPS)
def test_the_head_of_the_page_keeps_text_as_text(trap: str) -> None:
    words = f"a{trap}z"
    tree = page(with_metadata(title=inlines(words), deck=inlines(words), keywords=(words,)))
    (data,) = find(tree, tag="script")
    assert data.get("type") == "application/ld+json"
    assert json.loads(data.text or "")["keywords"] == [words]
    assert text(one(tree, tag="title")) == words.replace("\u00a0", " ")
    assert meta(tree, "keywords") == [words]
    assert meta(tree, "description") == [" ".join(words.split())]
