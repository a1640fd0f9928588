"""Every kind of damage to a Word file is seen, and named."""

import re

import pytest

from pipeline.renderers.docx import render_docx
from pipeline.theme import load_theme
from pipeline.verify import verify_docx
from tests.samples import minimal, png, sample
from tests.spoiling import in_part, packed, unpacked, without_part

BRIEF = sample()
OWN = "docProps/custom.xml"
BODY, NOTES, CORE = "word/document.xml", "word/footnotes.xml", "docProps/core.xml"


@pytest.fixture(scope="module")
def document() -> bytes:
    return render_docx(BRIEF, load_theme())


def found(data: bytes) -> dict[str, list[str]]:
    """The messages about the file, by their codes."""
    by_code: dict[str, list[str]] = {}
    for problem in verify_docx(BRIEF, data, "output/sample/sample.docx"):
        assert problem.path == "output/sample/sample.docx"
        by_code.setdefault(problem.code, []).append(problem.message)
    return by_code


def test_a_good_file_has_no_faults(document: bytes) -> None:
    assert found(document) == {}
    assert verify_docx(minimal(), render_docx(minimal(), load_theme()), "x") == ()


def footnote(number: int) -> str:
    """A pattern for the content of a note."""
    return rf'<w:footnote w:id="{number}">.*?</w:footnote>'


def reference(number: int) -> str:
    """A pattern for the call of a note."""
    return rf'<w:footnoteReference w:id="{number}"/>'


def test_a_lost_note_is_named(document: bytes) -> None:
    faults = found(in_part(document, NOTES, footnote(15), ""))
    assert faults["verify-note-missing"] == ["note 15 ([^cell], line 105) is missing"]
    assert "footnote 15 is called" in faults["verify-note-link"][0]


def test_a_note_that_nobody_calls_is_named(document: bytes) -> None:
    faults = found(in_part(document, BODY, reference(15), ""))
    assert "footnote 15 in the file is never called" in faults["verify-note-link"][0]
    assert faults["verify-call-missing"]
    assert "note 17" in faults["verify-note-missing"][0]


def test_a_note_that_is_called_natively_twice_is_printed_twice(document: bytes) -> None:
    faults = found(in_part(document, BODY, reference(15), f"{reference(15)}{reference(15)}"))
    assert "note '18' is printed" in faults["verify-note-unknown"][0]


def test_swapped_notes_are_named(document: bytes) -> None:
    data = in_part(document, NOTES, '<w:footnote w:id="4">', '<w:footnote w:id="99">')
    data = in_part(data, NOTES, '<w:footnote w:id="5">', '<w:footnote w:id="4">')
    faults = found(in_part(data, NOTES, '<w:footnote w:id="99">', '<w:footnote w:id="5">'))
    told = " ".join(message for messages in faults.values() for message in messages)
    assert "note 4" in told and "note 5" in told


def test_swapped_calls_are_named(document: bytes) -> None:
    data = in_part(document, BODY, reference(15), reference(99))
    data = in_part(data, BODY, reference(16), reference(15))
    faults = found(in_part(data, BODY, reference(99), reference(16)))
    told = " ".join(message for messages in faults.values() for message in messages)
    assert "note 15" in told and "note 16" in told


