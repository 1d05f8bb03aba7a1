"""What one running web app holds: the open store, the clock, the jobs."""

import datetime as dt
import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from starlette.requests import HTTPConnection

from noctiflora.actions import home_zone
from noctiflora.core import NotFound, RangeError, zone
from noctiflora.store import Store, open_store
from noctiflora.web._jobs import Jobs
from noctiflora.web._uploads import Uploads

Clock = Callable[[], dt.datetime]


@dataclass(slots=True, kw_only=True)
class Shelf:
    """The one open store of the process, which can be put away and taken up again.

    Parameters
    ----------
    database : str
        File or address of the person's own database.
    now : callable
        Returns the present instant, with a zone.
    own_folder : bool
        Whether the folder is Noctiflora's own.
    """

    database: str
    now: Clock
    own_folder: bool = False
    _store: Store | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def store(self) -> Store:
        """Return the open store, opened at the first call.

        Raises
        ------
        StoreError
            A leaf, where it cannot be opened.
        """
        with self._lock:
            if self._store is None:
                self._store = open_store(self.database, now=self.now, own_folder=self.own_folder)
            return self._store

    def put_away(self) -> None:
        """Close the store; the next call of `store` opens what lies there then."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

    def alone(self) -> AbstractContextManager[object]:
        """Hold off every other opening while files are exchanged (restore, erase)."""
        return self._lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A made-up person's store, the folder it lies in, and the date by which it is shown."""

    shelf: Shelf
    folder: Path
    today: dt.date


@cache
def machine_zone() -> str | None:
    """Return the name of this machine's time zone, to be offered; None where it does not tell."""
    named = os.environ.get("TZ", "").lstrip(":")
    linked = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    for name in (named, linked):
        try:
            if name:
                zone(name)
                return name
        except RangeError:
            continue
    return None


@dataclass(slots=True, kw_only=True)
class State:
    """What the routes of one app share.

    Parameters
    ----------
    shelf : Shelf
        The person's own store.
    zone : str or None
        Zone of records that name none.
    now, own_today : callable
        The clock, and the date on this machine's calendar.
    jobs : Jobs
        Work that goes on in the background.
    uploads : Uploads
        Files on their way in.
    port : int
        Where the app listens.
    sample : Sample or None
        The made-up person while somebody only looks around.
    entering : Lock
        Held while an entry is compared with what lies there, then saved.
    """

    shelf: Shelf
    zone: str | None
    now: Clock
    own_today: Callable[[], dt.date]
    jobs: Jobs
    uploads: Uploads
    port: int
    sample: Sample | None = None
    entering: threading.Lock = field(default_factory=threading.Lock)

    @property
    def store(self) -> Store:
        """The store that pages show: the sample person's while somebody only looks around."""
        return (self.shelf if self.sample is None else self.sample.shelf).store()

    def today(self) -> dt.date:
        """Return the date by which pages go: the sample person's while somebody only looks around."""
        return self.own_today() if self.sample is None else self.sample.today

    @property
    def zone_name(self) -> str | None:
        """Zone of records and entries that name none: as started, or as named before; None where nobody named it.

        It is never the machine's own without asking: that may not be where the nights were slept.
        """
        return self.zone or home_zone(self.store)

    @property
    def file(self) -> Path:
        """The file of the person's own database.

        Raises
        ------
        NotFound
            If it lies on a server.
        """
        if "://" in self.shelf.database:
            raise NotFound("this database lies on a server, not in a file", do="use the server's own tools for copies")
        return Path(self.shelf.database)


def state_of(request: HTTPConnection) -> State:
    """Return what the app behind a request holds."""
    found = request.app.state.noctiflora
    assert isinstance(found, State)
    return found
