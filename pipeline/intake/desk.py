"""The desk where manuscripts are handed in: read, written as a brief, proved, put in place."""

import datetime
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import files
from pipeline import model as m
from pipeline.build import read_checked
from pipeline.intake.draft import Draft, Manuscript, Tracked
from pipeline.intake.kinds import KINDS, Kind
from pipeline.intake.markdown import write
from pipeline.intake.proof import prove
from pipeline.intake.slugs import is_slug, slug_of
from pipeline.problems import BriefError, Problem, errors, problem
from pipeline.reader import read
from pipeline.text import plain
from pipeline.theme import Theme

BRIEF = "brief.md"
UNNAMED = "brief"
"""The name of a brief whose title has no letter that a name can have."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A brief that was made of a manuscript, and what is to be said of both."""

    file: Path
    brief: m.Brief
    problems: tuple[Problem, ...]


def bring_in(
    file: Path,
    source: Path,
    slug: str,
    theme: Theme,
    fix: bool = False,
    track: Tracked = "accept",
) -> Imported:
    """Import a manuscript; without a slug it gets one from its title.

    Raises BriefError with every problem when nothing was written.
    """
    kind = _kind(file)
    manuscript = replace(_manuscript(file), fix=fix, track=track)
    draft = kind.draft(manuscript)
    if errors(draft.problems):
        raise BriefError(draft.problems)
    name = slug or slug_of(plain(draft.metadata.title)) or UNNAMED
    if not is_slug(name):
        raise BriefError(
            [
                *draft.problems,
                problem("intake-slug", str(file), slug=name, suggestion=slug_of(name) or UNNAMED),
            ]
        )
    target = source / name / BRIEF
    if target.exists() or target.is_symlink():
        raise BriefError([*draft.problems, problem("intake-taken", str(target))])
    return _write(kind, manuscript, draft, target, theme)


def _kind(file: Path) -> Kind:
    if not file.name:
        raise BriefError([problem("intake-file", "briefwright")])
    found = KINDS.get(file.suffix.lower())
    if found is None:
        known = ", ".join(KINDS)
        shown = file.suffix or "without an ending"
        raise BriefError([problem("intake-kind", str(file), kind=shown, known=known)])
    return found


def _manuscript(file: Path) -> Manuscript:
    """Read a file with the day on which it was changed last, in the time of this place."""
    try:
        data, changed = file.read_bytes(), file.stat().st_mtime
    except OSError as error:
        what = error.strerror or str(error)
        raise BriefError([problem("usage-unreadable", str(file), what=what)]) from None
    return Manuscript(str(file), data, datetime.date.fromtimestamp(changed))


def _write(
    kind: Kind, manuscript: Manuscript, draft: Draft, target: Path, theme: Theme
) -> Imported:
    """Write a brief beside its place, prove it there, and move it when it is right."""
    text = write(draft.metadata, draft.body, draft.notes).encode()
    stage = target.parent.with_name(f".{target.parent.name}.{os.getpid()}{files.PARTIAL}")
    staged = stage / target.parent.name / BRIEF
    try:
        files.write_all(
            {
                staged: text,
                **{staged.with_name(name): data for name, data in draft.pictures.items()},
            }
        )
        brief, found = _proved(kind, manuscript, draft, staged, theme)
        problems = tuple(_placed(one, staged, target) for one in (*draft.problems, *found))
        if brief is None:
            raise BriefError(problems)
        _move(staged.parent, target.parent)
    finally:
        with suppress(OSError):
            shutil.rmtree(stage)
    return Imported(target, brief, tuple(sorted(set(problems))))


def _proved(
    kind: Kind, manuscript: Manuscript, draft: Draft, staged: Path, theme: Theme
) -> tuple[m.Brief | None, Sequence[Problem]]:
    """Return the brief as it reads, with what its checks say; no brief when the proof fails."""
    brief, problems = read(staged)
    if brief is None:
        return None, problems
    differences = prove(brief, kind.see(manuscript), draft.values, manuscript.path)
    if differences:
        return None, (*problems, *differences)
    _, problems = read_checked(staged, theme)
    return brief, problems


def _placed(one: Problem, staged: Path, target: Path) -> Problem:
    return replace(one, path=str(target)) if one.path == str(staged) else one


def _move(staged: Path, folder: Path) -> None:
    """Give a finished folder its name; into one that is there, its files go with the brief last."""
    try:
        if not folder.exists():
            os.rename(staged, folder)
            return
        names = sorted(staged.iterdir(), key=lambda file: file.name == BRIEF)
        taken = [folder / file.name for file in names if (folder / file.name).exists()]
        if taken:
            raise BriefError([problem("intake-taken", str(one)) for one in taken])
        for file in names:
            os.rename(file, folder / file.name)
    except OSError as error:
        raise BriefError(
            [problem("setup-write", str(folder), what=error.strerror or str(error))]
        ) from None
