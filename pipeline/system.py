"""What the system must provide before `.venv` can be made, and how to get it.

WeasyPrint lays text out with Pango and cuts fonts with HarfBuzz-Subset; no wheel carries them. Runs
with the system's bare Python, so it uses the standard library only. On Debian and Ubuntu, and where
that needs no password, it installs what is missing; elsewhere it names the command that does.
"""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from pipeline.problems import Exit, Problem, problem

OLDEST_PANGO = (1, 44)
"""The oldest Pango that WeasyPrint works with."""


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library: its file names on Linux and macOS, and the Debian package that has it."""

    name: str
    files: tuple[str, ...]
    package: str


LIBRARIES = (
    Library("GObject", ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"), "libpango-1.0-0"),
    Library("Pango", ("libpango-1.0.so.0", "libpango-1.0.0.dylib"), "libpango-1.0-0"),
    Library("PangoFT2", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib"), "libpangoft2-1.0-0"),
    Library("Fontconfig", ("libfontconfig.so.1", "libfontconfig.1.dylib"), "libpangoft2-1.0-0"),
    Library("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib"), "libpango-1.0-0"),
    Library(
        "HarfBuzz-Subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        "libharfbuzz-subset0",
    ),
)


@dataclass(frozen=True, slots=True)
class Machine:
    """What set-up has to know about the system it runs on."""

    missing: tuple[Library, ...] = ()
    pango: tuple[int, int] = OLDEST_PANGO
    has_venv: bool = True
    manager: str = ""
    """The program that installs packages: apt-get, dnf or brew; empty where it is another."""
    is_root: bool = False
    has_sudo: bool = False
    """Whether sudo works without a password."""

    @property
    def is_ready(self) -> bool:
        """Whether nothing has to be installed."""
        return self.has_venv and not self.missing and self.pango >= OLDEST_PANGO

    @property
    def may_install(self) -> bool:
        """Whether packages can be installed here and now, without asking anybody."""
        return self.manager == "apt-get" and (self.is_root or self.has_sudo)


def main() -> int:
    """Provide what is missing, or say how; returns the exit code."""
    machine = look()
    if not machine.is_ready and machine.may_install:
        install(machine)
        machine = look()
    problems = find_problems(machine)
    for item in problems:
        print(f"error: {item.message} [{item.code}]\n    hint: {item.hint}", file=sys.stderr)
    return int(Exit.ENVIRONMENT if problems else Exit.OK)


def look() -> Machine:
    """Look at this machine."""
    missing = find_missing(load)
    managers = (name for name in ("apt-get", "dnf", "brew") if shutil.which(name))
    return Machine(
        missing=missing,
        pango=OLDEST_PANGO if missing else pango_version(),
        has_venv=find_spec("venv") is not None and find_spec("ensurepip") is not None,
        manager=next(managers, ""),
        is_root=os.geteuid() == 0,
        has_sudo=_runs(["sudo", "-n", "true"]),
    )


def find_missing(loads: Callable[[Library], object]) -> tuple[Library, ...]:
    """Return the libraries that `loads` cannot load."""
    return tuple(library for library in LIBRARIES if not loads(library))


def load(library: Library) -> ctypes.CDLL | None:
    """Load a library the way WeasyPrint will: by its name, else where the system says it is."""
    bare = library.files[0].removeprefix("lib").split(".so")[0]
    for file in library.files:
        try:
            return ctypes.CDLL(file)
        except OSError:
            continue
    found = ctypes.util.find_library(bare)
    return ctypes.CDLL(found) if found else None


def pango_version() -> tuple[int, int]:
    """Return the version of the system's Pango, which counts 1.44.7 as 14407."""
    pango = load(next(library for library in LIBRARIES if library.name == "Pango"))
    number = pango.pango_version() if pango else 0
    return number // 10000, number // 100 % 100


def harfbuzz_version() -> str:
    """Return the version of the system's HarfBuzz; empty where there is none."""
    harfbuzz = load(next(library for library in LIBRARIES if library.name == "HarfBuzz"))
    if harfbuzz is None:
        return ""
    harfbuzz.hb_version_string.restype = ctypes.c_char_p
    return str(harfbuzz.hb_version_string(), "ascii")


def install(machine: Machine) -> None:
    """Install the missing packages with apt-get; what still fails then is reported afterwards."""
    prefix = [] if machine.is_root else ["sudo", "-n"]
    packages = wanted_packages(machine)
    print("Installing system packages:", *packages, flush=True)
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    options = ["install", "--no-install-recommends", "-y", *packages]
    _runs([*prefix, *quiet, "update"])
    _runs([*prefix, *quiet, *options])


def wanted_packages(machine: Machine) -> tuple[str, ...]:
    """Return the Debian packages that hold what is missing."""
    libraries = LIBRARIES if machine.pango < OLDEST_PANGO else machine.missing
    venv = () if machine.has_venv else ("python3-venv",)
    return tuple(dict.fromkeys([*venv, *(library.package for library in libraries)]))


def find_problems(machine: Machine) -> tuple[Problem, ...]:
    """Return what this machine lacks, each with the one command that mends it here."""
    found = []
    command = mending_command(machine)
    if not machine.has_venv:
        found.append(problem("setup-venv", "python3", command=command))
    if machine.missing:
        names = _in_words(library.name for library in machine.missing)
        found.append(problem("setup-library", "python3", names=names, command=command))
    elif machine.pango < OLDEST_PANGO:
        found.append(problem("setup-pango", "python3", version=".".join(map(str, machine.pango))))
    return tuple(found)


def mending_command(machine: Machine) -> str:
    """Return the command that installs all that is missing on this system."""
    sudo = "" if machine.is_root else "sudo "
    match machine.manager:
        case "apt-get":
            packages = " ".join(wanted_packages(machine))
            return f"{sudo}apt-get update && {sudo}apt-get install -y {packages}"
        case "dnf":
            return f"{sudo}dnf install -y python3 pango harfbuzz fontconfig"
        case "brew":
            return "brew install pango python@3.13 && make PYTHON=$(brew --prefix)/bin/python3.13"
        case _:
            return "install Python 3.11 with venv, Pango 1.44 and HarfBuzz, then run make again"


def _runs(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def _in_words(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


if __name__ == "__main__":
    sys.exit(main())