DAMAGE = [
    ("A letter", BODY, "Under the heading", "Under the heding", "verify-text-changed", "heding"),
    ("A digit", BODY, "fell by 12", "fell by 13", "verify-text-changed", "13"),
    ("An accent", BODY, "mot français", "mot francais", "verify-text-changed", "francais"),
    (
        "A comma",
        BODY,
        "paragraph calls a note,",
        "paragraph calls a note",
        "verify-text-changed",
        "calls a note",
    ),
    ("The title as it is cited", BODY, ">Water and the B", ">The B", "verify-text", "Water and"),
    ("The institute", BODY, "neighbours owe one", "neighbours owed one", "verify-text", "owed"),
    ("The licence", BODY, "Attribution 4.0", "Attribution 3.0", "verify-text", "Attribution 4.0"),
    ("An ISSN", BODY, "2049-3630", "2049-3631", "verify-text", "2049-3631"),
    ("What the code is called", BODY, "QR: https", "QR http", "verify-picture", "QR http"),
    ("A DOI among the properties", OWN, "10.1234/example", "10.1234/x", "verify-property", "x.7"),
    ("The digest", OWN, "[0-9a-f]{64}", "0", "verify-property", "digest"),
    ("A note of a table", BODY, ">all<", ">al<", "verify-text-changed", "Of al."),
    ("Where its call leads", BODY, '"_tn_1_c"', '"_tn_1_b"', "verify-link", "b See r."),
    ("Where it leads back", BODY, '"_tnref_1_c"', '"_tnref_1_b"', "verify-link", "Rateb"),
    ("A note", NOTES, "A note to a verse", "A note to averse", "verify-text-changed", "note 11"),
    (
        "A note's last line",
        NOTES,
        r"<w:p><w:pPr><w:pStyle w:val=\"NoteQuote\"/>.*?</w:p>",
        "",
        "verify-text-missing",
        "note 8",
    ),
    (
        "A note's number",
        NOTES,
        r"<w:footnoteRef/>(?=.{40,80}A note to a cell)",
        "",
        "verify-note-number",
        "note 15",
    ),
    (
        "A paragraph",
        BODY,
        r"<w:p>(?:(?!<w:p>).)*?They meet each month.*?</w:p>",
        "",
        "verify-text-missing",
        "They meet",
    ),
    (
        "More text",
        BODY,
        "(They meet each month.)(</w:t></w:r></w:p>)",
        r"\1\2<w:p><w:r><w:t>Buy now.</w:t></w:r></w:p>",
        "verify-text-extra",
        "Buy now.",
    ),
    ("A row", BODY, r"<w:tr>(?:(?!<w:tr>).)*?2020.*?</w:tr>", "", "verify-text-missing", "row 3"),
    ("A row that is a head no longer", BODY, "<w:tblHeader/>", "", "verify-structure", "head"),
    (
        "A call's cached number",
        BODY,
        r"(NOTEREF _Note_4 \\f \\h </w:instrText>.{0,200}?<w:t xml:space=\"preserve\">)4",
        r"\g<1>5",
        "verify-field",
        "“5”, but its bookmark _Note_4 stands at note 4",
    ),
    (
        "A cross-reference's cached number",
        NOTES,
        r"(NOTEREF _Note_6 \\h </w:instrText>.{0,200}?<w:t xml:space=\"preserve\">)6",
        r"\g<1>7",
        "verify-field",
        "_Note_6 stands at note 6",
    ),
    (
        "A bookmark",
        BODY,
        r'<w:bookmarkStart w:id="\d+" w:name="_Note_6"/>',
        "",
        "verify-field",
        "_Note_6 stands at no note",
    ),
    ("A bookmark's end", BODY, r'<w:bookmarkEnd w:id="3"/>', "", "verify-note-link", "not closed"),
    (
        "A doubled bookmark",
        BODY,
        'w:name="below"',
        'w:name="numbers"',
        "verify-note-link",
        "numbers is set twice",
    ),
    ("An inner link", BODY, 'w:anchor="numbers"', 'w:anchor="end"', "verify-link", "#The end"),
    (
        "A heading's level",
        BODY,
        r"Heading2(\"/></w:pPr>.{0,120}A level below)",
        r"Heading3\1",
        "verify-structure",
        "heading 3",
    ),
    (
        "A heading made text",
        BODY,
        r"Heading2(\"/></w:pPr>.{0,120}A level below)",
        r"BodyText\1",
        "verify-structure",
        "heading 2",
    ),
    (
        "A quotation",
        BODY,
        r"\"Quote(\"/></w:pPr>)",
        r'"BodyText\1',
        "verify-structure",
        "quotation",
    ),
    (
        "A list's start",
        "word/numbering.xml",
        '<w:start w:val="3"/>',
        '<w:start w:val="4"/>',
        "verify-structure",
        "d)",
    ),
    (
        "A list's numbers",
        BODY,
        r'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="\d+"/></w:numPr>(?=(?:(?!</w:p>).)*>two<)',
        "",
        "verify-structure",
        "b",
    ),
    (
        "A text alternative",
        BODY,
        "Levels fall from 1990 to 2020",
        "Levels rise",
        "verify-picture",
        "Levels rise",
    ),
    (
        "A picture",
        BODY,
        r"<w:r><w:drawing>(?:(?!</w:drawing>).)*seen from above.*?</w:drawing></w:r>",
        "",
        "verify-picture",
        "",
    ),
    (
        "Hidden text",
        BODY,
        r"<w:r>(<w:t xml:space=\"preserve\">Two towns)",
        r"<w:r><w:rPr><w:vanish/></w:rPr>\1",
        "verify-hidden",
        "Two towns",
    ),
    (
        "White text",
        BODY,
        r"<w:r>(<w:t xml:space=\"preserve\">Two towns)",
        r'<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>\1',
        "verify-hidden",
        "Two towns",
    ),
    (
        "Tiny text",
        BODY,
        r"<w:r>(<w:t xml:space=\"preserve\">Two towns)",
        r'<w:r><w:rPr><w:sz w:val="2"/></w:rPr>\1',
        "verify-hidden",
        "Two towns",
    ),
    (
        "Deleted text",
        BODY,
        r"<w:r>(<w:t xml:space=\"preserve\">Two towns.*?)</w:r>",
        r"<w:del><w:r>\1</w:r></w:del>",
        "verify-text-missing",
        "Two towns",
    ),
    ("The title", CORE, "<dc:title>Water and", "<dc:title>Water or", "verify-property", "title"),
    ("An author", CORE, "; Boris Sample", "", "verify-property", "authors"),
    ("The language", CORE, "<dc:language>en", "<dc:language>fr", "verify-property", "language"),
    ("Keywords", CORE, "water, borders", "water", "verify-property", "keywords"),
    ("The date", CORE, "2025-06-18T", "2025-06-19T", "verify-property", "2025-06-19"),
    (
        "The language of the text",
        "word/styles.xml",
        r'(<w:lang w:val=")en',
        r"\1fr",
        "verify-property",
        "in the styles",
    ),
]


