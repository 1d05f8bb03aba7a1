"""Asks for the main pages once, right after the start, so that a person finds them worked out."""

import asyncio
import threading
import time

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from noctiflora.core import StoreBusy
from noctiflora.web._jobs import Job
from noctiflora.web._page import go
from noctiflora.web._state import State
from noctiflora.web._words import say as _

PLACES = ("/", "/nights", "/trial", "/findings", "/options", "/what-if", "/evidence", "/clinician", "/data")
"""In the order in which a person would come to them."""
PATIENCE_S = 0.3
"""For so long an answer may be awaited without a word; then the waiting is a page of its own."""
STEP_S = 0.1
OWN = "noctiflora.ahead"


class Ahead:
    """Works the main pages out ahead, and shows how far that is to who asks for one meanwhile.

    Parameters
    ----------
    app : ASGI application
        What answers.
    owner : FastAPI
        The app whose state is used.
    port : int
        Where it listens.
    """

    def __init__(self, app: ASGIApp, *, owner: FastAPI, port: int) -> None:
        self._app, self._owner, self._port = app, owner, port
        self._left: set[str] = set()
        self._jobs: dict[str, Job] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection, with the page of the waiting where what is asked is not worked out yet."""
        if scope["type"] == "lifespan":
            self._owner.state.ahead = self
        if self._waits(scope):
            end = time.monotonic() + PATIENCE_S
            while self._waits(scope) and time.monotonic() < end:
                await asyncio.sleep(STEP_S / 4)
            job = self._job(scope["path"]) if self._waits(scope) else None
            if job is not None:
                await go(f"/jobs/{job.key}")(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def begin(self) -> threading.Thread:
        """Begin to work out the pages in a thread; a fault is left to who asks next."""
        self._left = set(PLACES)
        thread = threading.Thread(target=self._work, name="ahead", daemon=True)
        thread.start()
        return thread

    def _work(self) -> None:
        try:
            for path in PLACES:
                asyncio.run(self._ask(path))
                self._left.discard(path)
        finally:
            self._left = set()

    async def _ask(self, path: str) -> None:
        """Ask for one page as this machine's browser would; what comes is thrown away."""
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", f"127.0.0.1:{self._port}".encode())],
            "client": ("127.0.0.1", 0),
            "server": ("127.0.0.1", self._port),
            OWN: True,
        }

        async def nothing() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def away(message: Message) -> None:
            return None

        try:
            await self._app(scope, nothing, away)
        except Exception:
            # Whoever asks next is told by the page itself.
            return

    def _waits(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] == "GET"
            and scope["path"] in self._left
            and not scope.get("query_string")
            and OWN not in scope
        )

    def _job(self, path: str) -> Job | None:
        """Return the job that waits for a page, one for each; None where too much else goes on."""
        known = self._jobs.get(path)
        if known is not None:
            return known
        state = self._owner.state.noctiflora
        assert isinstance(state, State)

        def work(job: Job) -> object:
            while path in self._left:
                done = len(PLACES) - len(self._left)
                job.tell(_("%(n)s of %(of)s pages are worked out", n=done, of=len(PLACES)), done, len(PLACES))
                time.sleep(STEP_S)
            return None

        try:
            self._jobs[path] = state.jobs.start(_("Reading your nights"), work, result_path=path)
        except StoreBusy:
            return None
        return self._jobs[path]
