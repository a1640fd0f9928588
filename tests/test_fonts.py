"""The shipped fonts are what their manifest says, and print what a brief needs."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from pipeline.fonts import Cut, Face, companions, coverage, cuts_for, faces, missing
from pipeline.theme import load_theme, theme_names

FOLDER = Path(__file__).parent.parent / "templates" / "fonts"
FACES = faces(FOLDER)
SCRIPTS = ("Arabic", "Hebrew")
HOUSE = [face for face in FACES if not face.family.endswith(SCRIPTS)]
"""Faces of the families that running text is set in; the others stand behind them."""
CUTS = [cut for face in FACES for cut in face.cuts]
PARTS: list[Face | Cut] = [*FACES, *CUTS]
NO_SYSTEM_FONTS = '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>'

EVERYWHERE = (
    "Aa09&\u00a0\u00ad\u2009\u200a\u202f\u2007\u2060\u200b"
    "\u2010\u2011\u2012\u2013—―\u2018\u2019\u201a“”„\u2039\u203a«»…•·§¶†‡\u2032″‰\u2212\u00d7÷±°€£½©®™↑²¹³ʼ"
)
IN_EVERY_FAMILY = (
    "ÀÉîöñçßŒœŠšŁłŻżĄąČčŘřĞğİıŐőȘșȚțẞĦħḥṣʾʿʹʺŦŧƏəĐđạế₴₽₺₹≤≥≈≠∞√⅓⅕⅞⁰⁴⁹⁺⁻ⁿ₀₉←→↓↔⇒☐☑☒✓✔✗■●○▪►‣‖℃№"
    "АЯаяЁёІіЇїЄєҐґЎўЂђЋћЉљЊњЏџѢѣ\u0301\u0391Ω\u03b1ωςάέήίόύώϊΐ"
)


def opened(part: Face | Cut) -> TTFont:
    """Open the font file of a face or a cut."""
    return TTFont(part.file)


def label(part: Face | Cut) -> str:
    """Name a face or cut in the test report."""
    return part.file.name


@pytest.mark.parametrize("part", PARTS, ids=label)
def test_file_is_the_one_the_manifest_describes(part: Face | Cut) -> None:
    assert hashlib.sha256(part.file.read_bytes()).hexdigest() == part.sha256
    assert set(opened(part).getBestCmap()) == part.characters


def test_folder_holds_no_other_font() -> None:
    held = {file for file in FOLDER.rglob("*") if file.suffix in {".ttf", ".otf", ".woff2"}}
    assert held == {part.file for part in PARTS}


def test_every_family_has_the_styles_of_running_text() -> None:
    styles = {family: set[tuple[str, int]]() for family in coverage(FOLDER)}
    for face in FACES:
        styles[face.family].add((face.style, face.weight))
    four = {("normal", 400), ("italic", 400), ("normal", 700), ("italic", 700)}
    two = {("normal", 400), ("normal", 700)}
    assert styles == {
        "Briefwright Serif": four,
        "Briefwright Serif Display": four,
        "Briefwright Sans": four,
        "Briefwright Folio": four,
        "Briefwright Folio Sans": four,
        "Briefwright Mono": {("normal", 400)},
        **{f"Briefwright {kind} {script}": two for kind in ("Serif", "Sans") for script in SCRIPTS},
    }


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("theme", ["", *theme_names()])
def test_another_script_has_letters_behind_every_family_of_a_theme(theme: str, script: str) -> None:
    chosen = load_theme(name=theme).type
    joined = companions(FOLDER, {"Arabic": "ب", "Hebrew": "ב"}[script])
    for family in (chosen.serif, chosen.sans, chosen.mono):
        assert any(name.endswith(script) for name in joined.get(family, ())), family


@pytest.mark.parametrize("face", FACES, ids=label)
def test_font_names_itself_and_its_licence_and_may_be_embedded(face: Face) -> None:
    font = opened(face)
    names = {record.nameID: str(record) for record in font["name"].names}
    bold, italic = face.weight == 700, face.style == "italic"
    assert names[1] == face.family
    assert names[2] == (" ".join(["Bold"] * bold + ["Italic"] * italic) or "Regular")
    # The licences reserve these, clause 3: no name shown to a user may hold one.
    shown = " ".join(names.get(i, "") for i in (1, 2, 3, 4, 6, 16, 17))
    assert not [one for one in ("Source", "Scheherazade", "SIL", "Plex") if one in shown]
    assert "Copyright" in names[0] or "Adobe" in names[0]
    assert "SIL Open Font License" in names[13]
    assert font["OS/2"].fsType == 0
    assert (font["OS/2"].usWeightClass, font["head"].macStyle) == (face.weight, bold | italic * 2)


@pytest.mark.parametrize("name", sorted({face.licence for face in FACES}))
def test_licence_text_is_there_whole(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.startswith(("Copyright", "©"))
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in text
    assert text.rstrip().endswith("OTHER DEALINGS IN THE FONT SOFTWARE.")


@pytest.mark.parametrize("face", HOUSE, ids=label)
def test_face_has_what_every_brief_needs(face: Face) -> None:
    assert missing(EVERYWHERE + IN_EVERY_FAMILY, [face.characters]) == ()
    for cut in face.cuts:
        if cut.name in ("basic", "latin"):
            assert missing(EVERYWHERE, [cut.characters]) == ()


@pytest.mark.parametrize("face", FACES, ids=label)
def test_no_character_of_a_face_is_outside_its_cuts(face: Face) -> None:
    assert face.characters == frozenset[int]().union(*(cut.characters for cut in face.cuts))


@pytest.mark.parametrize("face", FACES, ids=label)
def test_a_glyph_stands_for_one_text_only(face: Face) -> None:
    """PDF readers get the text back by glyph: a shared one would turn - into U+2010 or ² into 2."""
    font = opened(face)
    glyphs = list(font.getBestCmap().values())
    assert len(glyphs) == len(set(glyphs))
    assert not set(glyphs) & set(substitutions(font, "sups").values())
    assert not set(glyphs) & set(substitutions(font, "subs").values())


@pytest.mark.parametrize(
    "part", [*HOUSE, *(c for c in CUTS if c.name in ("basic", "latin"))], ids=label
)
def test_figures_have_their_forms(part: Face | Cut) -> None:
    font = opened(part)
    figures = {font.getBestCmap()[point] for point in range(0x30, 0x3A)}
    assert figures <= set(substitutions(font, "sups"))
    assert figures <= set(substitutions(font, "subs"))
    if part.family.startswith("Briefwright Folio"):
        assert figures <= set(substitutions(font, "tnum")), "figures are proportional by themselves"
        lined = substitutions(font, "lnum").keys() >= figures
        assert lined or figures <= set(substitutions(font, "onum"))
        return
    assert figures <= set(substitutions(font, "onum"))
    widths = {font["hmtx"][figure][0] for figure in figures}
    assert len(widths) == 1, "figures are tabular unless pnum is asked for"
    if part.family != "Briefwright Mono":
        narrow = substitutions(font, "pnum")
        assert len({font["hmtx"][narrow[figure]][0] for figure in figures}) > 1


@pytest.mark.parametrize("cut", [cut for cut in CUTS if cut.name == "basic"], ids=label)
def test_the_cut_of_an_english_page_is_light(cut: Cut) -> None:
    assert cut.file.stat().st_size < 20_000


def test_print_faces_are_light() -> None:
    assert sum(face.file.stat().st_size for face in FACES) < 4_700_000


def chosen(text: str) -> list[str]:
    """Return the names of the cuts that the serif regular needs for a text."""
    return [cut.name for cut in cuts_for(FACES[:1], text)]


def test_a_page_carries_only_the_cuts_its_characters_ask_for() -> None:
    assert chosen("") == []
    assert chosen("Plain “English”, § 5 \u2013 10\u202fkm\n") == ["basic"]
    assert chosen("Détente") == ["latin"]
    assert chosen("Łódź and détente") == ["latin", "latin-ext"]
    assert chosen("Київ, м. Київ") == ["basic", "cyrillic"]
    assert chosen("Ξένος → 3 ≤ 4") == ["basic", "greek", "symbols"]
    assert chosen("漢字") == []


def test_families_of_other_scripts_join_those_of_the_house_where_they_are_needed() -> None:
    assert companions(FOLDER, "Plain “English”, Київ") == {}
    found = companions(FOLDER, "A gauge: מד")
    assert found["Briefwright Serif"] == ("Briefwright Serif Hebrew",)
    assert found["Briefwright Mono"] == ("Briefwright Sans Hebrew",)
    both = ("Briefwright Serif Arabic", "Briefwright Serif Hebrew")
    assert companions(FOLDER, "مقياس מד")["Briefwright Serif Display"] == both


@pytest.mark.parametrize("face", [face for face in FACES if face not in HOUSE], ids=label)
def test_a_face_of_another_script_has_its_letters_and_what_stands_between(face: Face) -> None:
    """Programs that set text take spaces, figures and stops from the family of the letters."""
    arabic = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ءآأؤإئةى ًٌٍَُِّْٰ ٠١٢٣٤٥٦٧٨٩ ،؛؟٪٫٬ پچژگکی"
    hebrew = "אבגדהוזחטיךכלםמןנסעףפץצקרשת ְֱֲֳִֵֶַָֹֻּׁׂ ־׳״"
    letters = arabic if face.family.endswith("Arabic") else hebrew
    assert missing(f"{letters} 0123456789.,:;()[]!?%\u200e\u200f", [face.characters]) == ()


def test_cuts_come_face_by_face_with_their_css_range() -> None:
    cuts = cuts_for([face for face in FACES if face.family == "Briefwright Sans"], "été")
    assert [(cut.style, cut.weight) for cut in cuts] == [
        ("normal", 400),
        ("italic", 400),
        ("normal", 700),
        ("italic", 700),
    ]
    assert cuts[0].unicode_range.startswith("U+20-7E, U+A0-FF, U+131, U+152-153, ")


def test_missing_names_each_character_once_in_order() -> None:
    families = coverage(FOLDER)
    both = [families["Briefwright Serif"], families["Briefwright Sans"]]
    assert missing("A 漢 b 字\n漢\t∈", both) == ("漢", "字", "∈")
    assert missing("ẞ Ж Ω ☒ \u2011", both) == ()
    assert missing("A", []) == ("A",)


PRINT = """
import sys
from pathlib import Path
from weasyprint import HTML
HTML(string=Path(sys.argv[1]).read_text(encoding="utf-8")).write_pdf(
    sys.argv[2], uncompressed_pdf=True)
