"""Pins that a build over a cluster makes what a local one makes, whatever dies on the way."""

import multiprocessing
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench.cluster import differences, files_in
from bench.loopback import Loopback, kill, loopback
from pipeline import stages, system
from pipeline.build import Job
from pipeline.cluster import stand
from pipeline.cluster.orders import Errand, Order, serve
from pipeline.theme import TEMPLATES
from pipeline.workers import LIMITS
from tests.test_build import BRIEF, write
from tests.watching import PATIENCE, PROJECT, copy_project, until

SLUGS = [f"brief-{number}" for number in range(6)]

WAITS = """
import os, threading
from pathlib import Path
from pipeline.cluster import orders

fill = orders._Hand.fill = getattr(orders, "real_fill", orders._Hand.fill)
orders.real_fill = fill  # Dask loads this twice.

def wait_once(hand, order):
    if order.job.slug == {slug!r} and not Path({mark!r}).exists():
        Path({mark!r} + ".new").write_text(str(os.getpgid(0)))
        os.replace({mark!r} + ".new", {mark!r})
        threading.Event().wait()
    return fill(hand, order)

orders._Hand.fill = wait_once
"""
"""A worker begins with one brief, says which group of processes it is in, and goes no further."""

DIES = """
import os, signal
from pipeline.cluster import orders

fill = orders._Hand.fill = getattr(orders, "real_fill", orders._Hand.fill)
orders.real_fill = fill  # Dask loads this twice.

def die(hand, order):
    if order.job.slug == {slug!r}:
        os.kill(os.getpid(), signal.SIGKILL)
    return fill(hand, order)

orders._Hand.fill = die
"""
"""A worker is killed, as by a system without memory, whenever one brief comes to it."""

COMMAND = "from pipeline.start import main; main()"
HURRIED = """
import sys
from pipeline.__main__ import main
from pipeline.cluster import engine
engine.CONNECT = engine.ARRIVAL = 1
sys.exit(main())
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    for slug in SLUGS:
        write(folder, slug, BRIEF.replace("Levels", f"The levels of {slug}"))
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Loopback]:
    """A scheduler that has no worker yet, and gives a brief up after two that died."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    with loopback(folder, {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}) as found:
        yield found


