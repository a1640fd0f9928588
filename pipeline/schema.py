"""The published JSON Schema (2020-12) of a brief, made from the model.

Pydantic writes a union of tagged records as `oneOf`, whose errors say only that nothing matched.
Here each becomes a list of `if`/`then` on the tag, so that a validator names the exact place of a
fault.

What stands below a field in the model describes it here. Pydantic could read that itself, but would
do so each time the program starts.
"""

import ast
import inspect
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline import model
from pipeline.model import SCHEMA_ID, Brief

SCHEMA_FILE = Path(__file__).with_name("brief.schema.json")

Schema = dict[str, Any]


def schema() -> Schema:
    """Return the schema as data."""
    made = Brief.model_json_schema(by_alias=True, mode="validation")
    _describe(made)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **_tagged(made),
    }


def text() -> str:
    """Return the schema as it is published."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def is_current() -> bool:
    """Tell whether the published file is the one the model gives."""
    return SCHEMA_FILE.is_file() and SCHEMA_FILE.read_text(encoding="utf-8") == text()


def _describe(made: Schema) -> None:
    """Give each field of each record the text that stands below it in the model."""
    records = {Brief.__name__: made, **made["$defs"]}
    for record in ast.parse(inspect.getsource(model)).body:
        if isinstance(record, ast.ClassDef) and record.name in records:
            properties = records[record.name].get("properties", {})
            for name, text in _described(record):
                told = {**properties[name], "description": text}
                properties[name] = dict(sorted(told.items()))


def _described(record: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield the described fields of a record, by their names."""
    for field, below in pairwise(record.body):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, inspect.cleandoc(text)


def _tagged(value: Any) -> Any:
    """Return the schema with every discriminated `oneOf` turned into `if`/`then` on the tag."""
    if isinstance(value, list):
        return [_tagged(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "discriminator" in value:
        return _choice(value)
    # The name of a field made into a title says nothing; a field called "title" is a record, and
    # stays.
    kept = {key: item for key, item in value.items() if key != "title" or isinstance(item, dict)}
    known = {key: _tagged(item) for key, item in kept.items()}
    # A record's tag has a default in Python; in JSON it must be written.
    properties = known.get("properties", {})
    if isinstance(properties, dict):
        written = [name for name, item in properties.items() if _is_written(name, item)]
        if written:
            known["required"] = [*written, *known.get("required", [])]
    return known


def _is_written(name: str, item: object) -> bool:
    return name in {"type", "schema"} and isinstance(item, dict) and "const" in item


def _choice(value: Schema) -> Schema:
    mapping: dict[str, str] = value["discriminator"]["mapping"]
    tags = sorted(mapping)
    return {
        "type": "object",
        "properties": {"type": {"enum": tags}},
        "required": ["type"],
        "allOf": [
            {
                "if": {"properties": {"type": {"const": tag}}, "required": ["type"]},
                "then": {"$ref": mapping[tag]},
            }
            for tag in tags
        ],
    }
