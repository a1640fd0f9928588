"""The kinds of manuscripts: an importer for each, and a second reader that shares no code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.intake import dialects, page, plain, word
from pipeline.intake.draft import Draft, Manuscript
from pipeline.intake.seen import Seen
from pipeline.intake.seen_markdown import see_markdown
from pipeline.intake.seen_page import see_page
from pipeline.intake.seen_plain import see_plain
from pipeline.intake.seen_word import see_word


@dataclass(frozen=True, slots=True)
class Kind:
    """How manuscripts of one kind are read, twice. Both raise BriefError when one cannot be."""

    draft: Callable[[Manuscript], Draft]
    see: Callable[[Manuscript], Seen]


PLAIN = Kind(plain.draft, see_plain)
MARKDOWN = Kind(dialects.draft, see_markdown)
PAGE = Kind(page.draft, see_page)
WORD = Kind(word.draft, see_word)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        **dict.fromkeys((".txt", ".text"), PLAIN),
        **dict.fromkeys((".docx", ".docm"), WORD),
        **dict.fromkeys((".html", ".htm"), PAGE),
        **dict.fromkeys((".md", ".markdown"), MARKDOWN),
    }
)
"""By the ending of the file."""
