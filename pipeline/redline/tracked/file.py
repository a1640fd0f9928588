"""The Word file of a redline: (Comparison, Theme) to bytes."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.redline.compared import Compared, Comparison
from pipeline.redline.tracked.atoms import END, IDENT, REFERENCES, START
from pipeline.redline.tracked.blocks import Weaver
from pipeline.redline.tracked.items import Item, Pair, items, pair_up
from pipeline.redline.tracked.marks import PENDING, TAGS, Reviser
from pipeline.redline.tracked.names import bring_together, in_order, keep_apart
from pipeline.redline.tracked.paragraphs import Met
from pipeline.redline.tracked.sheets import CLOSING, FRONT, Sheet, sheet
from pipeline.redline.tracked.sheets import END as BEHIND
from pipeline.renderers.docx import body_scope, bound, open_beside, open_book
from pipeline.renderers.word import reference
from pipeline.renderers.word.direction import turn_document
from pipeline.renderers.word.notepart import part_of
from pipeline.renderers.word.package import Links
from pipeline.renderers.word.scope import Book
from pipeline.renderers.word.section import cover_head, first_section, last_section, running_heads
from pipeline.renderers.word.xml import Element, IllegalCharacterError, name, w
from pipeline.theme import Theme

P = name("w:p")
CHANGES = tuple(name(f"w:{tag}") for tag in (*TAGS.values(), "pPrChange"))
PICTURES = (name("wp:docPr"), name("pic:cNvPr"))


def render(found: Comparison, theme: Theme) -> bytes:
    """Return the new version as a Word file whose tracked changes lead back to the old one.

    Raises BriefError when something in either cannot be written.
    """
    book = open_book(found.new, theme, (found.old,))
    before = open_beside(book, found.old)
    try:
        return _file(found, book, before)
    except IllegalCharacterError as error:
        raise book.refuse("structure-control", 1, char=error.character) from None


def _file(found: Comparison, book: Book, before: Book) -> bytes:
    links, note_links = Links(), Links()
    heads, cover = running_heads(book), cover_head(book)
    has_endnotes = book.notes == "endnote" and bool(found.notes)
    new = sheet(book, links, note_links, has_endnotes)
    old = sheet(before, links, note_links, has_endnotes)
    text, end, notes = _woven(found, book, old, new)
    section = first_section(book, heads, cover, body_scope(book, links).links)
    body = w("body", *text)
    if has_endnotes:
        last = [one for one in body if one.tag == P][-1]
        _put_section(last, section)
        body.extend([*end, last_section(book)])
    else:
        body.append(section)
    _number((body, *notes), len(cover))
    if book.words.direction == "rtl":
        turn_document(body)
    parts = [part_of(book, notes, note_links)] if notes else []
    return bound(book, body, links, parts, heads, cover)


def _put_section(paragraph: Element, section: Element) -> None:
    """Let a section end with a paragraph; the mark of a change of its properties is last."""
    change = paragraph[0].find(name("w:pPrChange"))
    if change is None:
        paragraph[0].append(section)
    else:
        change.addprevious(section)


Woven = tuple[list[Element], list[Element], list[Element]]


def _woven(found: Comparison, book: Book, old: Sheet, new: Sheet) -> Woven:
    """Return text, end and notes of both versions in one, each name in them given once."""
    reviser = Reviser(
        book.theme.institute.name, found.new.metadata.updated or found.new.metadata.date
    )
    bring_together(old, [one.pair for one in found.notes])
    while True:
        met = Met()
        woven = _weave(found, old.copy(), new.copy(), Weaver(reviser, met))
        first = len(reference.BULLETS) + 1
        if not keep_apart(old, new, met, book.numbering.lists, first):
            return woven


def _weave(found: Comparison, old: Sheet, new: Sheet, weaver: Weaver) -> Woven:
    text = weaver.woven(list(_paired(found.body, items(old.text), items(new.text))))
    end = weaver.woven(pair_up(items(old.end), items(new.end)))
    return text, end, _notes(text, old, new, weaver)


def _paired(body: Sequence[Compared], olds: Sequence[Item], news: Sequence[Item]) -> Iterator[Pair]:
    """Pair what the renderer wrote as the blocks it was written for are paired."""
    before, after = _by_group(olds), _by_group(news)
    yield from pair_up(before.get(FRONT, []), after.get(FRONT, []))
    i = j = 0
    for part in body:
        left = before.get(str(i), []) if part.mark != "inserted" else []
        right = after.get(str(j), []) if part.mark != "deleted" else []
        yield from pair_up(left, right, _alone if len(left) == len(right) == 1 else _tables)
        i, j = i + (part.mark != "inserted"), j + (part.mark != "deleted")
    for group in (CLOSING, BEHIND):
        yield from pair_up(before.get(group, []), after.get(group, []))


def _alone(old: Item, new: Item) -> bool:
    return old.is_table == new.is_table


def _tables(old: Item, new: Item) -> bool:
    return old.is_table and new.is_table


def _by_group(found: Sequence[Item]) -> Mapping[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for one in found:
        groups.setdefault(one.group, []).append(one)
    return groups


def _notes(text: Sequence[Element], old: Sheet, new: Sheet, weaver: Weaver) -> list[Element]:
    """Return the notes of both versions in the order in which they are referred to."""
    olds = {str(one.get(IDENT)): one for one in old.notes}
    news = {str(one.get(IDENT)): one for one in new.notes}
    found = []
    for ident in in_order(text, REFERENCES, IDENT):
        before, after = olds.get(ident), news.get(ident)
        only = after if after is not None else before
        assert only is not None
        note = w("note", id=ident)
        note.tag = only.tag
        if before is not None and after is not None:
            note.extend(weaver.woven(_note_pairs(items(before), items(after))))
        else:
            note.extend(weaver.alone(items(only), "deleted" if after is None else "inserted"))
        found.append(note)
    return found


def _note_pairs(olds: Sequence[Item], news: Sequence[Item]) -> list[Pair]:
    """Pair what stands in a note; its number stands in its first paragraph in both versions."""
    return pair_up(olds, news, lambda old, new: old is olds[0] and new is news[0])


def _number(roots: Sequence[Element], pictures: int) -> None:
    """Give bookmarks, changes, pictures and notes the numbers that a file wants of them.

    `pictures` counts those that stand on the page already.
    """
    bookmarks = in_order(roots, (START,), IDENT)
    notes = in_order(roots, REFERENCES, IDENT)
    changes = len(bookmarks)
    for root in roots:
        for element in root.iter(START, END):
            element.set(IDENT, str(bookmarks[str(element.get(IDENT))]))
        for element in root.iter(*CHANGES):
            assert element.get(IDENT) == PENDING
            changes += 1
            element.set(IDENT, str(changes))
        for element in root.iter(PICTURES[0]):
            pictures += 1
            for one in (element, *_sibling_pictures(element)):
                one.set("id", str(pictures))
                one.set("name", f"Picture {pictures}")
        for element in root.iter(*REFERENCES):
            element.set(IDENT, str(notes[str(element.get(IDENT))]))
    for note in roots[1:]:
        note.set(IDENT, str(notes[str(note.get(IDENT))]))


def _sibling_pictures(element: Element) -> Iterator[Element]:
    parent = element.getparent()
    return iter(()) if parent is None else parent.iter(PICTURES[1])
