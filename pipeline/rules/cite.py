"""Rules of citations and bibliographies."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "cite-missing": Rule(
        "The bibliography has every key that is cited.",
        "the bibliography has no entry '{key}'",
        "add the entry, or correct the key{near}; write \\@{key} if it is meant as text",
    ),
    "cite-unused": Rule(
        "Every entry of the bibliography is cited.",
        "the entry '{key}' is not cited",
        "cite it with [@{key}], or take it out",
        severity="warning",
    ),
    "cite-incomplete": Rule(
        "An entry says who wrote what, and when.",
        "the entry '{key}' has {what}",
        "fill in what is known; a work without an author or a date is cited as such",
        severity="warning",
    ),
    "cite-twice": Rule(
        "A key is given to one entry.",
        "the key '{key}' is given to two entries; the other one is in line {other}",
        "remove one of them, or give it another key",
    ),
    "cite-both": Rule(
        "A brief has one bibliography.",
        "there is a second bibliography beside {other}",
        "keep one of the two files",
    ),
    "cite-unreadable": Rule(
        "The bibliography can be read.",
        "the bibliography cannot be read: {what}",
        "it is BibTeX in references.bib, or CSL-JSON in references.json, beside the brief",
    ),
    "cite-style": Rule(
        "The citation style can be used.",
        "the citation style cannot be used: {what}",
        "put an independent CSL style beside the brief and name its file: citation-style: name.csl",
    ),
    "cite-nested": Rule(
        "A citation holds no note.",
        "a note or another citation stands within a citation",
        "take it out of the brackets",
    ),
}
