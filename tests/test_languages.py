"""Every language: its brief in every output, marked, set in its direction, and read back."""

import io
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import etree

from pipeline import model as m
from pipeline import rendering
from pipeline.build import read_checked
from pipeline.languages import Direction, direction, script_of
from pipeline.manifest import Format
from pipeline.model import Brief
from pipeline.problems import report
from pipeline.theme import load_theme
from pipeline.words import words_for
from tests import samples

FOLDER = Path(__file__).parent / "languages"
LANGUAGES = sorted(folder.name for folder in FOLDER.iterdir())
FORMS: tuple[Format, ...] = ("html", "pdf", "docx")
THEME = load_theme()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def sample(lang: str) -> Brief:
    """Read the brief in a language, which has no problems."""
    brief, problems = read_checked(FOLDER / lang / "brief.md", THEME)
    assert report(problems) == ""
    assert brief is not None
    return brief


@cache
def made(lang: str, form: Format) -> bytes:
    """Render the brief in a language."""
    return rendering.render(sample(lang), THEME, form)


def words(lang: str) -> etree._Element:
    """Return the text part of the Word file in a language."""
    with ZipFile(io.BytesIO(made(lang, "docx"))) as package:
        return etree.fromstring(package.read("word/document.xml"))


def test_every_language_with_words_has_a_brief() -> None:
    assert {words_for(lang, THEME.folder).lang for lang in LANGUAGES} == set(LANGUAGES)
    assert len(LANGUAGES) == 11


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_brief_in_every_language_reads_back(lang: str, form: Format) -> None:
    assert report(rendering.verify(sample(lang), made(lang, form), form, lang)) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_what_is_written_from_the_right_runs_so(lang: str) -> None:
    turned = direction(lang) == "rtl"
    assert (' dir="rtl">' in made(lang, "html").decode().partition("<head>")[0]) == turned
    body = words(lang).find(f"{W}body")
    assert body is not None
    assert (body.find(f"{W}sectPr/{W}bidi") is not None) == turned
    tables = list(body.iter(f"{W}tbl"))
    assert tables
    assert all((one.find(f"{W}tblPr/{W}bidiVisual") is not None) == turned for one in tables)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_passage_from_the_right_in_a_brief_from_the_left_is_turned(lang: str) -> None:
    other = {"en": "he", "ru": "ar"}[lang]
    assert f'<span lang="{other}" dir="rtl">' in made(lang, "html").decode()
    runs = [
        run
        for run in words(lang).iter(f"{W}r")
        if (mark := run.find(f"{W}rPr/{W}lang")) is not None and mark.get(f"{W}bidi") == other
    ]
    assert runs
    assert all(run.find(f"{W}rPr/{W}rtl") is not None for run in runs)


@pytest.mark.parametrize("lang", ["ar", "he"])
def test_a_passage_from_the_left_in_a_brief_from_the_right_is_not(lang: str) -> None:
    assert '<span lang="en" dir="ltr">' in made(lang, "html").decode()
    runs = [run for run in words(lang).iter(f"{W}r") if "silent" in (run.findtext(f"{W}t") or "")]
    assert len(runs) == 1
    assert runs[0].find(f"{W}rPr/{W}rtl") is None


def without_a_language_in_html(data: bytes) -> bytes:
    return data.replace(b'<span lang="en"', b"<span")


def without_a_language_in_docx(data: bytes) -> bytes:
    target = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as package, ZipFile(target, "w") as spoiled:
        for name in package.namelist():
            part = package.read(name)
            spoiled.writestr(name, part.replace(b'<w:lang w:val="en"/>', b""))
    return target.getvalue()


def without_a_language_in_pdf(data: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/Lang" in thing:
                del thing["/Lang"]
        pdf.save(target)
    return target.getvalue()


SPOIL = {
    "html": without_a_language_in_html,
    "pdf": without_a_language_in_pdf,
    "docx": without_a_language_in_docx,
}


@pytest.mark.parametrize("lang", ["ar", "fr"])
@pytest.mark.parametrize("form", FORMS)
def test_a_passage_that_lost_its_language_is_seen(form: Format, lang: str) -> None:
    spoiled = SPOIL[form](made(lang, form))
    found = rendering.verify(sample(lang), spoiled, form, lang)
    assert {problem.code for problem in found} == {"verify-language"}


def test_a_note_called_in_a_passage_keeps_the_language_of_the_brief() -> None:
    passage = samples.p("Personne ne ment.", samples.call("a", 1), " Rien.")
    body = (m.Division(lang="fr", blocks=(passage,), line=1),)
    notes = (samples.note(1, "a", samples.p("An English note.")),)
    brief = samples.minimal().model_copy(update={"body": body, "notes": notes})
    for form in FORMS:
        data = rendering.render(brief, THEME, form)
        assert report(rendering.verify(brief, data, form, "brief")) == ""


@pytest.mark.parametrize(
    ("tag", "way"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("uz-Arab", "rtl"), ("ar-Latn", "ltr"), ("de-1901", "ltr")],
)
def test_a_script_in_the_tag_decides_the_direction(tag: str, way: Direction) -> None:
    assert direction(tag) == way


def test_a_character_names_its_script() -> None:
    assert script_of("ა") == "the script Georgian"
    assert script_of("∈") == "this sign"
