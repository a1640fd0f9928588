"""Rules of the folder that is published."""

from pipeline.rules.rule import Rule

RULES: dict[str, Rule] = {
    "dist-unbuilt": Rule(
        "What is published is built from what the sources say now.",
        "the outputs of '{slug}' are missing, or not made from what is there now",
        "run `make`, and mend what it names; what was published before was left as it was",
    ),
    "dist-link": Rule(
        "Every link within the site leads somewhere.",
        "the link '{link}' leads to {what}",
        "mend the link in the brief; what was published before was left as it was",
    ),
    "dist-address": Rule(
        "The address of the site is known.",
        "nobody said where this will be: there is no feed and no sitemap, which need its address",
        "run `make dist SITE=https://…`, or set base_url in house.toml",
        severity="warning",
    ),
}
