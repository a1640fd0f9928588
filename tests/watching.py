"""A running preview of a copy of the project, as tests see it: from outside, over HTTP."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

PROJECT = Path(__file__).parent.parent
PATIENCE = 90
"""Seconds that a test waits for what is to come; on a busy machine all takes long."""

BRIEF = """---
title: Water and the Border
date: 2026-03-02
lang: en
---

# Levels

Levels have fallen.[^gauge]

[^gauge]: Measured at the gauge.
"""


@dataclass(frozen=True)
class Preview:
    """A folder with a copy of the project, and the server that runs in it."""

    folder: Path
    process: subprocess.Popen[str]
    address: str
    told: Path
    """What it has written on the terminal."""

    def brief(self, slug: str) -> Path:
        return self.folder / "source" / slug / "brief.md"

    def output(self, slug: str, suffix: str) -> Path:
        return self.folder / "output" / slug / f"{slug}.{suffix}"

    def edit(self, slug: str, old: str, new: str) -> None:
        file = self.brief(slug)
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def get(self, path: str, host: str = "") -> tuple[int, dict[str, str], bytes]:
        """Ask for a path; return status, headers and body."""
        request = urllib.request.Request(self.address.rstrip("/") + path)
        if host:
            request.add_header("Host", host)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def page(self, slug: str) -> str:
        return self.get(f"/{slug}/")[2].decode()

    def state(self, slug: str) -> dict[str, Any]:
        """Return the first news of a brief, which is how it stands."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.address}-/events/{slug}", timeout=PATIENCE) as stream:
            line = stream.readline().decode()
        found: dict[str, Any] = json.loads(line.removeprefix("data: "))
        return found

    def codes(self, slug: str) -> list[str]:
        return [one["code"] for one in self.state(slug).get("problems", [])]

    def is_ready(self, slug: str) -> bool:
        return bool(self.state(slug).get("files") == "ready")


def until(is_so: Callable[[], object], what: str = "") -> None:
    """Wait until something is so."""
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end, what or "it never came"
        sleep(0.05)


def copy_project(folder: Path) -> None:
    """Copy what the program needs to run, with a brief called water."""
    for name in ("pipeline", "templates"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    (folder / "source/water").mkdir(parents=True)
    (folder / "source/water/brief.md").write_text(BRIEF, encoding="utf-8")


@contextmanager
def preview(folder: Path, *arguments: str) -> Iterator[Preview]:
    """Run the preview in a folder that has a copy of the project, and end it."""
    told = folder / "told.txt"
    command = [sys.executable, "-m", "pipeline", "watch", "--port", "0", *arguments]
    with told.open("w") as stream:
        process = subprocess.Popen(
            command, cwd=folder, stdout=stream, stderr=stream, text=True, env=dict(os.environ)
        )
    try:
        until(lambda: "http://" in told.read_text() or process.poll() is not None)
        found = re.search(r"http://\S+", told.read_text())
        assert found, told.read_text()
        yield Preview(folder, process, found[0], told)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def processes_in(folder: Path) -> list[int]:
    """Return the processes that work in a folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
            if state != "Z" and (entry / "cwd").resolve() == folder.resolve():
                found.append(int(entry.name))
        except OSError:
            continue
    return found
