"""Passages in another language than the text around them, so that each can be spoken as such."""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from pipeline import model as m
from pipeline.problems import Problem, problem
from pipeline.verify.flatten import Piece
from pipeline.verify.found import Passage, clean, shown
from pipeline.verify.html_elements import INTERFACE
from pipeline.verify.reflow import squashed

NOT_THE_BRIEF = frozenset(("doc-noteref", "doc-backlink", "doc-toc"))
"""Roles of what a page adds to the text of a brief."""


ADDED = frozenset(("note-label", "description"))
"""Classes of what is not compared as text of the brief: numbers of notes, and descriptions."""


def gathered(passages: Iterable[Passage], own: str) -> tuple[Passage, ...]:
    """Return all that is said in each language but the document's own, whatever it is cut into."""
    said: dict[str, list[str]] = {}
    for passage in passages:
        if passage.lang not in ("", own):
            said.setdefault(passage.lang, []).append(squashed("".join(passage.text.split())))
    joined = {lang: "".join(texts) for lang, texts in said.items()}
    return tuple(Passage(lang, text) for lang, text in sorted(joined.items()) if text)


def expected_passages(pieces: Iterable[Piece], own: str) -> tuple[Passage, ...]:
    """Return what a brief says in other languages."""
    return gathered((one for piece in pieces for one in _in_piece(piece)), own)


def _in_piece(piece: Piece) -> Iterator[Passage]:
    """Yield what is said in a piece, but for descriptions: most outputs only read them out."""
    if piece.block.kind == "description":
        return
    if piece.inlines:
        yield from _in_inlines(piece.inlines, piece.lang)
    else:
        yield Passage(piece.lang, piece.block.text)


def _in_inlines(inlines: m.Inlines, lang: str) -> Iterator[Passage]:
    for inline in inlines:
        match inline:
            case m.Text() | m.Code():
                yield Passage(lang, clean(inline.text))
            case m.ElementReference():
                yield Passage(lang, inline.number)
            case m.TableCall():
                yield Passage(lang, inline.letter)
            case m.LineBreak() | m.Call() | m.CrossReference() | m.Image():
                pass
            case m.Span():
                yield from _in_inlines(inline.content, inline.lang or lang)
            case _:
                yield from _in_inlines(inline.content, lang)


def html_passages(root: Element) -> tuple[Passage, ...]:
    """Return what a page says in other languages: its text, then its notes."""
    own = root.get("lang", "")
    body = root.find("body")
    found = [] if body is None else list(_in_element(body, own, False))
    found.sort(key=lambda one: one[0])
    return gathered((passage for _, passage in found), own)


def _in_element(element: Element, lang: str, in_note: bool) -> Iterator[tuple[bool, Passage]]:
    lang = element.get("lang", lang)
    in_note = in_note or element.get("id", "").startswith("fn:")
    if not _is_added(element):
        yield in_note, Passage(lang, element.text or "")
        for child in element:
            yield from _in_element(child, lang, in_note)
            yield in_note, Passage(lang, child.tail or "")


def _is_added(element: Element) -> bool:
    """Tell whether an element is no text of the brief: words of the house, or a mark of a note."""
    return (
        element.get(INTERFACE) is not None
        or element.get("role", "") in NOT_THE_BRIEF
        or element.get("href", "").startswith("#fn:")
        or not ADDED.isdisjoint(element.get("class", "").split())
    )


def compare_passages(
    expected: Sequence[Passage], found: Sequence[Passage], path: str
) -> Iterator[Problem]:
    """Name every language of which more or less is marked than the brief has."""
    should, does = ({one.lang: one.text for one in side} for side in (expected, found))
    for lang in dict.fromkeys((*should, *does)):
        if should.get(lang, "") != does.get(lang, ""):
            yield problem(
                "verify-language",
                path,
                lang=lang,
                should=shown(should.get(lang, "")) or "nothing",
                does=shown(does.get(lang, "")) or "nothing",
            )
