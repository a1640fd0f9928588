"""Briefs built over a cluster: read here, made there, and written here as they come."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from pipeline import build, files, halves, workers
from pipeline.build import Draft, Job, Result, unanswered
from pipeline.cluster import engine
from pipeline.cluster.engine import Answer, Cluster, Lost
from pipeline.cluster.orders import Errand, Made, Order, Reply, weight
from pipeline.cluster.stand import Stand, stand_of
from pipeline.problems import problem
from pipeline.workers import Died, Limits, Slow

READS = "pipeline.build"
"""What reads a brief; it is loaded once for all processes that do."""
CHUNK = 4
"""Orders that go out in one errand, when every thread has one."""
HEAVY = 8 << 20
"""Bytes from which on an errand has enough orders."""

Look = Callable[[Sequence[Job]], None]


def way_over(
    address: str, count: int, limits: Limits = workers.LIMITS
) -> Callable[[Iterator[Job], Look], Iterator[Result]]:
    """Return a way to build over the scheduler at an address, reading `count` briefs at a time.

    It raises BriefError when the cluster cannot be worked with, or is lost; what was finished until
    then is written, and the next run goes on behind it.
    """

    def way(stale: Iterator[Job], look: Look) -> Iterator[Result]:
        first = next(stale, None)
        if first is None:
            return
        stand = stand_of(first.shop)
        with engine.connected(address) as cluster:
            cluster.wait_for_workers(stand, first.shop.theme)
            desk = _Desk(cluster, stand, limits)
            yield from desk.build(chain([first], stale), count, look)

    return way


class _Desk:
    """Keeps what was read of each brief until its outputs are back."""

    def __init__(self, cluster: Cluster, stand: Stand, limits: Limits) -> None:
        self._cluster = cluster
        self._stand = stand
        self._limits = limits
        self._drafts: dict[str, Draft] = {}

    def build(self, stale: Iterator[Job], count: int, look: Look) -> Iterator[Result]:
        """Bring briefs up to date, and yield each result when it is written.

        Of an errand whose workers died, nobody knows which order they died of: each is tried again
        by itself, with no other beside it that could suffer from it.
        """
        read = workers.work(halves.read, stale, count, self._limits, READS)
        suspects: list[Order] = []
        for done in self._cluster.work(self._errands(self._ordered(read)), look):
            if isinstance(done, Result):
                yield done
                continue
            errand, answer = done
            if isinstance(answer, Lost):
                suspects += errand.orders
                continue
            yield from self._written(errand, answer)
        alone = (self._errand([order]) for order in suspects)
        for done in self._cluster.work(alone, look, one_by_one=True):
            if not isinstance(done, Result):
                yield from self._written(*done)

    def _ordered(
        self, read: Iterator[tuple[Job, Draft | Result | Slow | Died]]
    ) -> Iterator[Order | Result]:
        """Yield an order for each brief that was read, and the result of one that needs none."""
        for job, answer in read:
            match answer:
                case Draft(brief=None):
                    yield self._write(job, answer, Made({}, 0))
                case Draft():
                    self._drafts[job.slug] = answer
                    yield Order(job, answer.document, answer.stale)
                case Result():
                    yield answer
                case Slow() | Died():
                    yield unanswered(job, answer, self._limits)

    def _errands(self, items: Iterator[Order | Result]) -> Iterator[Errand | Result]:
        """Put orders together: one for each thread at first, so that all begin, then several."""
        sent = 0
        held: list[Order] = []
        for item in items:
            if isinstance(item, Result):
                yield item
                continue
            held.append(item)
            full = len(held) >= CHUNK or weight(held) >= HEAVY
            if full or sent < self._cluster.threads:
                yield self._errand(held)
                sent += 1
                held = []
        if held:
            yield self._errand(held)

    def _errand(self, several: Sequence[Order]) -> Errand:
        return Errand(self._stand, tuple(several), self._limits)

    def _written(self, errand: Errand, answer: Answer | Lost) -> Iterator[Result]:
        """Write what came back of an errand."""
        for order in errand.orders:
            draft = self._drafts.pop(order.job.slug)
            reply = answer if isinstance(answer, Lost) else answer[order.job.slug]
            yield self._write(order.job, draft, reply)

    def _write(self, job: Job, draft: Draft, reply: Reply | Lost) -> Result:
        """Write the outputs of a brief, or tell why there are none."""
        match reply:
            case Result():
                return reply
            case Slow() | Died():
                return unanswered(job, reply, self._limits)
            case Lost():
                path = str(job.shop.brief_file(job.slug))
                found = problem("internal-cluster", path, what=reply.what)
                return Result(job.slug, problems=(found,))
            case Made():
                try:
                    with files.only_writer(job.shop.lock_file(job.slug)):
                        done = build.write(job, build.planned(draft, reply.outputs))
                except Exception as error:
                    done = build.failure(job, error)
                return replace(done, seconds=reply.seconds)
