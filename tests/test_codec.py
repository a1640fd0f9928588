"""Pins the JSON: exact both ways, each fault with its place, the schema equal to the model."""

import json
from typing import Any, get_args

import jsonschema_rs
import pytest

from pipeline import codec, schema
from pipeline import model as m
from pipeline.problems import BriefError
from tests.samples import minimal, sample


@pytest.mark.parametrize("brief", [minimal(), sample()], ids=["minimal", "sample"])
def test_what_is_dumped_is_what_is_loaded(brief: m.Brief) -> None:
    data = codec.dump(brief)
    assert codec.load(data, "x.json") == brief
    assert codec.dump(codec.load(data, "x.json")) == data


def test_json_is_readable_utf8_with_a_final_line_end() -> None:
    data = codec.dump(sample())
    assert "“quoted”".encode() in data
    assert data.endswith(b"}\n")


def test_a_byte_order_mark_before_the_json_is_skipped() -> None:
    assert codec.load(b"\xef\xbb\xbf" + codec.dump(minimal()), "x.json") == minimal()


def test_the_tags_are_those_of_the_model() -> None:
    def tags(union: Any) -> set[str]:
        members = get_args(get_args(union)[0])
        return {member.model_fields["type"].default for member in members}

    assert tags(m.Inline) | tags(m.Block) == codec.TAGS


def test_the_published_schema_is_current() -> None:
    assert schema.is_current(), "run `make schema`"


def document() -> Any:
    return json.loads(codec.dump(sample()))


def test_the_schema_accepts_what_the_model_accepts() -> None:
    validator = jsonschema_rs.validator_for(schema.schema())
    assert [error.message for error in validator.iter_errors(document())] == []


def spoil_number(value: Any) -> None:
    value["body"][0]["content"][1]["number"] = 0


def spoil_tag(value: Any) -> None:
    value["body"][0]["content"][0]["type"] = "txt"


def spoil_extra(value: Any) -> None:
    value["metadata"]["colour"] = "red"


def spoil_missing(value: Any) -> None:
    del value["metadata"]["title"]


def spoil_missing_tag(value: Any) -> None:
    del value["body"][0]["type"]


def spoil_type(value: Any) -> None:
    value["notes"][0]["line"] = "91"


def spoil_empty(value: Any) -> None:
    value["notes"][7]["blocks"] = []


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (spoil_number, "/body/0/content/1/number"),
        (spoil_tag, "/body/0/content/0"),
        (spoil_extra, "/metadata/colour"),
        (spoil_missing, "/metadata/title"),
        (spoil_missing_tag, "/body/0"),
        (spoil_type, "/notes/0/line"),
        (spoil_empty, "/notes/7/blocks"),
    ],
)
def test_model_and_schema_refuse_the_same_with_the_place(spoil: Any, where: str) -> None:
    value = document()
    spoil(value)
    with pytest.raises(BriefError) as raised:
        codec.load(json.dumps(value).encode(), "x.json")
    assert [item.code for item in raised.value.problems] == ["structure-schema"]
    assert where in raised.value.problems[0].message
    errors = list(jsonschema_rs.validator_for(schema.schema()).iter_errors(value))
    paths = ["/" + "/".join(map(str, error.instance_path)) for error in errors]
    assert paths
    assert all(path.startswith(where) or where.startswith(path) for path in paths), paths


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"slug": 1}', b"[" * 9000]
)
def test_what_is_no_brief_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(BriefError) as raised:
        codec.load(data, "x.json")
    assert all(item.hint and item.message for item in raised.value.problems)


def test_inconsistent_notes_are_refused() -> None:
    value = document()
    value["notes"][0]["number"] = 2
    with pytest.raises(BriefError) as raised:
        codec.load(json.dumps(value).encode(), "x.json")
    assert {item.code for item in raised.value.problems} == {"note-inconsistent"}
