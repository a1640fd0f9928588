"""The standards that a file says it meets, as properties of its XMP packet."""

CLAIMS = {
    3: """<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>""",
    4: """<pdfaid:part>4</pdfaid:part>
<pdfaid:rev>2020</pdfaid:rev>
<pdfaid:conformance>F</pdfaid:conformance>
<pdfuaid:part>2</pdfuaid:part>
<pdfuaid:rev>2024</pdfuaid:rev>
<pdfd:declarations xmlns:pdfd="http://pdfa.org/declarations/"><rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#accessibility1.0</pdfd:conformsTo>
</rdf:li>
<rdf:li rdf:parseType="Resource">
<pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#reuse1.0</pdfd:conformsTo>
</rdf:li>
</rdf:Bag></pdfd:declarations>""",
}
"""By the part of PDF/A (ISO 19005-3, 6.6.4; ISO 19005-4, 6.7.3). With the newer one go PDF/UA-2 and
Well-Tagged PDF, which is said as a PDF Declaration."""