def start(
    source: Path, address: str, *arguments: str, output: str = "output", script: str = COMMAND
) -> subprocess.Popen[str]:
    """Start a build over the scheduler at an address, or a local one where there is none."""
    places = ["--source", str(source), "--output", str(source.parent / output)]
    over = ["--scheduler", address] if address else []
    return subprocess.Popen(
        [sys.executable, "-c", script, "build", *places, *over, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(source: Path, address: str, *arguments: str, **named: str) -> tuple[int, str]:
    """Build, and return the exit code with all that was said."""
    process = start(source, address, *arguments, **named)
    told, problems = process.communicate(timeout=PATIENCE)
    return process.returncode, told + problems


def preload(folder: Path, text: str, **details: str) -> list[str]:
    """Return what a worker is started with so that it does what a text says."""
    file = folder / "preload.py"
    file.write_text(text.format(**details), encoding="utf-8")
    return ["--preload", str(file)]


def test_a_worker_killed_at_work_costs_no_byte(source: Path, cluster: Loopback) -> None:
    mark = source.parent / "mark"
    waits = preload(source.parent, WAITS, slug=SLUGS[0], mark=str(mark))
    workers = [cluster.add_worker(*waits) for _ in range(2)]
    process = start(source, cluster.address)
    until(mark.exists)
    (at_work,) = [worker for worker in workers if worker.pid == int(mark.read_text())]
    kill(at_work)
    told, problems = process.communicate(timeout=PATIENCE)
    assert (process.returncode, problems) == (0, "")
    assert f"{len(SLUGS)} built" in told
    assert run(source, "", output="local")[0] == 0
    assert len(files_in(source.parent / "local")) == len(SLUGS) * 9
    assert differences(source.parent / "output", source.parent / "local") == []


def test_a_brief_that_kills_its_workers_ends_in_the_report(source: Path, cluster: Loopback) -> None:
    """The others are built, those that were sent with it too, and the nanny brings workers back."""
    deadly = SLUGS[3]
    for _ in range(2):
        cluster.add_worker(*preload(source.parent, DIES, slug=deadly))
    code, told = run(source, cluster.address, "--to", "html")
    assert code == 4
    assert f"{len(SLUGS) - 1} built, 1 failed" in told
    assert f"{source / deadly / 'brief.md'}:1:1: error: no worker could build this brief" in told
    assert "2 workers died of it [internal-cluster]" in told
    built = {file.parts[0] for file in files_in(source.parent / "output")}
    assert built == {*SLUGS} - {deadly}


def test_a_build_goes_on_behind_a_scheduler_that_died(source: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    with loopback(tmp_path / "first") as cluster:
        # The last brief waits for ever, so that the scheduler dies before the work is done.
        mark = str(tmp_path / "mark")
        cluster.add_worker(*preload(tmp_path, WAITS, slug=SLUGS[-1], mark=mark))
        # One at a time is read, so in order.
        process = start(source, cluster.address, "--to", "html", "--jobs", "1")
        assert process.stdout
        first = process.stdout.readline().split()
        until((tmp_path / "mark").exists)
        kill(cluster.scheduler)
        told, problems = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert problems.count(": error: ") == 1
    assert f"{cluster.address}:1:1: error: the scheduler was lost" in problems
    assert "[setup-scheduler-lost]" in problems
    assert first[:2] == ["built", f"{SLUGS[0]}:"]
    done = 1 + told.count(" built  ")
    assert 1 <= done < len(SLUGS)
    with loopback(tmp_path / "second") as cluster:
        cluster.add_worker()
        code, told = run(source, cluster.address, "--to", "html")
    assert code == 0
    assert f"{len(SLUGS) - done} built, {done} unchanged" in told
    assert run(source, "", "--to", "html", output="local")[0] == 0
    assert differences(tmp_path / "output", tmp_path / "local") == []


def test_a_brief_has_the_limits_and_problems_that_it_has_at_home(
    source: Path, cluster: Loopback
) -> None:
    cluster.add_worker()
    write(source, "wrong", BRIEF.replace("[^gauge]:", "[^other]:"))
    code, told = run(source, cluster.address, "--to", "html")
    assert (code, told.count(" built  ")) == (1, len(SLUGS))
    assert "note-undefined" in told
    hurried = "import pipeline.workers as w; w.LIMITS = w.Limits(seconds=0.05)\n" + HURRIED
    code, told = run(source, cluster.address, SLUGS[0], "--to", "pdf", script=hurried)
    assert code == 1
    assert "structure-time" in told


def test_a_worker_with_another_template_is_refused(
    source: Path, cluster: Loopback, tmp_path: Path
) -> None:
    copy_project(tmp_path / "project")
    with (tmp_path / "project/templates/house.toml").open("a", encoding="utf-8") as house:
        house.write("# Ours.\n")
    cluster.add_worker()
    cluster.add_worker(settings={"PYTHONPATH": str(tmp_path / "project")})
    until(lambda: (tmp_path / "cluster/scheduler.log").read_text().count("Register worker") > 1)
    code, told = run(source, cluster.address)
    assert code == 3
    assert told.count(": error: ") == 1
    assert f"this worker is not like the machine that asks it: {stand.OTHER}" in told
    assert "[setup-worker]" in told
    assert not (tmp_path / "output").exists()


def test_a_cluster_without_workers_is_told_of(source: Path, cluster: Loopback) -> None:
    code, told = run(source, cluster.address, script=HURRIED)
    assert (code, told.count("\n")) == (3, 2)
    assert "no worker has come to this scheduler for 1 seconds [setup-workers]" in told


def test_a_scheduler_that_does_not_answer_is_told_of(source: Path) -> None:
    with socket.socket() as door:  # Nobody listens, and nobody else can.
        door.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{door.getsockname()[1]}"
        code, told = run(source, address, script=HURRIED)
    assert (code, told.count("\n")) == (3, 2)
    assert told.startswith(f"{address}:1:1: error: no scheduler answers at this address")
    assert "[setup-scheduler]" in told


def test_a_scheduler_for_which_there_is_no_certificate_is_told_of(source: Path) -> None:
    code, told = run(source, "tls://127.0.0.1:8786")
    assert (code, told.count("\n")) == (3, 2)
    assert "TLS" in told
    assert "[setup-scheduler]" in told


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "tcp://10.0.0.5", "udp://10.0.0.5:8786"])
def test_what_is_no_address_is_told_of(source: Path, address: str) -> None:
    code, told = run(source, address)
    assert (code, told.count("\n")) == (2, 2)
    assert "[usage-scheduler]" in told


def test_without_the_package_the_way_to_it_is_told(source: Path) -> None:
    script = f"import sys; sys.modules['distributed'] = None\n{HURRIED}".replace(
        "from pipeline.cluster import engine\nengine.CONNECT = engine.ARRIVAL = 1\n", ""
    )
    code, told = run(source, "tcp://127.0.0.1:8786", script=script)
    assert code == 3
    assert "needs a package that is not installed: distributed [setup-cluster]" in told


def test_what_is_current_asks_no_cluster(source: Path) -> None:
    assert run(source, "", "--to", "json")[0] == 0
    code, told = run(source, "tcp://127.0.0.1:1", "--to", "json")
    assert code == 0
    assert f"{len(SLUGS)} unchanged" in told


def test_a_local_build_does_not_load_what_a_cluster_needs() -> None:
    script = "import sys, pipeline.__main__\nprint({'dask', 'distributed'} & {*sys.modules})"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert told.stdout == "set()\n", told.stderr


def test_an_errand_for_another_stand_is_not_done(tmp_path: Path) -> None:
    """Also one that joins late, or whose files were changed meanwhile, makes nothing."""
    shop = stages.open_workshop(tmp_path, tmp_path, TEMPLATES)
    own = stand.stand_of(shop)
    other = stand.Stand({**own.tools, "weasyprint": "1"}, own.digests)
    order = Order(Job(shop, "water", ("html",)), b"{}", ("html",))
    assert serve(Errand(other, (order,), LIMITS)) == own
    assert stand.difference(other, own).startswith("weasyprint is ")


def test_a_worker_that_may_start_no_processes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    process = SimpleNamespace(daemon=True)
    monkeypatch.setattr(multiprocessing, "current_process", lambda: process)
    assert stand.own_stand("").fault == stand.NO_PROCESSES


def test_files_changed_under_a_worker_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    stand._first_look.cache_clear()
    first = stand.own_stand("")
    assert stand.difference(first, first) == ""
    monkeypatch.setattr(system, "harfbuzz_version", lambda: "0")
    assert stand.difference(first, stand.own_stand("")) == stand.CHANGED
    stand._first_look.cache_clear()


def test_make_asks_a_cluster_only_when_it_is_told_to(source: Path) -> None:
    command = ["make", "-n", f"SOURCE={source}", f"OUTPUT={source.parent / 'output'}", "html"]
    for given in ([], ["SCHEDULER=tcp://10.0.0.5:8786"]):
        told = subprocess.run([*command, *given], cwd=PROJECT, capture_output=True, text=True)
        assert told.returncode == 0, told.stderr
        assert told.stdout.count("--scheduler 'tcp://10.0.0.5:8786' --to html") == len(given)
        assert given or "requirements-cluster.lock" not in told.stdout
