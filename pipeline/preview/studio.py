"""Where changes come in, two lines work, and the board is kept.

The page of a brief is made first and kept in memory, so that it is seen at once; then the files in
the folder of outputs, as `make` makes them, by the same digests.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import build, commands, stages
from pipeline.build import Job, Result
from pipeline.manifest import FORMATS
from pipeline.preview.board import Board, State
from pipeline.preview.changes import Change
from pipeline.preview.line import LIMITS, Line
from pipeline.preview.page import Page, make_page, title
from pipeline.problems import Problem, errors, problem
from pipeline.stages import Workshop
from pipeline.workers import Died, Slow

Tell = Callable[[str, Sequence[Problem]], None]
"""Called with a line for the terminal, which may be empty, and with problems."""


@dataclass(frozen=True, slots=True)
class Places:
    """What is watched, and where it goes."""

    source: Path
    output: Path
    templates: Path
    theme: str = ""
    slugs: tuple[str, ...] = ()
    """Only these briefs; all where there are none."""

    def open_shop(self) -> Workshop:
        """Look at templates and tools."""
        return stages.open_workshop(self.source, self.output, self.templates, self.theme)


class Studio:
    """Keeps the board true to what is on the disk."""

    def __init__(self, places: Places, tell: Tell) -> None:
        """Begin with what is there, and nothing made yet."""
        self.places = places
        self.board = Board()
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        self._pages = Line(make_page, ("html",), places.open_shop, self._from(self._page_made))
        self._files = Line(build.build, FORMATS, places.open_shop, self._from(self._files_made))

    def start(self) -> None:
        """Begin to bring everything up to date."""
        for slug in self._present():
            self.board.put(self._unseen(slug))
        self._pages.start()
        self._files.start()
        self._pages.ask(list(self.board.states)[:1])  # So that the first save finds it warm.
        self._files.ask(self.board.states)

    def stop(self) -> None:
        """End all work and its processes."""
        self._pages.stop()
        self._files.stop()

    def changed(self, change: Change) -> None:
        """Make again what a change touches: what somebody looks at first."""
        if change.templates:
            self._pages.renew()
            self._files.renew()
            for state in self.board.states.values():
                self.board.put(replace(state, is_fresh=False, files="waiting"))
            self._files.ask(self.board.states)
            self._pages.ask(self.board.open_slugs() & self.board.states.keys())
        if change.code:
            self._tell("The program itself has changed: end this and start it again.", ())
        present = self._present()
        for slug in change.slugs:
            if slug in present:
                self.board.put(self.board.get(slug) or self._unseen(slug))
                self._pages.ask([slug], soon=True)
            elif slug in self.board.states:
                self._gone(slug)

    async def page(self, slug: str, patience: float = 30) -> State | None:
        """Return a brief with its page, which is made first where nobody has looked at it yet."""
        state = self.board.get(slug)
        if state is None or state.is_fresh:
            return state
        self._pages.ask([slug], soon=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                async for heard in self.board.hear(slug):
                    if heard.is_fresh:
                        break
        return self.board.get(slug)

    def _present(self) -> list[str]:
        present = commands.slugs_in(self.places.source)
        wanted = self.places.slugs
        return [slug for slug in present if not wanted or slug in wanted]

    def _unseen(self, slug: str) -> State:
        """Return the state of a brief that nothing was made of yet, with its earlier page."""
        try:
            page = (self.places.output / slug / f"{slug}.html").read_bytes()
        except OSError:
            return State(slug)
        return State(slug, page, title=title(page))

    def _gone(self, slug: str) -> None:
        """Forget a brief that was removed; who looks at it is told, and keeps the page."""
        state = self.board.get(slug)
        if state and slug in self.board.open_slugs():
            told = problem(
                "usage-no-brief",
                str(self.places.source),
                slug=slug,
                meant="it was removed while you looked at it; put it back, or close this page",
            )
            self.board.put(replace(state, page_problems=(told,), files="failed"))
        self.board.remove(slug)
        self._tell(f"  removed  {slug} (its outputs stay)", ())

    def _from(self, done: Callable[..., None]) -> Callable[..., None]:
        """Return what a line calls, to have `done` called in the thread of the board."""

        def tell(job: Job, answer: object) -> None:
            with suppress(RuntimeError):  # The server has ended meanwhile.
                self._loop.call_soon_threadsafe(done, job, answer)

        return tell

    def _page_made(self, job: Job, answer: Page | Slow | Died) -> None:
        state = self.board.get(job.slug)
        if state is None:
            return
        if not isinstance(answer, Page):
            answer = Page(None, build.unanswered(job, answer, LIMITS).problems)
        wrong = bool(errors(answer.problems))
        page = answer.html or state.page
        self.board.put(
            replace(
                state,
                page=page,
                is_fresh=True,
                page_problems=answer.problems,
                file_problems=(),
                files="failed" if wrong else "waiting",
                title=title(page) if page else "",
            )
        )
        if answer.problems != state.page_problems or not state.is_fresh:
            self._tell("", answer.problems)
        if not wrong:
            self._files.ask([job.slug], soon=True)

    def _files_made(self, job: Job, answer: Result | Slow | Died) -> None:
        state = self.board.get(job.slug)
        if state is None:
            return
        if not isinstance(answer, Result):
            answer = build.unanswered(job, answer, LIMITS)
        found = answer.problems
        page = state.page or self._unseen(job.slug).page
        self.board.put(
            replace(
                state,
                page=page,
                title=title(page) if page else "",
                file_problems=found,
                files="failed" if answer.failed else "ready",
            )
        )
        if set(found) - set(state.problems):
            self._tell("", found)
        if answer.built:
            self._tell(f"    built  {job.slug}: {' '.join(answer.built)}", ())
