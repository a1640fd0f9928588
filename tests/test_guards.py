"""Notes at the page foot: what WeasyPrint alone loses, and that nothing is lost with the guards."""

import ast
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from pipeline.problems import BriefError
from pipeline.renderers.print import engine
from tests.noted_pages import Pages, item, look, page_texts, print_floating, print_pages


@pytest.mark.parametrize("seed", [1, 25])
def test_weasyprint_alone_loses_notes(seed: int) -> None:
    pages = Pages("short", seed, paragraphs_only=True, floating=True)
    data = print_floating(pages)
    assert len(look(data, pages.notes).lost) == 2


@pytest.mark.parametrize("seed", [1, 25])
def test_nothing_is_lost_where_weasyprint_alone_loses_notes(seed: int) -> None:
    pages = Pages("short", seed, paragraphs_only=True)
    data, too_tall = print_pages(pages.markup(), len(pages.notes))
    findings = look(data, pages.notes)
    assert (findings.gone_wrong, findings.late, too_tall) == ([], [], ())


@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("kind", ["short", "mixed"])
def test_notes_stand_on_the_page_of_their_call(kind: str, seed: int) -> None:
    pages = Pages(kind, seed)
    data, _ = print_pages(pages.markup(), len(pages.notes))
    findings = look(data, pages.notes)
    assert (findings.gone_wrong, findings.late) == ([], [])


@pytest.mark.parametrize("kind", ["long", "rich"])
def test_long_notes_run_on(kind: str) -> None:
    pages = Pages(kind, 4)
    data, _ = print_pages(pages.markup(), len(pages.notes))
    findings = look(data, pages.notes)
    assert findings.gone_wrong == []
    assert findings.running_on


def test_a_note_taller_than_several_pages_runs_over_all_of_them() -> None:
    words = [f"n1w{index}" for index in range(1600)]
    text = "some words of text " * 30
    markup = (
        f'<html lang=en><p>Text.<a class=call id="fnref:1" href="#fn:1">c1c</a></p><p>{text}</p>'
        f"<ol class=notes>{item(1, '<p>' + ' '.join(words) + '</p>')}</ol></html>"
    )
    data, too_tall = print_pages(markup, 1)
    findings = look(data, [words])
    assert (findings.gone_wrong, findings.late, too_tall) == ([], [], ())
    assert len(page_texts(data)) >= 4


def test_many_long_notes_called_in_one_line_follow_one_another() -> None:
    notes = [[f"n{number}w{index}" for index in range(300)] for number in range(1, 9)]
    calls = "".join(f'<a class=call id="fnref:{n}" href="#fn:{n}">c{n}c</a> ' for n in range(1, 9))
    items = "".join(item(n, f"<p>{' '.join(words)}</p>") for n, words in enumerate(notes, 1))
    markup = f"<html lang=en><p>Text {calls}</p><ol class=notes>{items}</ol></html>"
    data, _ = print_pages(markup, 8)
    findings = look(data, notes)
    assert findings.gone_wrong == []
    assert set(findings.late) == {3, 4, 5, 6, 7, 8}


def test_a_note_called_in_the_last_line_of_a_page_stays_with_it() -> None:
    for lines in range(28, 40):
        text = "<br>".join(["line"] * lines)
        markup = (
            f'<html lang=en><p>{text}<a class=call id="fnref:1" href="#fn:1">c1c</a></p>'
            f"<ol class=notes>{item(1, '<p>n1w0 n1w1</p>')}</ol></html>"
        )
        data, _ = print_pages(markup, 1)
        findings = look(data, [["n1w0", "n1w1"]])
        assert (findings.gone_wrong, findings.late) == ([], []), lines


def test_a_table_head_with_a_call_is_not_repeated() -> None:
    rows = "<tr><td>cell</td></tr>" * 60
    markup = (
        "<html lang=en><table><thead><tr><th>Head"
        '<a class=call id="fnref:1" href="#fn:1">c1c</a></th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
        f"<ol class=notes>{item(1, '<p>n1w0</p>')}</ol></html>"
    )
    texts = page_texts(print_pages(markup, 1)[0])
    assert len(texts) > 1
    assert ["Head" in text for text in texts] == [True] + [False] * (len(texts) - 1)


