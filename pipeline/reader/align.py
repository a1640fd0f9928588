"""Finds the words of a document in its source: both in order, the source with more among them.

Words that occur once on either side are anchors; between two anchors the rest follows in order
(patience diff). One word that is missing from the source, such as one written with an entity, puts
nothing but itself out of place.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

Span = tuple[int, int, int, int]
"""Start and end among the wanted words, start and end among the words of the source."""


def align(wanted: Sequence[str], source: Sequence[str]) -> list[int | None]:
    """Return for each wanted word its index in the source, or None; the indices rise."""
    found: list[int | None] = [None] * len(wanted)
    spans: list[Span] = [(0, len(wanted), 0, len(source))]
    while spans:
        first, last, low, high = spans.pop()
        while first < last and low < high and wanted[first] == source[low]:
            found[first] = low
            first, low = first + 1, low + 1
        if first == last or low == high:
            continue
        anchors = _anchors(wanted, source, (first, last, low, high))
        if not anchors:
            _in_order(wanted, source, (first, last, low, high), found)
        for index, at in anchors:
            spans.append((first, index, low, at))
            found[index] = at
            first, low = index + 1, at + 1
        if anchors:
            spans.append((first, last, low, high))
    return found


def _anchors(wanted: Sequence[str], source: Sequence[str], span: Span) -> list[tuple[int, int]]:
    """Return the longest rising run of the words that both sides have exactly once."""
    first, last, low, high = span
    once_wanted = _once(wanted, first, last)
    once_source = _once(source, low, high)
    both = once_wanted.keys() & once_source.keys()
    return _rising(sorted((once_wanted[word], once_source[word]) for word in both))


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    counts = Counter(words[start:end])
    return {words[index]: index for index in range(start, end) if counts[words[index]] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest subsequence whose second members rise (patience sorting)."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        pile = bisect_left(ends, at)
        before.append(tops[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(at)
            tops.append(number)
        else:
            ends[pile], tops[pile] = at, number
    run: list[tuple[int, int]] = []
    number = tops[-1] if tops else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _in_order(
    wanted: Sequence[str], source: Sequence[str], span: Span, found: list[int | None]
) -> None:
    """Give each word the next place it has in the source, if it has one."""
    first, last, low, high = span
    places: dict[str, list[int]] = {}
    for at in range(low, high):
        places.setdefault(source[at], []).append(at)
    for index in range(first, last):
        options = places.get(wanted[index], [])
        nearest = bisect_left(options, low)
        if nearest < len(options):
            found[index] = options[nearest]
            low = options[nearest] + 1
