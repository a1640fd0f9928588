"""The name of a brief's folder, made of its title."""

import re
import unicodedata

LONGEST = 60
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LETTERS = {
    **{
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    },
    **{"а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh"},
    **{"з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n"},
    **{"о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh"},
    **{"ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e"},
    **{"ю": "iu", "я": "ia", "ё": "e", "’": "", "'": "", "ʼ": ""},
}
"""Letters that do not come apart in Unicode, in the Latin alphabet (after ICAO Doc 9303)."""


def is_slug(name: str) -> bool:
    """Tell whether a name can be that of a brief."""
    return SLUG.fullmatch(name) is not None


def slug_of(title: str) -> str:
    """Return a name for a title: whole words, as many as fit; none where no letter is left."""
    spelled = "".join(LETTERS.get(one, one) for one in unicodedata.normalize("NFC", title.lower()))
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        made = longer
    return made
