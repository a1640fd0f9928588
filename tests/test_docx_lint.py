"""The lint of Word files sees what it is there to see."""

import io
import re
import zipfile

import pytest

from pipeline.renderers.docx import render_docx
from pipeline.theme import load_theme
from tests.docx_lint import faults, read
from tests.samples import sample

DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
NUMBERING, STYLES = "word/numbering.xml", "word/styles.xml"
DAMAGE = [
    (
        DOCUMENT,
        r'<w:pStyle w:val="BodyText"/>',
        '<w:pStyle w:val="Gone"/>',
        "Gone is not a paragraph",
    ),
    (DOCUMENT, r'<w:pStyle w:val="BodyText"/>', '<w:jc w:val="right"/>', "direct formatting: jc"),
    (DOCUMENT, r"<w:bookmarkEnd [^>]*/>", "", "are not closed"),
    (DOCUMENT, r'w:name="_Note_2"', 'w:name="_Note_1"', "bookmark _note_1 is there 2 times"),
    (DOCUMENT, r'w:anchor="numbers"', 'w:anchor="gone"', "leads to gone"),
    (DOCUMENT, r"NOTEREF _Note_4", "NOTEREF _Note_5", "shows 4, but should show 5"),
    (DOCUMENT, r'<w:fldChar w:fldCharType="end"/>', "", "are not whole"),
    (DOCUMENT, r'<w:footnoteReference w:id="3"/>', "", "not called in their order"),
    (DOCUMENT, r'<w:numId w:val="\d+"/>', '<w:numId w:val="99"/>', "list 99 has no such level"),
    (DOCUMENT, r"<w:tr>.*?</w:tr>(?=</w:tbl><w:p>)", "", "a table has no rows"),
    (DOCUMENT, r'<w:gridCol w:w="\d+"/>', "", "does not fill its table"),
    (
        DOCUMENT,
        r"(?<=</w:tcPr>)<w:p>((?!</w:tc>).)*(?=</w:tc>)",
        "",
        "does not end with a paragraph",
    ),
    (
        DOCUMENT,
        r"<w:sectPr>",
        '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p><w:sectPr>',
        "empty",
    ),
    (DOCUMENT, r'r:embed="rId\d+"', 'r:embed="rId99"', "uses rId99"),
    (DOCUMENT, r'<wp:docPr id="2"', '<wp:docPr id="1"', "picture id 1 is there 2 times"),
    (NOTES, r"<w:footnoteRef/>", "", "does not print its number once"),
    (NOTES, r'w:id="-1"', 'w:id="-2"', "not those of the settings"),
    (NUMBERING, r'<w:num w:numId="2">', '<w:num w:numId="1">', "list 1 is there 2 times"),
    (STYLES, r'<w:name w:val="Title"/>', '<w:name w:val="subtitle"/>', "style name subtitle"),
    (STYLES, r'<w:basedOn w:val="BodyText"/>', '<w:basedOn w:val="Strong"/>', "no such style"),
]


def spoilt(part: str, pattern: str, replacement: str) -> bytes:
    """Return the sample's file with the first match in one part replaced."""
    stream = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(render_docx(sample(), load_theme())))
    with whole, zipfile.ZipFile(stream, "w") as archive:
        for name in whole.namelist():
            data = whole.read(name)
            if name == part:
                text, count = re.subn(pattern, replacement, data.decode(), count=1, flags=re.DOTALL)
                assert count == 1, "there is nothing to spoil"
                data = text.encode()
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(("part", "pattern", "replacement", "named"), DAMAGE)
def test_damage_is_named(part: str, pattern: str, replacement: str, named: str) -> None:
    found = faults(read(spoilt(part, pattern, replacement)))
    assert any(named in one for one in found), found


def test_a_part_that_nothing_leads_to_is_named() -> None:
    stream = io.BytesIO(render_docx(sample(), load_theme()))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/extra.xml", "<x/>")
    found = faults(read(stream.getvalue()))
    assert "nothing leads to word/extra.xml" in found
    assert "word/extra.xml has no content type" not in found
    assert "word/extra.xml is only known as XML" in found
