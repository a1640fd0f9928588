"""The characters of a PDF page exactly as its operators show them, through each font's own mapping.

pdfium guesses spaces from distances and drops some. What is compared must not be guessed, so the
strings of the text operators are read here (ISO 32000-1, 9.4.3) and mapped by the ToUnicode tables
(9.10.3) in `pdf_fonts`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from pipeline.verify.pdf_fonts import UNKNOWN, Font, Fonts

_TOKEN = re.compile(
    rb"""
    (?: [\x00\t\n\f\r\x20]++ | %[^\r\n]* )*+
    (?: (?P<array>  \[ (?: <(?:[0-9A-Fa-f]{2})*> | [-+.0-9\x20\n] )* \] )
      | (?P<numbers> [-+.0-9] [-+.0-9\x20\n]* )
      | (?P<word>   [^\x00\t\n\f\r\x20()<>[\]{}/%]+ )
      | (?P<name>   / [^\x00\t\n\f\r\x20()<>[\]{}/%]* )
      | (?P<hex>    < [0-9A-Fa-f\x00\t\n\f\r\x20]* > )
      | (?P<string> \( )
      | (?P<mark>   << | >> | [][{}] )
    )
    """,
    re.VERBOSE,
)
"""One token. An array of strings and shifts, and a row of numbers, count as one: they are most."""
_DIGITS = re.compile(rb"<([0-9A-Fa-f]*)>")
_STRING = re.compile(rb"[()]|\\(?:\r\n|[0-7]{1,3}|.)", re.DOTALL)
_END_OF_IMAGE = re.compile(rb"[\x00\t\n\f\r\x20]EI(?=[\x00\t\n\f\r\x20]|$)")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_SHOW = frozenset(("Tj", "TJ", "'", '"'))
_SHOWS_OR_DRAWS = (b"Tj", b"TJ", b"'", b'"', b"Do")
"""What a form must hold that shows text or draws another form; drawings of lines have none."""
DEEPEST = 12
"""Forms within forms after which a page is taken to be broken."""

Token = tuple[str, bytes]
"""What a piece of a content stream is, a group of `_TOKEN`, and its bytes; strings are decoded."""
Glyphs = tuple[str, ...]
"""What each glyph of a string stands for, in the order in which they are drawn."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows and says, by pieces of marked content (-1 for none)."""

    strings: dict[int, list[Glyphs]] = field(default_factory=dict)
    """The strings of each piece, in the order they are shown."""
    actual: dict[int, str] = field(default_factory=dict)
    """What a piece says that it reads (ISO 32000-1, 14.9.4), if it says so."""


def read_glyphs(page: pikepdf.Page, fonts: Fonts) -> Shown:
    """Return the strings that a page shows, by the marked content they stand in."""
    reader = _Reader(fonts)
    reader.read(_content(page), page.get("/Resources", pikepdf.Dictionary()))
    return reader.shown


def _content(page: pikepdf.Page) -> bytes:
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Array):
        return b"\n".join(part.read_bytes() for part in contents)
    return contents.read_bytes() if contents is not None else b""


def tokens(content: bytes) -> Iterator[Token]:
    """Yield operands and operators one by one (ISO 32000-1, 7.8.2)."""
    at = 0
    while at < len(content):
        match = _TOKEN.match(content, at)
        if match is None:
            at += 1
            continue
        at, kind = match.end(), match.lastgroup or ""
        value = match[kind]
        if kind == "array":
            yield "string", bytes.fromhex(b"".join(_DIGITS.findall(value)).decode("ascii"))
        elif kind == "hex":
            yield "string", _from_hex(value[1:-1])
        elif kind == "string":
            text, at = _literal(content, at)
            yield "string", text
        elif value == b"ID":
            end = _END_OF_IMAGE.search(content, at)
            at = end.end() if end else len(content)
        else:
            yield kind, value


