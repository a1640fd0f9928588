"""Templates that were compiled once are kept, beside the compiled code of the project.

What is kept is used only for the same text of the template, and by the same Python, Jinja and
renderers, whose filters may be applied while a template is compiled. So it saves a fifth of a
second of each first brief, and decides nothing.
"""

import os
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from pipeline.files import digest_of_all, digest_of_trees, tree


class _Cache(FileSystemBytecodeCache):
    """Does without where the disk is full."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template if that is possible."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


@cache
def compiled() -> FileSystemBytecodeCache | None:
    """Return what keeps the compiled templates, or nothing where no code is kept."""
    kept = Path(cache_from_source(__file__)).parent
    if sys.dont_write_bytecode or not os.access(kept, os.W_OK):
        return None
    room = Path(__file__).parent
    made_by = {"jinja2": version("jinja2"), "renderers": digest_of_trees([tree(room, room)])}
    return _Cache(str(kept), f"%s-{digest_of_all(made_by)[:16]}.jinja")
