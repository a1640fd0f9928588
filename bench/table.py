"""The table of docs/performance.md, and the machine it was measured on."""

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.sections import PROJECT, Row
from pipeline import pandoc

PAGE = PROJECT / "docs" / "performance.md"
BEGIN, END = "<!-- begin: written by make bench -->", "<!-- end -->"


def as_text(title: str, rows: Iterable[Row]) -> str:
    """Return a section as a Markdown table."""
    lines = [f"### {title}", "", "| | ours | beside it | ratio | target | met |", "|" + "---|" * 6]
    for row in rows:
        met = {True: "yes", False: "**no**", None: ""}[row.met]
        cells = (row.what, row.ours, row.beside, row.ratio, row.target, met)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Return what this machine is, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    tools = {
        "Python": platform.python_version(),
        "pandoc": _pandoc_version(),
        "WeasyPrint": _version("weasyprint"),
        "typst": _version("typst"),
    }
    told = ", ".join(f"{name} {number}" for name, number in tools.items() if number)
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB; {_system()}; {told}. "
        "Medians, with the least and the greatest in brackets; ratios are taken round by round.\n"
    )


def write(tables: Mapping[str, str], form: str) -> None:
    """Put the tables into the page, in place of those between the marks, with how they came."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    made = "\n".join([f"Measured by `{form}`. {machine()}", *tables.values()])
    PAGE.write_text(f"{before}{BEGIN}\n\n{made}\n{END}{after}", encoding="utf-8")


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"


def _pandoc_version() -> str:
    told = subprocess.run(
        [str(pandoc.binary()), "--version"], capture_output=True, text=True, check=True
    ).stdout
    return told.split()[1]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
