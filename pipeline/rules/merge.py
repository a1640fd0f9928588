"""Rules of edited Word files that come back into the source of their brief."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "merge-file": Rule(
        "A merge has an edited Word file and a brief.",
        "no {what} is named",
        "name both: make merge FILE=edited.docx BRIEF=slug",
    ),
    "merge-foreign": Rule(
        "A Word file that comes back was made here.",
        "nothing in the file says that it was made from a brief",
        "look at the edits with care; for a manuscript from elsewhere, use make import",
        "warning",
    ),
    "merge-stale": Rule(
        "A Word file comes back before its brief is changed.",
        "the brief was changed since this Word file was made from it",
        "edits that only take back what was changed since are none: look at them, or put the old "
        "brief in place first",
        "warning",
    ),
    "merge-place": Rule(
        "An edit is carried over when its place in the source is sure.",
        "this edit is not carried over, {where}: {text}",
        "make it in the source yourself; in the way is: {what}",
        "warning",
    ),
    "merge-proof": Rule(
        "The new source says what the edited file says.",
        "the source with the edits does not say what the Word file says; nothing is written",
        "make the edits in fewer steps, or in the source; and tell us of this file",
    ),
    "merge-line-ends": Rule(
        "The lines of a brief end all in the same way.",
        "lines of the brief end in different ways, or it has unprintable signs; nothing is written",
        "save it with one kind of line ends, and merge again",
    ),
    "merge-meanwhile": Rule(
        "A brief stays as it is while edits are carried into it.",
        "the brief was changed at this moment; nothing is written",
        "merge again",
    ),
}
