"""Rules of manuscripts that become briefs: what was understood, what needs a human, the proof."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "intake-file": Rule(
        "An import has a manuscript.",
        "no manuscript is named",
        "name one: make import FILE=paper.txt",
    ),
    "intake-kind": Rule(
        "A manuscript is a file of a known kind.",
        "files of the kind '{kind}' cannot be imported",
        "save it as one of these: {known}",
    ),
    "intake-taken": Rule(
        "An import never overwrites a brief.",
        "there is a brief with this name already",
        "choose another name with SLUG=, or remove the folder if the brief is not needed",
    ),
    "intake-slug": Rule(
        "A brief's name is made of small letters, figures and hyphens.",
        "'{slug}' cannot be the name of a brief",
        "choose another one, for example SLUG={suggestion}",
    ),
    "intake-empty": Rule(
        "A manuscript has a title and a text.",
        "there is no {what} in the manuscript",
        "look whether it is the right file, and whether it was saved whole",
    ),
    "intake-size": Rule(
        "A manuscript of text has at most two million bytes.",
        "the manuscript has more than {largest} bytes",
        "divide it: no brief is that long",
    ),
    "intake-encoding": Rule(
        "The characters of a manuscript can be read.",
        "this is not text, or not in the form {name}",
        "save it as text in UTF-8",
    ),
    "intake-control": Rule(
        "A manuscript has no characters that nobody can see.",
        "here is the control character {char}",
        "remove it; such characters come along when text is copied from other programs",
    ),
    "intake-windows": Rule(
        "A manuscript in Windows-1252 is read as such.",
        "the file is not in UTF-8; it was read as Windows-1252, in which this is {char}",
        "look whether letters with accents and quotation marks are right; if not, save it in UTF-8",
        "warning",
    ),
    "intake-word": Rule(
        "A Word file is complete and can be opened.",
        "the Word file cannot be read: {what}",
        "open it in Word or LibreOffice, and save it as .docx without a password",
    ),
    "intake-property": Rule(
        "What a file knows about itself goes into front matter.",
        "the properties of the file name the {what}: {text}",
        "correct {what} in the front matter of the brief, if they are others",
        "note",
    ),
    "intake-comment": Rule(
        "Comments are for people to answer.",
        "{who} says: {text} [about: {about}]",
        "settle it, in the brief or with its author; comments do not come into the brief",
        "warning",
    ),
    "intake-changes": Rule(
        "Tracked changes are accepted.",
        "{count} tracked changes, of which this is the first, are accepted",
        "TRACK=keep lists each of them for review",
        "note",
    ),
    "intake-change": Rule(
        "With TRACK=keep each tracked change is told.",
        "{who} {how}: {text}",
        "it is accepted in the brief; if it should not be, correct the brief",
        "warning",
    ),
    "intake-picture": Rule(
        "Pictures are saved beside the brief.",
        "the picture {name} is not in the brief: {what}",
        "save it as PNG, JPEG or SVG beside the brief, and put it in: ![caption](name.png)",
        "warning",
    ),
    "intake-link": Rule(
        "Links lead to addresses of the web.",
        "the link to '{target}' stands as text",
        "give it a full address, https://…, if readers can follow it",
        "warning",
    ),
    "intake-equation": Rule(
        "A brief has no mathematics.",
        "an equation cannot be carried; [equation] stands in its place",
        "write it in words, or put it in as a picture with an alt text",
        "warning",
    ),
    "intake-hidden": Rule(
        "Hidden text is no secret.",
        "text that is hidden in the manuscript stands in the brief: {text}",
        "take it out, if it is not meant for readers",
        "warning",
    ),
    "intake-reference": Rule(
        "A number that names a note follows it.",
        "the number that Word printed for a note here is text now ({field})",
        "write [^n4] to call note n4 once more, or [](#fn:n4) to name its number",
        "warning",
    ),
    "intake-left-out": Rule(
        "What is no part of the text is told.",
        "left out: {what}",
        "if the text needs it, add it to the brief",
        "warning",
    ),
    "intake-head": Rule(
        "What stands before the text is told.",
        "understood as the {what}: {text}",
        "if it is something else, move it in the front matter of the brief",
        "note",
    ),
    "intake-language": Rule(
        "The language is told by the commonest words.",
        "the language is {lang}, by its commonest words",
        "if it is another one, or has a region such as en-GB, correct lang in the brief",
        "note",
    ),
    "intake-language-unknown": Rule(
        "A brief has a language.",
        "the language cannot be told from the words; the brief says en",
        "correct lang in the front matter of the brief",
        "warning",
    ),
    "intake-authors": Rule(
        "A brief names its authors, if it has any.",
        "no line names the authors",
        "add authors to the front matter of the brief, with their affiliation",
        "warning",
    ),
    "intake-date": Rule(
        "A brief has a date.",
        "no line says when it was published; the brief has {date}, the day the file was changed",
        "correct date in the front matter of the brief",
        "warning",
    ),
    "intake-heading": Rule(
        "Headings are recognised by how they stand.",
        "understood as a heading: {text}",
        "if it is none, take the # from it in the brief; ## makes a heading of the second level",
        "note",
    ),
    "intake-list": Rule(
        "Lists are recognised by the signs before their items.",
        "understood as a list of {count}",
        "if it is none, put a backslash before the first sign in the brief",
        "note",
    ),
    "intake-quotation": Rule(
        "Quotations are recognised by the signs of mail programs, or as they are set in.",
        "understood as a quotation",
        "if it is none, take the > from its lines in the brief",
        "note",
    ),
    "intake-rule": Rule(
        "A line of strokes is a change of subject.",
        "understood as a change of subject",
        "if it is none, remove the line * * * from the brief",
        "note",
    ),
    "intake-notes": Rule(
        "Notes are recognised by their numbers.",
        "here the notes begin; there are {count}",
        "their labels in the brief are n1, n2 and so on; give them better ones if you like",
        "note",
    ),
    "intake-note-end": Rule(
        "The last note ends where it says so.",
        "understood as a further paragraph of note {number}, the last one",
        "if it is none, take the four spaces from it in the brief, and move it",
        "warning",
    ),
    "intake-note-empty": Rule(
        "A note says something.",
        "note {number} has no text",
        "write its text behind its number, or remove both",
        "error",
    ),
    "intake-note-twice": Rule(
        "A number stands for one note.",
        "there are two notes with the number {number}; the other is in line {other}",
        "renumber one of them, and its calls",
        "error",
    ),
    "intake-note-uncalled": Rule(
        "Every note is called.",
        "note {number} is called nowhere",
        "it stands as a paragraph at the end of the brief; make it a note, [^label]: text, and "
        "call it where it belongs, or remove it",
        "warning",
    ),
    "intake-call": Rule(
        "Every call has its note.",
        "{text} looks like a call, but there is no note {missing}",
        "it stands as text in the brief; write the note and call it, or leave it",
        "warning",
    ),
    "intake-call-inside": Rule(
        "Notes are called in the text, not in other notes.",
        "{text} looks like a call inside a note, where none can stand",
        "it stands as text in the brief; if it names note {number}, write [](#fn:n{number})",
        "warning",
    ),
    "intake-title-call": Rule(
        "No note is called in the title.",
        "a note is called in the title, where no call is printed",
        "move the call in the manuscript to the sentence under the title, or into the text",
    ),
    "intake-renumbered": Rule(
        "Notes are numbered in the order of their first calls.",
        "note {was} of the manuscript is note {now} of the brief: numbers follow the first calls",
        "look whether the text names the note by its number; see note [](#fn:n{was}) follows it",
        "warning",
    ),
    "intake-disclaimer": Rule(
        "What says whose views a text has is its disclaimer.",
        "understood as the disclaimer",
        "if it is none, move it from the front matter to the end of the brief",
        "note",
    ),
    "intake-mended": Rule(
        "With FIX=1 slips are mended that leave no doubt.",
        "mended: '{was}' is '{now}' now, in: {around}",
        "import without FIX=1 to keep it",
        "note",
    ),
    "intake-spaces": Rule(
        "Words have one space between them.",
        "there is more than one space in: {around}",
        "FIX=1 mends it",
        "warning",
    ),
    "intake-doubled": Rule(
        "A word is not written twice.",
        "the words '{text}' stand next to each other in: {around}",
        "take one of them out, if it is a slip",
        "warning",
    ),
    "intake-comma": Rule(
        "There is no comma within a word.",
        "'{text}' may be one word with a comma in it, in: {around}",
        "take the comma and the space out, if it is a slip",
        "warning",
    ),
    "intake-spaced": Rule(
        "No space stands before a comma or the end of a sentence.",
        "a space stands before a sign in: {around}",
        "FIX=1 mends it",
        "warning",
    ),
    "intake-unspaced": Rule(
        "A space stands behind a comma.",
        "no space stands behind a sign in: {around}",
        "put it there, if it is a slip",
        "warning",
    ),
    "intake-hyphens": Rule(
        "Dashes are dashes.",
        "two hyphens stand for a dash in: {around}",
        "write an en dash (–) or an em dash (—)",
        "warning",
    ),
    "intake-apostrophe": Rule(
        "Apostrophes are curved.",
        "a straight apostrophe in: {around}",
        "FIX=1 mends it",
        "warning",
    ),
    "intake-quote": Rule(
        "Quotation marks are those of the language.",
        "a straight quotation mark in: {around}",
        "FIX=1 mends those that stand in pairs",
        "warning",
    ),
    "intake-unclosed": Rule(
        "Quotation marks stand in pairs.",
        "this quotation mark has no counterpart in its paragraph: {around}",
        "add the other one, if it is a slip",
        "warning",
    ),
    "intake-proof-text": Rule(
        "The running text of the brief is that of the manuscript.",
        "here the manuscript goes on with '{manuscript}', but the brief with '{brief}'",
        "nothing was written: this is a form that the import does not know; set an empty line "
        "around what is special about this place, and please report it",
    ),
    "intake-proof-added": Rule(
        "A brief says nothing that its manuscript does not say.",
        "the brief has '{text}' under {what}, which the manuscript does not have there",
        "nothing was written: please report it with the manuscript",
    ),
    "intake-proof-note": Rule(
        "Every note of the brief has the text of the manuscript.",
        "note {number} goes on with '{manuscript}' in the manuscript, but with '{brief}' in the "
        "brief",
        "nothing was written: set an empty line before each note, and please report it",
    ),
    "intake-proof-note-lost": Rule(
        "Every note of the manuscript is in the brief.",
        "note {number} is not in the brief",
        "nothing was written: please report it with the manuscript",
    ),
    "intake-proof-note-added": Rule(
        "Every note of the brief is in the manuscript.",
        "the brief has a note {number} that the manuscript does not have",
        "nothing was written: please report it with the manuscript",
    ),
    "intake-proof-value": Rule(
        "What is kept as a value says what the manuscript says.",
        "'{text}' was understood as {key}, but the brief does not say the same",
        "nothing was written: please report it with the manuscript",
    ),
}
