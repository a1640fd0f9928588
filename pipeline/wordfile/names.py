"""The names of WordprocessingML (ECMA-376, part 1; ISO/IEC 29500-1), transitional and strict."""

DOCUMENT = "word/document.xml"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
}
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", NAMESPACES["w"].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", NAMESPACES["a"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", NAMESPACES["r"].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", NAMESPACES["m"].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", NAMESPACES["wp"].encode()),
)
"""The names that files saved as Strict Open XML have for the same things."""


def name(qualified: str) -> str:
    """Return `w:p` in the notation of lxml."""
    prefix, _, local = qualified.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
