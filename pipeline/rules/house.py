"""Rules of the house file."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "house-unreadable": Rule(
        "The house file can be read.",
        "the house file cannot be read: {what}",
        "put house.toml back into the templates folder, or name the right folder",
    ),
    "house-syntax": Rule(
        "The house file is TOML.",
        "this is not valid TOML: {what}",
        "quote texts and colours, and write one `key = value` on each line",
    ),
    "house-value": Rule(
        "The house file has the keys and values that the outputs need.",
        "{key}: {what}",
        "see the comments in templates/house.toml, and docs/branding.md for what each key does",
    ),
    "house-contrast": Rule(
        "Text can be read on its ground (WCAG 2.2, 1.4.3).",
        "{key} on {ground} has a contrast of {ratio} to 1; text needs 4.5",
        "choose a darker or a lighter colour; the nearest that can be read is {better}",
    ),
    "house-logo": Rule(
        "The logo of the house can be drawn.",
        "the logo {file} cannot be used: {what}",
        "put {file} into the folder of house.toml, or remove the table [logo]",
    ),
}
