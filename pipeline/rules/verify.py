"""Rules of verification: an output that differs from its JSON."""

from pipeline.rules.rule import Rule

NOT_KEPT = "the last good file was left as it was; this is a fault of the program: please report it"
"""The hint to every difference that verification finds."""

RULES: dict[str, Rule] = {
    "verify-unreadable": Rule(
        "Every output can be opened and read.",
        "this file cannot be read back: {what}",
        "build it again with `make`; if it stays so, the renderer is at fault: please report it",
    ),
    "verify-mail": Rule(
        "The text for e-mail has the words and notes of the brief.",
        "the text has '{does}' where it should have '{should}'",
        NOT_KEPT,
    ),
    "verify-note-missing": Rule(
        "Every note is printed.",
        "note {number} ({place}) is missing",
        NOT_KEPT,
    ),
    "verify-note-doubled": Rule(
        "Every note is printed once.",
        "note {number} is printed {count} times",
        NOT_KEPT,
    ),
    "verify-note-unknown": Rule(
        "Only notes of the brief are printed.",
        "a note '{number}' is printed that the brief does not have {where}",
        NOT_KEPT,
    ),
    "verify-note-order": Rule(
        "Notes are printed in the order of their numbers.",
        "note {number} stands where note {expected} should",
        NOT_KEPT,
    ),
    "verify-note-page": Rule(
        "A note starts on the page of its first call.",
        "note {number} starts on page {page}, but its first call is on page {call_page}",
        NOT_KEPT,
    ),
    "verify-note-placement": Rule(
        "Notes stand at the foot or at the end, as the brief says.",
        "notes stand at the {does} and not at the {should}",
        NOT_KEPT,
    ),
    "verify-note-number": Rule(
        "The number printed before a note is its own.",
        "{what} {where}",
        NOT_KEPT,
    ),
    "verify-note-link": Rule(
        "Notes, calls and cross-references are joined by links both ways.",
        "{what} {where}",
        NOT_KEPT,
    ),
    "verify-backlink": Rule(
        "A note leads back to its calls.",
        "note {number} should lead back to {should} of the text, and leads to {does}",
        NOT_KEPT,
    ),
    "verify-call-missing": Rule(
        "Every call is printed.",
        "a call of note {number}, call {ordinal} of the text ({place}), is missing",
        NOT_KEPT,
    ),
    "verify-call-extra": Rule(
        "Only calls of the brief are printed.",
        "a call of note {number} is printed that the brief does not have {where}",
        NOT_KEPT,
    ),
    "verify-call-link": Rule(
        "A call leads to its note.",
        "the call of note {number}, call {ordinal} of the text, leads to {where} {place}",
        NOT_KEPT,
    ),
    "verify-text-missing": Rule(
        "Everything that is written is printed.",
        "{what} is missing: “{text}”",
        NOT_KEPT,
    ),
    "verify-text-extra": Rule(
        "Only what is written is printed.",
        "text that the brief does not have{where}: “{text}”",
        NOT_KEPT,
    ),
    "verify-text-changed": Rule(
        "Text is printed character by character.",
        "{what}: “{before}” is printed as “{after}”{where}",
        NOT_KEPT,
    ),
    "verify-text-unknown": Rule(
        "Everything in a file can be compared.",
        "there is {what}, whose text cannot be compared {where}",
        NOT_KEPT,
    ),
    "verify-structure": Rule(
        "Headings, lists, quotations, tables and captions are what they are in the brief.",
        "{what} {verb} '{does}' instead of '{should}'{where}",
        NOT_KEPT,
    ),
    "verify-link": Rule(
        "Links have their words and lead where they should.",
        "there is {does}{where} instead of {should} ({place})",
        NOT_KEPT,
    ),
    "verify-picture": Rule(
        "Pictures are there, with what they say to someone who cannot see them.",
        "picture {number} (“{alt}”) {what}",
        NOT_KEPT,
    ),
    "verify-property": Rule(
        "Title, language, authors and other properties of the file are those of the brief.",
        "the {name} {where} is “{does}” instead of “{should}”",
        NOT_KEPT,
    ),
    "verify-contents": Rule(
        "Lists of contents and bookmarks have the headings of the brief.",
        "{where} has {does} instead of {should}",
        NOT_KEPT,
    ),
    "verify-attachment": Rule(
        "A PDF carries the JSON and the source of its brief.",
        "{what}",
        NOT_KEPT,
    ),
    "verify-hidden": Rule(
        "Everything that is printed can be seen.",
        "{what} cannot be seen {where}",
        NOT_KEPT,
    ),
    "verify-cut": Rule(
        "Nothing is cut off.",
        "{what} {where}",
        NOT_KEPT,
    ),
    "verify-overlap": Rule(
        "No text is printed over another.",
        "{what} are printed over each other {where}",
        NOT_KEPT,
    ),
    "verify-tags": Rule(
        "All text of a PDF is tagged, once, in the order of reading.",
        "{what} {where}",
        NOT_KEPT,
    ),
    "verify-language": Rule(
        "Every passage in another language is marked as such.",
        "{does} is marked as {lang} instead of {should}",
        NOT_KEPT,
    ),
    "verify-field": Rule(
        "Fields show what Word would make of them.",
        "a field shows {what} {where}",
        NOT_KEPT,
    ),
    "verify-unbuilt": Rule(
        "What is to be verified has been built.",
        "the brief has not been built, or its manifest is gone",
        "run `make`",
    ),
    "verify-changed": Rule(
        "A finished file is the one that was proved.",
        "the file is not the one that was built: it was edited, damaged or removed",
        "run `make` to build it again; edits belong in the source",
    ),
}
