"""What a file knows about its text beside the text: its properties, as far as a brief has them."""

import datetime
import re
from dataclasses import dataclass

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A language as a file names it (BCP 47)."""


@dataclass(frozen=True, slots=True)
class Known:
    """The properties that a brief has a place for; empty where the file says nothing."""

    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    lang: str | None = None
    published: datetime.date | None = None
    changed: datetime.date | None = None
    """The day on which the text was changed last."""
