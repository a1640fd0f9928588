"""The kinds of manuscripts: an importer for each, and a second reader that shares no code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.intake import plain
from pipeline.intake.draft import Draft, Manuscript
from pipeline.intake.seen import Seen
from pipeline.intake.seen_plain import see_plain


@dataclass(frozen=True, slots=True)
class Kind:
    """How manuscripts of one kind are read, twice. Both raise BriefError when one cannot be."""

    draft: Callable[[Manuscript], Draft]
    see: Callable[[Manuscript], Seen]


PLAIN = Kind(plain.draft, see_plain)

KINDS: Mapping[str, Kind] = MappingProxyType({".txt": PLAIN, ".text": PLAIN})
"""By the ending of the file."""
