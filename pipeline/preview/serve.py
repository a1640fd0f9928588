"""Runs the preview until it is ended: one server on this machine, the watcher, two processes."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from types import FrameType

import uvicorn
from starlette.applications import Starlette

from pipeline.preview.changes import changes
from pipeline.preview.server import application
from pipeline.preview.studio import Places, Studio
from pipeline.problems import BriefError, Problem, problem, report

HOST = "127.0.0.1"
TRIED = 20
"""How many ports are tried, from the one that is wanted on."""


def serve(places: Places, port: int) -> None:
    """Serve until SIGINT or SIGTERM, and leave no process.

    Raises BriefError when no port is free.
    """
    with free_port(port) as door:
        address = f"http://{HOST}:{door.getsockname()[1]}/"
        for number in (signal.SIGINT, signal.SIGTERM):  # The server takes them while it runs.
            signal.signal(number, lambda *_: None)
        asyncio.run(_serve(places, door, address))


def free_port(first: int) -> socket.socket:
    """Return a socket at the wanted port, or at the next one that nobody has."""
    for number in range(first, min(first + TRIED, 65536)):
        door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, number))
            door.listen()
        except OSError:
            door.close()
            continue
        if number != first and first:
            print(f"Port {first} is taken.", flush=True)
        return door
    last = min(first + TRIED, 65536) - 1
    raise BriefError([problem("usage-port", HOST, first=first, last=last)])


async def _serve(places: Places, door: socket.socket, address: str) -> None:
    studio = Studio(places, _tell)
    app = application(studio)
    app.router.lifespan_context = _living(studio, address)
    config = uvicorn.Config(app, log_level="critical", access_log=False, lifespan="on")
    await _Server(config, studio).serve(sockets=[door])


class _Server(uvicorn.Server):
    """A server that ends its streams when it is told to end, so that it need not wait for them."""

    def __init__(self, config: uvicorn.Config, studio: Studio) -> None:
        super().__init__(config)
        self._studio = studio
        self._own_loop = asyncio.get_running_loop()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._own_loop.call_soon_threadsafe(self._studio.board.close)
        super().handle_exit(sig, frame)


def _living(studio: Studio, address: str):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        studio.start()
        watching = asyncio.create_task(_watch(studio))
        print(f"The briefs of {studio.places.source} are at {address}", flush=True)
        print("Ctrl-C ends this.", flush=True)
        try:
            yield
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            await asyncio.to_thread(studio.stop)

    return living


async def _watch(studio: Studio) -> None:
    async for change in changes(studio.places.source, studio.places.templates):
        studio.changed(change)


def _tell(line: str, problems: Sequence[Problem]) -> None:
    if line:
        print(line, flush=True)
    if problems:
        sys.stderr.write(report(problems))
        sys.stderr.flush()
