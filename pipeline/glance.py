"""What a run found current, so that the next one need not read files that nobody touched since.

A file is known by size, times and inode, as in the index of Git (gitformat-index, "racy Git"): one
that was touched in the very moment of the look is not relied on, and the time of its last change of
status (stat(2), st_ctime) cannot be set by hand. The program, its tools and the templates are known
by their digests. What is not known is read, so that to lose this file costs a second and no more.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time_ns

from pipeline.files import GRAIN, digest, digest_of_all, write_all
from pipeline.manifest import Format
from pipeline.problems import BriefError
from pipeline.stages import Workshop


@dataclass(frozen=True, slots=True)
class Found:
    """The state of the files of a brief, and the formats that were current with it."""

    state: str
    formats: tuple[Format, ...]


def load(shop: Workshop) -> dict[str, Found]:
    """Return what was found by slug; nothing if another program or theme found it."""
    try:
        kept = json.loads(_file(shop).read_bytes())
        if kept["shop"] != _shop_key(shop):
            return {}
        return {slug: Found(state, tuple(forms)) for slug, (state, forms) in kept["found"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def save(shop: Workshop, found: Mapping[str, Found]) -> None:
    """Keep what was found, if it can be written; it is only needed for speed."""
    entries = {slug: [one.state, one.formats] for slug, one in sorted(found.items())}
    data = json.dumps({"shop": _shop_key(shop), "found": entries}).encode()
    with suppress(BriefError):
        write_all({_file(shop): data})


def knows(found: Mapping[str, Found], slug: str, state: str, formats: tuple[Format, ...]) -> bool:
    """Tell whether a brief was current in these formats when its files were in this state."""
    known = found.get(slug)
    return known is not None and known.state == state and set(formats) <= set(known.formats)


def state_of(shop: Workshop, slug: str) -> str:
    """Return a digest of the state of all files of a brief; empty if it cannot be relied on."""
    try:
        states = [*_states(shop.source / slug), *_states(shop.output / slug)]
    except OSError:
        return ""
    until = time_ns() - GRAIN
    if any(max(changed, written) > until for *_, written, changed in states):
        return ""
    return digest(repr(states).encode())


def _states(folder: Path) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield path, inode, size and both times of every file, hidden ones too, in order.

    Raises OSError when a folder cannot be looked through to the end; a linked folder is one.
    """
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.is_symlink():
                    raise OSError("not looked through")
                yield from _states(Path(entry.path))
            else:
                found = entry.stat()
                yield (
                    entry.path,
                    found.st_ino,
                    found.st_size,
                    found.st_mtime_ns,
                    found.st_ctime_ns,
                )


def _file(shop: Workshop) -> Path:
    return shop.output / ".make" / "found.json"


def _shop_key(shop: Workshop) -> str:
    parts: dict[str, str] = {"theme": shop.theme}
    for form, one in shop.digests.items():
        parts[form] = one
    return digest_of_all(parts)
