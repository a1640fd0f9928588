"""Quotation marks by language: the outer pair, the inner pair."""

from pipeline import languages

NNBSP = "\u202f"
"""Narrow no-break space, which stands inside French quotation marks."""

Pair = tuple[str, str]

MARKS: dict[str, tuple[Pair, Pair]] = {
    "ar": (("”", "“"), ("’", "‘")),
    "be": (("«", "»"), ("„", "“")),
    "cs": (("„", "“"), ("‚", "‘")),
    "da": (("»", "«"), ("›", "‹")),
    "de": (("„", "“"), ("‚", "‘")),
    "en": (("“", "”"), ("‘", "’")),
    "es": (("«", "»"), ("“", "”")),
    "et": (("„", "“"), ("«", "»")),
    "fi": (("”", "”"), ("’", "’")),
    "fr": ((f"«{NNBSP}", f"{NNBSP}»"), ("“", "”")),
    "he": (("”", "”"), ("’", "’")),
    "it": (("«", "»"), ("“", "”")),
    "lt": (("„", "“"), ("‚", "‘")),
    "lv": (("“", "”"), ("‘", "’")),
    "nl": (("“", "”"), ("‘", "’")),
    "pl": (("„", "”"), ("«", "»")),
    "pt": (("“", "”"), ("‘", "’")),
    "ro": (("„", "”"), ("«", "»")),
    "ru": (("«", "»"), ("„", "“")),
    "sk": (("„", "“"), ("‚", "‘")),
    "sv": (("”", "”"), ("’", "’")),
    "uk": (("«", "»"), ("„", "“")),
}
"""As the locale data of Unicode (CLDR) have them; Belarusian and Polish by national custom."""


def pair(tag: str, kind: str) -> Pair:
    """Return opening and closing mark; `kind` is pandoc's DoubleQuote or SingleQuote."""
    double, single = MARKS.get(languages.primary(tag), MARKS["en"])
    return double if kind == "DoubleQuote" else single
