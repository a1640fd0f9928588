"""The JSON Schema of front matter, for editors: keys, what they mean, values to choose from.

It takes all that the checker takes; what only the checker knows, such as check digits, it leaves to
it. Its keys are those of the reader.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.reader import front_matter as front
from pipeline.reader.imprint import CONTACT_KEYS

FRONT_SCHEMA_FILE = Path(__file__).with_name("front-matter.schema.json")

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number", "boolean"]}
DATE: Schema = {"type": "string", "format": "date", "examples": ["2026-03-02"]}
YES: Schema = {"type": ["boolean", "string"], "examples": [True]}
PLACE: Schema = {"type": "string", "anyOf": [{"enum": ["foot", "end"]}, TEXT]}
TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "minItems": 1, "items": TEXT}]}


def _group(keys: Iterable[str], required: Iterable[str] = (), **more: Schema) -> Schema:
    """Return what a group of keys is, each a text but those in `more`."""
    properties = {key: more.get(key, TEXT) for key in keys}
    group: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**group, "required": list(required)} if required else group


PORTRAIT: Schema = {"anyOf": [TEXT, _group(front.PICTURE_KEYS)]}
AUTHOR: Schema = {"anyOf": [TEXT, _group(front.AUTHOR_KEYS, ["name"], portrait=PORTRAIT)]}
WISH: Schema = {"anyOf": [TEXT, _group(front.WISH_KEYS, ["what"])]}
FORMS: Mapping[str, Schema] = {
    "date": DATE,
    "updated": DATE,
    "authors": {"anyOf": [*AUTHOR["anyOf"], {"type": "array", "items": AUTHOR}]},
    "hero": _group(front.HERO_KEYS),
    "summary": TEXTS,
    "key-findings": TEXTS,
    "recommendations": {"anyOf": [*WISH["anyOf"], {"type": "array", "items": WISH}]},
    "keywords": TEXTS,
    "contact": {"anyOf": [TEXT, _group(CONTACT_KEYS)]},
    "section-numbers": YES,
    "notes": {"anyOf": [PLACE, _group(front.OUTPUTS, pdf=PLACE, docx=PLACE)]},
}
MEANINGS: Mapping[str, str] = {
    "title": "The title, in Markdown on one line.",
    "deck": "A sentence below the title that says what the brief argues; it may call notes.",
    "date": "The day of publication: year, month, day.",
    "updated": "The day of a later change; not before the date.",
    "lang": "The language of the text, as in en, de, fr, uk, ar or pt-BR.",
    "authors": "Who wrote it: a name, or a list of names or of groups of keys.",
    "series": "The series it belongs to; printed in the band of the first page.",
    "number": "Its number in the series.",
    "hero": "The opening picture: its file, what it shows, a caption and a credit.",
    "summary": "The summary, in a box before the text; not with key-findings.",
    "key-findings": "What was found, in a box before the text. Not with summary.",
    "recommendations": "What should be done: texts, or what, who and by when.",
    "keywords": "Words to find it by: a list, or one text with commas.",
    "disclaimer": "Printed at the end, in place of the one of the house.",
    "acknowledgements": "Thanks, printed at the end.",
    "about": "About the institute, in place of the text of the house.",
    "contact": "Whom to ask: a text, or name, email and phone.",
    "license": "The licence by its SPDX identifier, as in CC-BY-4.0.",
    "doi": "The DOI, as in 10.1234/name.",
    "issn": "The ISSN of the series, with its hyphen.",
    "isbn": "The ISBN, with its hyphens.",
    "url": "The address of the web version, in full.",
    "section-numbers": "Whether sections are numbered.",
    "notes": "Where notes stand in PDF and Word file: at the foot of the page or at the end.",
    "citation-style": "The file of a CSL style beside the brief, as in notes.csl.",
}


def front_schema() -> Schema:
    """Return the schema as data."""
    properties = {key: {"description": MEANINGS[key], **FORMS.get(key, TEXT)} for key in front.KEYS}
    for synonym, key in front.SYNONYMS.items():
        also = {"description": f"Another word for {key}. {MEANINGS[key]}"}
        properties[synonym] = {**also, **FORMS.get(key, TEXT)}
    by_key = {key: word for word, key in front.SYNONYMS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a brief",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "allOf": [_given(key, by_key.get(key)) for key in front.REQUIRED],
        "not": {"required": ["summary", "key-findings"]},
    }


def _given(key: str, synonym: str | None) -> Schema:
    needed = [{"required": [word]} for word in (key, synonym) if word]
    return {"anyOf": needed} if len(needed) > 1 else needed[0]


def front_text() -> str:
    """Return the schema as it is published."""
    return json.dumps(front_schema(), ensure_ascii=False, indent=1) + "\n"
