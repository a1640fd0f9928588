"""Word files of raw XML, as small as they can be, for what no program of ours would write."""

import io
import zipfile
from collections.abc import Mapping

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/></w:style>'
    for ident, name in (
        *(("Titel", "Title"), ("Untertitel", "Subtitle"), ("Ueberschrift1", "heading 1")),
        *(("Ueberschrift2", "heading 2"), ("Beschriftung", "caption"), ("Verzeichnis1", "toc 1")),
        ("Verzeichniskopf", "TOC Heading"),
    )
)
"""Styles as a German Word names them: ids are translated, names are not."""


def r(text: str, how: str = "") -> str:
    """A run of text; `how` are its properties."""
    return f'<w:r><w:rPr>{how}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*content: str, style: str = "", how: str = "") -> str:
    """A paragraph of runs; what is no XML is a run of its own."""
    runs = "".join(one if one.startswith("<") else r(one) for one in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{how}</w:pPr>{runs}</w:p>"


def foot(ident: int) -> str:
    """A call of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{ident}"/></w:r>'


def end(ident: int) -> str:
    """A call of an endnote."""
    return f'<w:r><w:endnoteReference w:id="{ident}"/></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table; cells are XML, or text."""
    made = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in cells)
        + "</w:tr>"
        for cells in rows
    )
    return f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * len(rows[0])}</w:tblGrid>{made}</w:tbl>"


def inserted(*content: str) -> str:
    """A tracked insertion."""
    return (
        f'<w:ins w:id="90" w:author="Rosa" w:date="2025-05-01T08:00:00Z">{"".join(content)}</w:ins>'
    )


def deleted(text: str = "", more: str = "") -> str:
    """A tracked deletion."""
    words = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>' if text else ""
    return f'<w:del w:id="91" w:author="Rosa" w:date="2025-05-02T08:00:00Z">{words}{more}</w:del>'


def word_file(
    *blocks: str,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    links: Mapping[str, str] | None = None,
) -> bytes:
    """Return a Word file of blocks. Notes are paragraphs by id; `links` are addresses by id."""
    related = [("styles", "styles.xml")]
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="d" '
        f'Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(blocks)}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{STYLES}</w:styles>",
    }
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes:
            related.append((f"{kind}s", f"{kind}s.xml"))
            held = "".join(f'<w:{kind} w:id="{n}">{one}</w:{kind}>' for n, one in notes.items())
            files[f"word/{kind}s.xml"] = f"<w:{kind}s {NAMES}>{held}</w:{kind}s>"
    found = "".join(
        f'<Relationship Id="x{n}" Type="{RELATIONS}/{kind}" Target="{part}"/>'
        for n, (kind, part) in enumerate(related)
    )
    found += "".join(
        f'<Relationship Id="{ident}" Type="{RELATIONS}/hyperlink" Target="{address}" '
        'TargetMode="External"/>'
        for ident, address in (links or {}).items()
    )
    files["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{found}</Relationships>'
    )
    files |= parts or {}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()
