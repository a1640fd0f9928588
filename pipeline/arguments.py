"""What the command understands: its verbs and their options."""

import argparse
import os
from pathlib import Path
from typing import Any, get_args

from pipeline import __version__
from pipeline.intake.draft import Tracked
from pipeline.manifest import FORMATS
from pipeline.manifest import Format as Output
from pipeline.problems import Format

Verbs = Any
"""What argparse adds verbs to."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    whole = argparse.ArgumentParser(
        prog="briefwright", description="Markdown briefs to web page, print PDF and Word file."
    )
    whole.add_argument("--version", action="version", version=f"briefwright {__version__}")
    verbs = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_making(verbs)
    _add_reading(verbs)
    _add_beginning(verbs)
    _add_versions(verbs)
    for name in ("build", "check", "render", "new", "watch", "dist", "redline"):
        verbs.choices[name].add_argument(
            "--theme", default="", metavar="NAME", help="a folder of templates/themes"
        )
    for name in ("build", "check", "verify", "dist"):
        manner = verbs.choices[name].add_mutually_exclusive_group()
        manner.add_argument("--quiet", action="store_true", help="tell of problems only")
        manner.add_argument("--verbose", action="store_true", help="tell of every brief")
    for verb in verbs.choices.values():
        verb.add_argument(
            "--format", choices=get_args(Format), default="text", help="form of the problems"
        )
    return whole


def _add_making(verbs: Verbs) -> None:
    """Add what makes outputs: of briefs, of one file, of all for a server."""
    make = verbs.add_parser("build", help="bring the outputs of briefs up to date")
    _add_places(make)
    make.add_argument(
        "--to", action="append", choices=FORMATS, help="only this format (repeatable)"
    )
    make.add_argument(
        "--jobs", type=_positive, default=_cores(), help="briefs at a time (default: the cores)"
    )
    make.add_argument(
        "--scheduler", default="", metavar="URL", help="of Dask, whose workers make the outputs"
    )
    make.add_argument("slugs", nargs="*", metavar="SLUG")
    dist = verbs.add_parser("dist", help="make the folder that a web server serves")
    _add_places(dist)
    dist.add_argument("--to", type=Path, default=Path("dist"), metavar="DIR", help="the folder")
    dist.add_argument("--site", default="", metavar="URL", help="where it will be served")
    dist.add_argument("slugs", nargs="*", metavar="SLUG")
    render = verbs.add_parser("render", help="render one brief, Markdown or JSON, to one format")
    render.add_argument("file", type=Path, metavar="FILE")
    render.add_argument("--to", required=True, choices=get_args(Output))
    render.add_argument("-o", type=Path, metavar="FILE", help="where to (default: beside FILE)")
    schema = verbs.add_parser("schema", help="write the published JSON Schema")
    schema.add_argument("--check", action="store_true", help="only tell whether it is current")


def _add_reading(verbs: Verbs) -> None:
    """Add what looks at briefs and their outputs."""
    check = verbs.add_parser("check", help="name every problem of briefs, build nothing")
    _add_source(check)
    check.add_argument("targets", nargs="*", metavar="SLUG|FILE")
    verify = verbs.add_parser("verify", help="read finished files back and compare them again")
    _add_places(verify)
    verify.add_argument("slugs", nargs="*", metavar="SLUG")
    watch = verbs.add_parser("watch", help="show briefs in a browser, and again at each save")
    _add_places(watch)
    watch.add_argument(
        "--port", type=_port, default=8000, help="at 127.0.0.1 (default: 8000; 0: any)"
    )
    watch.add_argument("slugs", nargs="*", metavar="SLUG")


def _add_beginning(verbs: Verbs) -> None:
    """Add what begins a brief: with nothing, or with a manuscript."""
    new = verbs.add_parser("new", help="begin a brief: write a first text that teaches")
    _add_source(new)
    new.add_argument("--title", default="", help="default: BRIEFWRIGHT_TITLE of the environment")
    new.add_argument("--slug", default="", help="name of its folder (default: made of the title)")
    bring = verbs.add_parser("import", help="turn a manuscript into source/<slug>/brief.md")
    bring.add_argument("file", type=Path, metavar="FILE")
    _add_source(bring)
    bring.add_argument("--slug", default="", help="name of the brief (default: from its title)")
    bring.add_argument("--fix", action="store_true", help="mend slips that leave no doubt")
    bring.add_argument(
        "--track", choices=get_args(Tracked), default="accept", help="what tracked changes become"
    )


def _add_versions(verbs: Verbs) -> None:
    """Add what compares two versions of a brief, or brings one back into the other."""
    mark = verbs.add_parser("redline", help="what changed in a brief since an older version")
    mark.add_argument("slug", metavar="SLUG")
    mark.add_argument(
        "--since", default="", metavar="REF|JSON", help="a revision of git, or the older JSON"
    )
    _add_source(mark)
    mark.add_argument("--to", type=Path, default=Path("redline"), metavar="DIR", help="the folder")
    back = verbs.add_parser("merge", help="bring the edits of a Word file into its brief")
    back.add_argument("file", type=Path, metavar="FILE", help="our Word file, edited")
    back.add_argument("brief", metavar="BRIEF", help="the slug of the brief")
    _add_source(back)
    back.add_argument("--apply", action="store_true", help="write the edits (default: show them)")


def _add_source(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--source", type=Path, default=Path("source"), help="folder of briefs")


def _add_places(verb: argparse.ArgumentParser) -> None:
    _add_source(verb)
    verb.add_argument("--output", type=Path, default=Path("output"), help="folder of results")


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError(text)
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
