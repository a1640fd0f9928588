"""Pins what Make rebuilds: exactly what a change touches; without one it starts no process at all.

An output is written by renaming, so a written one has another inode; a touched one has not.
"""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline import stages
from pipeline.manifest import ABOUT, FORMATS, Format, suffix

PROJECT = Path(__file__).parent.parent

STAGES: dict[str, tuple[Format, ...]] = {
    "json": ("json",),
    "html": ("html", "png"),
    "pdf": ("pdf",),
    "docx": ("docx",),
    "cite": ("csl", "bib", "ris"),
}
"""What each goal makes."""

BRIEF = """---
title: The brief {slug}
date: 2026-03-02
lang: en
---

# One

A sentence with a note.[^first] And a second one.[^second]

[^first]: The first note of {slug}.

[^second]: The second note.
"""

WRAPPER = """#!/bin/sh
echo "$*" >> {log}
cd {folder} && exec {python} -m pipeline "$@"
"""


@dataclass(frozen=True)
class Workspace:
    """A copy of the project with two small briefs, and a log of the processes that Make starts."""

    folder: Path

    @property
    def command(self) -> Path:
        return self.folder / "briefwright"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def make(self, *arguments: str, code: int = 0) -> str:
        """Run Make and return what it printed."""
        done = self.run(*arguments)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", f"BRIEFWRIGHT={self.command}", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def started(self) -> list[str]:
        """Return the commands that were started since the last call."""
        log = self.folder / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines

    def outputs(self) -> dict[str, tuple[int, str]]:
        """Return inode and digest of each output, by name."""
        return {
            file.name if file.name != "manifest.json" else f"{file.parent.name}.manifest": (
                file.stat().st_ino,
                hashlib.sha256(file.read_bytes()).hexdigest(),
            )
            for file in sorted(self.output.glob("[!.]*/*"))
        }

    def digests(self) -> dict[str, str]:
        return {name: digest for name, (_, digest) in self.outputs().items()}

    def written_by(self, *arguments: str) -> set[str]:
        """Run Make and return the names of the outputs that it wrote."""
        before = self.outputs()
        self.make(*arguments)
        return {name for name, state in self.outputs().items() if before.get(name) != state}

    def source(self, slug: str) -> Path:
        return self.folder / "source" / slug / "brief.md"

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) > 0
        path.write_text(text.replace(old, new), encoding="utf-8")


def every(slug: str) -> set[str]:
    return {f"{slug}.manifest", *(f"{slug}.{suffix(form)}" for form in FORMATS)}


def of_text(slug: str) -> set[str]:
    """Return the names of what a change of the text makes anew."""
    return every(slug) - {f"{slug}.{suffix(form)}" for form in ABOUT}


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which nothing is built yet."""
    return new_workspace(tmp_path_factory.mktemp("pristine"))


def new_workspace(folder: Path) -> Workspace:
    place = Workspace(folder)
    for name in ("Makefile", "requirements.lock"):
        shutil.copy2(PROJECT / name, place.folder)
    for name in ("pipeline", "templates"):
        shutil.copytree(
            PROJECT / name, place.folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for slug in ("one", "two"):
        place.source(slug).parent.mkdir(parents=True)
        place.source(slug).write_text(BRIEF.format(slug=slug), encoding="utf-8")
    (place.folder / ".venv").mkdir()
    shutil.copy(PROJECT / "requirements.lock", place.folder / ".venv")
    return with_command(place)


@pytest.fixture(scope="module")
def built(pristine: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace in which everything is built. Tests work on copies."""
    place = copied(pristine, tmp_path_factory.mktemp("built") / "work")
    place.make()
    assert place.started() == ["build --source source --output output"]
    assert set(place.outputs()) == every("one") | every("two")
    return place


@pytest.fixture
def work(built: Workspace, tmp_path: Path) -> Workspace:
    return copied(built, tmp_path / "work")


@pytest.fixture
def fresh(pristine: Workspace, tmp_path: Path) -> Workspace:
    return copied(pristine, tmp_path / "work")


def copied(place: Workspace, folder: Path) -> Workspace:
    shutil.copytree(place.folder, folder)
    return with_command(Workspace(folder))


