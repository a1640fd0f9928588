"""Finds the outputs to be judged, skips what cannot be asked, and tells loudly which that was."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.tools import TOOLS

Outputs = Callable[[str], list[Path]]


@pytest.fixture(scope="session")
def outputs(request: pytest.FixtureRequest) -> Outputs:
    """Return a function that lists the finished files of one format."""
    folder = Path(request.config.getoption("--outputs"))

    def listed(form: str) -> list[Path]:
        files = sorted(folder.glob(f"*/*.{form}"))
        found = [file for file in files if file.stem == file.parent.name]
        assert found, f"no {form} in {folder}: run `make` first"
        return found

    return listed


@pytest.fixture
def document() -> Callable[[Path], dict[str, Any]]:
    """Return a function that reads the JSON beside an output."""

    def read(file: Path) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        return loaded

    return read


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose tool is missing; where CI installed all of them, fail it."""
    for mark in item.iter_markers("asks"):
        if TOOLS[mark.args[0]].is_there:
            continue
        message = f"{mark.args[0]} is missing: `make validators` installs it"
        if os.environ.get("CI"):
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name every tool with its version, and count those that could not be asked."""
    if config.option.markexpr != "conformance":
        return
    missing = [name for name, tool in TOOLS.items() if not tool.is_there]
    terminalreporter.section("validators")
    for name, tool in TOOLS.items():
        found = tool.version() if tool.is_there else "MISSING, not asked"
        terminalreporter.write_line(f"{name:13} {found}")
    if missing:
        terminalreporter.write_line(
            f"{len(missing)} of {len(TOOLS)} validators missing: {', '.join(missing)}. "
            "`make validators` installs them.",
            red=True,
        )
