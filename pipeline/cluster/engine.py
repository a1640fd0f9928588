"""Dask distributed: errands go to the workers of a scheduler, and to others when one is lost.

Dask gives a task to another worker when its own is gone, a few times (`allowed-failures`), and then
raises `KilledWorker`. It has no word for a scheduler that dies, which shows in the state of the
client, nor for workers that never come, which are counted here.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import monotonic

import dask.config
from distributed import Client, Future, KilledWorker

from pipeline.build import Job, Result
from pipeline.cluster.orders import Errand, Reply, serve
from pipeline.cluster.stand import Stand, difference, own_stand
from pipeline.problems import BriefError, Problem, problem

ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d+")
CONNECT = 10
"""Seconds within which a scheduler answers."""
FAREWELL = 2
"""Seconds that leaving a scheduler may take, which may be gone."""
ARRIVAL = 60
"""Seconds that a build waits for the first worker, or for one after the last was lost."""
BEAT = 0.5
"""Seconds after which whoever watches is told again what is in hand."""
AHEAD = 2
"""Errands for each thread of a worker that are out at once, so that none waits for us."""
SETTINGS = {"distributed.admin.large-graph-warning-threshold": "1GB"}
"""Pictures travel with their briefs on purpose: what is put on one worker alone dies with it."""

Answer = dict[str, Reply]


@dataclass(frozen=True, slots=True)
class Lost:
    """The answer for an errand whose workers died each time, or failed, and how."""

    what: str


class Cluster:
    """A scheduler that is connected, and how many threads its workers have."""

    def __init__(self, client: Client, address: str) -> None:
        """Begin with no worker known."""
        self._client = client
        self._address = address
        self._heard = monotonic()
        self.threads = 0

    def wait_for_workers(self, stand: Stand, theme: str) -> None:
        """Wait for the first worker; raises BriefError when none comes, or some are different."""
        with suppress(TimeoutError):
            self._client.wait_for_workers(1, timeout=ARRIVAL)
        found = self._client.run(own_stand, theme, on_error="return")
        self.look()
        if different := [
            problem("setup-worker", address, what=what)
            for address, theirs in found.items()
            if (what := _difference(stand, theirs))
        ]:
            raise BriefError(different)

    def look(self) -> None:
        """Count the workers; raises BriefError when the scheduler is lost, or all they were."""
        if self._client.status != "running":
            raise BriefError([self._lost()])
        try:
            self.threads = sum(self._client.nthreads().values())
        except OSError:
            raise BriefError([self._lost()]) from None
        if self.threads:
            self._heard = monotonic()
        elif monotonic() - self._heard > ARRIVAL:
            raise BriefError([problem("setup-workers", self._address, seconds=ARRIVAL)])

    def work(
        self,
        items: Iterator[Errand | Result],
        look: Callable[[Sequence[Job]], None],
        one_by_one: bool = False,
    ) -> Iterator[Result | tuple[Errand, Answer | Lost]]:
        """Have errands run, and yield each with its answer; a result is passed on as it is.

        An item is asked for only when there is room. Raises BriefError when the scheduler is lost,
        all workers are, or one is different.
        """
        ended: SimpleQueue[Future[Answer | Stand]] = SimpleQueue()
        out: dict[Future[Answer | Stand], Errand] = {}
        while True:
            while len(out) < (1 if one_by_one else max(1, self.threads * AHEAD)):
                item = next(items, None)
                if item is None:
                    break
                if isinstance(item, Result):
                    yield item
                    continue
                future = self._client.submit(serve, item, pure=False)
                out[future] = item
                future.add_done_callback(ended.put)
            if not out:
                return
            look([order.job for errand in out.values() for order in errand.orders])
            try:
                future = ended.get(timeout=BEAT)
            except Empty:
                self.look()
                continue
            yield out.pop(future), self._answer(future)

    def _answer(self, future: Future[Answer | Stand]) -> Answer | Lost:
        """Return what an errand came to. It is made again if its worker dies before it is here."""
        while True:
            try:
                answer: Answer | Stand = future.result(timeout=BEAT)
            except TimeoutError:
                self.look()
                continue
            except KilledWorker as error:
                return Lost(f"{error.allowed_failures + 1} workers died of it")
            except Exception as error:
                if future.cancelled():
                    raise BriefError([self._lost()]) from None
                return Lost(f"{type(error).__name__}: {error}")
            if isinstance(answer, Stand):
                what = answer.fault or "it is not like this machine any more"
                raise BriefError([problem("setup-worker", answer.host, what=what)])
            return answer

    def _lost(self) -> Problem:
        return problem("setup-scheduler-lost", self._address)


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """Connect to a scheduler; raises BriefError when the address is none, or nobody answers."""
    if not ADDRESS.fullmatch(address):
        raise BriefError([problem("usage-scheduler", "briefwright", address=address)])
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)  # Problems are told by us.
    with dask.config.set(SETTINGS):
        try:
            client = Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError) as error:  # As the certificates say.
            what = str(error).splitlines()[0]
            raise BriefError([problem("setup-scheduler", address, what=what)]) from None
        try:
            yield Cluster(client, address)
        finally:
            client.close(timeout=FAREWELL)


def _difference(ours: Stand, theirs: Stand | Exception) -> str:
    """Say how a worker differs; one without the program could not even answer."""
    return difference(ours, theirs) if isinstance(theirs, Stand) else str(theirs)