def test_a_table_head_is_printed_even_where_no_row_fits_below_it() -> None:
    notes = [[f"n{number}w{index}" for index in range(600)] for number in (1, 2)]
    calls = "".join(f'<a class=call id="fnref:{n}" href="#fn:{n}">c{n}c</a> ' for n in (1, 2))
    items = "".join(item(n, f"<p>{' '.join(words)}</p>") for n, words in enumerate(notes, 1))
    markup = (
        "<html lang=en><table><thead><tr><th>Head</th></tr></thead>"
        f"<tbody><tr><td>{calls}</td></tr></tbody></table><ol class=notes>{items}</ol></html>"
    )
    data, _ = print_pages(markup, 2)
    assert "".join(page_texts(data)).count("Head") == 1
    assert look(data, notes).gone_wrong == []


def test_a_table_foot_stands_once_at_the_end() -> None:
    rows = "<tr><td>cell</td></tr>" * 60
    markup = (
        f"<html lang=en><table><tbody>{rows}</tbody><tfoot><tr><td>Total</td></tr></tfoot></table>"
    )
    texts = page_texts(print_pages(markup, 0)[0])
    assert ["Total" in text for text in texts] == [False] * (len(texts) - 1) + [True]


def test_a_part_of_a_note_that_is_taller_than_a_page_is_named() -> None:
    tower = '<p><span style="display: inline-block; height: 400mm">n1w0</span></p>'
    markup = (
        '<html lang=en><p>Text.<a class=call id="fnref:1" href="#fn:1">c1c</a></p>'
        f"<ol class=notes>{item(1, tower)}</ol></html>"
    )
    assert print_pages(markup, 1)[1] == ("fn:1",)


def test_two_hundred_notes_in_one_paragraph_all_stand_with_their_calls() -> None:
    numbers = range(1, 201)
    calls = "".join(f'word <a class=call id="fnref:{n}" href="#fn:{n}">c{n}c</a> ' for n in numbers)
    items = "".join(item(n, f"<p>n{n}w0</p>") for n in numbers)
    markup = f"<html lang=en><p>{calls}</p><ol class=notes>{items}</ol></html>"
    data, _ = print_pages(markup, 200)
    findings = look(data, [[f"n{n}w0"] for n in numbers])
    assert (findings.gone_wrong, findings.late) == ([], [])


def test_another_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "VERSION", "71.0")
    with pytest.raises(BriefError) as caught:
        engine.require_unchanged(engine.GUARDED)
    assert [item.code for item in caught.value.problems] == ["setup-weasyprint"]
    assert f"WeasyPrint 71.0; this is {version('weasyprint')}" in caught.value.problems[0].message


def test_a_changed_weasyprint_is_refused() -> None:
    with pytest.raises(BriefError) as caught:
        engine.require_unchanged({"layout/block.py": "0" * 64})
    assert "weasyprint/layout/block.py is not as it was released" in str(caught.value)


def replaced(source: str) -> Iterator[str]:
    """Yield the modules of WeasyPrint in which the source replaces something."""
    modules: dict[str, str] = {}
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.Import):
            modules |= {one.asname or one.name: one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute):
                    name = ast.unparse(target.value)
                    yield modules.get(name, name)


def test_every_file_with_something_replaced_is_guarded() -> None:
    rooms = Path(engine.__file__).parent.glob("*.py")
    found = {name for room in rooms for name in replaced(room.read_text(encoding="utf-8"))}
    paths = {name.removeprefix("weasyprint.").replace(".", "/") for name in found}
    assert "layout/inline" in paths
    for path in paths:
        assert f"{path}.py" in engine.GUARDED or f"{path}/__init__.py" in engine.GUARDED, path
