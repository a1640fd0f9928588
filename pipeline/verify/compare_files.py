"""The files in a PDF: the brief it was made from, as the author wrote it and as data."""

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from pipeline.model import Brief
from pipeline.problems import Problem, problem
from pipeline.verify.found import Attachment


def compare_files(brief: Brief, found: Sequence[Attachment], path: str) -> Iterator[Problem]:
    """Name what is wrong with the files in a PDF: one source, one JSON, and nothing else."""
    source, data = _related(found, "Source"), _related(found, "Data")
    if len(source) != 1 or len(data) != 1 or len(found) != 2:
        names = ", ".join(f"{one.name} ({one.relation})" for one in found) or "none"
        what = f"the attached files should be one source and one JSON, and are {names}"
        yield problem("verify-attachment", path, what=what)
    for one in source:
        if one.data != brief.source.text.encode():
            what = f"the attached source {one.name} is not the source of the brief"
            yield problem("verify-attachment", path, what=what)
    for one in data:
        if not _is_brief(one.data, brief):
            what = f"the attached JSON {one.name} is not the JSON of the brief"
            yield problem("verify-attachment", path, what=what)


def _related(found: Sequence[Attachment], relation: str) -> list[Attachment]:
    return [one for one in found if one.relation == relation]


def _is_brief(data: bytes, brief: Brief) -> bool:
    try:
        return Brief.model_validate_json(data) == brief
    except ValidationError:
        return False
