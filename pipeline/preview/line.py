"""A line of work: one warm process that takes one brief after the other.

While nobody asks for anything the process waits, with all that it has loaded. It has the limits of
every other; a brief that it dies of, or that takes too long, is told of, and a fresh one goes on.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Condition, Thread
from typing import Generic, TypeVar

from pipeline import workers
from pipeline.build import Job
from pipeline.halves import PRINTS
from pipeline.manifest import Format
from pipeline.stages import Workshop
from pipeline.workers import Died, Slow

Answer = TypeVar("Answer")

LIMITS = replace(workers.LIMITS, attempts=1)
"""A second attempt would wait for the next wish: it is the author who saves again."""


class _Stopped(Exception):
    """The work is over, whatever is in hand."""


class Line(Thread, Generic[Answer]):
    """Does what is asked for, the most urgent first, and each thing once however often asked for.

    `tell` is called from this thread with each brief and what became of it.
    """

    def __init__(
        self,
        function: Callable[[Job], Answer],
        formats: Sequence[Format],
        open_shop: Callable[[], Workshop],
        tell: Callable[[Job, Answer | Slow | Died], None],
    ) -> None:
        """Begin with nothing to do; `open_shop` looks at templates before each fresh process."""
        super().__init__(daemon=True)
        self._function = function
        self._formats = tuple(formats)
        self._open_shop = open_shop
        self._tell = tell
        self._wishes: dict[str, None] = {}
        self._asked = Condition()
        self._worn = False
        self._stopped = False

    def ask(self, slugs: Iterable[str], soon: bool = False) -> None:
        """Wish for briefs, after all others or before them."""
        with self._asked:
            new = dict.fromkeys(slugs)
            old = {slug: None for slug in self._wishes if slug not in new}
            self._wishes = {**new, **old} if soon else {**old, **new}
            self._asked.notify()

    def renew(self) -> None:
        """Go on with a fresh process: what this one has loaded of templates is old."""
        with self._asked:
            self._worn = True
            self._asked.notify()

    def stop(self) -> None:
        """Give up what is in hand, end the process, and come back when it is gone."""
        with self._asked:
            self._stopped = True
            self._asked.notify()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Work until it is stopped."""
        with suppress(_Stopped):
            while True:
                jobs = self._jobs()
                for job, answer in workers.work(self._function, jobs, 1, LIMITS, PRINTS, self._go):
                    self._tell(job, answer)

    def _go(self, _: Sequence[Job]) -> None:
        if self._stopped:
            raise _Stopped

    def _jobs(self) -> Iterator[Job]:
        """Yield what is asked for, as long as the templates are what they were."""
        self._worn = False
        shop = self._open_shop()
        while slug := self._next():
            yield Job(shop, slug, self._formats)

    def _next(self) -> str:
        """Wait for the next wish; empty when a fresh process should have it."""
        with self._asked:
            self._asked.wait_for(lambda: self._wishes or self._worn or self._stopped)
            if self._stopped:
                raise _Stopped
            if self._worn:
                return ""
            slug = next(iter(self._wishes))
            del self._wishes[slug]
            return slug