def with_command(place: Workspace) -> Workspace:
    log = place.folder / "log"
    text = WRAPPER.format(log=log, folder=place.folder, python=sys.executable)
    place.command.write_text(text)
    place.command.chmod(0o755)
    return place


def test_nothing_to_do_starts_nothing(work: Workspace) -> None:
    before = work.outputs()
    for goals in ([], ["html"], ["-j2", "pdf", "docx"], ["output/one/one.pdf"]):
        assert "up to date" in work.make(*goals)
    assert work.make() == "Nothing to do: 2 briefs in output/ are up to date.\n"
    assert work.started() == []
    assert work.outputs() == before


def test_make_can_be_quiet_and_verbose(work: Workspace) -> None:
    assert work.make("QUIET=1") == ""
    assert "Nothing to do" in work.make("QUIET=0")
    work.edit("source/one/brief.md", "sentence", "phrase")
    assert work.make("QUIET=1") == ""
    work.edit("source/one/brief.md", "phrase", "sentence")
    told = work.make("VERBOSE=1")
    assert "unchanged  two" in told
    assert "built  one" in told
    assert [line.split()[-1] for line in work.started()] == ["--quiet", "--verbose"]


def test_a_dry_run_tells_what_a_run_does(work: Workspace) -> None:
    work.edit("source/one/brief.md", "sentence", "phrase")
    before = work.outputs()
    for goals in (["output/one/one.pdf"], [], ["html"]):
        told = [line for line in work.make("-n", *goals).splitlines() if str(work.command) in line]
        assert work.started() == []
        assert work.outputs() == before
        work.make(*goals)
        assert [f"{work.command} {line}" for line in work.started()] == told
        before = work.outputs()


def test_two_jobs_make_the_same_bytes(fresh: Workspace, built: Workspace) -> None:
    fresh.make("-j2")
    assert fresh.started() == ["build --source source --output output --jobs 2"]
    assert fresh.digests() == built.digests()


def test_stages_made_at_once_do_not_disturb_each_other(fresh: Workspace, built: Workspace) -> None:
    fresh.make("-j3", "html", "pdf", "docx", "cite")
    assert fresh.digests() == built.digests()


def test_one_file(fresh: Workspace, built: Workspace) -> None:
    fresh.make("output/one/one.pdf")
    assert set(fresh.outputs()) == {"one.json", "one.pdf", "one.manifest"}
    assert fresh.digests()["one.pdf"] == built.digests()["one.pdf"]
    fresh.started()
    assert "up to date" in fresh.make("output/one/one.pdf")
    assert fresh.started() == []


def test_a_file_of_no_brief(work: Workspace) -> None:
    for name in ("output/three/three.pdf", "output/one/two.pdf"):
        assert f"No rule to make target '{name}'" in work.make(name, code=2)
    assert work.started() == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_deleted_output_comes_back(work: Workspace, built: Workspace, form: Format) -> None:
    name = f"two.{suffix(form)}"
    (work.output / "two" / name).unlink()
    assert work.written_by() - {"two.manifest"} == {name}
    assert len(work.started()) == 1
    assert work.digests() == built.digests()


def test_a_touched_file_rebuilds_nothing(work: Workspace) -> None:
    work.source("one").touch()
    assert work.written_by() == set()
    assert len(work.started()) == 1
    work.make()
    work.make("output/one/one.pdf")
    assert work.started() == []


def test_a_word_rebuilds_its_brief(work: Workspace) -> None:
    work.edit("source/one/brief.md", "sentence", "phrase")
    assert work.written_by() == of_text("one")
    assert len(work.started()) == 1
    work.make()
    assert work.started() == []


def test_an_empty_line_rebuilds_what_carries_the_source(work: Workspace) -> None:
    work.edit("source/one/brief.md", "# One", "\n# One")
    assert work.written_by() == {"one.json", "one.pdf", "one.manifest"}


def test_a_colour_rebuilds_all_but_the_json(work: Workspace) -> None:
    house = (work.folder / "templates/house.toml").read_text(encoding="utf-8")
    accent = next(line for line in house.splitlines() if line.startswith("accent"))
    work.edit("templates/house.toml", accent, 'accent = "#123456"')
    assert work.written_by() == (every("one") | every("two")) - {"one.json", "two.json"}


