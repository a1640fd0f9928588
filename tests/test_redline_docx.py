"""The Word file of a redline: accepting all gives the new version, rejecting all the old one."""

import pytest
from hypothesis import HealthCheck, given, settings

from pipeline import model as m
from pipeline.redline.compare import compare
from pipeline.redline.tracked.file import render
from pipeline.theme import TEMPLATES, load_theme
from pipeline.verify import verify_redline
from pipeline.verify.tracked import Way, settled
from tests import docx_lint
from tests.examples import examples
from tests.random_versions import versions
from tests.samples import call, minimal, note, p, sample
from tests.spoiling import in_part


@settings(max_examples=examples(40), suppress_health_check=list(HealthCheck), deadline=None)
@given(versions())
def test_random_versions_come_back(pair: tuple[m.Brief, m.Brief]) -> None:
    old, new = pair
    data = render(compare(old, new, TEMPLATES), load_theme())
    assert verify_redline(old, new, data, "x") == ()


TEXTS = {"gauge": "Measured at the border gauge.", "treaty": "Signed in Minsk in 1998."}


def noted(*labels: str, texts: dict[str, str] = TEXTS) -> m.Brief:
    calls = [call(label, number) for number, label in enumerate(labels, start=1)]
    said = [part for one in calls for part in (f"Words about the {one.note}", one, " and ")]
    notes = tuple(note(at, label, p(texts[label])) for at, label in enumerate(labels, start=1))
    return minimal().model_copy(
        update={"body": (p(*said, "no more."), p("It ends here.")), "notes": notes}
    )


def redline(old: m.Brief, new: m.Brief) -> bytes:
    data = render(compare(old, new, TEMPLATES), load_theme())
    assert verify_redline(old, new, data, "x") == ()
    assert docx_lint.faults(docx_lint.read(data)) == []
    return data


def test_nothing_is_tracked_where_nothing_changed() -> None:
    docx = docx_lint.read(redline(noted("gauge"), noted("gauge")))
    assert docx.in_stories("//w:ins | //w:del | //w:pPrChange") == []
    assert docx_lint.faults(docx) == []


def test_calls_and_notes_are_tracked_and_those_that_stay_are_not() -> None:
    docx = docx_lint.read(redline(noted("gauge"), noted("treaty", "gauge")))
    [added] = docx.in_stories("//w:ins/w:r/w:footnoteReference")
    notes = docx.find("word/footnotes.xml", "/w:footnotes/w:footnote[not(@w:type)]")
    assert [bool(one.findall(".//w:ins", docx_lint.NS)) for one in notes] == [True, False]
    assert notes[0].get(docx_lint.w("id")) == added.get(docx_lint.w("id"))


def test_words_of_a_note_are_tracked_in_it() -> None:
    texts = TEXTS | {"gauge": "Measured at the river gauge."}
    docx = docx_lint.read(redline(noted("gauge"), noted("gauge", texts=texts)))
    part = "word/footnotes.xml"
    assert [one.text for one in docx.find(part, "//w:del//w:delText")] == ["border"]
    assert [one.text for one in docx.find(part, "//w:ins//w:t")] == ["river"]
    assert docx.find("word/document.xml", "//w:ins | //w:del") == []


def test_changes_have_an_author_a_day_and_a_number_of_their_own() -> None:
    docx = docx_lint.read(redline(noted("gauge"), noted("treaty", texts=TEXTS)))
    found = docx.in_stories("//w:ins | //w:del | //w:pPrChange")
    marks = docx.in_stories("//w:bookmarkStart")
    ids = [one.get(docx_lint.w("id")) for one in (*found, *marks)]
    assert found and len(set(ids)) == len(ids)
    assert {one.get(docx_lint.w("author")) for one in found} == {load_theme().institute.name}
    assert {one.get(docx_lint.w("date")) for one in found} == {"2025-06-18T00:00:00Z"}


def test_the_same_versions_give_the_same_bytes() -> None:
    assert redline(noted("gauge"), noted("treaty")) == redline(noted("gauge"), noted("treaty"))


def test_the_last_paragraph_of_a_text_comes_and_goes() -> None:
    longer = minimal().model_copy(update={"body": (p("One."), p("Two, and more."))})
    shorter = minimal().model_copy(update={"body": (p("One."),)})
    redline(longer, shorter)
    redline(shorter, longer)


FIRST = "The river rises in the spring, and the gauge shows it each morning."
SECOND = " In winter nobody looks at the gauge, for all is under snow and ice."


def test_a_paragraph_that_was_divided_or_joined_has_a_mark_put_in_or_taken_out() -> None:
    whole = minimal().model_copy(update={"body": (p(FIRST + SECOND), p("It ends."))})
    halves = (p(FIRST), p(SECOND.strip()), p("It ends."))
    parted = minimal().model_copy(update={"body": halves})
    for old, new, tag in ((whole, parted, "ins"), (parted, whole, "del")):
        docx = docx_lint.read(redline(old, new))
        assert len(docx.in_stories(f"//w:pPr/w:rPr/w:{tag}")) == 1
        other = {"ins": "del", "del": "ins"}[tag]
        [space] = docx.in_stories(f"//w:{other}//w:t | //w:{other}//w:delText")
        assert space.text == " "
        assert docx.in_stories(f"//w:p/w:{tag}") == []


def test_everything_may_come_and_go() -> None:
    redline(minimal(), sample())
    redline(sample(), minimal())


@pytest.mark.parametrize("way", ["accept", "reject"])
def test_a_settled_file_is_as_sound_as_any(way: Way) -> None:
    table = m.Table(
        columns=(m.Column(), m.Column()),
        body=(m.Row(cells=(m.Cell(blocks=(p("A"),)), m.Cell(blocks=(p("B"),)))),),
        line=1,
    )
    old, new = noted("gauge", "treaty"), noted("treaty", "gauge")
    new = new.model_copy(update={"body": (*new.body, table, p("End."))})
    data = redline(old, new)
    assert docx_lint.faults(docx_lint.read(settled(data, way))) == []


def test_the_proof_sees_a_change_that_is_not_marked() -> None:
    old, new = noted("gauge"), noted("gauge", texts=TEXTS | {"gauge": "Measured at the gauge."})
    data = redline(old, new)
    found = verify_redline(old, new, in_part(data, "word/footnotes.xml", "border ", "river "), "x")
    assert [one.code for one in found] == ["verify-text-changed"]
    assert found[0].path == "x (all changes rejected)"
