"""Pins set-up: what is missing is named with the command that provides it on this very system."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline import system
from pipeline.system import LIBRARIES, Library, Machine

PROJECT = Path(__file__).parent.parent
SUBSET = LIBRARIES[-1]
ALL_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def told(machine: Machine) -> list[tuple[str, str, str]]:
    return [(item.code, item.message, item.hint) for item in system.find_problems(machine)]


def test_this_machine_is_ready() -> None:
    machine = system.look()
    assert machine.is_ready
    assert machine.pango >= (1, 44)
    assert system.main() == 0


def test_a_library_that_does_not_load_is_missing() -> None:
    assert system.find_missing(lambda library: library != SUBSET) == (SUBSET,)
    assert system.load(Library("None", ("libnothing-of-that-name.so.0",), "none")) is None


@pytest.mark.parametrize(
    ("machine", "hint"),
    [
        (
            Machine(missing=LIBRARIES, manager="apt-get"),
            f"sudo apt-get update && sudo apt-get install -y {ALL_PACKAGES}",
        ),
        (
            Machine(missing=(SUBSET,), manager="apt-get", is_root=True),
            "apt-get update && apt-get install -y libharfbuzz-subset0",
        ),
        (
            Machine(missing=LIBRARIES, manager="dnf"),
            "sudo dnf install -y python3 pango harfbuzz fontconfig",
        ),
        (
            Machine(missing=LIBRARIES, manager="brew"),
            "brew install pango python@3.13 && make PYTHON=$(brew --prefix)/bin/python3.13",
        ),
        (
            Machine(missing=LIBRARIES),
            "install Python 3.11 with venv, Pango 1.44 and HarfBuzz, then run make again",
        ),
    ],
)
def test_the_hint_is_the_command_of_the_system(machine: Machine, hint: str) -> None:
    [(code, message, shown)] = told(machine)
    assert code == "setup-library"
    assert message.startswith("the system lacks ")
    assert message.endswith("HarfBuzz-Subset")
    assert shown == hint


def test_missing_venv_is_named_with_its_package() -> None:
    assert told(Machine(has_venv=False, manager="apt-get", is_root=True)) == [
        (
            "setup-venv",
            "this Python cannot make virtual environments: venv or ensurepip is missing",
            "apt-get update && apt-get install -y python3-venv",
        )
    ]


def test_an_old_pango_is_named() -> None:
    [(code, message, _)] = told(Machine(pango=(1, 42)))
    assert code == "setup-pango"
    assert message == "Pango 1.42 is too old; print needs 1.44 or newer"


def test_nothing_missing_is_no_problem() -> None:
    assert told(Machine()) == []


class Recorder:
    """Stands in for the machine: records what would be run, and is ready once apt-get ran."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.commands: list[Sequence[str]] = []

    def look(self) -> Machine:
        return Machine() if any("install" in command for command in self.commands) else self.machine

    def run(self, command: Sequence[str]) -> bool:
        self.commands.append(command)
        return True


@pytest.mark.parametrize("prefix", [[], ["sudo", "-n"]])
def test_debian_is_given_what_it_lacks(prefix: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(
        Machine(LIBRARIES, manager="apt-get", is_root=not prefix, has_sudo=bool(prefix))
    )
    monkeypatch.setattr(system, "look", recorder.look)
    monkeypatch.setattr(system, "_runs", recorder.run)
    assert system.main() == 0
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = ["install", "--no-install-recommends", "-y", *ALL_PACKAGES.split()]
    assert recorder.commands == [[*quiet, "update"], [*quiet, *install]]


@pytest.mark.parametrize(
    "machine",
    [Machine(LIBRARIES, manager="apt-get"), Machine(LIBRARIES, manager="dnf", is_root=True)],
)
def test_elsewhere_nothing_is_installed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    recorder = Recorder(machine)
    monkeypatch.setattr(system, "look", recorder.look)
    monkeypatch.setattr(system, "_runs", recorder.run)
    assert system.main() == 3
    assert recorder.commands == []
    first, second = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"error: the system lacks .* \[setup-library\]", first)
    assert second.startswith("    hint: ")


def test_an_old_python_is_refused_before_anything_else(tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    (tmp_path / "requirements.lock").touch()
    done = subprocess.run(
        ["make", "-f", str(PROJECT / "Makefile"), f"PYTHON={old}", ".venv/requirements.lock"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"error: {old} is not Python 3.11 or newer [setup-python]\n    hint: " in done.stderr
    assert "Error 3" in done.stderr
    assert not (tmp_path / ".venv").exists()
