"""Rules of links."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "link-scheme": Rule(
        "Links use http, https, mailto or tel.",
        "links may not use '{scheme}:'",
        "link to a web page, or to a place in this brief with #name",
    ),
    "link-relative": Rule(
        "Links are complete, since a brief is mailed and moved.",
        "the link '{target}' leads to a file beside the brief, which its readers do not have",
        "write the full address, or link to a place in this brief with #name{near}",
    ),
    "link-malformed": Rule(
        "The address of a link has the form of one.",
        "the address '{target}' is malformed: {what}",
        "copy the address again from the page it leads to",
    ),
    "link-anchor": Rule(
        "A link within the brief leads to an anchor there is.",
        "there is no anchor '{target}' in this brief",
        "give the heading, figure, table or box this anchor in braces: {{{target}}}{near}",
    ),
    "link-empty": Rule(
        "A link has text.",
        "the link to '{target}' has no text",
        "write the text between the brackets: [text]({target})",
    ),
    "link-target": Rule(
        "A link leads somewhere.",
        "this link has no address",
        "write the address in the parentheses, or remove the brackets",
    ),
    "link-duplicate": Rule(
        "The address of a reference link is given once.",
        "the address of this reference link is given before",
        "remove one of the two lines, or choose another name",
    ),
}
