"""What the published files were made from, in a form that can be signed as it stands.

A Statement of in-toto (v1) with the predicate of SLSA (provenance v1). It names no time and no
machine, so that whoever makes the same folder of the same sources gets the same bytes.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline import __version__
from pipeline.manifest import Manifest

BUILD_TYPE = "urn:briefwright:dist:1"
BUILDER = "urn:briefwright:make"


def provenance(
    sums: Mapping[str, str],
    manifests: Sequence[Manifest],
    stages: Mapping[str, str],
    parameters: Mapping[str, object],
) -> bytes:
    """Return the statement about the files with these sums, made of the briefs of the manifests.

    `stages` are digests of the code and templates that each format is made with.
    """
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": name, "digest": {"sha256": sums[name]}} for name in sorted(sums)],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": dict(parameters),
                "internalParameters": {"stages": dict(stages)},
                "resolvedDependencies": [*_sources(manifests), *_tools(manifests)],
            },
            "runDetails": {
                "builder": {"id": BUILDER, "version": {"briefwright": __version__}},
                "byproducts": _documents(manifests),
            },
        },
    }
    return json.dumps(statement, ensure_ascii=False, indent=1).encode() + b"\n"


def _sources(manifests: Sequence[Manifest]) -> list[dict[str, Any]]:
    return [
        {"name": f"{one.slug}/{file}", "digest": {"sha256": one.inputs[file]}}
        for one in manifests
        for file in sorted(one.inputs)
    ]


def _tools(manifests: Sequence[Manifest]) -> list[dict[str, Any]]:
    """Name the programs by package addresses; the lock file has their digests."""
    used = {item for one in manifests for item in one.tools.items()}
    return [
        {
            "uri": f"pkg:generic/python@{version}"
            if name == "python"
            else f"pkg:pypi/{name}@{version}"
        }
        for name, version in sorted(used)
        if name != "briefwright"
    ]


def _documents(manifests: Sequence[Manifest]) -> list[dict[str, Any]]:
    """Name the structured documents that all outputs were made from and compared with."""
    return [
        {"name": f"{one.slug}/{one.slug}.json", "digest": {"sha256": one.outputs["json"].sha256}}
        for one in manifests
    ]
