"""What a machine makes outputs with, so that only machines with the same work together.

The digests are those that decide here what is stale. To them come the libraries of the system that
set and draw text, which no digest of our files knows of.
"""

import multiprocessing
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline import stages, system
from pipeline.manifest import Format
from pipeline.stages import Workshop
from pipeline.theme import TEMPLATES

NO_PROCESSES = "it may start no processes: DASK_DISTRIBUTED__WORKER__DAEMON must be False for it"
CHANGED = "its files were changed after it was started"
OTHER = "its program or its templates are others"


@dataclass(frozen=True, slots=True)
class Stand:
    """The versions of tools by name, and the digests of what each format is made with."""

    tools: Mapping[str, str]
    digests: Mapping[Format, str]
    fault: str = ""
    """Why this machine cannot work, whatever it has."""
    host: str = field(default="", compare=False)


def stand_of(shop: Workshop) -> Stand:
    """Return what this machine makes outputs of a workshop with."""
    libraries = {
        "system": f"{platform.system()} {platform.machine()}",
        "Pango": ".".join(map(str, system.pango_version())),
        "HarfBuzz": system.harfbuzz_version(),
    }
    return Stand({**shop.tools, **libraries}, dict(shop.digests), host=platform.node())


def own_stand(theme: str) -> Stand:
    """Return what a worker, in whose process this is called, makes outputs of a theme with."""
    found, first = _look(theme), _first_look(theme)
    fault = ""
    if multiprocessing.current_process().daemon:
        fault = NO_PROCESSES
    elif found != first:
        fault = CHANGED
    return Stand(found.tools, found.digests, fault, found.host)


def difference(ours: Stand, theirs: Stand) -> str:
    """Say how a worker differs; nothing when it is the same."""
    if theirs.fault or ours == theirs:
        return theirs.fault
    names = [name for name in ours.tools if ours.tools[name] != theirs.tools.get(name)]
    if not names:
        return OTHER
    one = names[0]
    return f"{one} is {theirs.tools.get(one, 'missing')} there and {ours.tools[one]} here"


def _look(theme: str) -> Stand:
    return stand_of(stages.open_workshop(Path(), Path(), TEMPLATES, theme))


@lru_cache
def _first_look(theme: str) -> Stand:
    """Return what was there when this process was first asked, when it loaded the program."""
    return _look(theme)
