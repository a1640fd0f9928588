"""The door of the command: opens before the rest of the program is there.

A tenth of the time of building a brief was spent in looking for garbage, nearly always in vain:
importing makes objects that stay, and laying out a page makes some hundred thousand that stay until
it is printed.
"""

import gc

FEW = (200_000, 10, 10)
"""Objects made between two looks at the youngest, and how many of those before one at the older.

Python's own 700 (2,000 from 3.13 on) look at everything several times a page.
"""


def main() -> int:
    """Run the command and return its exit code, also when it is stopped while it is loaded."""
    gc.disable()
    try:
        from pipeline.__main__ import main as run
    except KeyboardInterrupt:
        return 130
    gc.freeze()
    gc.set_threshold(*FEW)
    gc.enable()
    return run()