def _from_hex(digits: bytes) -> bytes:
    """Return the bytes of a hexadecimal string; a last digit may be left out (7.3.4.3)."""
    text = b"".join(digits.split()).decode("ascii")
    return bytes.fromhex(text if len(text) % 2 == 0 else f"{text}0")


def _literal(content: bytes, at: int) -> tuple[bytes, int]:
    """Return a string in brackets that opens before `at`, and where it ends (7.3.4.2)."""
    depth, pieces, start = 1, [], at
    for match in _STRING.finditer(content, at):
        found = match[0]
        depth += (found == b"(") - (found == b")")
        if depth == 0:
            pieces.append(content[start : match.start()])
            return b"".join(pieces), match.end()
        if found.startswith(b"\\"):
            pieces += [content[start : match.start()], _escaped(found[1:])]
            start = match.end()
    return b"".join(pieces), len(content)


def _escaped(code: bytes) -> bytes:
    if code.isdigit():
        return bytes([int(code, 8) & 0xFF])
    if code in (b"\n", b"\r", b"\r\n"):
        return b""
    return _ESCAPES.get(code, code)


class _Reader:
    """Goes through the content of a page, and of the forms that it draws."""

    def __init__(self, fonts: Fonts) -> None:
        self.shown = Shown()
        self._fonts = fonts
        self._marks = [-1]
        """The marked content around, innermost last; -1 where it has no number."""

    def read(self, content: bytes, resources: pikepdf.Object, depth: int = 0) -> None:
        """Note every string that a content stream shows."""
        operands: list[Token] = []
        font: Font | None = None
        saved: list[Font | None] = []
        outside = len(self._marks)
        for kind, value in tokens(content):
            if kind != "word":
                operands.append((kind, value))
                continue
            match value.decode("latin-1"):
                case "Tf":
                    font = self._fonts.of(resources, _name(operands))
                case "q":
                    saved.append(font)
                case "Q" if saved:
                    font = saved.pop()
                case "BDC":
                    self._marks.append(_mcid(operands, resources, self._marks[-1]))
                    self._note_actual(operands)
                case "BMC":
                    self._marks.append(self._marks[-1])
                case "EMC" if len(self._marks) > outside:
                    self._marks.pop()
                case "Do" if depth < DEEPEST:
                    self._form(_name(operands), resources, depth)
                case operator if operator in _SHOW:
                    self._show(operands, font)
            operands.clear()
        del self._marks[outside:]

    def _show(self, operands: list[Token], font: Font | None) -> None:
        codes = b"".join(value for kind, value in operands if kind == "string")
        texts = (UNKNOWN,) * len(codes) if font is None else font.texts(codes)
        self.shown.strings.setdefault(self._marks[-1], []).append(texts)

    def _note_actual(self, operands: list[Token]) -> None:
        values = [value for _, value in operands]
        if b"/ActualText" in values:
            said = values[values.index(b"/ActualText") + 1]
            self.shown.actual[self._marks[-1]] = str(pikepdf.String(said))

    def _form(self, name: str, resources: pikepdf.Object, depth: int) -> None:
        form = resources.get("/XObject", pikepdf.Dictionary()).get(name)
        if form is not None and form.get("/Subtype") == "/Form":
            content = form.read_bytes()
            if any(sign in content for sign in _SHOWS_OR_DRAWS):
                self.read(content, form.get("/Resources", resources), depth + 1)


def _name(operands: list[Token]) -> str:
    return next(
        (value.decode("latin-1") for kind, value in reversed(operands) if kind == "name"), ""
    )


def _mcid(operands: list[Token], resources: pikepdf.Object, around: int) -> int:
    """Return the number of marked content: from its properties, else that of the content around."""
    following = [value for _, value in operands]
    if b"/MCID" in following:
        return int(following[following.index(b"/MCID") + 1])
    if len(operands) > 1 and operands[-1][0] == "name":
        empty = pikepdf.Dictionary()
        named = resources.get("/Properties", empty).get(_name(operands), empty)
        return int(named.get("/MCID", around))
    return -1 if operands and operands[0][1] == b"/Artifact" else around
