"""The importer of plain text, pasted from a web page or a mail."""

from collections.abc import Iterator, Sequence

from pipeline import model as m
from pipeline.intake import suspects, tongues
from pipeline.intake.draft import Draft, Manuscript, Value
from pipeline.intake.plain.blocks import Body
from pipeline.intake.plain.chunks import Chunk, chunks
from pipeline.intake.plain.head import Head, read_head
from pipeline.intake.plain.inlines import Called, inlines, label_of
from pipeline.intake.plain.notes import (
    BRACKETS,
    Apart,
    Entry,
    called_by,
    calls_in,
    is_disclaimer,
    take_apart,
)
from pipeline.intake.sheet import Sheet, as_sheet, read_sheet
from pipeline.problems import BriefError, Problem, problem

__all__ = ["draft"]

SHOWN = 60


def draft(manuscript: Manuscript) -> Draft:
    """Return what a plain text becomes. Raises BriefError when it is none, or has no title."""
    sheet, said = read_sheet(manuscript)
    lang = tongues.language_of(sheet.text)
    found = suspects.spots(sheet, lang or "en")
    told = suspects.told(sheet, found, manuscript.fix)
    if manuscript.fix:
        sheet = as_sheet(suspects.mend(sheet.text, found), sheet.path)
    made = _made(sheet, manuscript, lang)
    if lang is None:
        told = (*told, problem("intake-language-unknown", sheet.path, 1, 1))
    else:
        told = (*told, problem("intake-language", sheet.path, 1, 1, lang=lang))
    return Draft(
        made.metadata, made.body, made.notes, {}, made.values, (*said, *told, *made.problems)
    )


def _made(sheet: Sheet, manuscript: Manuscript, lang: str | None) -> Draft:
    apart = take_apart(chunks(sheet))
    head = read_head(apart.text)
    if head.title is None or head.chunks >= len(apart.text):
        what = "text behind the title" if head.title else "title"
        raise BriefError([problem("intake-empty", sheet.path, what=what)])
    called = Called(frozenset(entry.number for entry in apart.entries), apart.raised)
    if calls_in(head.title.text, set(called.numbers), called.raised):
        raise BriefError([sheet.problem("intake-title-call", head.title.start)])
    body = Body(sheet, called)
    text, closing = _closing(apart.text[head.chunks :], apart.rest)
    blocks = body.blocks(text)
    used = set(_called(apart, called))
    uncalled = tuple(_uncalled(body, apart, used))
    rest = body.blocks(apart.rest[: len(apart.rest) - len(closing)] if apart.rest else ())
    metadata = _metadata(head, closing, called, lang, manuscript)
    return Draft(
        metadata,
        (*blocks, *uncalled, *rest),
        tuple(_notes(sheet, apart, used)),
        values=tuple(_values(head)),
        problems=(
            *body.problems,
            *_told_head(sheet, head, manuscript),
            *_told_notes(sheet, apart, used),
            *(sheet.problem("intake-disclaimer", one.start) for one in closing),
        ),
    )


def _closing(
    text: Sequence[Chunk], rest: Sequence[Chunk]
) -> tuple[Sequence[Chunk], Sequence[Chunk]]:
    """Return the text, and the paragraphs at the end that say whose views it has."""
    last = rest or text
    count = 0
    while count < len(last) and is_disclaimer(last[-1 - count]):
        count += 1
    closing = last[len(last) - count :]
    return (text if rest else text[: len(text) - count]), closing


def _called(apart: Apart, called: Called) -> Iterator[int]:
    """Yield the numbers of the notes that are called anywhere in the text."""
    for chunk in (*apart.text, *apart.rest):
        for call in calls_in(chunk.text, set(called.numbers), called.raised):
            yield from call.numbers


def _uncalled(body: Body, apart: Apart, used: set[int]) -> Iterator[m.Block]:
    """Yield the notes that nobody calls as paragraphs, so that nothing is lost."""
    for entry in apart.entries:
        if entry.number in used:
            continue
        for index, chunk in enumerate(entry.chunks):
            text = f"{entry.mark} {chunk.text}" if index == 0 else chunk.text
            yield m.Paragraph(content=inlines(text, Called()), line=1)


def _notes(sheet: Sheet, apart: Apart, used: set[int]) -> Iterator[m.Note]:
    for entry in apart.entries:
        if entry.number in used and entry.chunks:
            texts = (inlines(chunk.text, Called()) for chunk in entry.chunks)
            blocks = tuple(m.Paragraph(content=text, line=1) for text in texts)
            yield m.Note(
                id=f"fn:{entry.number}",
                label=label_of(entry.number),
                number=entry.number,
                calls=(f"fnref:{entry.number}",),
                blocks=blocks,
                line=1,
                column=1,
            )


