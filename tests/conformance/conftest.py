"""Builds what is to be judged, skips what cannot be asked, and tells loudly which that was."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.manifest import Format
from tests import matrix
from tests.conformance.tools import TOOLS
from tests.matrix import Made

Outputs = Callable[[Format], list[Path]]


@pytest.fixture(scope="session")
def folder(request: pytest.FixtureRequest) -> Path:
    """The folder in which samples are built, and what was found is written."""
    return (Path(request.config.getoption("--outputs")) / ".conformance").resolve()


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest) -> Path:
    """The folder in which new pictures are written."""
    return (Path(request.config.getoption("--outputs")) / ".pictures").resolve()


@pytest.fixture(scope="session")
def made(folder: Path) -> tuple[Made, ...]:
    """Every sample in every theme, up to date."""
    return tuple(matrix.build(folder))


@pytest.fixture(scope="session")
def outputs(made: tuple[Made, ...]) -> Outputs:
    """Return a function that lists the finished files of one format."""
    return lambda form: [sample.file(form) for sample in made]


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
    if config.option.markexpr == "not conformance":
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
