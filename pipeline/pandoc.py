"""The only caller of pandoc: the binary that comes with pypandoc_binary, in a sandbox, capped.

pandoc runs without network, files, user settings or locale; its heap and its time are limited; and
every message of its log is returned, so that the caller decides about each.
"""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipeline.problems import BriefError, problem

MEMORY_MB = 512
SECONDS = 60

Ast = dict[str, Any]
"""pandoc's JSON: `pandoc-api-version`, `meta`, `blocks`."""

EXTENSIONS: tuple[tuple[str, str], ...] = (
    ("all_symbols_escapable", "a backslash makes any symbol an ordinary one"),
    ("auto_identifiers", "headings can be linked to"),
    ("autolink_bare_uris", "addresses stand bare in manuscripts, above all in notes"),
    ("backtick_code_blocks", "code"),
    ("blank_before_blockquote", "a wrapped line may begin with >"),
    ("blank_before_header", "a wrapped line may begin with #"),
    ("bracketed_spans", "languages, classes and anchors in running text"),
    ("definition_lists", "glossaries"),
    ("escaped_line_breaks", "a visible way to break a line"),
    ("example_lists", "lists numbered through the brief"),
    ("fancy_lists", "lists with letters and Roman numerals"),
    ("fenced_code_attributes", "the language of a code block"),
    ("fenced_code_blocks", "code"),
    ("fenced_divs", "boxes"),
    ("footnotes", "notes"),
    ("grid_tables", "tables with blocks in cells"),
    ("header_attributes", "anchors chosen by the author"),
    ("implicit_figures", "a picture alone in a paragraph is a figure with a caption"),
    ("implicit_header_references", "[Heading] leads to that heading"),
    ("inline_code_attributes", "so that attributes on code are seen and refused"),
    ("inline_notes", "notes written where they are called"),
    ("intraword_underscores", "snake_case stays as it is"),
    ("line_blocks", "verse and addresses"),
    ("link_attributes", "alt texts and widths of pictures"),
    ("multiline_tables", "tables"),
    ("pipe_tables", "tables"),
    ("raw_attribute", "so that raw output is seen and refused"),
    ("raw_html", "so that HTML is seen and refused"),
    ("raw_tex", "so that TeX is seen and refused"),
    ("shortcut_reference_links", "[text] alone refers to [text]: address"),
    ("simple_tables", "tables"),
    ("smart", "quotation marks, dashes and dots become typographic"),
    ("space_in_atx_header", "#1 is not a heading"),
    ("startnum", "a list may begin at any number"),
    ("strikeout", "text that no longer holds"),
    ("subscript", "H~2~O"),
    ("superscript", "x^2^"),
    ("table_attributes", "anchors of tables"),
    ("table_captions", "captions of tables"),
    ("task_lists", "boxes to tick"),
)
"""What the Markdown of a brief may use, each with its reason, on top of the original syntax.

Left out on purpose: mathematics, so that $5 stays text; citations; Markdown inside HTML.
"""

MARKDOWN = "markdown_strict-spaced_reference_links+" + "+".join(name for name, _ in EXTENSIONS)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of pandoc's log. `kind` is pandoc's name for it; a place of 0 is unknown."""

    kind: str
    text: str
    line: int = 0
    column: int = 0


def parse(markdown: str, path: str) -> tuple[Ast, tuple[Message, ...]]:
    """Return the document pandoc reads, and what it had to say. `path` is named in problems.

    Raises BriefError when pandoc cannot read the text within its limits, and RecursionError when
    the document is nested deeper than Python can follow.
    """
    output, messages = run(("--from", MARKDOWN, "--to", "json"), markdown.encode(), path)
    document: Ast = json.loads(output)
    return document, messages


@cache
def binary() -> Path | None:
    """Return the pandoc that comes with pypandoc_binary, found without running it."""
    package = find_spec("pypandoc")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for name in ("pandoc", "pandoc.exe"):
            file = Path(folder) / "files" / name
            if file.is_file():
                return file
    return None


def run(arguments: Sequence[str], stdin: bytes, path: str) -> tuple[bytes, tuple[Message, ...]]:
    """Run pandoc in an empty folder; return its output and its log.

    Raises BriefError when pandoc is missing, meets a limit, or fails.
    """
    program = binary()
    if program is None:
        raise BriefError([problem("setup-pandoc", path)])
    with tempfile.TemporaryDirectory(prefix="briefwright-") as folder:
        command = [
            *(str(program), *arguments, "--output", "-"),
            *("--sandbox", "--quiet", "--log", "log.json", "--data-dir", folder),
            *("+RTS", f"-M{MEMORY_MB}m", "-RTS"),
        ]
        try:
            done = subprocess.run(
                command,
                input=stdin,
                capture_output=True,
                cwd=folder,
                env={"LC_ALL": "C.UTF-8", "HOME": folder},
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BriefError([problem("structure-slow", path, seconds=SECONDS)]) from None
        if done.returncode:
            raise _failure(done.returncode, done.stderr.decode(errors="replace"), path)
        return done.stdout, _messages(Path(folder) / "log.json")


HEAP_EXHAUSTED = 251
"""Exit code of the Haskell run time when the `-M` limit is met (GHC User's Guide, section 5.7)."""


def _failure(code: int, text: str, path: str) -> BriefError:
    if code == HEAP_EXHAUSTED:
        return BriefError([problem("structure-heavy", path, megabytes=MEMORY_MB)])
    return BriefError([problem("internal-pandoc", path, exit=code, what=text.strip())])


def _messages(log: Path) -> tuple[Message, ...]:
    entries: list[dict[str, Any]] = json.loads(log.read_bytes())
    return tuple(_message(entry) for entry in entries)


def _message(entry: dict[str, Any]) -> Message:
    """Most messages have a place of their own; an unclosed container has one where it opens."""
    place = entry.get("openpos", entry)
    return Message(
        kind=str(entry["type"]),
        text=str(entry.get("pretty", "")),
        line=int(place.get("line", 0)),
        column=int(place.get("column", 0)),
    )
