"""Running text of a manuscript as inlines: calls become calls, addresses become links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import addresses
from pipeline import model as m
from pipeline.intake.plain.notes import calls_in
from pipeline.values import as_url

ADDRESS = re.compile(r"https?://[^\s<>\"“”«»\u00a0]+")
ENDING = ".,;:!?'’»”"
PARENS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Called:
    """The notes there are, and whether they are called by raised figures."""

    numbers: frozenset[int] = frozenset()
    raised: bool = False


def label_of(number: int) -> str:
    """Return the label of a note that had a number."""
    return f"n{number}"


def call_of(number: int) -> m.Call:
    """Return a call of a note; its number and place are for the reader to find."""
    return m.Call(id=f"fnref:{number}", note=label_of(number), number=number, line=1, column=1)


def inlines(text: str, called: Called) -> m.Inlines:
    """Return running text with its calls and links."""
    made: list[m.Inline] = []
    position = 0
    for call in calls_in(text, set(called.numbers), called.raised):
        made += _linked(text[position : call.start])
        made += map(call_of, call.numbers)
        position = call.end
    return (*made, *_linked(text[position:]))


def _linked(text: str) -> Iterator[m.Inline]:
    position = 0
    for match in ADDRESS.finditer(text):
        address = _trimmed(match[0])
        if as_url(address) is None:
            continue
        yield from _text(text[position : match.start()])
        content = (m.Text(text=address),)
        yield m.Link(target=addresses.uri(address), content=content, line=1, column=1)
        position = match.start() + len(address)
    yield from _text(text[position:])


def _text(text: str) -> Iterator[m.Inline]:
    if text:
        yield m.Text(text=text)


def _trimmed(address: str) -> str:
    """Return an address without the punctuation of the sentence it ends."""
    while address:
        last = address[-1]
        is_open = last in PARENS and address.count(last) > address.count(PARENS[last])
        if last not in ENDING and not is_open:
            break
        address = address[:-1]
    return address
