"""The samples in every theme, built by Make as anyone would: what is judged and pictured."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.manifest import Format

PROJECT = Path(__file__).parent.parent
SHIPPED, LANGUAGES = "source", "tests/languages"
DEFAULT = "default"


@dataclass(frozen=True, order=True)
class Made:
    """A sample in a theme, and the folder of its finished files."""

    collection: str
    slug: str
    theme: str
    folder: Path

    @property
    def is_shipped(self) -> bool:
        return self.collection == SHIPPED

    def file(self, form: Format) -> Path:
        return self.folder / f"{self.slug}.{form}"

    def document(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.file("json").read_text(encoding="utf-8"))
        return loaded

    def __str__(self) -> str:
        return f"{self.slug} ({self.theme})"


def themes() -> list[str]:
    """Return the names of the themes, the default first."""
    houses = (PROJECT / "templates/themes").glob("*/house.toml")
    return [DEFAULT, *sorted({house.parent.name for house in houses} - {DEFAULT})]


def samples() -> list[tuple[str, str]]:
    """Return collection and slug of each sample: what ships, and a brief in each language."""
    return [
        (collection, brief.parent.name)
        for collection in (SHIPPED, LANGUAGES)
        for brief in sorted((PROJECT / collection).glob("*/brief.md"))
    ]


def build(
    output: Path, goal: str = "all", collections: Sequence[str] = (SHIPPED, LANGUAGES)
) -> list[Made]:
    """Bring every sample in every theme up to date below `output`, and say what there is now."""
    there = [(name, slug) for name, slug in samples() if name in collections]
    made = []
    for theme in themes():
        for collection in sorted({name for name, _ in there}):
            folder = output / theme / Path(collection).name
            _make(goal, collection, folder, theme)
            slugs = [slug for name, slug in there if name == collection]
            made += [Made(collection, slug, theme, folder / slug) for slug in slugs]
    return sorted(made)


def _make(goal: str, collection: str, output: Path, theme: str) -> None:
    """Run Make as if it had been typed: what an outer Make was told is not for this one."""
    outer = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    chosen = [] if theme == DEFAULT else [f"THEME={theme}"]
    done = subprocess.run(
        ["make", goal, f"SOURCE={collection}", f"OUTPUT={output.resolve()}", *chosen],
        cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if name not in outer},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