"""
SAMPLE = (
    "<p>{0}a-b a\u2010b a\u2011b 5\u00a0km 5\u202fkm m², "
    "CO<sub>2</sub>.<sup>12</sup> ½ ⅕ \u22123</p>"
    "<p>{0}Łódź Příliš Київ Ґ Њ Ξένος ∆ Δ µ μ ☐ ☒ ↔ ⇒ ●</p>"
)
READ = (
    "{0}a-b a\u2010b a\u2011b 5\u00a0km 5\u202fkm m², CO2.12 ½ ⅕ \u22123",
    "{0}Łódź Příliš Київ Ґ Њ Ξένος ∆ Δ µ μ ☐ ☒ ↔ ⇒ ●",
)


def test_print_uses_every_face_and_no_other_and_reads_back_exactly(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(NO_SYSTEM_FONTS, encoding="utf-8")
    rules = "".join(
        f"@font-face {{"
        f" font-family: '{face.family}'; font-style: {face.style}; font-weight: {face.weight};"
        f" src: url({face.file.as_uri()}) }}"
        for face in HOUSE
    )
    rules += "sup { font-feature-settings: 'sups' } sub { font-feature-settings: 'subs' }"
    rules += "sup, sub { font-size: 1em; vertical-align: baseline }"
    body = "".join(
        f"<div style=\"font: {face.style} {face.weight} 9pt '{face.family}'\">"
        f"{SAMPLE.format(number)}</div>"
        for number, face in enumerate(HOUSE)
    )
    (tmp_path / "sample.html").write_text(f"<style>{rules}</style>{body}", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-c", PRINT, tmp_path / "sample.html", tmp_path / "sample.pdf"],
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
        check=True,
        capture_output=True,
        timeout=120,
    )
    used = re.findall(rb"/BaseFont /[A-Z]{6}\+([\w-]+)", (tmp_path / "sample.pdf").read_bytes())
    expected = {opened(face)["name"].getBestFullName().replace(" ", "-") for face in HOUSE}
    assert {name.decode() for name in used} == expected
    read = "\n".join(
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(tmp_path / "sample.pdf")
    )
    lines = {line.strip() for line in read.splitlines()}
    for number in range(len(HOUSE)):
        assert lines >= {line.format(number) for line in READ}


def substitutions(font: TTFont, tag: str) -> dict[str, str]:
    """Return what a feature puts in place of single glyphs."""
    table = font["GSUB"].table
    indexes = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == tag
        for index in record.Feature.LookupListIndex
    }
    subtables = [
        getattr(subtable, "ExtSubTable", subtable)
        for index in sorted(indexes)
        for subtable in table.LookupList.Lookup[index].SubTable
    ]
    return {key: value for one in subtables for key, value in one.mapping.items()}
