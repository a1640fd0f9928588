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
    "language-ligature": Rule(
        "Letters are written one by one.",
        "the character {char} stands for the letters '{letters}'",
        "write the letters themselves wherever it stands: nobody who searches for a word finds it "
        "otherwise; such characters come along when text is copied from a PDF",
    ),
    "language-marks": Rule(
        "A letter has no more accents than can be told apart.",
        "the letter '{letter}' has {count} accents; it may have {most}",
        "remove what was put there by mistake; piles of accents would be printed over the lines "
        "above",
    ),
    "language-date": Rule(
        "The date can be printed in the language of the brief.",
        "in this language the date is printed as '{text}', and no font of the house has the "
        "character {char} ({name})",
        "correct the language, or add a font that has it; templates/fonts/README.md says how",
    ),
}
