"""Pins the lock files: exact versions with hashes, nothing of the machine they were made on."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parent.parent
CONFORMANCE = PROJECT / "tests/conformance"
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PYPROJECT["dependency-groups"]

LOCKS = {
    PROJECT / "requirements.lock": [*PYPROJECT["project"]["dependencies"], *GROUPS["build"]],
    PROJECT / "requirements-dev.lock": [one for one in GROUPS["dev"] if isinstance(one, str)],
    PROJECT / "requirements-watch.lock": GROUPS["watch"],
    PROJECT / "requirements-cluster.lock": GROUPS["cluster"],
    CONFORMANCE / "requirements.lock": GROUPS["conformance"],
    PROJECT / "bench" / "requirements.lock": GROUPS["bench"],
}


def pins(lock: Path) -> dict[str, str]:
    """Return the versions in a lock file by the name of the package."""
    found = re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(found)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(PROJECT)))
def test_a_lock_holds_what_the_project_asks_for(lock: Path) -> None:
    locked = pins(lock)
    for requirement in map(Requirement, LOCKS[lock]):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(PROJECT)))
def test_every_version_has_its_hashes_and_no_address(lock: Path) -> None:
    options, *entries = re.split(
        r"^(?=[a-z])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert options == "--only-binary :all:\n\n"
    assert len(entries) == len(pins(lock)) > 0
    for entry in entries:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
        assert not re.search(r"://|@|--(extra-)?index|--find-links", entry), entry


def test_locks_agree() -> None:
    runtime = pins(PROJECT / "requirements.lock")
    for lock in LOCKS:
        shared = {name: version for name, version in pins(lock).items() if name in runtime}
        assert shared == {name: runtime[name] for name in shared}


def test_node_packages_are_exact_and_have_no_address() -> None:
    package = json.loads((CONFORMANCE / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((CONFORMANCE / "package-lock.json").read_text(encoding="utf-8"))
    asked = {**package["dependencies"], **package["optionalDependencies"]}
    locked = {name: lock["packages"][f"node_modules/{name}"] for name in asked}
    assert asked == {name: entry["version"] for name, entry in locked.items()}
    entries = [entry for name, entry in lock["packages"].items() if name]
    assert all(entry["integrity"].startswith("sha512-") for entry in entries)
    assert not any("resolved" in entry for entry in entries)