def test_another_theme_rebuilds_all_but_the_json_and_so_does_the_way_back(
    work: Workspace, built: Workspace
) -> None:
    names = every("one") | every("two")
    names -= {"one.json", "two.json"}
    assert work.written_by("THEME=meridian") == names
    assert [line.split(" --theme ")[1] for line in work.started()] == ["meridian"]
    assert "Nothing to do" in work.make("THEME=meridian")
    assert "up to date" in work.make("output/one/one.pdf", "THEME=meridian")
    assert work.started() == []
    assert work.written_by() == names
    assert work.digests() == built.digests()


def test_a_token_rebuilds_only_what_is_built_with_its_theme(work: Workspace) -> None:
    work.edit("templates/themes/meridian/house.toml", "#8f2232", "#7f2232")
    work.make()
    work.make("output/one/one.html")
    assert work.started() == []
    work.make("THEME=meridian")
    work.edit("templates/house.toml", "#0b5563", "#0b5564")
    work.started()
    work.make("THEME=meridian")
    assert work.started() == []
    work.edit("templates/themes/meridian/logo.svg", "#8f2232", "#7f2232")
    assert {"one.html", "two.pdf"} < work.written_by("THEME=meridian")


def test_a_theme_that_is_not_there_is_named(work: Workspace) -> None:
    told = work.make("THEME=nowhere", code=2)
    assert "there is no theme 'nowhere' [usage-theme]" in told
    assert "the themes are: meridian" in told


@pytest.mark.parametrize(("folder", "form"), [("web", "html"), ("print", "pdf")])
def test_a_style_rebuilds_its_format(work: Workspace, folder: str, form: str) -> None:
    sheet = next((work.folder / "templates" / folder).glob("*.css*"))
    sheet.write_text(
        sheet.read_text(encoding="utf-8") + "\nmark { color: red }\n", encoding="utf-8"
    )
    others = [other for other in ("html", "pdf", "docx", "cite") if other != form]
    assert work.written_by(*others) == set()
    assert work.started() == []
    expected = {f"{slug}.{form}" for slug in ("one", "two")}
    assert {name for name in work.written_by() if "manifest" not in name} == expected


def test_make_watches_the_templates_that_count(built: Workspace) -> None:
    """The tables in the Makefile and in pipeline/stages.py say the same.

    A single file is made from the JSON, and so from what that is made with.
    """
    templates = built.folder / "templates"
    samples = {file for folder in templates.rglob("*/") for file in sorted(folder.glob("*.*"))[:1]}
    for file in sorted(samples | set(templates.glob("*.toml"))):
        name = file.relative_to(templates)
        for form in FORMATS:
            goal = f"output/one/one.{suffix(form)}"
            watched = built.run("-q", "-W", f"templates/{name}", goal).returncode
            assert watched == int(_counts(name, form) or _counts(name, "json")), (name, goal)
        for stage, forms in STAGES.items():
            watched = built.run("-q", "-W", f"templates/{name}", f"output/.make/{stage}").returncode
            assert watched == int(any(_counts(name, form) for form in forms)), (name, stage)


def _counts(name: Path, form: Format) -> bool:
    return any(name.is_relative_to(part) for part in stages.templates_of(form, ""))


def test_a_stage_makes_its_files(fresh: Workspace) -> None:
    fresh.make("cite")
    assert fresh.started() == [
        "build --source source --output output --to csl --to bib --to ris",
    ]
    assert set(fresh.outputs()) == {
        f"{slug}.{name}"
        for slug in ("one", "two")
        for name in ("json", "csl.json", "bib", "ris", "manifest")
    }
    assert "up to date" in fresh.make("cite")
    fresh.make("output/one/one.png", "output/two/two.bib")
    assert fresh.started() == ["build --source source --output output --to png one"]


def test_a_broken_brief_stops_only_itself(work: Workspace) -> None:
    before = work.outputs()
    work.edit("source/one/brief.md", "[^first]:", "[^other]:")
    work.edit("source/two/brief.md", "sentence", "phrase")
    told = work.make(code=2)
    assert "source/one/brief.md:9:" in told
    assert "[note-undefined]" in told
    after = work.outputs()
    assert {name for name in after if after[name] != before[name]} == of_text("two")
    work.started()
    work.make(code=2)
    assert len(work.started()) == 1


