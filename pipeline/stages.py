"""What each output is made from, so that a change rebuilds exactly what it touches.

A key is one digest over everything that went into an output. Make decides whether to ask; the keys
decide which outputs are stale.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline import manifest as mf
from pipeline.beside import citing_files
from pipeline.files import digest, digest_of, digest_of_all, digest_of_trees, tree
from pipeline.manifest import ABOUT, Format, Manifest, suffix

CODE = Path(__file__).parent
HOUSE = ("house.toml", "logo.svg", "logo.png")
"""The files of the default theme. Another one is a folder of its own."""
SHARED_TEMPLATES = ("words.toml", "fonts")
TEMPLATES: Mapping[Format, tuple[str, ...]] = {
    "json": ("words.toml", "fonts/fonts.toml"),
    "html": (*SHARED_TEMPLATES, "brief", "web"),
    "pdf": (*SHARED_TEMPLATES, "brief", "print"),
    "docx": (*SHARED_TEMPLATES, "word"),
    "png": (*SHARED_TEMPLATES, "card"),
    "csl": (),
    "bib": (),
    "ris": (),
}
"""Files and folders of the templates folder that an output is made with, beside its theme."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all briefs of a run share: where they come from and go, and the tools' digests."""

    source: Path
    output: Path
    templates: Path
    theme: str
    """The name of the theme; empty for the default."""
    tools: Mapping[str, str]
    digests: Mapping[Format, str]
    times: Mapping[Format, int]
    """When anything but the brief that an output is made of was changed last, in nanoseconds."""

    def brief_file(self, slug: str) -> Path:
        """The Markdown of a brief."""
        return self.source / slug / "brief.md"

    def output_file(self, slug: str, form: Format) -> Path:
        """An output of a brief."""
        return self.output / slug / f"{slug}.{suffix(form)}"

    def manifest_file(self, slug: str) -> Path:
        """The manifest of a brief."""
        return self.output / slug / "manifest.json"

    def lock_file(self, slug: str) -> Path:
        """The lock that one writer of this brief holds."""
        return self.output / ".make" / f"{slug}.lock"


def templates_of(form: Format, theme: str) -> tuple[str, ...]:
    """Return the files and folders of the templates folder that an output of a theme is made of."""
    if form == "json":
        return TEMPLATES[form]
    return (*((f"themes/{theme}",) if theme else HOUSE), *TEMPLATES[form])


def open_workshop(source: Path, output: Path, templates: Path, theme: str = "") -> Workshop:
    """Look at code, templates, fonts and tools once for a whole run."""
    versions = mf.tools()
    code = tree(CODE, CODE)
    shared = {"code": digest_of_trees([code]), "tools": digest_of_all(versions)}
    made_with = {form: templates_of(form, theme) for form in TEMPLATES}
    names = {name for several in made_with.values() for name in several}
    trees = {name: tree(templates / name, templates) for name in names}
    digests: dict[Format, str] = {}
    times: dict[Format, int] = {}
    for form, several in made_with.items():
        used = [trees[name] for name in several]
        digests[form] = digest_of_all({**shared, "templates": digest_of_trees(used)})
        times[form] = max(one.newest for one in [code, *used])
    return Workshop(source, output, templates, theme, versions, digests, times)


def json_key(shop: Workshop, inputs: Mapping[str, str]) -> str:
    """Return the key of a brief's JSON: the program and every file the brief was read from."""
    return digest_of_all({"stage": shop.digests["json"], **inputs})


def inputs_now(shop: Workshop, manifest: Manifest) -> dict[str, str]:
    """Return the present digests of the files the brief was read from last time.

    A bibliography or a style that was put beside it since then is read too.
    """
    folder = shop.source / manifest.slug
    last = {name: digest_of(folder / name) or "missing" for name in manifest.inputs}
    return last | citing_inputs(folder)


def citing_inputs(folder: Path) -> dict[str, str]:
    """Return the digests of all that a brief may cite with."""
    return {name: _plain_digest(folder / name) for name in citing_files(folder)}


def _plain_digest(file: Path) -> str:
    """Return the digest of a plain file; a pipe or a device is not read, for it may never end."""
    return (digest_of(file) if file.is_file() else None) or "missing"


def output_key(shop: Workshop, form: Format, document: bytes) -> str:
    """Return the key of an output made from the JSON `document`.

    A PDF carries the JSON and the Markdown, so every byte of them matters to it. The others print
    neither the source nor its line numbers: what moves only those leaves them as they are.
    """
    content = digest(document) if form == "pdf" else content_digest(document, form in ABOUT)
    return digest_of_all({"stage": shop.digests[form], "content": content})


@lru_cache(maxsize=2)
def content_digest(document: bytes, only_about: bool = False) -> str:
    """Return a digest of what the JSON says, without its source text and positions.

    With `only_about` it is of slug and front matter, and the text may change. The last ones are
    kept: all outputs of a brief ask for the same two.
    """
    said = json.loads(document)
    if only_about:
        said = {"slug": said["slug"], "metadata": said["metadata"]}
    return digest(json.dumps(_without_places(said), ensure_ascii=False).encode())


def _without_places(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_places(item) for item in value]
    if isinstance(value, dict):
        left_out = {"line", "column", "source"}
        return {key: _without_places(item) for key, item in value.items() if key not in left_out}
    return value


def intact(shop: Workshop, manifest: Manifest, form: Format) -> bytes | None:
    """Return an output that is on the disk, byte for byte as it was proved; otherwise nothing."""
    record = manifest.outputs.get(form)
    try:
        data = shop.output_file(manifest.slug, form).read_bytes()
    except OSError:
        return None
    return data if record is not None and record.sha256 == digest(data) else None


def is_intact(shop: Workshop, manifest: Manifest, form: Format) -> bool:
    """Tell whether an output is on the disk, byte for byte as it was proved."""
    return intact(shop, manifest, form) is not None
