"""Rules of front matter."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "meta-block": Rule(
        "A brief begins with front matter.",
        "the brief does not begin with front matter",
        "begin the file with a line of ---, then title:, date: and lang:, then another line of ---",
    ),
    "meta-unclosed": Rule(
        "Front matter is closed.",
        "the front matter is never closed",
        "put a line with --- after its last key",
    ),
    "meta-size": Rule(
        "Front matter is short.",
        "the front matter has more than {largest} characters",
        "move the text into the body",
    ),
    "meta-yaml": Rule(
        "Front matter is YAML.",
        "this is not valid YAML: {what}",
        'put the value in quotes if it has a colon, #, quotes or brackets: title: "One: Two"; '
        "indent with spaces",
    ),
    "meta-yaml-feature": Rule(
        "Front matter uses only plain YAML.",
        "front matter cannot have {what}",
        'write the value itself; put it in quotes if it begins with *, & or !: title: "*Star*"',
    ),
    "meta-unknown-key": Rule(
        "Every key is known.",
        "there is no key '{key}'{near}",
        "see the writing guide for the keys, or remove the line",
    ),
    "meta-duplicate-key": Rule(
        "A key is given once.",
        "'{key}' is given twice; the other is in line {other}",
        "remove one of the two",
    ),
    "meta-conflict": Rule(
        "Of two keys that say the same only one is given.",
        "'{key}' cannot be given together with '{other}'",
        "keep one of the two",
    ),
    "meta-required": Rule(
        "Required keys are given.",
        "{of} needs '{key}', which is missing",
        "write a line that begins with {key}: and its value",
    ),
    "meta-empty": Rule(
        "A key has a value.",
        "'{key}' has no value",
        "write the value after the colon, or remove the line",
    ),
    "meta-type": Rule(
        "A value has the form its key asks for.",
        "'{key}' must be {wanted}",
        "see the writing guide for an example of this key",
    ),
    "meta-date": Rule(
        "Dates are real and written as in ISO 8601.",
        "'{text}' is not a date that '{key}' can have",
        "write year, month and day with hyphens: 2025-06-18",
    ),
    "meta-updated": Rule(
        "A brief is updated after it was published.",
        "the date of the update, {updated}, is before the date of the brief, {date}",
        "correct one of the two dates",
    ),
    "meta-orcid": Rule(
        "An ORCID iD is complete and its check digit right.",
        "'{text}' is not an ORCID iD",
        "copy it from the author's page at orcid.org, in the form of 0000-0002-1825-0097; its last "
        "sign is worked out from the others, so a slip is seen",
    ),
    "meta-doi": Rule(
        "A DOI has the form of one.",
        "'{text}' is not a DOI",
        "write it as 10.1234/name or as its address, https://doi.org/10.1234/name",
    ),
    "meta-issn": Rule(
        "An ISSN is complete and its check digit right.",
        "'{text}' is not an ISSN",
        "copy all eight digits with their hyphen: 2049-3630",
    ),
    "meta-isbn": Rule(
        "An ISBN is complete and its check digit right.",
        "'{text}' is not an ISBN",
        "copy all ten or thirteen digits with their hyphens: 978-3-16-148410-0",
    ),
    "meta-url": Rule(
        "The address of the web version is written in full.",
        "'{text}' is not an address of the web",
        "write it from its scheme on: https://www.example.org/briefs/water/",
    ),
    "meta-email": Rule(
        "An e-mail address is complete.",
        "'{text}' is not an e-mail address",
        "write it as ada@example.org",
    ),
    "meta-family": Rule(
        "A family name is a part of the author's name.",
        "'{family}' does not begin or end the name '{name}'",
        "write it as it stands in the name; for an organisation write the whole name",
    ),
    "meta-license": Rule(
        "A licence is named by its SPDX identifier.",
        "'{text}' is not in the SPDX License List{near}",
        "write an identifier such as CC-BY-4.0, so that readers are led to the licence; "
        "one of your own begins with LicenseRef-",
        severity="warning",
    ),
    "meta-notes": Rule(
        "Notes stand at the foot of the page or at the end.",
        "'{text}' is no place for notes",
        "write foot or end; for each output: notes: {{pdf: foot, docx: end}}",
    ),
    "meta-markup": Rule(
        "A field of the front matter is one paragraph, and closes what it opens.",
        "the Markdown of '{field}' {what}",
        "write it as one paragraph; lists, headings and boxes belong in the body",
    ),
    "meta-image": Rule(
        "Title, deck and credits are text.",
        "'{field}' has a picture in it",
        "move the picture into the body, or give it as hero",
    ),
    "meta-long": Rule(
        "A value is as long as the place where it is printed has room for.",
        "'{key}' has {what}; at most {most} have room",
        "shorten it, or move the rest into the body",
    ),
    "meta-keyword": Rule(
        "A keyword is given once.",
        "the keyword '{word}' is given twice",
        "remove one of the two",
        severity="warning",
    ),
}
