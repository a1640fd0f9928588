"""Pins the preview over HTTP: what is served to whom, and that nothing brings it down."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.manifest import FORMATS, suffix
from pipeline.preview.changes import Change, sort
from pipeline.preview.page import BLANK, listening, version
from tests.watching import BRIEF, Preview, copy_project, preview, processes_in, until


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One server for all tests that leave the brief as it was."""
    folder = tmp_path_factory.mktemp("preview")
    copy_project(folder)
    with preview(folder) as server:
        until(lambda: server.is_ready("water"), server.told.read_text())
        yield server


@pytest.fixture
def water(running: Preview) -> Iterator[Preview]:
    """The server, with the brief put back afterwards."""
    original = running.state("water")["page"]
    yield running
    running.brief("water").parent.mkdir(exist_ok=True)
    running.brief("water").write_text(BRIEF, encoding="utf-8")
    until(lambda: version(running.output("water", "html").read_bytes()) == original)
    until(lambda: running.state("water")["page"] == original and running.is_ready("water"))


def test_outputs_are_those_of_make(running: Preview) -> None:
    assert all(running.output("water", suffix(form)).is_file() for form in FORMATS)
    command = [sys.executable, "-m", "pipeline", "build"]
    done = subprocess.run(
        command, cwd=running.folder, capture_output=True, text=True, check=True, timeout=240
    )
    assert done.stdout == "1 brief in output: 1 unchanged\n"


def test_the_page_is_the_built_one_with_a_script(running: Preview) -> None:
    status, headers, body = running.get("/water/")
    built = running.output("water", "html").read_bytes()
    assert status == 200
    assert body == listening(built, "water")
    assert b"preview.js" not in built
    script = f'<script src="/-/preview.js" defer data-slug="water" data-page="{version(built)}">'
    assert script.encode() in body
    assert body.replace(b"'self' ", b"", 1).replace(script.encode() + b"</script>\n", b"") == built
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_files_are_served_as_they_are(running: Preview) -> None:
    status, headers, body = running.get("/water/water.pdf")
    assert (status, headers["content-type"]) == (200, "application/pdf")
    assert body == running.output("water", "pdf").read_bytes()
    assert running.get("/-/preview.js")[0] == 200
    assert b'href="/water/water.docx"' in running.get("/")[2]


@pytest.mark.parametrize(
    "path",
    [
        "/water/brief.md",
        "/water/manifest.json",
        "/water/..%2f..%2fsource%2fwater%2fbrief.md",
        "/..%2fsource/",
        "/-/..%2fserve.py",
        "/-/%2e%2e/serve.py",
        "/nothing/",
        "/nothing/nothing.pdf",
        "/.make/water.lock",
    ],
)
def test_nothing_else_is_served(running: Preview, path: str) -> None:
    assert running.get(path)[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example"])
def test_only_its_own_name_is_answered(running: Preview, host: str) -> None:
    """Otherwise a page of the web could read the briefs, with a name that leads here."""
    for path in ("/", "/water/", "/-/events"):
        assert running.get(path, host)[0] == 400


def test_it_listens_on_this_machine_only(running: Preview) -> None:
    port = int(running.address.rstrip("/").rsplit(":", 1)[1])
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=5):
        pass


def test_an_edit_appears_in_page_and_files(water: Preview) -> None:
    before = water.output("water", "pdf").read_bytes()
    water.edit("water", "have fallen", "have risen")
    until(lambda: "have risen" in water.page("water"))
    until(lambda: water.is_ready("water") and water.output("water", "pdf").read_bytes() != before)
    assert b"have risen" in water.output("water", "html").read_bytes()


def test_a_problem_appears_and_goes_and_the_last_good_page_stays(water: Preview) -> None:
    before = water.page("water")
    files = {form: water.output("water", suffix(form)).read_bytes() for form in FORMATS}
    water.edit("water", "[^gauge]:", "[^other]:")
    until(lambda: "note-undefined" in water.codes("water"))
    (found,) = [p for p in water.state("water")["problems"] if p["code"] == "note-undefined"]
    assert found["place"] == "source/water/brief.md:9:20"
    assert found["hint"].startswith("write the note")
    assert water.page("water") == before
    assert b"source/water/brief.md:9:20" in water.get("/")[2]
    assert {form: water.output("water", suffix(form)).read_bytes() for form in FORMATS} == files
    water.edit("water", "[^other]:", "[^gauge]:")
    until(lambda: water.codes("water") == [])
    assert water.page("water") == before
    assert "note-undefined" in water.told.read_text()


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (BRIEF.replace("title: W", 'title: "W'), "meta-yaml"),
        ("", "structure-empty"),
        ("---\ntitle: <script>alert(1)</script>\n", "meta-unclosed"),
    ],
)
def test_it_survives_what_is_broken(water: Preview, broken: str, code: str) -> None:
    water.brief("water").write_text(broken, encoding="utf-8")
    until(lambda: code in water.codes("water"))
    assert "Levels have fallen" in water.page("water")


