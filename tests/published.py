"""A content repository of small briefs, built once, and folders published from it."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import batch, commands, stages
from pipeline.build import Job
from pipeline.manifest import FORMATS
from pipeline.publish import Published, publish, site
from pipeline.theme import TEMPLATES, load_theme

ADDRESS = "https://briefs.example.org/all"
WATER = """---
title: Water & the *Border*
deck: A river, two gauges.
date: 2025-06-18
updated: 2026-01-02
lang: en
series: Policy Brief
number: "7"
authors:
  - Zoë van der Berg
  - name: Ada Example
    orcid: 0000-0002-1825-0097
keywords: [water, borders]
---

# What each side measures

Levels have fallen.[^gauge] See [the measures](#what-each-side-measures).

[^gauge]: Measured at the gauge, see <https://www.example.org/gauge>.
"""
RIVER = """---
title: المقياس عند الحدود
date: 2026-03-01
lang: ar
authors: [سلمى الحداد]
keywords: [Water, مياه]
---

انخفض منسوب النهر.[^a]

[^a]: حاشية.
"""
HEAT = """---
title: Heat
date: 2024-08-01
lang: en
---

One sentence.
"""
BRIEFS = {"water": WATER, "river": RIVER, "heat": HEAT}


@dataclass(frozen=True)
class Content:
    """A folder with `source`, `output` and `dist`."""

    folder: Path

    @property
    def dist(self) -> Path:
        return self.folder / "dist"

    def write(self, slug: str, text: str) -> None:
        file = self.folder / "source" / slug / "brief.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def shop(self) -> stages.Workshop:
        return stages.open_workshop(self.folder / "source", self.folder / "output", TEMPLATES)

    def build(self) -> None:
        shop = self.shop()
        slugs = sorted(file.parent.name for file in shop.source.glob("*/brief.md"))
        results = [*batch.build_all([Job(shop, slug, FORMATS) for slug in slugs], 1)]
        assert [one.problems for one in results if one.failed] == []

    def publish(self, address: str = ADDRESS, slugs: Sequence[str] = ()) -> Published:
        return commands.publish_briefs(
            self.folder / "source", self.folder / "output", slugs, self.dist, address
        )

    def again(self, target: Path, address: str = ADDRESS) -> Published:
        """Publish to another folder."""
        shop = self.shop()
        slugs = sorted(file.parent.name for file in shop.source.glob("*/brief.md"))
        return publish(shop, slugs, site(target, address, load_theme()))

    def copied(self, folder: Path) -> "Content":
        shutil.copytree(self.folder, folder, copy_function=shutil.copy2)
        return Content(folder)


def new_content(folder: Path) -> Content:
    """Return the briefs, built."""
    content = Content(folder)
    for slug, text in BRIEFS.items():
        content.write(slug, text)
    content.build()
    return content


def bytes_in(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def states_in(folder: Path) -> dict[str, tuple[int, int]]:
    """Return inode and time of each file, by path."""
    found = {}
    for file in folder.rglob("*"):
        if file.is_file():
            now = file.stat()
            found[file.relative_to(folder).as_posix()] = (now.st_ino, now.st_mtime_ns)
    return found
