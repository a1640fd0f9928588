"""The plain text for e-mail, read back: the words of the text and of all notes, each in its place.

White space may differ, as may the bars between cells; nothing else. Of a line that begins with a
drawn rule, which the page adds, the numbers count: they are those of figures and tables.
"""

import re
import unicodedata
from collections.abc import Iterator

from pipeline import model as m
from pipeline.problems import Problem, problem
from pipeline.verify.flatten import Piece, pieces_of, run
from pipeline.verify.found import shown

RULE, BAR = "\u2576\u2500", "\u257a\u2501"
BARS = 3
"""Lines of bars: before the title, behind it, and before the imprint."""
_UNCOUNTED = re.compile(r"[\s|\u00ad\u2060]+")


def verify_mail(brief: m.Brief, data: bytes, path: str) -> tuple[Problem, ...]:
    """Return where the text differs first from the brief it was made from, if it does."""
    try:
        found = _read(data.decode("utf-8"))
    except ValueError as error:
        return (problem("verify-unreadable", path, what=error),)
    expected = _bare("".join(_expected(brief)))
    if expected == found:
        return ()
    at = next(_differing(expected, found))
    should, does = (shown(text[max(0, at - 15) : at + 45]) for text in (expected, found))
    return (problem("verify-mail", path, should=should, does=does),)


def _differing(expected: str, found: str) -> Iterator[int]:
    """Yield the places at which two texts differ; the end of the shorter one is the last."""
    yield from (at for at, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b)
    yield min(len(expected), len(found))


def _read(text: str) -> str:
    parts = re.split(rf"^{BAR}\u2501*$", text, flags=re.MULTILINE)
    if len(parts) != BARS + 1:
        raise ValueError(f"it has {len(parts) - 1} lines of bars and not {BARS}")
    lines = f"{parts[1]}\n{parts[2]}".split("\n")
    return _bare("\n".join(map(_words, lines)))


def _words(line: str) -> str:
    return "".join(re.findall(r"\d+", line)) if line.lstrip().startswith(RULE) else line


def _bare(text: str) -> str:
    return _UNCOUNTED.sub("", unicodedata.normalize("NFC", text))


def _expected(brief: m.Brief) -> Iterator[str]:
    meta = brief.metadata
    yield _said(meta.title)
    yield _said(meta.deck)
    if meta.hero:
        yield _said((meta.hero.image,) if meta.hero.image else ())
        yield _said(meta.hero.caption) + _said(meta.hero.credit)
    if meta.summary:
        bullet = "•" if len(meta.summary.items) > 1 else ""
        yield from (bullet + _said(item) for item in meta.summary.items)
    yield from map(_piece, pieces_of(brief.body))
    if meta.recommendations:
        yield from _wishes(meta.recommendations)
    yield from map(_piece, pieces_of(brief.references))
    for note in brief.notes:
        yield f"[{note.number}]"
        yield from map(_piece, pieces_of(note.blocks))
    yield from map(_piece, pieces_of(meta.acknowledgements))
    yield from (_said(author.bio) for author in meta.authors)
    yield from map(_piece, pieces_of(meta.about))
    yield _said(meta.contact.text) if meta.contact else ""
    yield from map(_piece, pieces_of(meta.disclaimer))


def _wishes(asked: m.Recommendations) -> Iterator[str]:
    for number, item in enumerate(asked.items, start=1):
        terms = [one for one in (item.who, item.by) if one]
        yield f"{number}." if len(asked.items) > 1 else ""
        yield _said(item.content)
        yield f"({';'.join(terms)})" if terms else ""


def _piece(piece: Piece) -> str:
    """Return a piece with its label; what has no inlines, as code, is all characters."""
    text = _said(piece.inlines) if piece.inlines else piece.block.text
    return piece.block.label + text


def _said(inlines: m.Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: m.Inline) -> str:
    match inline:
        case m.Text() | m.Code():
            return inline.text
        case m.LineBreak():
            return " "
        case m.Image():
            return f"[{inline.alt}]" if inline.alt else ""
        case m.Call():
            return f"[{inline.number}]"
        case m.TableCall():
            return f"[{inline.letter}]"
        case m.CrossReference() | m.ElementReference():
            return str(inline.number)
        case m.Link():
            said = _said(inline.content) + _address(inline)
            return f"[{said}]" if inline.target.startswith("#tnref:") else said
        case m.Superscript():
            said = _said(inline.content)
            return said if said.isalpha() else f"^{said}"
        case _:
            return _said(inline.content)


def _address(link: m.Link) -> str:
    words = " ".join(run("text", link.content, link.line).block.text.split())
    written = link.target.startswith("#") or words in (
        link.target,
        link.target.removeprefix("mailto:"),
    )
    return "" if written else f"<{link.target}>"
