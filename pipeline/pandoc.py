"""The only caller of pandoc: the binary that comes with pypandoc_binary, in a sandbox, capped.

pandoc runs without network, files, user settings or locale; its memory and time are limited; and
every message of its log is returned, so that the caller decides about each. It is started once for
a process, which saves half the time of reading a brief, and again after it met a limit.
"""

import atexit
import json
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from tempfile import gettempdir
from threading import Event, Timer
from typing import IO, Any

from pipeline.problems import BriefError, problem

MEMORY_MB = 512
SECONDS = 10
"""Of the processor, for one brief: the longest takes four."""
WAIT = 60
"""Of the clock, where the system cannot count the others, or the machine is overloaded."""
SCRIPT = Path(__file__).with_suffix(".lua")

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

Left out on purpose: mathematics, so that $5 stays text; Markdown inside HTML; and citations where
there is no bibliography, so that @name stays text.
"""

MARKDOWN = "markdown_strict-spaced_reference_links+" + "+".join(name for name, _ in EXTENSIONS)
CITING = f"{MARKDOWN}+citations"
CITEPROC = "citeproc"
"""Asks, in place of a format, for the citations of a document to be rendered."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of pandoc's log. `kind` is pandoc's name for it; a place of 0 is unknown."""

    kind: str
    text: str
    line: int = 0
    column: int = 0


class Unreadable(BriefError):
    """pandoc finds fault with a text; `what` is its own account."""

    def __init__(self, path: str, what: str) -> None:
        """Keep the account."""
        self.what = what
        super().__init__([problem("internal-pandoc", path, exit=0, what=what)])


def parse(markdown: str, path: str, citing: bool = False) -> tuple[Ast, tuple[Message, ...]]:
    """Return the document pandoc reads, and what it had to say. `path` is named in problems.

    With `citing`, @key is a citation.

    Raises BriefError when pandoc cannot read the text within its limits, and RecursionError when
    the document is nested deeper than Python can follow.
    """
    output, messages = read(CITING if citing else MARKDOWN, markdown.encode(), path)
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


def read(form: str, text: bytes, path: str) -> tuple[bytes, tuple[Message, ...]]:
    """Return the text in a format as pandoc's JSON, and what it had to say.

    Raises Unreadable when pandoc finds fault with the text, and BriefError when pandoc is missing,
    meets a limit, or fails.
    """
    program = binary()
    if program is None:
        raise BriefError([problem("setup-pandoc", path)])
    reader = _reader(program, MEMORY_MB, os.getpid())
    late = Event()
    timer = Timer(min(WAIT, SECONDS * 6), _stop, (reader, late))
    timer.start()
    _allow(reader, SECONDS)
    try:
        output, log = _ask(reader, form, text)
    except BaseException as error:
        # What is left of this answer must not be taken for the next.
        _reader.cache_clear()
        told = _end(reader)
        if not isinstance(error, (ValueError, EOFError, OSError)):
            raise
        if late.is_set() or reader.returncode == -signal.SIGXCPU:
            raise BriefError([problem("structure-slow", path, seconds=SECONDS)]) from None
        raise _failure(reader.returncode, told, path) from None
    finally:
        timer.cancel()
        if late.is_set():
            _reader.cache_clear()
    if log is None:
        raise Unreadable(path, output.decode(errors="replace").strip())
    return output, _messages(log)


def _ask(reader: subprocess.Popen[bytes], form: str, text: bytes) -> tuple[bytes, bytes | None]:
    """Return pandoc's document and its log, or what was wrong and no log.

    Raises EOFError, ValueError or OSError when pandoc dies meanwhile.
    """
    assert reader.stdin and reader.stdout
    reader.stdin.write(b"%s %d\n%s" % (form.encode(), len(text), text))
    reader.stdin.flush()
    first, second = reader.stdout.readline().split()
    if first == b"fault":
        return _exactly(reader.stdout, int(second)), None
    return _exactly(reader.stdout, int(first)), _exactly(reader.stdout, int(second))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found


@cache
def _reader(program: Path, megabytes: int, owner: int) -> subprocess.Popen[bytes]:
    """Start pandoc for the process `owner`: one that is forked from it has a pandoc of its own."""
    reader = subprocess.Popen(
        [str(program), "lua", str(SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=os.sep,  # No disk is kept busy by a process that outlives a brief.
        # It makes a folder for what is typed, and leaves it behind when it is killed.
        env={"LC_ALL": "C.UTF-8", "HOME": os.devnull, "TMPDIR": gettempdir()},
    )
    if sys.platform == "linux":
        # Haskell's own limit of its heap (-M) is not kept to below Lua: it is told, and goes on.
        size = megabytes << 20
        resource.prlimit(reader.pid, resource.RLIMIT_DATA, (size, size))
    atexit.register(_leave, reader)
    return reader


def _allow(reader: subprocess.Popen[bytes], seconds: float) -> None:
    """Give pandoc so many seconds of the processor from now on (getrlimit(2), RLIMIT_CPU)."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError):  # It is dead, which shows when it is asked.
            times = Path(f"/proc/{reader.pid}/stat").read_text().rpartition(")")[2].split()
            used = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
            most = ceil(used + seconds)
            resource.prlimit(reader.pid, resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _stop(reader: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    reader.kill()


def _kill(reader: subprocess.Popen[bytes]) -> None:
    reader.kill()
    reader.wait()


def _leave(reader: subprocess.Popen[bytes]) -> None:
    _kill(reader)
    for stream in (reader.stdin, reader.stdout, reader.stderr):
        if stream:
            with suppress(OSError):
                stream.close()


def _end(reader: subprocess.Popen[bytes]) -> str:
    """End pandoc, after a moment in which it may do so by itself, and return its last words."""
    assert reader.stdin and reader.stdout and reader.stderr
    with suppress(OSError):
        reader.stdin.close()
    reader.stdout.close()
    try:
        reader.wait(1)
    except subprocess.TimeoutExpired:
        _kill(reader)
    with reader.stderr:
        return reader.stderr.read().decode(errors="replace")


def _failure(code: int, told: str, path: str) -> BriefError:
    if "memory" in told:
        return BriefError([problem("structure-heavy", path, megabytes=MEMORY_MB)])
    return BriefError([problem("internal-pandoc", path, exit=code, what=told.strip())])


def _messages(log: bytes) -> tuple[Message, ...]:
    entries: list[dict[str, Any]] = json.loads(log)
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