def test_chosen_briefs(fresh: Workspace) -> None:
    fresh.make("BRIEFS=one")
    assert set(fresh.outputs()) == every("one")
    fresh.started()
    assert fresh.make("BRIEFS=one") == "Nothing to do: 1 brief in output/ is up to date.\n"
    assert fresh.started() == []
    assert fresh.written_by() == every("two")
    assert "[usage-no-brief]" in fresh.make("BRIEFS=three", code=2)


def test_what_is_edited_during_a_build_counts_as_new(work: Workspace) -> None:
    work.edit("source/one/brief.md", "sentence", "phrase")
    script = work.command.read_text().replace("exec ", "")
    work.command.write_text(f"{script}\ntouch {work.source('two')}\n")
    work.make()
    work.started()
    work.make()
    assert len(work.started()) == 1


def test_a_removed_file_is_noticed(work: Workspace) -> None:
    extra = work.source("one").with_name("notes.txt")
    extra.write_text("not part of the brief")
    work.make()
    work.make()
    assert len(work.started()) == 1
    extra.unlink()
    assert work.written_by() == set()
    assert len(work.started()) == 1


def test_a_name_that_make_cannot_hold_asks_each_time(work: Workspace) -> None:
    work.source("one").with_name("a map; or two.txt").write_text("a map")
    for _ in range(2):
        assert work.written_by() == set()
        assert len(work.started()) == 1


def test_clean_removes_outputs_only(work: Workspace) -> None:
    mine = work.output / "two" / "mine.txt"
    mine.write_text("not made by the pipeline")
    work.make("clean", "BRIEFS=one")
    assert set(work.outputs()) == every("two") | {"mine.txt"}
    judged = work.output / ".conformance" / "default"
    judged.mkdir(parents=True)
    work.make("clean")
    assert set(work.outputs()) == {"mine.txt"}
    assert not judged.exists()
    assert work.source("one").exists()
    work.make()
    assert set(work.outputs()) == every("one") | every("two") | {"mine.txt"}


@pytest.mark.parametrize("variable", ["SOURCE", "OUTPUT"])
@pytest.mark.parametrize("value", ["two words", ""])
def test_a_folder_that_make_cannot_hold_is_refused(
    work: Workspace, variable: str, value: str
) -> None:
    told = work.make(f"{variable}={value}", code=2)
    assert f"{variable} must name one folder, without spaces in its path; it is '{value}'" in told


def test_content_kept_elsewhere(work: Workspace, tmp_path: Path) -> None:
    shutil.move(work.folder / "source", tmp_path / "content")
    places = (f"SOURCE={tmp_path}/content/", f"OUTPUT={tmp_path}/made")
    work.make(*places)
    assert (tmp_path / "made/one/one.pdf").is_file()
    assert "Nothing to do" in work.make(*places)


def test_a_folder_to_publish_is_made_when_everything_is_built(fresh: Workspace) -> None:
    told = fresh.make("dist", "DIST=public", "SITE=https://briefs.example.org")
    assert fresh.started() == [
        "build --source source --output output",
        "dist --source source --output output --to public --site https://briefs.example.org",
    ]
    assert "2 briefs published in public/: " in told
    page = fresh.folder / "public" / "one" / "index.html"
    before = page.stat()
    assert "up to date" in fresh.make("dist", "DIST=public", "SITE=https://briefs.example.org")
    assert len(fresh.started()) == 1
    fresh.edit("source/two/brief.md", "[^second]: The", "[^third]: The")
    told = fresh.make("dist", "DIST=public", "SITE=https://briefs.example.org", code=2)
    assert "source/two/brief.md" in told
    assert [line.split()[0] for line in fresh.started()] == ["build"]
    assert (page.stat().st_ino, page.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_help_names_every_goal() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    told = subprocess.run(
        ["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    assert ".PHONY: $(STAGES) " in makefile
    goals = makefile.split(".PHONY: $(STAGES) ")[1].split("\n\n")[0].replace("\\\n", "").split()
    for goal in ["all", *STAGES, *goals]:
        assert f"\n  {goal} " in f"\n{told}" or goal == "FORCE"
