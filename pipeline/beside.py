"""Files beside a brief: from its own folder only, and no larger than they may be."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Literal

BIBLIOGRAPHIES: Mapping[str, str] = {"references.bib": "biblatex", "references.json": "csljson"}
"""The names a bibliography may have, and what pandoc calls what they hold."""
STYLE_SUFFIX = ".csl"

Reason = Literal["outside", "missing", "size"]


class Unfit(Exception):
    """A file cannot be taken; `what` says why."""

    def __init__(self, reason: Reason, what: str) -> None:
        """Keep both."""
        self.reason = reason
        self.what = what
        super().__init__(what)


def citing_files(folder: Path) -> list[str]:
    """Return the names of what a brief can cite with: bibliographies and styles beside it."""
    with suppress(OSError), os.scandir(folder) as found:
        names = (one.name for one in found)
        return sorted(one for one in names if one in BIBLIOGRAPHIES or one.endswith(STYLE_SUFFIX))
    return []


def bytes_beside(folder: Path, name: str, most: int) -> bytes:
    """Return what a file in the folder of a brief, or below it, holds.

    Raises Unfit, also for a link that leads out of the folder and for what is no plain file.
    """
    steps = PurePosixPath(name).parts
    if "\\" in name or name.startswith(("/", "~")) or ".." in steps:
        raise Unfit("outside", "its path leaves the brief's folder")
    try:
        home = folder.resolve(strict=True)
        file = home.joinpath(*steps).resolve(strict=True)
        if not file.is_relative_to(home):
            raise Unfit("outside", "a link leads out of the brief's folder")
        if not file.is_file():
            raise Unfit("missing", "it is not a file")
        if file.stat().st_size > most:
            raise Unfit("size", f"more than {most:,} bytes")
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise Unfit("missing", "there is no such file") from None
    except (OSError, ValueError, RuntimeError):
        raise Unfit("missing", "it may not be read") from None
