"""Rules of redlines: which two versions are compared, and the proof of the Word file."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "redline-brief": Rule(
        "A redline is of one brief.",
        "no brief is named",
        "name one: make redline BRIEF=water SINCE=HEAD~1",
    ),
    "redline-since": Rule(
        "A redline has an older version to compare with.",
        "no older version is named",
        "name one with SINCE=: a commit, branch or tag of git, or the JSON of the older brief",
    ),
    "redline-git": Rule(
        "An older version can be taken from git.",
        "git cannot be asked for '{since}': {what}",
        "keep the briefs in git, or give SINCE= the JSON of the older brief",
    ),
    "redline-ref": Rule(
        "The older version is one that git knows.",
        "git knows no commit, branch or tag '{since}'",
        "`git log -- {file}` lists those there are; a clone without history fetches it first",
    ),
    "redline-missing": Rule(
        "The brief is there in the older version.",
        "there is no brief here at '{since}'",
        "it may have had another name then: give SINCE= the JSON of the older brief",
    ),
    "redline-old": Rule(
        "The older version can be read.",
        "the brief as it was at '{since}' cannot be read: {what}",
        "choose a later version, or give SINCE= the JSON of the older brief",
    ),
    "redline-other": Rule(
        "Both versions are of one brief.",
        "this is the JSON of the brief '{other}', not of '{slug}'",
        "give SINCE= an older JSON of '{slug}'",
    ),
    "redline-proof": Rule(
        "Accepting all changes gives the new version, rejecting them the old one.",
        "the Word file would not lead back to both versions, so nothing was written",
        "this is a fault of the program: please report it, with both versions of the brief",
    ),
}
