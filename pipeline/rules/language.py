"""Rules of languages and their characters."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "language-tag": Rule(
        "Languages are named by their BCP 47 tags.",
        "'{tag}' is not a language tag",
        "write the tag of the language: en, en-GB, de, fr, be, ru, uk",
    ),
    "language-glyph": Rule(
        "Every character is in one of the fonts.",
        "no font of the house has the character {char} ({name})",
        "use another character, or add a font with {script} to templates/fonts;"
        " templates/fonts/README.md says how",
    ),
}
