"""What travels to a worker and back, and what the worker does with it; nothing here knows Dask."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import local
from time import monotonic

from pipeline import build, codec, workers
from pipeline.build import Draft, Job, Result
from pipeline.cluster.stand import Stand, own_stand
from pipeline.halves import PRINTS
from pipeline.manifest import Format
from pipeline.theme import TEMPLATES
from pipeline.workers import Died, Limits, Slow


@dataclass(frozen=True, slots=True)
class Order:
    """A brief as JSON, and the formats to make of it. The job tells paths for problems only."""

    job: Job
    document: bytes
    formats: tuple[Format, ...]


@dataclass(frozen=True, slots=True)
class Errand:
    """Orders that one worker fills, if what it works with is this."""

    stand: Stand
    orders: tuple[Order, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class Made:
    """The finished files of an order, proved, and the seconds that they took."""

    outputs: Mapping[Format, bytes]
    seconds: float


Reply = Made | Result | Slow | Died
"""What became of an order; a result tells what is wrong."""


def serve(errand: Errand) -> dict[str, Reply] | Stand:
    """Fill the orders of an errand; return the replies by slug, or what this worker has instead."""
    own = own_stand(errand.orders[0].job.shop.theme)
    if own != errand.stand:
        return own
    hand = _hand(errand.limits)
    return {order.job.slug: hand.fill(order) for order in errand.orders}


class _Hand:
    """One process with limits, as in every build, that stays warm from errand to errand.

    An order that hangs, or of which the process dies, is told of, and a fresh one takes its place.
    """

    def __init__(self, limits: Limits) -> None:
        """Begin without a process; the first order starts it."""
        self._waiting: deque[Order] = deque()
        self._filled = workers.work(_make, self, 1, limits, PRINTS)

    def __iter__(self) -> Iterator[Order]:
        """Return the orders that wait, for whoever has a process free."""
        return self

    def __next__(self) -> Order:
        """Return the order that waits, if one does; another may come later."""
        if not self._waiting:
            raise StopIteration
        return self._waiting.popleft()

    def fill(self, order: Order) -> Reply:
        """Fill an order."""
        self._waiting.append(order)
        return next(self._filled)[1]


class _Thread(local):
    """What belongs to one thread of the worker."""

    def __init__(self) -> None:
        """Begin with nobody to work for it."""
        self.hands: dict[Limits, _Hand] = {}


_THREAD = _Thread()


def _hand(limits: Limits) -> _Hand:
    """Return the process that works for this thread of the worker."""
    if limits not in _THREAD.hands:
        _THREAD.hands[limits] = _Hand(limits)
    return _THREAD.hands[limits]


def _make(order: Order) -> Made | Result:
    """Make the outputs of an order with the templates of this machine."""
    start = monotonic()
    job = replace(order.job, shop=replace(order.job.shop, templates=TEMPLATES))
    try:
        brief = codec.load(order.document, str(job.shop.output_file(job.slug, "json")))
        draft = Draft(order.document, "", {}, brief)
        return Made(build.make(job, draft, order.formats), monotonic() - start)
    except Exception as error:
        return build.failure(job, error)


def weight(orders: Sequence[Order]) -> int:
    """Return how many bytes orders carry."""
    return sum(len(order.document) for order in orders)
