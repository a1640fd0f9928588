"""The desk where edited Word files come back: compared, carried over, proved, written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from pipeline import codec, files
from pipeline import model as m
from pipeline.build import read_checked
from pipeline.intake.word.review import review
from pipeline.merge.front import apply, patched
from pipeline.merge.notes import note_patches
from pipeline.merge.plan import Change, Plan, place, plan, settle, shown
from pipeline.merge.proof import Unlike, prove
from pipeline.merge.prose import Unplaced
from pipeline.merge.story import read_story
from pipeline.merge.view import View, pieces_of, traced_of, view
from pipeline.merge.words import Patch
from pipeline.problems import BriefError, Problem, errors, problem
from pipeline.stages import content_digest
from pipeline.theme import Theme
from pipeline.wordfile import Package, open_package

ROUNDS = 5
"""Times that edits which did not come out right are tried in another way, or left out."""
DIGEST = "Content SHA-256"
"""The property of our Word files that says which text they were made of."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of an edited Word file."""

    file: Path
    diff: str
    """The edits on the source, as a unified diff; empty when there are none."""
    made: int
    """Paragraphs whose edits are in it."""
    written: bool
    problems: tuple[Problem, ...]


def merge(file: Path, target: Path, theme: Theme, write: bool = False) -> Merged:
    """Bring the edits of a Word file into the source of its brief, or only show them.

    Raises BriefError when the file or the brief cannot be read, or the proof fails; then nothing
    is written.
    """
    package = open_package(_bytes(file), str(file))
    raw = _bytes(target)
    brief, problems = read_checked(target, theme)
    if brief is None or errors(problems):
        raise BriefError(errors(problems))
    told = [*_stale(package, brief, file), *_review(package, file)]
    here = view(brief, theme, str(target))
    made = plan(here, read_story(package))
    text = _proved(made, target, theme)
    told += _unplaced(made, file)
    if text == brief.source.text:
        return Merged(target, "", 0, False, tuple(sorted(told)))
    told += _new_problems(problems, text, target, theme)
    count = sum(1 for one in made.changes if one.is_placed)
    if write:
        _write(target, raw, brief.source.text, text)
    diff = _diff(brief.source.text, text, str(target))
    return Merged(target, diff, count, write, tuple(sorted(set(told))))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        what = error.strerror or str(error)
        raise BriefError([problem("usage-unreadable", str(file), what=what)]) from None


def _stale(package: Package, brief: m.Brief, file: Path) -> Iterator[Problem]:
    """Yield a warning where the brief has changed since the Word file was made of it."""
    root = package.xml("docProps/custom.xml")
    made_of = ""
    for one in () if root is None else root:
        if one.get("name") == DIGEST:
            made_of = str(one.xpath("string()")).strip()
    if not made_of:
        yield problem("merge-foreign", str(file))
    elif made_of != content_digest(codec.dump(brief)):
        yield problem("merge-stale", str(file))


def _review(package: Package, file: Path) -> Iterator[Problem]:
    """Yield the comments, and the tracked changes, which are accepted, one by one."""
    found = review(package, str(file), "keep")
    yield from (one for one in found if one.code in ("intake-comment", "intake-change"))


def _proved(made: Plan, target: Path, theme: Theme) -> str:
    """Return the new source; raises BriefError when no round of edits comes out right."""
    for _ in range(ROUNDS):
        text = _text(made)
        if text == made.view.source.text and not any(one.is_placed for one in made.changes):
            return text
        try:
            prove(made, text, target, theme)
        except Unlike as unlike:
            _give_way(made, unlike.changes or _alone(made, target, theme))
            continue
        return text
    raise BriefError([problem("merge-proof", str(target))])


def _give_way(made: Plan, guilty: Sequence[Change]) -> None:
    """Write the texts anew whose edits came out wrong; leave out those where that was tried."""
    for one in guilty:
        if one.before and one.after and not one.rewritten:
            one.rewritten = True
            place(made, one)
        else:
            one.obstacle = "signs that would mean something else in the source"
            one.patches = ()
    settle(made.changes)


def _alone(made: Plan, target: Path, theme: Theme) -> list[Change]:
    """Return the changes that come out wrong even when they are the only ones."""
    placed = [one for one in made.changes if one.is_placed]
    guilty: list[Change] = []
    for one in placed:
        kept = {id(other): other.obstacle for other in placed}
        for other in placed:
            other.obstacle = "" if other is one else "waits"
        try:
            prove(made, _text(made), target, theme)
        except Unlike:
            guilty.append(one)
        for other in placed:
            other.obstacle = kept[id(other)]
    return guilty or placed


def _text(made: Plan) -> str:
    """Return the source with the patches of all changes that have a place."""
    source = made.view.source
    patches: list[Patch] = []
    by_field: dict[str, list[Change]] = {}
    for one in made.changes:
        if one.is_placed and one.field:
            by_field.setdefault(one.field, []).append(one)
        elif one.is_placed:
            patches += one.patches
    for field, changes in by_field.items():
        own = [patch for one in changes for patch in one.patches]
        try:
            patches += patched(source, field, made.view.pieces[field], own, pieces_of)
        except Unplaced as unplaced:
            for one in changes:
                one.obstacle = unplaced.what
            settle(made.changes)
            return _text(made)
    text = apply(source.text, [*patches, *note_patches(made)])
    if text.endswith("\n\n") and not source.text.endswith("\n\n"):
        text = text.rstrip("\n") + "\n"
    return text


def _unplaced(made: Plan, file: Path) -> Iterator[Problem]:
    """Yield a warning for each edit that is not in the new source."""
    for one in made.changes:
        if one.is_placed:
            continue
        unit = one.after[0] if one.after else one.before
        assert unit is not None
        line = _line(made.view, one)
        where = f"at line {line} of the source" if line else "where the brief has no text"
        yield problem(
            "merge-place",
            str(file),
            unit.number,
            1,
            text=shown(unit.atoms),
            what=one.obstacle,
            where=where,
        )


def _line(made: View, change: Change) -> int:
    traced = traced_of(made, change.before)
    if change.before is not None and change.before.leaf is not None:
        leaf = made.leaves[change.before.leaf]
        if leaf.field in ("body", "note"):
            if traced:
                return made.source.place(traced.spans[0][0])[0]
            return leaf.line
        piece = made.pieces.get(leaf.field)
        return made.source.place(piece.offset(0))[0] if piece else 0
    return 0


def _new_problems(
    before: Sequence[Problem], text: str, target: Path, theme: Theme
) -> Iterator[Problem]:
    """Yield what is wrong with the new source and was not with the old one."""
    _, found = read_checked(target, theme, text.encode())
    known = [(one.code, one.message) for one in before]
    yield from (one for one in found if (one.code, one.message) not in known)


def _diff(old: str, new: str, path: str) -> str:
    lines = unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{path}", f"b/{path}"
    )
    return "".join(
        one if one.endswith("\n") else f"{one}\n\\ No newline at end of file\n" for one in lines
    )


def _write(target: Path, raw: bytes, old: str, new: str) -> None:
    """Write the source, with the line ends and the mark at its beginning that it had."""
    text = raw.decode()
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    if text.removeprefix("\ufeff") != old:
        if text.removeprefix("\ufeff") != old.replace("\n", "\r\n"):
            raise BriefError([problem("merge-line-ends", str(target))])
        new = new.replace("\n", "\r\n")
    if target.read_bytes() != raw:
        raise BriefError([problem("merge-meanwhile", str(target))])
    files.write_all({target: f"{mark}{new}".encode()})