@pytest.mark.parametrize(
    ("part", "pattern", "after", "code", "named"),
    [row[1:] for row in DAMAGE],
    ids=[row[0] for row in DAMAGE],
)
def test_damage_is_named(
    document: bytes, part: str, pattern: str, after: str, code: str, named: str
) -> None:
    count = len(re.findall(pattern, unpacked(document)[part].decode(), re.DOTALL))
    assert count
    faults = found(in_part(document, part, pattern, after, count))
    told = [
        message for key, messages in faults.items() if key.startswith(code) for message in messages
    ]
    assert any(named in message for message in told), faults


def test_text_in_a_box_of_its_own_is_named(document: bytes) -> None:
    drawn = "<w:r><w:pict><w:p><w:r><w:t>Buy now.</w:t></w:r></w:p></w:pict></w:r>"
    pattern = r"(They meet each month\.</w:t></w:r>)"
    faults = found(in_part(document, BODY, pattern, rf"\1{drawn}"))
    assert "pict" in faults["verify-text-unknown"][0]
    wrapped = in_part(document, BODY, "</w:body>", "<w:p2><w:t>Buy now.</w:t></w:p2></w:body>")
    assert "p2" in found(wrapped)["verify-text-unknown"][0]


def test_a_broken_address_is_named(document: bytes) -> None:
    rels = "word/_rels/document.xml.rels"
    faults = found(in_part(document, rels, "report", "retort"))
    assert "retort" in faults["verify-link"][0]


def test_another_picture_is_named(document: bytes) -> None:
    parts = unpacked(document)
    names = [name for name in parts if name.startswith("word/media/")]
    faults = found(packed({**parts, names[0]: png(64, 40)}))
    assert "is not the picture of the brief" in " ".join(faults["verify-picture"])
    assert found(without_part(document, names[0]))["verify-picture"]


def test_notes_at_the_wrong_place_are_named(document: bytes) -> None:
    placed = BRIEF.metadata.model_copy(
        update={"notes": BRIEF.metadata.notes.model_copy(update={"docx": "end"})}
    )
    brief = BRIEF.model_copy(update={"metadata": placed})
    codes = {problem.code for problem in verify_docx(brief, document, "x.docx")}
    assert codes == {"verify-note-placement", "verify-property"}  # The digest is of all it says.


def test_numbers_that_word_would_print_otherwise_are_seen(document: bytes) -> None:
    decimal, roman = '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="lowerRoman"/>'
    assert "verify-note-missing" in found(in_part(document, BODY, decimal, roman))
    each = '<w:numRestart w:val="eachPage"/>'
    anew = found(in_part(document, BODY, '<w:numRestart w:val="continuous"/>', each))
    assert "restart: eachPage" in anew["verify-note-number"][0]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>", packed({"a": b""})])
def test_what_is_no_word_file_is_a_problem_and_not_an_accident(data: bytes) -> None:
    assert [problem.code for problem in verify_docx(BRIEF, data, "x")] == ["verify-unreadable"]


def test_a_file_that_is_cut_off_or_damaged_is_seen(document: bytes) -> None:
    for part in range(1, 20):
        at = len(document) * part // 20
        assert verify_docx(BRIEF, document[:at], "x")
    for name in (BODY, NOTES, CORE, "word/styles.xml"):
        data = packed({**unpacked(document), name: b"<w:broken"})
        assert [problem.code for problem in verify_docx(BRIEF, data, "x")] == ["verify-unreadable"]
        assert found(without_part(document, name))
