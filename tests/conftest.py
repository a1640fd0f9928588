"""What all tests share."""

import os

import pytest
from hypothesis import settings

# Some tests run Make: what `make test` was told is not for them.
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(name, None)

# A slow machine is no failure; CI runs the same examples every time.
settings.register_profile("unhurried", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--outputs", default="output", help="folder for the samples that tests build and judge"
    )
    parser.addoption(
        "--write-table", action="store_true", help="write what was found to docs/conformance.md"
    )
