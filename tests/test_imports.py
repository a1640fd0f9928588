"""Pins who may import whom: left of the JSON knows Markdown, right of it knows only the JSON."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline"

LAYERS = (
    {"rules"},
    {"problems"},
    {"model", "addresses", "languages", "values", "files", "fonts", "licences", "pictures"}
    | {"beside", "contrast", "system", "workers"},
    {"walk", "text", "theme", "words", "pandoc", "schema", "manifest", "wordfile"},
    {"citation", "notes", "numbers", "stages"},
    {"bibliography", "codec"},
    {"reader", "checks"},
    {"renderers"},
    {"verify"},
    {"front_schema", "rendering"},
    {"build", "glance"},
    {"halves", "intake", "publish", "redline"},
    {"batch", "cluster", "merge"},
    {"commands", "fresh", "progress"},
    {"arguments", "preview"},
    {"__main__"},
    {"start"},
)
"""A room imports rooms of earlier lines only; rooms of one line do not know each other."""

ONLY = {
    "dask": {"cluster"},
    "distributed": {"cluster"},
    "subprocess": {"pandoc", "redline", "system"},
    "weasyprint": {"renderers"},
    "jinja2": {"renderers"},
    "html5lib": {"intake", "verify"},
    "markdown_it": {"intake"},
    "pikepdf": {"verify"},
    "rich": {"progress"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "watchfiles": {"preview"},
}
"""Packages that one room keeps to itself, so that readers share nothing with renderers."""

VERIFY_KNOWS = {"model", "problems", "verify"}
"""The proof shares no code with what it proves."""

LEFT_OF_THE_JSON = {"pandoc", "reader", "checks", "notes", "numbers"}
"""What a renderer never asks: it neither reads Markdown nor counts."""

FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(file: Path) -> str:
    """The module right below `pipeline` that a file is or belongs to."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(source: str) -> Iterator[str]:
    """Yield the full name of every module that the source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole module"
            assert node.module is not None
            if node.module == "pipeline":
                yield from (f"pipeline.{alias.name}" for alias in node.names)
            else:
                yield node.module


def rooms_in(source: str) -> set[str]:
    """The rooms that the source imports."""
    names = [name.split(".") for name in imported(source)]
    return {name[1] for name in names if name[0] == "pipeline" and name[1] != "__version__"}


def layer_of(room: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if room in rooms)


def test_every_room_has_its_place() -> None:
    placed = [room for rooms in LAYERS for room in rooms]
    assert sorted({room_of(file) for file in FILES} - {"__init__"}) == sorted(placed)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_one_way(file: Path) -> None:
    room = room_of(file)
    others = rooms_in(file.read_text(encoding="utf-8")) - {room}
    if room == "__init__":
        assert others == set()
        return
    assert {other for other in others if layer_of(other) >= layer_of(room)} == set()
    if room == "verify":
        assert others <= VERIFY_KNOWS
    if room == "renderers":
        assert others & LEFT_OF_THE_JSON == set()


@pytest.mark.parametrize("package", ONLY)
def test_packages_stay_in_their_room(package: str) -> None:
    users = {
        room_of(file)
        for file in FILES
        if package in {name.split(".")[0] for name in imported(file.read_text(encoding="utf-8"))}
    }
    assert users == ONLY[package]


def test_every_kind_of_import_is_seen() -> None:
    source = "from pipeline import walk\ndef f():\n    import pipeline.reader.scan\n"
    source += "from pipeline.renderers.print import press\nfrom pathlib import Path\n"
    assert rooms_in(source) == {"walk", "reader", "renderers"}
