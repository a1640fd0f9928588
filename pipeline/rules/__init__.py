"""Every code there is, with its wording. Codes are permanent: they may be retired, never reused."""

from pipeline.rules import (
    cite,
    dist,
    house,
    images,
    intake,
    language,
    links,
    machine,
    merge,
    meta,
    notes,
    redline,
    structure,
    verify,
)
from pipeline.rules.rule import Rule, Severity

__all__ = ["RULES", "Rule", "Severity"]

RULES: dict[str, Rule] = {
    **structure.RULES,
    **meta.RULES,
    **notes.RULES,
    **cite.RULES,
    **links.RULES,
    **images.RULES,
    **language.RULES,
    **house.RULES,
    **intake.RULES,
    **merge.RULES,
    **machine.RULES,
    **verify.RULES,
    **dist.RULES,
    **redline.RULES,
}
