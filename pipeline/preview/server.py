"""What the browser is answered: the list of briefs, their pages, their files, and news of them.

Only this machine is answered, and only under its own name: a page of the web that has its name lead
here (DNS rebinding) is refused.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.manifest import FORMATS, suffix
from pipeline.preview.board import as_data
from pipeline.preview.index import index, not_found
from pipeline.preview.page import listening
from pipeline.preview.studio import Studio

HOSTS = ("127.0.0.1", "localhost")
STATIC = Path(__file__).with_name("static")
MEDIA = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csl": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
OWN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def application(studio: Studio) -> Starlette:
    """Return what answers requests from the board of a studio."""
    desk = _Desk(studio)
    return Starlette(
        routes=[
            Route("/", desk.index),
            Route("/-/events", desk.events),
            Route("/-/events/{slug}", desk.events),
            Mount("/-", StaticFiles(directory=STATIC)),
            Route("/{slug}", desk.with_slash),
            Route("/{slug}/", desk.page),
            Route("/{slug}/{name}", desk.file),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False),
            Middleware(BaseHTTPMiddleware, dispatch=_with_headers),
        ],
    )


async def _with_headers(request: Request, answer: RequestResponseEndpoint) -> Response:
    response = await answer(request)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


@dataclass(frozen=True, slots=True)
class _Desk:
    """Answers each kind of request."""

    studio: Studio

    async def index(self, _: Request) -> Response:
        return _own(index(list(self.studio.board.states.values())))

    async def with_slash(self, request: Request) -> Response:
        slug = request.path_params["slug"]
        if self.studio.board.get(slug) is None:
            return _own(not_found(), 404)
        return RedirectResponse(f"/{slug}/")

    async def page(self, request: Request) -> Response:
        state = await self.studio.page(request.path_params["slug"])
        if state is None:
            return _own(not_found(), 404)
        policy = {"Content-Security-Policy": "frame-ancestors 'none'"}
        return Response(listening(state.page, state.slug), media_type=MEDIA["html"], headers=policy)

    async def file(self, request: Request) -> Response:
        slug, name = request.path_params["slug"], request.path_params["name"]
        form = next((one for one in FORMATS if name == f"{slug}.{suffix(one)}"), None)
        if self.studio.board.get(slug) is None or form is None:
            return _own(not_found(), 404)
        if form == "html":
            return await self.page(request)
        try:
            data = (self.studio.places.output / slug / name).read_bytes()
        except OSError:
            return _own(not_found(f"{name} is not built yet"), 404)
        return Response(data, media_type=MEDIA[form])

    async def events(self, request: Request) -> Response:
        slug = request.path_params.get("slug", "")
        return StreamingResponse(self._news(slug), media_type="text/event-stream")

    async def _news(self, slug: str) -> AsyncIterator[str]:
        """Yield how a brief stands, then each change; of all briefs, that there was one."""
        board = self.studio.board
        with board.ear(slug) as ear:
            state = board.get(slug)
            yield _event(as_data(state) if state else {})
            while not board.is_closed and (news := await ear.get()):
                yield _event(as_data(news) if slug else {})


def _event(data: object) -> str:
    return f"data: {json.dumps(data)}\n\n"


def _own(text: str, status: int = 200) -> Response:
    policy = {"Content-Security-Policy": OWN_POLICY}
    return Response(text, status, media_type=MEDIA["html"], headers=policy)
