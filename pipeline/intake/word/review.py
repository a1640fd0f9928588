"""What reviewers left in a Word file: comments and tracked changes, as a list for the editor.

And what the file has that a brief has no place for, so that nothing is lost unseen.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from lxml import etree

from pipeline.intake.draft import Tracked
from pipeline.intake.word.text import paragraphs, words
from pipeline.problems import Problem, problem
from pipeline.wordfile import Package, name

Element = etree._Element
CHANGES = {
    name("w:ins"): "inserted",
    name("w:del"): "deleted",
    name("w:moveFrom"): "moved away",
    name("w:moveTo"): "moved here",
}
"""Tracked changes of text (ECMA-376, part 1, 17.13.5)."""
SHOWN = 60
OFF = ("0", "false", "off")


def review(package: Package, path: str, track: Tracked) -> tuple[Problem, ...]:
    """Return a line for each comment, for the changes or each of them, and for what is left out."""
    found = paragraphs(package)
    changes = list(_changes(found))
    told: list[Problem] = list(_comments(package, found, path))
    if track == "keep":
        told += [
            problem("intake-change", path, line, 1, who=who, how=how, text=text[:SHOWN])
            for line, who, how, text in changes
        ]
    elif changes:
        line = changes[0][0]
        told.append(problem("intake-changes", path, line, 1, count=len(changes)))
    return (*told, *_elsewhere(package, found, path))


def _changes(found: list[Element]) -> Iterator[tuple[int, str, str, str]]:
    """Yield the paragraph, the reviewer, the kind and the words of each change.

    What a program has cut up is put together again.
    """
    for key, parts in groupby(_each(found), key=itemgetter(0, 1, 2)):
        yield (*key, "".join(text for *_, text in parts))


def _each(found: list[Element]) -> Iterator[tuple[int, str, str, str]]:
    for number, paragraph in enumerate(found, start=1):
        for change in paragraph.iter(*CHANGES):
            text = _whole(change)
            what = CHANGES[change.tag]
            if text or change.find(f".//{name('w:footnoteReference')}") is not None:
                yield number, _who(change), what, text or "[note]"
            elif next(change.iterancestors(name("w:pPr")), None) is not None:
                yield number, _who(change), what, "¶"


def _whole(change: Element) -> str:
    """Return the words of a change, deleted or not."""
    kinds = (name("w:t"), name("w:delText"))
    return "".join(one.text or "" for one in change.iter(*kinds))


def _who(element: Element) -> str:
    who = element.get(name("w:author"), "") or "somebody"
    day = element.get(name("w:date"), "")[:10]
    return f"{who} on {day}" if day else who


def _comments(package: Package, found: list[Element], path: str) -> Iterator[Problem]:
    """Yield what each comment says, and about which words."""
    root = package.xml("word/comments.xml")
    for comment in () if root is None else root.iter(name("w:comment")):
        ident = comment.get(name("w:id"), "")
        line, about = _about(found, ident)
        said = " ".join("".join(words(one)) for one in comment.iter(name("w:p")))
        yield problem(
            "intake-comment", path, line, 1, who=_who(comment), text=said, about=about[:SHOWN]
        )


def _about(found: list[Element], ident: str) -> tuple[int, str]:
    """Return the paragraph and the words that a comment is about."""
    line, is_open, said = 0, False, ""
    for number, paragraph in enumerate(found, start=1):
        for one in paragraph.iter():
            is_it = one.get(name("w:id")) == ident
            if is_it and one.tag == name("w:commentRangeStart"):
                line, is_open = number, True
            elif is_it and one.tag == name("w:commentRangeEnd"):
                return line or number, said.strip()
            elif is_it and one.tag == name("w:commentReference") and not is_open:
                return number, "".join(words(paragraph))
            elif is_open and one.tag == name("w:t"):
                said += one.text or ""
    return line or 1, said.strip()


def _elsewhere(package: Package, found: list[Element], path: str) -> Iterator[Problem]:
    """Yield what stands outside the running text, where pandoc does not look."""
    for part in package.names("word/"):
        kind = part.removeprefix("word/").rstrip("0123456789.xml")
        if kind in ("header", "footer"):
            root = package.xml(part)
            said = [] if root is None else ["".join(words(one)) for one in root.iter(name("w:p"))]
            text = " ".join(filter(None, map(str.strip, said)))
            if any(map(str.isalpha, text)):
                what = f"the {kind} '{text[:SHOWN]}'"
                yield problem("intake-left-out", path, 1, 1, what=what)
    for number, paragraph in enumerate(found, start=1):
        yield from _beside(paragraph, number, path)


def _beside(paragraph: Element, number: int, path: str) -> Iterator[Problem]:
    """Yield what a paragraph has that is no running text, and what of it nobody sees."""
    boxes = [one for one in paragraph.iter(name("w:txbxContent")) if not _is_repeated(one)]
    for box in boxes:
        said = " ".join("".join(words(one)) for one in box.iter(name("w:p")))
        yield problem("intake-left-out", path, number, 1, what=f"a text box: {said}")
    if paragraph.find(f".//{name('w:object')}") is not None:
        yield problem("intake-left-out", path, number, 1, what="an embedded object")
    for field in _note_fields(paragraph):
        yield problem("intake-reference", path, number, 1, field=field)
    hidden = [one for one in paragraph.iter(name("w:vanish")) if one.get(name("w:val")) not in OFF]
    said = "".join("".join(words(run)) for one in hidden for run in one.iterancestors(name("w:r")))
    if said.strip():
        yield problem("intake-hidden", path, number, 1, text=said.strip())


def _note_fields(paragraph: Element) -> Iterator[str]:
    """Yield the fields of a paragraph that print the number of a note (part 1, 17.16.5.39)."""
    codes = [one.text or "" for one in paragraph.iter(name("w:instrText"))]
    codes += [one.get(name("w:instr"), "") for one in paragraph.iter(name("w:fldSimple"))]
    yield from (" ".join(code.split()) for code in codes if "NOTEREF" in code)


def _is_repeated(element: Element) -> bool:
    """Tell whether an element says once more, for older programs, what stands before it."""
    return next(element.iterancestors(name("mc:Fallback")), None) is not None