def test_bytes_that_are_no_text_are_survived(water: Preview) -> None:
    water.brief("water").write_bytes(b"\xff\xfe\x00")
    until(lambda: "structure-encoding" in water.codes("water"))


def test_a_brief_comes_and_goes(water: Preview) -> None:
    fresh = water.brief("heat")
    fresh.parent.mkdir()
    fresh.write_text(BRIEF.replace("Water", "Heat"), encoding="utf-8")
    until(lambda: b"/heat/" in water.get("/")[2])
    assert "Heat and the Border" in water.page("heat")
    fresh.unlink()
    until(lambda: b"/heat/" not in water.get("/")[2])
    assert water.get("/heat/")[0] == 404
    fresh.parent.rmdir()
    assert "Levels" in water.page("water")


def test_a_brief_saved_by_renaming_is_seen(water: Preview) -> None:
    aside = water.brief("water").with_name("brief.md.tmp")
    aside.write_text(BRIEF.replace("fallen", "been renamed"), encoding="utf-8")
    os.replace(aside, water.brief("water"))
    until(lambda: "been renamed" in water.page("water"))


def test_a_picture_that_changed_is_seen(water: Preview) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">'
    svg += '<path fill="{}" d="M0 0h400v300z"/></svg>'
    picture = water.brief("water").with_name("map.svg")
    picture.write_text(svg.format("#123456"))
    water.edit("water", "Levels have", "![A map of it](map.svg)\n\nLevels have")
    until(lambda: "map" in water.page("water"))
    before = water.page("water")
    picture.write_text(svg.format("#654321"))
    until(lambda: water.page("water") != before)
    water.brief("water").write_text(BRIEF, encoding="utf-8")
    picture.unlink()


def test_a_template_that_changed_is_seen(water: Preview) -> None:
    house = water.folder / "templates/house.toml"
    text = house.read_text(encoding="utf-8")
    house.write_text(text.replace("Institute for Neighbourhood Policy", "House of Tests"))
    try:
        until(lambda: "House of Tests" in water.page("water"))
        house.write_text("[institute")
        until(lambda: water.codes("water") == ["house-syntax"])
        assert "House of Tests" in water.page("water")
    finally:
        house.write_text(text, encoding="utf-8")
    until(lambda: "Institute for Neighbourhood Policy" in water.page("water"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_all_its_processes(tmp_path: Path, number: signal.Signals) -> None:
    copy_project(tmp_path)
    with preview(tmp_path) as server:
        server.page("water")
        stream = socket.create_connection(("127.0.0.1", int(server.address.split(":")[2][:-1])))
        stream.sendall(b"GET /-/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert stream.recv(9) == b"HTTP/1.1 "
        server.process.send_signal(number)
        assert server.process.wait(240) == 0
        stream.close()
    until(lambda: processes_in(tmp_path) == [])
    assert not list(tmp_path.rglob("*.partial"))
    assert "Traceback" not in server.told.read_text()


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    copy_project(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with preview(tmp_path, "--port", str(port)) as server:
            assert f"Port {port} is taken." in server.told.read_text()
            assert server.get("/")[0] == 200


def test_an_unknown_brief_is_a_usage_error(tmp_path: Path) -> None:
    copy_project(tmp_path)
    command = [sys.executable, "-m", "pipeline", "watch", "watre"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 2
    assert "did you mean 'water'?" in done.stderr


def test_a_change_is_of_briefs_templates_or_the_program(tmp_path: Path) -> None:
    source, templates = tmp_path / "source", tmp_path / "templates"
    elsewhere = tmp_path / "elsewhere"
    paths = [source / "a/brief.md", source / "b", elsewhere / "x.svg", source]
    assert sort(paths, source, templates, {elsewhere: "c"}) == Change(frozenset("abc"))
    assert sort([templates / "words.toml"], source, templates, {}) == Change(templates=True)


def test_a_brief_that_never_had_a_page_has_one_that_listens() -> None:
    blank = listening(None, "water")
    assert b"script-src 'self'" in blank
    assert b'data-page=""' in blank
    assert len(blank) > len(BLANK)
