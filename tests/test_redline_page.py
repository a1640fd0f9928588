"""The page of a redline: well-formed, its links land, and what changed is said and shown."""

import re
from collections import Counter
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings

from pipeline import model as m
from pipeline.contrast import ratio
from pipeline.redline.compare import compare
from pipeline.redline.page import render_page
from pipeline.redline.summary import summarise
from pipeline.theme import TEMPLATES, load_theme
from tests.examples import examples
from tests.random_versions import versions
from tests.samples import call, minimal, note, p, sample
from tests.web import find, one, text


def page(old: m.Brief, new: m.Brief) -> Element:
    """Read the page as a browser does; what a browser would have to mend is an error."""
    found = compare(old, new, TEMPLATES)
    made = render_page(found, summarise(found), "v1.0", load_theme()).decode()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(made)
    return tree


def assert_sound(tree: Element) -> None:
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert [ident for ident, count in ids.items() if count > 1] == []
    targets = [element.get("href") or "" for element in find(tree, "a")]
    assert [one for one in targets if one.startswith("#") and one[1:] not in ids] == []


def noted(words: str, *labels: str) -> m.Brief:
    calls = [call(label, number) for number, label in enumerate(labels, start=1)]
    notes = tuple(note(at, label, p(f"Of {label}.")) for at, label in enumerate(labels, start=1))
    return minimal().model_copy(update={"body": (p(words, *calls),), "notes": notes})


@settings(max_examples=examples(12), suppress_health_check=list(HealthCheck), deadline=None)
@given(versions())
def test_a_page_of_any_versions_is_sound(pair: tuple[m.Brief, m.Brief]) -> None:
    assert_sound(page(*pair))


def test_the_page_of_everything_that_came_or_is_gone_is_sound() -> None:
    assert_sound(page(minimal(), sample()))
    assert_sound(page(sample(), minimal()))


def test_what_came_and_what_is_gone_are_said_to_those_who_do_not_see_them() -> None:
    tree = page(noted("The river fell."), noted("The river rose."))
    body = one(tree, "div", id="page:text")
    assert text(one(body, "ins")) == "Inserted: rose"
    assert text(one(body, "del")) == "Deleted: fell"


def test_each_change_is_listed_and_leads_there_and_back() -> None:
    tree = page(noted("The river fell."), noted("The river rose."))
    entry = one(tree, "li", id="entry:1")
    assert text(entry) == "Text: Changed Deleted: fell Inserted: rose"
    assert one(entry, "a").get("href") == "#change:1"
    back = one(tree, "a", id="change:1")
    assert (back.get("href"), back.get("aria-label")) == ("#entry:1", "Change 1: back to the list")


def test_notes_are_told_and_show_both_numbers() -> None:
    tree = page(noted("The river", "gauge"), noted("The river", "treaty", "gauge"))
    [listed] = find(one(tree, "section", aria_labelledby="page:changes"), "ul")
    assert [text(item) for item in find(listed, "li")] == [
        "Note 1 is new. Of treaty.",
        "Note 1 is now note 2. Of gauge.",
    ]
    numbers = [text(label) for label in find(tree, "span", **{"class": "note-label"})]
    assert numbers == ["Inserted: 1", "Deleted: 1 Inserted: 2"]


def test_a_call_that_is_gone_leads_nowhere() -> None:
    tree = page(noted("The river", "gauge"), noted("The river"))
    [gone] = find(one(tree, "div", id="page:text"), "del")
    assert text(gone) == "Deleted: 1"
    assert find(gone, "a") == []


def test_nothing_is_marked_where_nothing_changed() -> None:
    tree = page(sample(), sample())
    assert "Nothing changed" in text(tree)
    assert find(tree, "ins") + find(tree, "del") == []


@pytest.mark.parametrize(("lang", "words"), [("de", "Gelöscht: fell"), ("he", "נמחק: fell")])
def test_the_page_speaks_the_language_of_the_brief(lang: str, words: str) -> None:
    old, new = noted("The river fell."), noted("The river rose.")
    update = {"metadata": new.metadata.model_copy(update={"lang": lang})}
    tree = page(old.model_copy(update=update), new.model_copy(update=update))
    assert text(one(one(tree, "div", id="page:text"), "del")) == words


STYLE = (TEMPLATES / "redline" / "style.css.j2").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(("name", "share"), [("come", 0.16), ("gone", 0.13)])
def test_words_on_their_ground_are_easy_to_read(scheme: int, name: str, share: float) -> None:
    theme = load_theme()
    colours = theme.colour.dark if scheme else theme.colour
    tints = re.findall(rf"--{name}: (#[0-9a-f]{{6}})", STYLE)
    ground = mixed(tints[scheme], colours.paper, share)
    assert ratio(colours.ink, ground) >= 7
    assert ratio(tints[scheme], ground) >= 3, "the line itself"


def mixed(first: str, second: str, share: float) -> str:
    """A colour mixed as the style sheet mixes it."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)
