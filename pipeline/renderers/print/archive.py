"""What makes a PDF an archive of its brief: metadata in XMP, and the source files inside (PDF/A-3).

All dates come from the brief, so that the same brief gives the same bytes on any day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import md5
from typing import Literal
from xml.sax.saxutils import escape

import pydyf
from weasyprint.pdf.metadata import DocumentMetadata

from pipeline.renderers.print.claims import CLAIMS
from pipeline.renderers.print.engine import VERSION
from pipeline.renderers.print.structure import Pdf


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF."""

    name: str
    media_type: str
    description: str
    relationship: Literal["Source", "Data"]
    """How the file relates to the pages (ISO 32000-2, table 43)."""
    data: bytes


def attach(pdf: Pdf, attachments: Sequence[Attachment], created: date, modified: date) -> None:
    """Embed files as associated files of the document (ISO 19005-3, 6.8)."""
    names, associated = pydyf.Array(), pydyf.Array()
    for attachment in sorted(attachments, key=lambda each: each.name):
        stream = _embedded_file(attachment, created, modified)
        pdf.add_object(stream)
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(attachment.name),
                "UF": pydyf.String(attachment.name),
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "Desc": pydyf.String(attachment.description),
                "AFRelationship": f"/{attachment.relationship}",
            }
        )
        pdf.add_object(specification)
        names += [pydyf.String(attachment.name), specification.reference]
        associated.append(specification.reference)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = pydyf.Dictionary(
        {"Names": names}
    )
    pdf.catalog["AF"] = associated


def _embedded_file(attachment: Attachment, created: date, modified: date) -> pydyf.Stream:
    digest = md5(attachment.data, usedforsecurity=False).hexdigest()
    parameters = {
        "Size": len(attachment.data),
        "CreationDate": pydyf.String(_pdf_date(created)),
        "ModDate": pydyf.String(_pdf_date(modified)),
        "CheckSum": f"<{digest}>",
    }
    extra = {
        "Type": "/EmbeddedFile",
        "Subtype": "/" + attachment.media_type.replace("/", "#2f"),
        "Params": pydyf.Dictionary(parameters),
    }
    return pydyf.Stream([attachment.data], extra, compress=True)


def _pdf_date(day: date) -> str:
    """Return a date as PDF writes it (ISO 32000-1, 7.9.4)."""
    return f"D:{day:%Y%m%d}000000Z"


class Metadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint is not typed.
    """What WeasyPrint writes into the document information, and our own XMP beside it."""

    rights = ""
    terms = ""
    """Where the licence can be read."""
    identifier = ""
    publisher = ""

    def include_in_pdf(
        self, pdf: Pdf, variant: str, version: int, conformance: str, compress: bool
    ) -> None:
        """Write the XMP packet (ISO 16684-1) that claims a part of PDF/A and what goes with it."""
        data = self._packet(version).encode()
        packet = pydyf.Stream([data], {"Type": "/Metadata", "Subtype": "/XML"}, compress=False)
        pdf.add_object(packet)
        pdf.catalog["Metadata"] = packet.reference

    def _packet(self, version: int) -> str:
        properties = [
            _alternatives("dc:title", self.title),
            _items("dc:creator", "Seq", self.authors),
            _alternatives("dc:description", self.description),
            _items("dc:subject", "Bag", self.keywords),
            _simple("pdf:Keywords", ", ".join(self.keywords)),
            _items("dc:language", "Bag", [self.lang]),
            _items("dc:publisher", "Bag", [self.publisher]),
            _items("dc:date", "Seq", [self.created]),
            _items("dc:type", "Bag", ["Text"]),
            _alternatives("dc:rights", self.rights),
            _simple("xmpRights:Marked", "True" if self.terms else ""),
            _simple("xmpRights:WebStatement", self.terms),
            _simple("dc:identifier", self.identifier),
            _simple("dc:format", "application/pdf"),
            _simple("xmp:CreatorTool", self.generator),
            _simple("xmp:CreateDate", self.created),
            _simple("xmp:ModifyDate", self.modified),
            _simple("pdf:Producer", f"WeasyPrint {VERSION}"),
            CLAIMS[version],
        ]
        return _PACKET.replace("@PROPERTIES@", "\n".join(filter(None, properties)))


def _simple(name: str, value: str | None) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _items(name: str, container: str, values: Sequence[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{container}>{items}</rdf:{container}></{name}>" if items else ""


def _alternatives(name: str, value: str | None) -> str:
    if not value:
        return ""
    item = f'<rdf:li xml:lang="x-default">{escape(value)}</rdf:li>'
    return f"<{name}><rdf:Alt>{item}</rdf:Alt></{name}>"


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
@PROPERTIES@
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
