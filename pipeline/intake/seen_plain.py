"""A second reading of plain text, by patterns over the whole text instead of its structure.

It shares nothing with the importer but the words that head the notes. It knows no paragraphs: only
where the notes begin, which number each has, and which marks in the text call them.
"""

import re
from itertools import pairwise

from pipeline.intake import suspects, tongues
from pipeline.intake.draft import Manuscript
from pipeline.intake.seen import Passage, Seen, SeenNote, call_mark
from pipeline.intake.sheet import as_sheet, read_sheet

DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
QUOTED = re.compile(r"^(?:>[ ]?)+", re.MULTILINE)
STROKES = re.compile(r"^[ \t]*([-*_=~—–])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)
LABEL = re.compile(
    rf"^[ \t]*(?:\[\^?(\d{{1,3}})\]:?|([{DIGITS}]{{1,3}})|\^(\d{{1,3}})\^?|\((\d{{1,3}})\)"
    r"|(\d{1,3})[.)](?=\s))",
    re.MULTILINE,
)
MARK = re.compile(r"\[\^?(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")
RAISED = re.compile(rf"([{DIGITS}]{{1,3}})")


def see_plain(manuscript: Manuscript) -> Seen:
    """Return what a plain text says, and each of its notes."""
    sheet, _ = read_sheet(manuscript)
    text = sheet.text
    if manuscript.fix:
        lang = tongues.language_of(text) or "en"
        text = suspects.mend(text, suspects.spots(as_sheet(text, ""), lang))
    text = STROKES.sub("", QUOTED.sub("", text))
    return numbered(text)


def numbered(text: str) -> Seen:
    """Return what a text with numbered notes says, and each of its notes."""
    return _Reading(text).seen()


class _Reading:
    """A text cut in three: before the notes, the notes, and whatever the last of them ends with."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.begin, self.heading = self._section()
        self.labels = self._labels()
        numbers = {number for number, _, _ in self.labels}
        before = text[: self.heading]
        self.raised = False
        self.called = set(self._numbers(before, numbers))
        if not self.called and self._counts(before):
            self.raised = True
            self.called = set(self._numbers(before, numbers))
        self.numbers = numbers if self.called else set()

    def _section(self) -> tuple[int, int]:
        """Return where the notes begin, and where their heading does; without notes, the end."""
        offset, lines = 0, []
        for line in self.text.split("\n"):
            lines.append((offset, line))
            offset += len(line) + 1
        filled = [(at, line) for at, line in lines if line.strip()]
        for (heading, words), (begin, line) in reversed(list(pairwise(filled))):
            if tongues.is_notes_heading(words) and LABEL.match(line):
                return begin, heading
        for begin, line in reversed(filled[1:]):
            label = LABEL.match(line)
            if label and (label[1] or label[2] or label[3]) in ("1", "¹"):
                return begin, begin
        return len(self.text), len(self.text)

    def _labels(self) -> list[tuple[int, int, int]]:
        """Return the number of each note, where its label begins, and where that ends."""
        found: list[tuple[int, int, int]] = []
        form = 0
        for label in LABEL.finditer(self.text, self.begin):
            number = int(label[label.lastindex or 0].translate(str.maketrans(DIGITS, "0123456789")))
            if form and label.lastindex != form:
                continue
            if found and label.lastindex in (4, 5) and number != found[-1][0] + 1:
                continue
            form = label.lastindex or 0
            found.append((number, *label.span()))
        return found

    def _numbers(self, text: str, known: set[int]) -> list[int]:
        pattern = RAISED if self.raised else MARK
        return [
            number
            for match in pattern.finditer(text)
            for number in _meant(match[1])
            if set(_meant(match[1])) <= known
        ]

    def _counts(self, text: str) -> bool:
        """Tell whether raised figures count from 1 on."""
        highest = 0
        for match in RAISED.finditer(text):
            first = _meant(match[1])[0]
            if first > highest + 1:
                return False
            highest = max(highest, first)
        return highest > 0

    def _marked(self, text: str) -> str:
        def mark(match: re.Match[str]) -> str:
            numbers = _meant(match[1])
            if not numbers or not set(numbers) <= self.numbers:
                return match[0]
            return "".join(map(call_mark, numbers))

        return (RAISED if self.raised else MARK).sub(mark, text)

    def _passages(self, start: int, end: int) -> list[Passage]:
        """Return the lines between two places; the sign before an item is any sign."""
        line = self.text.count("\n", 0, start) + 1
        texts = self._marked(self.text[start:end]).split("\n")
        return [Passage(text, number) for number, text in enumerate(texts, line) if text.strip()]

    def seen(self) -> Seen:
        """Return the text with its notes; without calls the notes are text like any other."""
        if not self.called:
            return Seen(tuple(self._passages(0, len(self.text))))
        passages = self._passages(0, self.heading)
        notes: list[SeenNote] = []
        for index, (number, start, stop) in enumerate(self.labels):
            is_last = index == len(self.labels) - 1
            end = len(self.text) if is_last else self.labels[index + 1][1]
            line = self.text.count("\n", 0, start) + 1
            if number in self.called:
                notes.append(SeenNote(number, self.text[stop:end], line, is_last))
            else:
                passages.append(Passage(self.text[start:end], line))
        return Seen(tuple(passages), tuple(notes))


def _meant(inner: str) -> list[int]:
    """Return the numbers in a mark, those between the ends of a range too."""
    made: list[int] = []
    for part in re.split("[,;]", inner.translate(str.maketrans(DIGITS, "0123456789"))):
        ends = [int(one) for one in re.findall(r"\d+", part)]
        made += range(ends[0], ends[-1] + 1)
    return made