def _metadata(
    head: Head,
    closing: Sequence[Chunk],
    called: Called,
    lang: str | None,
    manuscript: Manuscript,
) -> m.Metadata:
    assert head.title is not None
    names, _ = head.authors or ((), None)
    credit = inlines(head.credit.text, Called()) if head.credit else ()
    return m.Metadata(
        title=inlines(head.title.text, called),
        deck=inlines(head.deck.text, called) if head.deck else (),
        date=head.date[0] if head.date else manuscript.changed,
        updated=head.updated[0] if head.updated else None,
        lang=lang or "en",
        authors=tuple(m.Author(name=name) for name in names),
        hero=m.Hero(credit=credit, line=1) if credit else None,
        disclaimer=tuple(
            m.Paragraph(content=inlines(chunk.text, called), line=1) for chunk in closing
        ),
    )


def _values(head: Head) -> Iterator[Value]:
    for field, found in (("date", head.date), ("updated", head.updated), ("authors", head.authors)):
        if found:
            yield Value(field, found[1].text)


def _told_head(sheet: Sheet, head: Head, manuscript: Manuscript) -> Iterator[Problem]:
    """Yield what was understood of the head, and what front matter still needs."""
    for what, chunk in (("title", head.title), ("deck", head.deck), ("credit", head.credit)):
        if chunk:
            yield sheet.problem("intake-head", chunk.start, what=what, text=chunk.text[:SHOWN])
    for field, dated in (("date", head.date), ("updated", head.updated)):
        if dated:
            yield sheet.problem("intake-head", dated[1].start, what=field, text=str(dated[0]))
    if head.authors:
        names = ", ".join(head.authors[0])
        yield sheet.problem("intake-head", head.authors[1].start, what="authors", text=names)
    else:
        yield problem("intake-authors", sheet.path, 1, 1)
    if not head.date:
        yield problem("intake-date", sheet.path, 1, 1, date=manuscript.changed)


def _told_notes(sheet: Sheet, apart: Apart, used: set[int]) -> Iterator[Problem]:
    """Yield what was understood of the notes, and what does not fit together."""
    if apart.entries:
        start = (apart.heading.start) if apart.heading else apart.entries[0].start
        yield sheet.problem("intake-notes", start, count=len(apart.entries))
    seen: dict[int, int] = {}
    numbers = {entry.number for entry in apart.entries}
    for entry in apart.entries:
        if not entry.chunks:
            yield sheet.problem("intake-note-empty", entry.start, number=entry.number)
        yield from _calls_inside(sheet, entry, numbers)
        if entry.number in seen:
            other = sheet.place(seen[entry.number])[0]
            yield sheet.problem("intake-note-twice", entry.start, number=entry.number, other=other)
        elif entry.number not in used:
            yield sheet.problem("intake-note-uncalled", entry.start, number=entry.number)
        seen.setdefault(entry.number, entry.start)
    if apart.unsure:
        number = apart.entries[-1].number
        yield sheet.problem("intake-note-end", apart.unsure.start, number=number)
    yield from _told_calls(sheet, apart, set(seen))


def _calls_inside(sheet: Sheet, entry: Entry, numbers: set[int]) -> Iterator[Problem]:
    """Yield what looks like a call inside a note, where none can stand."""
    for chunk in entry.chunks:
        for line in chunk.lines:
            for call in calls_in(line.text, numbers, False):
                text = line.text[call.start : call.end]
                number = call.numbers[0]
                yield sheet.problem(
                    "intake-call-inside", line.start + call.start, text=text, number=number
                )


def _told_calls(sheet: Sheet, apart: Apart, numbers: set[int]) -> Iterator[Problem]:
    order: list[int] = []
    for chunk in (*apart.text, *apart.rest):
        for line in chunk.lines:
            for match in BRACKETS.finditer(line.text):
                wanted = called_by(match[1])
                at = line.start + match.start()
                missing = [str(one) for one in wanted if one not in numbers]
                if missing and (numbers or len(match[1]) < 3):
                    yield sheet.problem(
                        "intake-call", at, text=match[0], missing=", ".join(missing)
                    )
                for one in wanted:
                    if not missing and one not in order:
                        order.append(one)
                        if one != len(order):
                            yield sheet.problem("intake-renumbered", at, was=one, now=len(order))
