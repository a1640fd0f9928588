"""The programs that do the same, as far as this machine has them."""

import shlex
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pipeline import pandoc

BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to make one brief: shell commands with {source} and {output}, and what they need."""

    name: str
    commands: tuple[str, ...]
    needs: str = ""
    """A program or package that is not installed with the project."""

    @property
    def is_there(self) -> bool:
        """Whether this machine has what it needs."""
        return not self.needs or bool(shutil.which(self.needs) or find_spec(self.needs))


def _pandoc() -> str:
    return shlex.quote(str(pandoc.binary()))


HTML = Peer("pandoc, HTML", (f"{_pandoc()} -s {{source}} -o {{output}}/peer.html",))
DOCX = Peer("pandoc, DOCX", (f"{_pandoc()} {{source}} -o {{output}}/peer.docx",))
PDF = Peer(
    "pandoc and WeasyPrint, PDF",
    (f"{_pandoc()} {{source}} --pdf-engine={BIN}/weasyprint -o {{output}}/peer.pdf",),
)
THREE = Peer("pandoc three times", (*HTML.commands, *DOCX.commands, *PDF.commands))
TYPST = Peer(
    "pandoc and typst, PDF",
    (
        f"{_pandoc()} -s {{source}} -t typst -o {{output}}/peer.typ",
        f"{sys.executable} -m bench.typst {{output}}/peer.typ {{output}}/peer-typst.pdf",
    ),
    "typst",
)
XELATEX = Peer(
    "pandoc and xelatex, PDF",
    (f"{_pandoc()} {{source}} --pdf-engine=xelatex -o {{output}}/peer-latex.pdf",),
    "xelatex",
)
LIBREOFFICE = Peer(
    "pandoc and LibreOffice, PDF",
    (
        *DOCX.commands,
        "soffice -env:UserInstallation=file://{output}/office --headless --convert-to pdf"
        " --outdir {output} {output}/peer.docx",
    ),
    "soffice",
)
ALONE = (HTML, DOCX, PDF, TYPST, XELATEX, LIBREOFFICE)
"""Those that are measured one by one."""


def loop(peer: Peer, sources: Iterable[Path], output: Path) -> list[str]:
    """Return the command that makes briefs one after the other."""
    lines = ["set -e"]
    for source in sources:
        lines += [
            command.format(source=shlex.quote(str(source)), output=shlex.quote(str(output)))
            for command in peer.commands
        ]
    return ["sh", "-c", "\n".join(lines)]
