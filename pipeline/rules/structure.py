"""Rules of structure: the file, its Markdown, its headings, anchors and boxes."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "structure-missing": Rule(
        "The file of a brief can be read.",
        "the file cannot be read: {what}",
        "a brief is the file brief.md in a folder of its own",
    ),
    "structure-slug": Rule(
        "The folder of a brief has a plain name.",
        "the folder name '{slug}' cannot be used in addresses",
        "use small letters, digits and single hyphens, for example water-and-the-border",
    ),
    "structure-size": Rule(
        "A brief is no larger than a book.",
        "the file has {size} bytes; a brief may have {largest}",
        "divide the text, and keep data and pictures in files of their own",
    ),
    "structure-encoding": Rule(
        "A brief is written in UTF-8.",
        "the byte {byte} here is not UTF-8",
        "save the file as UTF-8 (in the editor: save with encoding)",
    ),
    "structure-empty": Rule(
        "A brief has text.",
        "there is no text",
        "begin with the front matter, between two lines of ---, and write the text below it",
    ),
    "structure-control": Rule(
        "Every character of a brief can be printed.",
        "the character {char} cannot be printed",
        "remove it; such characters come along when text is copied from other programs",
    ),
    "structure-unclosed": Rule(
        "Every box is closed.",
        "the box or division that begins here is never closed",
        "put a line with ::: after its last line",
    ),
    "structure-raw": Rule(
        "A brief has no HTML or TeX of its own.",
        "raw {kind} is not printed: {text}",
        "write it in Markdown, or put a backslash before < or \\ if the character itself is meant",
    ),
    "structure-unknown": Rule(
        "A brief uses only what all outputs can show.",
        "this cannot be shown: {kind}",
        "write it another way; the writing guide shows everything there is",
    ),
    "structure-attribute": Rule(
        "Attributes are only used where they mean something.",
        "the attribute {name} means nothing on {what}",
        "remove it from the braces; the writing guide shows which attributes there are",
    ),
    "structure-citation": Rule(
        "Citations have a bibliography.",
        "'{text}' is a citation, but there is no bibliography beside the brief",
        "put references.bib or references.json beside the brief, or write a note: [^label]",
    ),
    "structure-glued": Rule(
        "Headings, boxes, quotes and tables begin after an empty line.",
        "'{text}' is read as text and would be printed as it stands",
        "put an empty line before it{near} and check its form; put a backslash before it if it is "
        "text",
    ),
    "structure-glued-list": Rule(
        "Lists begin after an empty line.",
        "'{text}' begins a line within a paragraph, so it begins no list item",
        "put an empty line before the list; put a backslash before the sign if no list is meant",
        severity="warning",
    ),
    "structure-leftover": Rule(
        "Nothing that looks like markup is left in the text.",
        "'{text}' looks like {what} but would be printed as it stands",
        "{mend}; put a backslash before the first sign if it is meant to be printed",
    ),
    "structure-open": Rule(
        "What is stressed, or code, is closed.",
        "'{text}' opens {what} that is never closed, so the sign is printed as it stands",
        "close it: {example}; put a backslash before the sign if it is meant to be printed",
        severity="warning",
    ),
    "structure-empty-markup": Rule(
        "Signs of markup have text between them.",
        "nothing stands between the signs of {what}, so they are not printed",
        "write the text between them; put a backslash before each sign that is meant to be "
        "printed: {example}",
    ),
    "structure-caption": Rule(
        "A caption has text.",
        "'{text}' is read as the caption of a table, which then has no text",
        "write the caption behind the colon, or remove the line; put a backslash before the colon "
        "if it is meant to be printed",
    ),
    "structure-heading-place": Rule(
        "Section headings stand in the body.",
        "the heading '{text}' stands in a list, a quote, a table, a note or inside a box",
        "move it out; a heading may begin a box, as its title; use **strong** text elsewhere",
    ),
    "structure-heading-empty": Rule(
        "A heading has text.",
        "this heading is empty",
        "write the text after the # signs, or remove them",
    ),
    "structure-heading-level": Rule(
        "Headings have at most three levels.",
        "the heading '{text}' is on a fourth level or deeper",
        "use fewer # signs; the highest level used in the brief counts as the first",
    ),
    "structure-heading-skip": Rule(
        "Headings leave out no level.",
        "the heading '{text}' is on level {level} but follows one on level {before}",
        "give it one # less, or put a heading of the level between them before it",
    ),
    "structure-anchor-twice": Rule(
        "An anchor is given once.",
        "the anchor #{name} is given twice; the other is in line {other}",
        "choose another name in the braces: {{#name}}",
    ),
    "structure-anchor-name": Rule(
        "Anchors have names that every output can use.",
        "the anchor #{name} cannot be used",
        "begin with a letter and use letters, digits and hyphens; fn:, fnref:, tn: and tnref: "
        "belong to notes",
    ),
    "structure-class": Rule(
        "Classes have names that every output can use.",
        "the class .{name} cannot be used",
        "begin with a letter and use letters, digits and hyphens",
    ),
    "structure-list-item": Rule(
        "A list item has content.",
        "this list has an empty item",
        "write its text, or remove it",
        severity="warning",
    ),
    "structure-frame": Rule(
        "A figure or table with lines under it is framed alone.",
        "this {kind} division holds {count} {kind}s; it should hold one",
        "put one {kind} and the lines under it between ::: {{.{kind}}} and :::",
    ),
    "structure-legend": Rule(
        "What stands under a figure or table says what it is.",
        "'{text}' cannot stand under a {kind}",
        "begin the line with Source:, Note: or Credit:, or, for a figure, Description: and plain "
        "text",
    ),
    "structure-pull-quote": Rule(
        "A pull quote is one paragraph.",
        "this pull quote is not one paragraph",
        "write one paragraph, and below it, if you like, one that begins with a dash: --- Name",
    ),
    "structure-unnumbered": Rule(
        "A reference to a number leads to something that has one.",
        "'#{name}' is no figure, table or section with a number",
        "give the figure or table a caption and the anchor {{#{name}}}, number the sections with "
        "section-numbers: true, or write the words of the link: [words](#{name})",
    ),
    "structure-number": Rule(
        "Figures, tables and sections are numbered in reading order.",
        "the numbers do not agree: {what}",
        "make the JSON again from its source; numbers are not edited by hand",
    ),
    "structure-word": Rule(
        "A word can be broken into lines in reasonable time.",
        "the word that begins with '{text}' has {count} characters without a space",
        "put spaces or line breaks into it; data belong into a file of their own",
    ),
    "structure-table": Rule(
        "The cells of a table stand beside and below one another.",
        "{where} {what}",
        "make the JSON again from its source; the spans of cells are not edited by hand",
    ),
    "structure-code": Rule(
        "Lines of code are set in by spaces and end with a line feed.",
        "the code has the character {char} where none can be",
        "make the JSON again from its source, or mend the text of the code block",
    ),
    "structure-body": Rule(
        "A brief has a body.",
        "there is no text after the front matter",
        "write the text below the second line of ---",
    ),
    "structure-wide": Rule(
        "A table fits between the margins of a page.",
        "this table is wider than a printed page",
        "divide it, turn rows into columns, or shorten the longest words and numbers",
    ),
    "structure-json": Rule(
        "A JSON document is JSON.",
        "this is not valid JSON: {what}",
        "make the file again with `make json`; an editor that knows JSON shows the place",
    ),
    "structure-schema": Rule(
        "A JSON document follows the published schema.",
        "{where}: {what}",
        "compare with pipeline/brief.schema.json, or make the file again with `make json`",
    ),
    "structure-depth": Rule(
        "A document is not nested without end.",
        "the {what} is nested too deeply",
        "take lists, quotes or boxes apart until they are at most a few levels deep",
    ),
    "structure-slow": Rule(
        "A brief can be read in reasonable time.",
        "pandoc did not finish reading this brief within {seconds} seconds",
        "look for long runs of opening brackets, quotes, backticks or < signs, and remove them",
    ),
    "structure-heavy": Rule(
        "A brief can be read in reasonable memory.",
        "pandoc needs more than {megabytes} MB of memory for this brief",
        "look for deeply nested brackets, lists or quotes, or divide the text into paragraphs",
    ),
    "structure-time": Rule(
        "A brief can be built in reasonable time.",
        "the brief was not built within {seconds} seconds",
        "divide it, above all paragraphs with hundreds of notes and very long tables",
    ),
    "structure-memory": Rule(
        "A brief fits into memory.",
        "the brief needs more memory than there is",
        "split it, or make its pictures smaller",
    ),
}
