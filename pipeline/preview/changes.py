"""What a change on the disk means: which briefs, or the templates of all, or the program."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from pipeline.stages import CODE

STEP = 20
"""Milliseconds without another change after which a save is taken to be complete."""
LONGEST = 200
"""Milliseconds after which what has changed is told of in any case."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed at one time."""

    slugs: frozenset[str] = frozenset()
    templates: bool = False
    code: bool = False


async def changes(source: Path, templates: Path) -> AsyncIterator[Change]:
    """Yield what is changed, as it is. Folders of briefs that are links are followed."""
    links = {
        folder.resolve(): folder.name
        for folder in source.iterdir()
        if folder.is_symlink() and folder.is_dir()
    }
    roots = (source.resolve(), templates.resolve(), CODE.resolve(), *links)
    async for found in awatch(
        *roots, watch_filter=DefaultFilter(), step=STEP, debounce=LONGEST, rust_timeout=500
    ):
        paths = [Path(path) for _, path in found]
        yield sort(paths, source.resolve(), templates.resolve(), links)


def sort(paths: Iterable[Path], source: Path, templates: Path, links: Mapping[Path, str]) -> Change:
    """Return what changed paths mean."""
    slugs: set[str] = set()
    of_templates = of_code = False
    for path in paths:
        linked = next((slug for root, slug in links.items() if path.is_relative_to(root)), None)
        if linked:
            slugs.add(linked)
        elif path.is_relative_to(templates):
            of_templates = True
        elif path.is_relative_to(CODE.resolve()):
            of_code = of_code or path.suffix in (".py", ".lua")
        elif path != source and path.is_relative_to(source):
            slugs.add(path.relative_to(source).parts[0])
    return Change(frozenset(slugs), of_templates, of_code)
