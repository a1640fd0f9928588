"""A new brief: its folder, and a first text that teaches and passes the checks."""

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from pipeline.files import write_all
from pipeline.front_schema import FRONT_SCHEMA_FILE
from pipeline.intake.slugs import is_slug, slug_of
from pipeline.problems import BriefError, Problem, problem
from pipeline.theme import Theme

MARKUP = re.compile(r"[\\`*_\[~<>$#@&{}|]|(?<!\[)\^")
"""What Markdown may take for markup, in a title that means what it says."""
FIRST_AUTHOR = "# authors:\n#   - name: Ada Example"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known of a brief before it is written; what is empty is made up."""

    title: str
    slug: str
    day: date


def create(source: Path, theme: Theme, wish: Wish) -> Path:
    """Write the first text of a brief, and return its file.

    Raises BriefError when it has no name, or a name that cannot be one or that another has.
    """
    title = on_one_line(wish.title) or wish.slug.replace("-", " ").capitalize()
    if not title:
        raise BriefError([problem("usage-title", str(source))])
    slug = wish.slug or slug_of(title)
    file = source / slug / "brief.md"
    if found := _refused(source, slug, title, file):
        raise BriefError([found])
    write_all({file: text(title, wish.day, theme, schema_from(file.parent)).encode()})
    return file


def _refused(source: Path, slug: str, title: str, file: Path) -> Problem | None:
    if not slug:
        return problem("usage-unnamed", str(source), title=title)
    if not is_slug(slug):
        example = slug_of(slug) or "water-and-the-border"
        return problem("usage-slug", str(source), slug=slug, example=example)
    if file.exists() or file.is_symlink():
        return problem("usage-taken", str(file), slug=slug)
    return None


def schema_from(folder: Path) -> str:
    """Return where editors find the schema of front matter, seen from the folder of a brief.

    One that lies outside the project is at another place on each machine: then there is none.
    """
    here = Path.cwd().resolve()
    inside = folder.resolve().is_relative_to(here) and FRONT_SCHEMA_FILE.is_relative_to(here)
    return os.path.relpath(FRONT_SCHEMA_FILE, folder.resolve()) if inside else ""


def text(title: str, day: date, theme: Theme, schema: str = "") -> str:
    """Return the first text of a brief; `schema` is where editors find that of front matter."""
    names = "".join(f"\n  - name: {quoted(name)}" for name in theme.new.authors)
    return Template((theme.folder / "new/brief.md").read_text(encoding="utf-8")).substitute(
        schema=f"# yaml-language-server: $schema={schema}\n" if schema else "",
        title=quoted(MARKUP.sub(r"\\\g<0>", title)),
        date=day.isoformat(),
        lang=theme.new.lang,
        authors=f"authors:{names}" if names else FIRST_AUTHOR,
    )


def on_one_line(text: str) -> str:
    """Return a title as it is printed: without line breaks and characters that cannot be seen."""
    seen = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(seen.split())


def quoted(text: str) -> str:
    """Return a text as YAML in quotes, in which nothing but the quotes means anything."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
