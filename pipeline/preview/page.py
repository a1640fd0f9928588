"""One page of the preview: made without touching the disk, and made to listen."""

import html
import re
from dataclasses import dataclass

from pipeline import build
from pipeline.build import Job
from pipeline.files import digest
from pipeline.manifest import Format
from pipeline.problems import Problem
from pipeline.theme import load_theme

SCRIPT = '<script src="/-/preview.js" defer data-slug="{slug}" data-page="{page}"></script>'

BLANK = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'self'; \
script-src 'none'; style-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No page yet</title>
<link rel="stylesheet" href="/-/index.css">
</head>
<body>
<main>
<h1>No page yet</h1>
<p>This brief has never been without a problem. As soon as it is, its page is here.</p>
<p><a href="/">All briefs</a></p>
</main>
</body>
</html>
"""
"""Shown in place of a brief that never had a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was made of a brief: its web page, or none where the problems are errors."""

    html: bytes | None
    problems: tuple[Problem, ...] = ()


def make_page(job: Job) -> Page:
    """Read, check, render and prove the web page of a brief, in a process of its own."""
    try:
        return _make(job)
    except Exception as error:
        return Page(None, build.failure(job, error).problems)


def _make(job: Job) -> Page:
    theme = load_theme(job.shop.templates, job.shop.theme)
    file = job.shop.brief_file(job.slug)
    brief, problems = build.read_checked(file, theme)
    if brief is None:
        return Page(None, problems)
    paths: dict[Format, str] = {"html": str(job.shop.output_file(job.slug, "html"))}
    return Page(build.render(brief, theme, paths, str(file))["html"], problems)


def version(page: bytes | None) -> str:
    """Return a short name for the content of a page; empty where there is none."""
    return digest(page)[:16] if page else ""


def listening(page: bytes | None, slug: str) -> bytes:
    """Return a page with the script of the preview, which its own policy then lets through."""
    shown = page or BLANK
    script = SCRIPT.format(slug=html.escape(slug), page=version(page)).encode()
    allowed = re.sub(rb"(script-src )(?:'none')?", rb"\1'self' ", shown, count=1)
    return allowed.replace(b"</head>", script + b"\n</head>", 1)


def title(page: bytes) -> str:
    """Return the title of a page."""
    found = re.search(rb"<title>(.*?)</title>", page, re.DOTALL)
    return html.unescape(found[1].decode()) if found else ""
