"""Running text as words, one after another, each with the markup around it; and back again."""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline import model as m
from pipeline.redline.sequence import Step, common, readable

WORD = re.compile(r"\s+|\w+(?:[’'.,\-\u2011]\w+)*|[^\w\s]")
"""White space, a word with what joins its parts, or a sign for itself."""


@dataclass(frozen=True, slots=True)
class Side:
    """What labels and files mean in one version: the key of a note, the digest of a picture.

    A note that both versions have has the same key in both, whatever its label.
    """

    notes: Mapping[str, str]
    pictures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign, a call or a picture. Two with equal keys are the same."""

    key: Hashable
    inline: m.Inline
    around: m.Inlines = ()
    """The markup it stands in, outermost first, each without its content."""

    @property
    def said(self) -> str:
        """Its characters; of what has none, nothing."""
        return self.inline.text if isinstance(self.inline, m.Text | m.Code) else ""

    @property
    def weight(self) -> int | None:
        """How many letters it has; None of what is no text."""
        is_text = isinstance(self.inline, m.Text | m.Code)
        return len(self.said.strip()) if is_text else None


def tokens(side: Side, inlines: m.Inlines, around: m.Inlines = ()) -> Iterator[Token]:
    """Yield the text word by word."""
    keys = tuple(_markup(one) for one in around)
    for inline in inlines:
        match inline:
            case m.Text() | m.Code():
                for word in WORD.findall(inline.text):
                    part = inline.model_copy(update={"text": word})
                    yield Token((inline.type, word, keys), part, around)
            case m.LineBreak() | m.Image() | m.Call() | m.TableCall():
                yield Token((*_single(side, inline), keys), inline, around)
            case m.CrossReference() | m.ElementReference():
                yield Token((*_single(side, inline), keys), inline, around)
            case _:
                outer = inline.model_copy(update={"content": ()})
                yield from tokens(side, inline.content, (*around, outer))


def _single(side: Side, inline: m.Inline) -> tuple[Hashable, ...]:
    """Return what makes something the same that is no text. A call is the same with any number."""
    match inline:
        case m.Image():
            picture = side.pictures.get(inline.file, inline.file)
            return "picture", picture, inline.alt, inline.title, inline.width
        case m.Call():
            return "call", side.notes[inline.note]
        case m.TableCall():
            return "table-call", inline.letter
        case m.CrossReference():
            return "see", side.notes[inline.note], inline.number
        case m.ElementReference():
            return "see", inline.kind, inline.target, inline.number
        case _:
            return (inline.type,)


def _markup(inline: m.Inline) -> Hashable:
    """Return what makes markup the same."""
    match inline:
        case m.Link():
            return "link", inline.target, inline.title
        case m.Span():
            return "span", inline.classes, inline.lang
        case _:
            return inline.type


def inlines(run: Sequence[Token], depth: int = 0) -> m.Inlines:
    """Return words as running text, the markup around several of them once."""
    found: list[m.Inline] = []
    for outer, group in groupby(run, key=lambda one: _outer(one, depth)):
        inside = list(group)
        if outer is None:
            found += _joined([one.inline for one in inside])
        else:
            content = inlines(inside, depth + 1)
            found.append(inside[0].around[depth].model_copy(update={"content": content}))
    return tuple(found)


def _outer(token: Token, depth: int) -> Hashable:
    """Return which markup a word stands in, `depth` levels down; two in a row are kept apart."""
    if len(token.around) <= depth:
        return None
    inline = token.around[depth]
    place = (inline.line, inline.column) if isinstance(inline, m.Link) else ()
    return _markup(inline), place


def _joined(run: Sequence[m.Inline]) -> Iterator[m.Inline]:
    """Yield a run with its words joined to texts."""
    for kind, group in groupby(run, key=lambda one: one.type):
        if kind in ("text", "code"):
            words = [one for one in group if isinstance(one, m.Text | m.Code)]
            yield words[0].model_copy(update={"text": "".join(one.text for one in words)})
        else:
            yield from group


def steps(olds: Sequence[Token], news: Sequence[Token]) -> list[Step]:
    """Return the steps through two texts, word by word, with each change in one piece."""
    old_keys, new_keys = [one.key for one in olds], [one.key for one in news]
    found = common(old_keys, new_keys, _is_space)
    return readable(found, lambda step: olds[step.old].weight if step.old is not None else None)


def _is_space(key: Hashable) -> bool:
    return isinstance(key, tuple) and key[0] == "text" and str(key[1]).isspace()
