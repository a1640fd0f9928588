"""What is known of each brief while it is watched, and who wants to hear of it.

All of it belongs to the one thread of the server.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.preview.page import version
from pipeline.problems import Problem, errors

Files = Literal["waiting", "ready", "failed"]


@dataclass(frozen=True, slots=True)
class State:
    """One brief: its last good page, and what is wrong with it now."""

    slug: str
    page: bytes | None = None
    is_fresh: bool = False
    """Whether the page was asked for since the templates changed, and the answer is here."""
    page_problems: tuple[Problem, ...] = ()
    file_problems: tuple[Problem, ...] = ()
    files: Files = "waiting"
    """What became of the files in the folder of outputs."""
    title: str = ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong, by place."""
        return tuple(sorted({*self.page_problems, *self.file_problems}))

    @property
    def word(self) -> str:
        """How it stands, for people."""
        if found := errors(self.problems):
            return "1 problem" if len(found) == 1 else f"{len(found)} problems"
        return {"waiting": "being built", "ready": "up to date", "failed": "failed"}[self.files]


def as_data(state: State) -> dict[str, Any]:
    """Return a state as the scripts of the preview read it."""
    return {
        "slug": state.slug,
        "page": version(state.page),
        "files": state.files,
        "word": state.word,
        "problems": [
            {
                "place": one.place,
                "severity": one.severity,
                "code": one.code,
                "message": one.message,
                "hint": one.hint,
            }
            for one in state.problems
        ],
    }


class Board:
    """The states of all briefs; tells everyone who listens of each change."""

    def __init__(self) -> None:
        """Begin without briefs."""
        self._states: dict[str, State] = {}
        self._ears: dict[asyncio.Queue[State | None], str] = {}
        self.is_closed = False

    @property
    def states(self) -> Mapping[str, State]:
        """The states by slug, sorted."""
        return dict(sorted(self._states.items()))

    def get(self, slug: str) -> State | None:
        """Return the state of a brief."""
        return self._states.get(slug)

    def put(self, state: State) -> None:
        """Set the state of a brief, and tell of it."""
        self._states[state.slug] = state
        self._tell(state)

    def remove(self, slug: str) -> None:
        """Forget a brief."""
        if gone := self._states.pop(slug, None):
            self._tell(gone)

    def open_slugs(self) -> set[str]:
        """Return the briefs that somebody looks at."""
        return {slug for slug in self._ears.values() if slug}

    def close(self) -> None:
        """Tell everyone that there is nothing more to hear."""
        self.is_closed = True
        for ear in self._ears:
            ear.put_nowait(None)

    async def hear(self, slug: str = "") -> AsyncIterator[State]:
        """Yield each new state of a brief, or of any, until the end."""
        with self.ear(slug) as ear:
            while not self.is_closed and (state := await ear.get()):
                yield state

    @contextmanager
    def ear(self, slug: str = "") -> Iterator[asyncio.Queue[State | None]]:
        """Give what each new state of a brief, or of any, is put into; None is the end."""
        ear: asyncio.Queue[State | None] = asyncio.Queue()
        self._ears[ear] = slug
        try:
            yield ear
        finally:
            del self._ears[ear]

    def _tell(self, state: State) -> None:
        for ear, slug in self._ears.items():
            if slug in ("", state.slug):
                ear.put_nowait(state)
