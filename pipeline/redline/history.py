"""Older versions of a brief: out of git, with the pictures they had, or out of a JSON document."""

import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline import codec
from pipeline import model as m
from pipeline.problems import BriefError, errors, problem
from pipeline.reader import read

BRIEF = "brief.md"


@dataclass(frozen=True, slots=True)
class Older:
    """An older version of a brief, and what it is called."""

    brief: m.Brief
    name: str


def older(since: str, source: Path, slug: str) -> Older:
    """Return the version of a brief that `since` names: a revision of git, or a JSON document.

    Raises BriefError when there is none, or it cannot be read.
    """
    if not since:
        raise BriefError([problem("redline-since", "briefwright")])
    if since.endswith(".json") or Path(since).is_file():
        return _from_json(Path(since), slug)
    return _from_git(since, source / slug, slug)


def _from_json(file: Path, slug: str) -> Older:
    try:
        data = file.read_bytes()
    except OSError as error:
        what = error.strerror or str(error)
        raise BriefError([problem("usage-unreadable", str(file), what=what)]) from None
    brief = codec.load(data, str(file))
    if brief.slug != slug:
        raise BriefError([problem("redline-other", str(file), other=brief.slug, slug=slug)])
    return Older(brief, file.name)


def _from_git(since: str, folder: Path, slug: str) -> Older:
    """Read the brief as it was, in a folder of its own that is gone afterwards."""
    path = folder / BRIEF
    place = _git(folder.parent, since, "rev-parse", "--show-toplevel", "--show-prefix")
    top, prefix = place.decode().splitlines()
    commit = _commit(folder.parent, since, path)
    tree = f"{commit}:{prefix}{slug}"
    with tempfile.TemporaryDirectory() as made:
        target = Path(made, slug)
        _unpack(_archive(Path(top), since, tree, path), target)
        if not (target / BRIEF).is_file():
            raise BriefError([problem("redline-missing", str(path), since=since)])
        brief, found = read(target / BRIEF)
    if brief is None or errors(found):
        what = errors(found)[0]
        told = f"line {what.line}: {what.message} [{what.code}]"
        raise BriefError([problem("redline-old", str(path), since=since, what=told)])
    day = _git(folder.parent, since, "show", "--no-patch", "--format=%cs", commit)
    return Older(brief, f"{since} ({day.decode().strip()})")


def _commit(folder: Path, since: str, path: Path) -> str:
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}")
    done = _ask(folder, since, *asked)
    if done.returncode:
        raise BriefError([problem("redline-ref", str(path), since=since, file=path)])
    return done.stdout.decode().strip()


def _archive(folder: Path, since: str, tree: str, path: Path) -> bytes:
    """Return the files of a tree, with the contents that git keeps."""
    done = _ask(folder, since, "archive", "--format=tar", tree)
    if done.returncode:
        raise BriefError([problem("redline-missing", str(path), since=since)])
    return done.stdout


def _unpack(archive: bytes, target: Path) -> None:
    """Write the files of an archive; links, which may lead anywhere, are left out."""
    target.mkdir()
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for member in files:
            name = PurePosixPath(member.name)
            content = files.extractfile(member) if member.isfile() else None
            if content is None or name.is_absolute() or ".." in name.parts:
                continue
            file = target / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.read())


def _git(folder: Path, since: str, *arguments: str) -> bytes:
    done = _ask(folder, since, *arguments)
    if done.returncode:
        what = done.stderr.decode(errors="replace").strip().splitlines()
        told = what[0] if what else "it does not say why"
        raise BriefError([problem("redline-git", str(folder), since=since, what=told)])
    return done.stdout


def _ask(folder: Path, since: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        what = error.strerror or str(error)
        raise BriefError([problem("redline-git", str(folder), since=since, what=what)]) from None
