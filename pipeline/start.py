"""The door of the command: opens before the rest of the program is there, and closes it at once.

A sixth of the time of building a brief was spent in looking for garbage, nearly always in vain:
importing makes objects that stay, and laying out a page makes some hundred thousand that stay until
it is printed. To take all of them apart in the end, in a process that ends anyway, took a tenth of
a second. What was put into temporary folders is removed, whoever left it there.
"""

import gc
import os
import sys
import tempfile
from contextlib import suppress


def main() -> None:
    """Run the command and exit with its code, also when it is stopped while it is loaded."""
    with tempfile.TemporaryDirectory(prefix="briefwright-", ignore_cleanup_errors=True) as room:
        tempfile.tempdir = room
        code = _run()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # Nobody reads it any more.
            stream.flush()
    os._exit(code)


def _run() -> int:
    gc.disable()
    try:
        from pipeline.__main__ import main as run
        from pipeline.workers import FEW
    except KeyboardInterrupt:
        return 130
    gc.freeze()
    gc.set_threshold(*FEW)
    gc.enable()
    try:
        return run()
    except SystemExit as left:  # argparse, which has said why.
        return left.code if isinstance(left.code, int) else 2
