"""Pins that what is too deep, too many, too long or hostile ends in problems, or in proved outputs.

Each brief is built in a process with the memory of the fuzzer, 512 MB.
"""

import base64
import os
import resource
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pipeline import pictures, workers
from pipeline.problems import Problem, report
from pipeline.reader import read
from pipeline.verify.pdf_drawn import Drawn
from pipeline.verify.pdf_geometry import Box
from pipeline.verify.pdf_lines import _reaches_up
from pipeline.workers import Limits
from tests import fuzz
from tests.extremes import HEAD, PARAGRAPH, Extreme, extremes

ALL = {one.name: one for one in extremes()}
LIMITS = Limits(seconds=600, megabytes=512, attempts=1)
"""Time is not what is pinned here: machines are slow at times."""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s</svg>'
MARK = b'<path d="M0 0h9v9z"/>'


def data_of_this_process() -> int:
    """The megabytes that a process forked from this one begins with, which its limit counts."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(status.split("VmData:")[1].split()[0]) // 1024


def ends(*given: fuzz.Input) -> list[fuzz.End]:
    limits = replace(LIMITS, megabytes=LIMITS.megabytes + data_of_this_process())
    work = workers.work(fuzz.end_of, given, 1, limits, "pipeline.rendering")
    return [
        one if isinstance(one, fuzz.End) else fuzz.End("faults", (), str(one)) for _, one in work
    ]


@pytest.mark.parametrize("one", ALL.values(), ids=ALL)
def test_an_extreme_brief_ends_well(one: Extreme, tmp_path: Path) -> None:
    (end,) = ends(fuzz.Input(1, one.text.encode(), tmp_path))
    assert end.fault == ""
    assert end.kind == ("problems" if one.codes else "proved"), end.codes
    assert one.codes <= set(end.codes)


def test_pandoc_is_stopped_by_the_time_that_it_works(tmp_path: Path) -> None:
    file = tmp_path / "brief" / "brief.md"
    file.parent.mkdir()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    file.write_text(HEAD + PARAGRAPH + "\n\n" + "[a](\n" * 20_000, encoding="utf-8")
    brief, problems = read(file)
    assert brief is None
    assert [(one.code, one.line > 7) for one in problems] == [("structure-slow", True)]
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 30
    file.write_text(HEAD + PARAGRAPH + "\n", encoding="utf-8")
    assert read(file)[0] is not None


# Pictures -----------------------------------------------------------------------------------------


def bitmap(form: str, size: tuple[int, int] = (9, 9)) -> bytes:
    data = BytesIO()
    Image.new("1", size).save(data, form)
    return data.getvalue()


BILLION = (
    b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>'
    b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&b;</text></svg>'
)
PICTURES = {
    "bomb": (bitmap("PNG", (12_000, 12_000)), "image-size"),
    "cut off": (bitmap("PNG", (300, 300))[:-30], "image-broken"),
    "no picture": (b"GIF89a", ("image-broken", "image-type")),
    "text": (b"just text", "image-type"),
    "bitmap": (bitmap("BMP"), "image-type"),
    "script": (SVG % (MARK + b"<script>alert(1)</script>"), "image-unsafe"),
    "event": (SVG % b'<path d="M0 0h9v9z" onload="alert(1)"/>', "image-unsafe"),
    "foreign": (SVG % (MARK + b"<foreignObject/>"), "image-unsafe"),
    "outside": (SVG % (MARK + b'<image href="https://example.org/a.png"/>'), "image-unsafe"),
    "file": (SVG % (MARK + b'<image href="file:///etc/passwd"/>'), "image-unsafe"),
    "style": (SVG % (MARK + b"<style>@import 'https://example.org/a.css'</style>"), "image-unsafe"),
    "sheet": (b'<?xml-stylesheet href="https://example.org/a.css"?>' + SVG % MARK, "image-unsafe"),
    "sheet below": (SVG % MARK + b"<?a b?>", "image-unsafe"),
    "entities": (BILLION, "image-unsafe"),
    "itself": (SVG % b'<g id="a"><use href="#a"/></g>', "image-unsafe"),
    "deep": (SVG % (b"<g>" * 3000 + b"</g>" * 3000), ("image-unsafe", "image-broken")),
    "heavy": (SVG % (MARK * 260_000), "image-size"),
    "letters": (SVG % (b"<text>" + b"a" * 10_001 + b"</text>"), "image-size"),
    "styles": (SVG % (MARK + b"<style>" + b"a{} " * 25_001 + b"</style>"), "image-size"),
    "not XML": (SVG % b"<path", "image-broken"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_hostile_picture_is_refused(name: str) -> None:
    data, codes = PICTURES[name]
    with pytest.raises(pictures.Unfit) as refused:
        pictures.inspect(data)
    assert refused.value.code in codes
    assert refused.value.what


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("https://example.org/a.png", "image-remote"),
        ("//example.org/a.png", "image-remote"),
        ("file:///etc/passwd", "image-remote"),
        ("data:image/png;base64," + base64.b64encode(bitmap("PNG")).decode(), "image-remote"),
        ("../a.png", "image-outside"),
        ("..%2Fa.png", "image-outside"),
        ("/etc/passwd", "image-outside"),
        ("a%00.png", "image-missing"),
        ("a" * 300 + ".png", "image-missing"),
        (".", "image-missing"),
    ],
)
def test_a_picture_from_elsewhere_is_refused(name: str, code: str, tmp_path: Path) -> None:
    assert code in {one.code for one in problems_of(tmp_path, f"![A]({name})\n")}


def test_a_picture_may_have_any_name(tmp_path: Path) -> None:
    names = {
        "a%20b.png": "a b.png",
        "a%3Ab.png": "a:b.png",
        "-rf.png": "-rf.png",
        "%24%28id%29.png": "$(id).png",
        "%27%22.png": "'\".png",
        "über.png": "über.png",
        "a%0Ab.png": "a\nb.png",
    }
    text = "\n".join(f"![Picture {n}]({name})\n" for n, name in enumerate(names))
    for file in names.values():
        (tmp_path / file).write_bytes(bitmap("PNG"))
    (end,) = ends(fuzz.Input(1, (HEAD + text).encode(), tmp_path))
    assert (end.kind, end.fault) == ("proved", "")


def problems_of(folder: Path, body: str) -> tuple[Problem, ...]:
    file = folder / "brief" / "brief.md"
    file.parent.mkdir()
    file.write_text(HEAD + body, encoding="utf-8")
    return read(file)[1]


# Files --------------------------------------------------------------------------------------------


def test_a_brief_that_is_a_link_to_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(HEAD + PARAGRAPH, encoding="utf-8")
    file = tmp_path / "brief" / "brief.md"
    file.parent.mkdir()
    file.symlink_to(tmp_path / "secret")
    assert "leads out of its folder" in report(read(file)[1])
    file.unlink()
    file.symlink_to("brief.md")
    assert [one.code for one in read(file)[1]] == ["structure-missing"]
    file.unlink()
    file.symlink_to("text.md")
    (file.parent / "text.md").write_text(HEAD + PARAGRAPH, encoding="utf-8")
    assert read(file)[0] is not None


def test_a_problem_stands_on_one_line_whatever_the_file_is_called() -> None:
    found = Problem("a\nb\udcff\x1b[31m/brief.md", 1, 1, "meta-block", "wrong", "mend it")
    assert report([found]).splitlines()[0] == (
        "a\\u000ab\\udcff\\u001b[31m/brief.md:1:1: error: wrong [meta-block]"
    )
    for form in ("json", "sarif", "github", "gitlab"):
        assert "\udcff" not in report([found], form)


def test_make_takes_folders_of_any_name(tmp_path: Path) -> None:
    """Only folders with a plain name are briefs; the others are told of, none is run."""
    project = Path(__file__).parents[1]
    place = tmp_path / "place"
    place.mkdir()
    for name in ("Makefile", "requirements.lock"):
        shutil.copy2(project / name, place)
    for name in ("pipeline", "templates"):
        (place / name).symlink_to(project / name)
    (place / ".venv").mkdir()
    shutil.copy2(project / "requirements.lock", place / ".venv")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "brief.md").write_text(HEAD + PARAGRAPH, encoding="utf-8")
    source = place / "source"
    names = ["plain", "-rf", "a b", "a'b", 'a"b', "$(touch here)", "a\nb", "über", "a;touch here"]
    for name in names:
        (source / name).mkdir(parents=True)
        (source / name / "brief.md").write_text(HEAD + PARAGRAPH, encoding="utf-8")
    (source / "linked").symlink_to(outside)
    (source / "loop").symlink_to(".")
    (source / "nowhere").symlink_to("gone")
    (source / "plain" / "up").symlink_to("..")
    (source / "plain" / "gone.png").symlink_to("gone")
    command = f"{sys.executable} -m pipeline"
    done = subprocess.run(
        ["make", f"BRIEFWRIGHT={command}", "json"],
        cwd=place,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(project)},
    )
    told = (done.stdout + done.stderr).decode(errors="replace")
    assert "Traceback" not in told
    assert sorted(file.stem for file in (place / "output").glob("[!.]*/*.json")) == [
        "linked",
        "manifest",
        "manifest",
        "plain",
    ]
    assert told.count("[structure-slug]") == len(names) - 1, told
    assert not list(tmp_path.rglob("here"))
    again = subprocess.run(
        ["make", f"BRIEFWRIGHT={command}", "json", "BRIEFS=plain linked"],
        cwd=place,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(project)},
    )
    assert again.returncode == 0, again.stdout + again.stderr


def crash(_: int) -> int:
    os.write(2, b"Fatal Python error: pages of it\n")
    os.abort()


def speak(number: int) -> int:
    print("a warning", file=sys.stderr)
    return number


def test_what_a_dying_process_says_reaches_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    once = Limits(attempts=1)
    assert isinstance(dict(workers.work(crash, [1], 1, once))[1], workers.Died)
    assert capfd.readouterr().err == ""
    assert dict(workers.work(speak, [1, 2], 1, once)) == {1: 1, 2: 2}
    assert capfd.readouterr().err == "a warning\n" * 2


# Pages --------------------------------------------------------------------------------------------


def run_at(text: str, bottom: float, top: float) -> Drawn:
    box = Box(10, bottom, 20, top)
    black = (0, 0, 0, 255)
    return Drawn(1, 1, 1, False, box, text, None, True, black, True, shown=text)


def test_stacked_marks_may_reach_into_the_line_above() -> None:
    above = run_at("p", 108, 116)
    assert _reaches_up(run_at("e\u0301\u0300", 100, 111), above)
    assert not _reaches_up(run_at("e\u0301\u0300", 105, 116), above)
    assert not _reaches_up(run_at("e\u0301", 100, 111), above)
