"""What one code means."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
"""An error stops a build, a warning asks for a look, a note tells what was understood or done."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The wording of one code.

    `sentence` says what the rule asks for and heads its entry in docs/checks.md; `message` and
    `hint` are filled in with the details named in braces.
    """

    sentence: str
    message: str
    hint: str
    severity: Severity = "error"
