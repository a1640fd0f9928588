"""The desk where a redline is asked for: both versions read, compared, drawn, proved, written."""

from dataclasses import dataclass
from pathlib import Path

from pipeline import model as m
from pipeline.build import read_checked
from pipeline.files import write_all
from pipeline.problems import BriefError, Problem, errors, problem
from pipeline.redline.compare import compare
from pipeline.redline.history import BRIEF, Older, older
from pipeline.redline.page import render_page
from pipeline.redline.report import tell
from pipeline.redline.summary import summarise
from pipeline.redline.tracked.file import render
from pipeline.theme import Theme
from pipeline.verify import verify_redline


@dataclass(frozen=True, slots=True)
class Redline:
    """What was written, and what changed, in words."""

    files: tuple[Path, ...]
    told: str
    problems: tuple[Problem, ...]


def redline(slug: str, since: str, source: Path, target: Path, theme: Theme) -> Redline:
    """Write what changed in a brief since an older version into a folder below `target`.

    Raises BriefError with every problem when nothing was written.
    """
    before = older(since, source, slug)
    new, problems = read_checked(source / slug / BRIEF, theme)
    if new is None or errors(problems):
        raise BriefError(problems)
    made, told = draw(before, new, theme, str(target / slug))
    files = {target / slug / f"{slug}.redline.{form}": data for form, data in made.items()}
    write_all(files)
    return Redline(tuple(files), told, problems)


def draw(before: Older, new: m.Brief, theme: Theme, path: str) -> tuple[dict[str, bytes], str]:
    """Return the three files of a redline, and what changed in words; the Word file is proved.

    Raises BriefError when accepting all its changes would not give the new version, or rejecting
    them not the old one.
    """
    found = compare(before.brief, new, theme.folder)
    summary = summarise(found)
    told = tell(summary, before.name)
    word = render(found, theme)
    file = f"{path}/{new.slug}.redline.docx"
    if wrong := verify_redline(before.brief, new, word, file):
        raise BriefError([problem("redline-proof", file), *wrong])
    page = render_page(found, summary, before.name, theme)
    return {"docx": word, "html": page, "txt": told.encode()}, told
