"""Runs the app on the loopback address until it is stopped."""

import datetime as dt
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from noctiflora.core import RangeError
from noctiflora.web._app import create_app

HOST = "127.0.0.1"
USUAL_PORT = 8620


def serve(
    database: str,
    *,
    port: int | None,
    now: Callable[[], dt.datetime],
    today: Callable[[], dt.date],
    tell: Callable[[str], None],
    zone: str | None = None,
    own_folder: bool = False,
) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    database : str
        File or address.
    port : int or None
        0 for any free one; None for the usual one, or any free one where that is taken.
    now, today : callable
        The present instant with a zone, and the date on this machine's calendar.
    tell : callable
        Takes the lines to print; the first is the address to open.
    zone : str, optional
        Zone of records that name none.
    own_folder : bool
        Whether the database's folder is Noctiflora's own.

    Raises
    ------
    RangeError
        If the port is taken or not to be had.
    """
    listening = _listen(port)
    with listening:
        actual = int(listening.getsockname()[1])
        app = create_app(database, port=actual, now=now, today=today, zone=zone, own_folder=own_folder)
        # Where there is nothing yet, the first page is the choice of how to begin, and nothing is written before.
        app.state.eager = "://" in database or Path(database).exists()
        tell(f"http://{HOST}:{actual}/start/{app.state.keys.start}")
        tell("Open this address in a browser on this computer; it works once. Stop with Ctrl+C.")
        settings = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=5,
        )
        uvicorn.Server(settings).run(sockets=[listening])


def _listen(port: int | None) -> socket.socket:
    """Return a socket on the loopback address."""
    for wanted in (USUAL_PORT, 0) if port is None else (port,):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, wanted))
        except (OSError, OverflowError):
            listening.close()
            continue
        # From here on a browser that is quicker than we are waits instead of being refused.
        listening.listen(64)
        return listening
    raise RangeError(
        "this port cannot be used", where="--port", found=str(port), do="leave it out, or name another above 1023"
    )
