"""Writes river.fodt, and has LibreOffice save it as river.docx: python -m tests.intake.word.make.

The manuscript is what authors hand in: 30 footnotes, comments of a reviewer, tracked changes, a
table, a picture, lists. LibreOffice writes the Word file, so that no code of ours is read by ours.
"""

import base64
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from tests.samples import png

HERE = Path(__file__).parent
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
STYLES = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {how}/>'
    "</style:style>"
    for name, how in (
        ("Slanted", 'fo:font-style="italic"'),
        ("Heavy", 'fo:font-weight="bold"'),
        ("Raised", 'style:text-position="super 58%"'),
    )
)
PARAGRAPHS = "".join(
    f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" '
    f'style:family="paragraph" style:class="text" {more}/>'
    for name, more in (
        ("Standard", ""),
        ("Title", ""),
        ("Subtitle", ""),
        ("Text_20_body", ""),
        ("Footnote", ""),
        ("Heading_20_1", 'style:default-outline-level="1"'),
        ("Heading_20_2", 'style:default-outline-level="2"'),
    )
)
WHO = "<dc:creator>Rosa Reviewer</dc:creator><dc:date>2025-05-0{}T10:00:00</dc:date>"


class Manuscript:
    """The text in the making: notes count themselves."""

    def __init__(self) -> None:
        self.notes = 0

    def note(self, text: str = "", kind: str = "footnote") -> str:
        self.notes += 1
        number = self.notes
        said = text or (f"River Commission, Yearbook of Gauges {1990 + number}, p. {number * 3}.")
        paragraphs = "".join(
            f'<text:p text:style-name="Footnote">{one}</text:p>' for one in said.split("\n")
        )
        return (
            f'<text:note text:id="n{number}" text:note-class="{kind}"><text:note-citation>{number}'
            f"</text:note-citation><text:note-body>{paragraphs}</text:note-body></text:note>"
        )


def comment(name: str, day: int, text: str, about: str) -> str:
    """A passage with a comment on it."""
    return (
        f'<office:annotation office:name="{name}">{WHO.format(day)}<text:p>{escape(text)}</text:p>'
        f'</office:annotation>{about}<office:annotation-end office:name="{name}"/>'
    )


def paragraph(*parts: str, style: str = "Text_20_body") -> str:
    return f'<text:p text:style-name="{style}">{"".join(parts)}</text:p>'


def heading(text: str, level: int = 1) -> str:
    name = f"Heading_20_{level}"
    return f'<text:h text:style-name="{name}" text:outline-level="{level}">{text}</text:h>'


def inserted(name: str, text: str) -> str:
    start, end = (f'<text:change-{one} text:change-id="{name}"/>' for one in ("start", "end"))
    return f"{start}{text}{end}"


def changes() -> str:
    regions = []
    for name in ("in1", "in2"):
        regions.append(
            f'<text:changed-region text:id="{name}"><text:insertion><office:change-info>'
            f"{WHO.format(3)}</office:change-info></text:insertion></text:changed-region>"
        )
    for name, text in (("out1", "hardly ever "), ("out2", " This sentence goes.")):
        regions.append(
            f'<text:changed-region text:id="{name}"><text:deletion><office:change-info>'
            f'{WHO.format(4)}</office:change-info><text:p text:style-name="Text_20_body">{text}'
            "</text:p></text:deletion></text:changed-region>"
        )
    return f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>"


def body(made: Manuscript) -> str:
    """The text from title to end."""
    note, p, h = made.note, paragraph, heading
    slanted = '<text:span text:style-name="Slanted">{}</text:span>'.format
    heavy = '<text:span text:style-name="Heavy">{}</text:span>'.format
    raised = '<text:span text:style-name="Raised">{}</text:span>'.format
    rows = (("Gauge", "Flow in m³/s"), ("Upper bridge", "210"), ("Mill weir@note@", "185"))
    table = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    picture = base64.b64encode(png(96, 48)).decode()
    figure = (
        '<draw:frame draw:name="Gauge" text:anchor-type="as-char" svg:width="6cm" svg:height="3cm">'
        f'<draw:image draw:mime-type="image/png"><office:binary-data>{picture}</office:binary-data>'
        "</draw:image><svg:desc>A staff gauge at the bridge, half under water</svg:desc>"
        "</draw:frame>"
    )
    text = [
        p("Who Measures the River?", style="Title"),
        p("Two ministries read the same gauge and publish different figures", style="Subtitle"),
        p(
            f"The river has been measured since 1894.{note()} Until 1990 one office did it;",
            f" now there are two.{note()}{note()} They agree ",
            '<text:change text:change-id="out1"/>',
            inserted("in1", "seldom"),
            f" on a dry summer.{note()}",
        ),
        h("What the figures say"),
        p(
            f"Flow fell by a {slanted('third')} in {heavy('nine')} years.{note()} The loss is",
            f" larger at the weir, where 10{raised('6')} m³ are missing.{note()}",
            '<text:change text:change-id="out2"/>',
        ),
        p(
            comment("c1", 5, "Is this still true after the reform?", "Both offices publish late."),
            " The yearbook appears in autumn.",
            note("See the annex of the yearbook.\nIt has a map."),
        ),
        "<table:table><table:table-column/><table:table-column/>"
        f"{table.replace('@note@', note())}</table:table>",
        p(figure),
        p(inserted("in2", f"A new station was opened in May.{note()}")),
        h("What to do", 2),
        "<text:list>"
        + "".join(
            f"<text:list-item>{p(f'{what}{note()}')}</text:list-item>"
            for what in ("One yearbook.", "One method.", "One register of gauges.")
        )
        + "</text:list>",
        p(
            '<text:a xlink:type="simple" xlink:href="https://example.org/gauges?year=2024&amp;all=1">'
            "The register</text:a> is open.",
            note("Online at https://example.org/register, in two languages."),
        ),
    ]
    for number in range(5):
        text.append(h(f"Reach {number + 1} of the river"))
        text.append(
            p(
                f"On this reach there are {number + 3} gauges.{note()} The oldest is of",
                f" {1894 + number}.{note()} It is read by hand{note()}",
                comment(f"d{number}", 6, f"Check reach {number + 1}.", " at noon.")
                if number < 2
                else "",
                f" and sometimes at night.{note() if number < 2 else ''}",
            )
        )
    text.append(p(f"The rest is silence.{note(kind='endnote')}"))
    return "".join(text)


def document() -> str:
    """The whole of river.fodt."""
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
    text = body(Manuscript())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {names} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:meta>'
        "<dc:title>Who Measures the River?</dc:title><meta:initial-creator>Ada Example"
        "</meta:initial-creator><dc:creator>Ada Example</dc:creator>"
        "<dc:language>en-GB</dc:language>"
        "<dc:date>2025-05-12T09:00:00</dc:date><meta:keyword>rivers</meta:keyword>"
        "<meta:keyword>gauges</meta:keyword></office:meta><office:styles><style:default-style "
        'style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/>'
        f"</style:default-style>{PARAGRAPHS}</office:styles><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{changes()}{text}</office:text>"
        "</office:body></office:document>\n"
    )


def main() -> int:
    """Write both files; LibreOffice says what went wrong."""
    source = HERE / "river.fodt"
    source.write_text(document(), encoding="utf-8")
    with TemporaryDirectory() as home:
        return subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{home}", "--headless"),
                *("--convert-to", "docx", "--outdir", HERE, source),
            ],
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
