"""Makes the web app: state, guard, routes."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

from noctiflora import __version__
from noctiflora.web._ahead import Ahead
from noctiflora.web._errors import add_handlers, refuser
from noctiflora.web._guard import Guard, Keys
from noctiflora.web._jobs import Jobs
from noctiflora.web._routes import ROUTERS
from noctiflora.web._state import Shelf, State
from noctiflora.web._uploads import Uploads
from noctiflora.web._welcome import leave_sample


def create_app(
    database: str,
    *,
    port: int,
    now: Callable[[], dt.datetime],
    today: Callable[[], dt.date],
    zone: str | None = None,
    own_folder: bool = False,
) -> FastAPI:
    """Return the app on one database.

    Parameters
    ----------
    database : str
        File or address; it is opened at the first page.
    port : int
        Port of the allowed hosts ``127.0.0.1`` and ``localhost``.
    now, today : callable
        The present instant with a zone, and the date on this machine's calendar.
    zone : str, optional
        Zone of records that name none.
    own_folder : bool
        Whether the database's folder is Noctiflora's own.

    Returns
    -------
    FastAPI
        With ``state.keys`` for the start address.
    """
    app = FastAPI(
        title="Noctiflora",
        version=__version__,
        summary="Read-only access to one's own data, on this machine.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_life,
    )
    app.state.keys = Keys(port)
    app.state.eager = False
    app.state.noctiflora = State(
        shelf=Shelf(database=database, now=now, own_folder=own_folder),
        zone=zone,
        now=now,
        own_today=today,
        jobs=Jobs(),
        uploads=Uploads(),
        port=port,
    )
    for router in ROUTERS:
        app.include_router(router)
    app.state.paths = frozenset(str(getattr(route, "path", "")) for router in ROUTERS for route in router.routes)
    add_handlers(app)
    # The guard stands outermost: what it refuses comes no further.
    app.add_middleware(Ahead, owner=app, port=port)
    app.add_middleware(Guard, port=port, keys=app.state.keys, refuse=refuser(app))
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    if app.state.eager:
        app.state.ahead.begin()
    yield
    state = app.state.noctiflora
    assert isinstance(state, State)
    state.jobs.stop_all()
    state.uploads.clear()
    state.shelf.put_away()
    leave_sample(state)
