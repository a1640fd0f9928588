"""Rules of notes."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "note-unclear": Rule(
        "A definition stands on a line of its own.",
        "the note that is called here is defined where it is not recognised",
        "put the definition at the start of a line, outside lists and tables, after an empty line",
    ),
    "note-joined": Rule(
        "An inline note is not followed by a bracket.",
        "{text} is directly followed by a bracket, so it is not read as a note",
        "put a comma or a space after the inline note, or give it a label: [^label]",
    ),
    "note-space": Rule(
        "A call follows its word without a space.",
        "there is a space before the call of [^{label}]",
        "remove the space: word.[^{label}]",
        severity="warning",
    ),
    "note-in-link": Rule(
        "A call does not stand in a link.",
        "the note [^{label}] is called inside a link",
        "put the call after the link: [text](address)[^{label}]",
    ),
    "note-reference-text": Rule(
        "A cross-reference has no text of its own.",
        "the cross-reference {target} has a text, but it prints the number of the note",
        "leave the brackets empty: see note []({target})",
    ),
    "note-many": Rule(
        "Notes are no more than a book has.",
        "the brief has {what}; it may have {most}",
        "divide it into several briefs, or put data into a table",
    ),
    "note-undefined": Rule(
        "Every call has a note.",
        "the call [^{label}] has no note",
        "write the note on a line of its own, after an empty line: "
        "[^{label}]: text of the note{near}",
    ),
    "note-uncalled": Rule(
        "Every note is called.",
        "the note [^{label}] is never called",
        "put [^{label}] where the text should refer to it, or remove the note{near}",
    ),
    "note-duplicate": Rule(
        "A label is defined once.",
        "the note [^{label}] is defined twice; the other definition is in line {other}",
        "give one of the two another label, or remove it; "
        "to call one note twice, write [^{label}] twice",
    ),
    "note-empty": Rule(
        "A note has content.",
        "the note [^{label}] is empty",
        "write the text of the note after the colon, or remove the note and its call",
    ),
    "note-nested": Rule(
        "A note holds no calls.",
        "a note is called inside the note [^{label}]",
        "refer to it by number instead: see note [](#fn:{inner})",
    ),
    "note-reference-unknown": Rule(
        "A cross-reference names a note there is.",
        "the cross-reference to note {label} leads nowhere",
        "use the label of a note that is defined and called in this brief{near}",
    ),
    "note-reference-table": Rule(
        "A cross-reference names a note of the text.",
        "the cross-reference leads to the note [^{label}] of a table, which has no number",
        "refer to the table instead: [](#its-anchor), or take .own-notes from it",
    ),
    "note-shared": Rule(
        "A note that a table keeps to itself is called in that table only.",
        "the note [^{label}] is called here and in line {other}, but one of the two stands in a "
        "table with notes of its own, and the other does not stand in that table",
        "write the note twice, under two labels, or take .own-notes from the table",
    ),
    "note-table-form": Rule(
        "A note that a table keeps to itself is one paragraph.",
        "the note [^{label}] of a table is more than one paragraph of text",
        "shorten it to one paragraph, or take .own-notes from the table: its notes are then "
        "numbered with all others",
    ),
    "note-table-none": Rule(
        "A table that asks for notes of its own calls some.",
        "the table has .own-notes, but no note is called in it",
        "call a note in the table, its caption or a line under it, or take .own-notes away",
    ),
    "note-glued": Rule(
        "A definition starts after an empty line.",
        "the definition of [^{label}] has no empty line before it, so it is read as text",
        "put an empty line before [^{label}]:",
    ),
    "note-label": Rule(
        "A label is one word.",
        "the note label '{label}' contains a space",
        "write the label as one word, for example [^{suggestion}]",
    ),
    "note-label-form": Rule(
        "A label is short, and has no bracket or caret in it.",
        "the label in '{text}' is none that a note can have",
        "use a word of at most 200 characters, without [, ] and ^",
    ),
    "note-colon": Rule(
        "A colon follows the label of a definition at once.",
        "the definition of [^{label}] has a space or another sign before its colon, so it is read "
        "as text",
        "write the colon right after the bracket: [^{label}]: text of the note",
    ),
    "note-indent": Rule(
        "What belongs to a note is set in by four spaces.",
        "this is set in by less than four spaces, so it is not part of the note [^{label}] above",
        "set it in by four spaces to make it a part of the note, or not at all",
    ),
    "note-leftover": Rule(
        "Nothing that looks like a note mark is left in the text.",
        "'{text}' looks like a note mark but would be printed as it stands",
        "write calls as [^label] and notes as [^label]: text; put a backslash before the bracket, "
        "\\{text}, if it is meant to be printed",
    ),
    "note-misplaced": Rule(
        "Notes are called only in text that stands on the page.",
        "a note is called in '{field}', where no call is printed",
        "move the call into the body, a caption, the deck, the summary or the recommendations",
    ),
    "note-inconsistent": Rule(
        "The notes of a JSON document agree with its calls.",
        "the notes do not agree with their calls: {what}",
        "make the JSON again from its source; numbers and ids are not edited by hand",
    ),
    "note-too-tall": Rule(
        "Nothing in a note is taller than a page.",
        "a part of the note [^{label}] is taller than a page and cannot be broken",
        "make the picture in the note smaller, or move it into a figure in the text",
    ),
}
