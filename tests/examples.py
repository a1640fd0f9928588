"""How many random examples a property test draws."""

import os


def examples(few: int) -> int:
    """Return `few`, or what BRIEFWRIGHT_EXAMPLES says, for a long run by hand."""
    return int(os.environ.get("BRIEFWRIGHT_EXAMPLES", few))
