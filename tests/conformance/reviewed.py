"""What a validator leaves to people, or says wrongly: looked at, explained and listed."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "reviewed.toml"


@dataclass(frozen=True)
class Undecided:
    """A question that axe-core leaves open, by rule, reason and a piece of the element's markup."""

    rule: str
    reason: str
    html: str
    why: str

    def covers(self, found: dict[str, Any]) -> bool:
        same = (found["rule"], found["reason"]) == (self.rule, self.reason)
        return same and self.html in found["html"]

    def __str__(self) -> str:
        return f"axe-core: {self.rule}, {self.reason}, on `{self.html}`"


@dataclass(frozen=True)
class Warned:
    """A warning of the Nu Html Checker that is not true, by the start of its message."""

    message: str
    why: str

    def covers(self, found: dict[str, Any]) -> bool:
        return str(found["message"]).startswith(self.message)

    def __str__(self) -> str:
        return f"vnu: {self.message}…"


@cache
def axe_entries() -> tuple[Undecided, ...]:
    """Return what axe-core may leave undecided."""
    return tuple(Undecided(**entry) for entry in _load()["axe"])


@cache
def vnu_entries() -> tuple[Warned, ...]:
    """Return what vnu may warn of."""
    return tuple(Warned(**entry) for entry in _load()["vnu"])


def is_covered(found: dict[str, Any], entries: Iterable[Undecided | Warned]) -> bool:
    """Tell whether a finding was looked at and explained."""
    return any(entry.covers(found) for entry in entries)


def _load() -> dict[str, list[dict[str, str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
