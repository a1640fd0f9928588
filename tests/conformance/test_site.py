"""The published folder, served: its pages are accessible, valid, and can be used by keyboard."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.conformance import standards, tools
from tests.published import Content, new_content

pytestmark = pytest.mark.conformance
SELF = "blocked by “style-src” directive"
"""The checker reads files, and of a file no other is the site itself; axe-core sees it served."""
PAGES = ("", "series.html", "topics.html", "authors.html", "languages.html", "404.html", "water/")


class Quiet(SimpleHTTPRequestHandler):
    """A server that tells nothing of what it is asked."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    made = new_content(tmp_path_factory.mktemp("content"))
    made.publish("https://briefs.example.org")
    return made


@pytest.fixture(scope="module")
def home(content: Content) -> Iterator[str]:
    """The address at which the folder is served."""
    handler = partial(Quiet, directory=str(content.dist))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.asks("axe-core")
def test_every_page_is_accessible_and_asks_for_nothing_from_elsewhere(home: str) -> None:
    views = tools.ask_axe([home + page for page in PAGES])
    assert {view["file"] for view in views} == {home + page for page in PAGES}
    for view in views:
        view["fetched"] = [url for url in view["fetched"] if not url.startswith(home)]
        view["fetched"] = [url for url in view["fetched"] if not url.endswith("/favicon.ico")]
    told = [
        f"{view['file']}: {fault}" for view in views for fault in standards.faults_of_view(view)
    ]
    assert told == []
    judged = [view["judged"] for view in views if view["judged"]]
    assert len(judged) >= 4 * len(PAGES)
    assert all(one["passed"] > 8 for one in judged)


@pytest.mark.asks("axe-core")
def test_the_index_can_be_used_with_the_keyboard(home: str) -> None:
    for told in tools.ask_keyboard([home, f"{home}topics.html"]):
        assert told["reached"] == told["links"]
        assert told["unseen"] == []
        assert told["first"] == f"{told['address']}#briefs"


@pytest.mark.asks("vnu")
def test_every_page_is_valid(content: Content) -> None:
    files = tuple(content.dist.glob("*.html"))
    assert len(files) == len(PAGES) - 1
    faults = standards.valid_html(files)
    told = [fault for found in faults.values() for fault in found if SELF not in fault]
    assert told == []
