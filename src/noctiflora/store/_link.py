"""The one way to the database: an engine, a lock, and the two kinds of transaction."""

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.store._connect import connect
from noctiflora.store._place import Place
from noctiflora.store._server import WRITES, server_engine
from noctiflora.store._trouble import busy, translated

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)


class Link:
    """Engine, lock and clock of one open store.

    Parameters
    ----------
    place : Place
        Where the database is.
    now : callable
        Returns the present instant, with a zone.
    busy_s : float
        Seconds to wait for another writer.
    """

    def __init__(self, place: Place, *, now: Callable[[], dt.datetime], busy_s: float) -> None:
        self.place = place
        self.busy_s = busy_s
        self.engine = _engine(place, busy_s)
        self._now = now
        self._lock = threading.Lock()

    def now_us(self) -> int:
        """Return the present instant in microseconds since 1970."""
        return to_us(self._now())

    @contextmanager
    def write(self, *, alters: bool = False) -> Iterator[sa.Connection]:
        """Open a writing transaction: committed on leaving, rolled back on any error.

        Parameters
        ----------
        alters : bool
            Whether tables are rebuilt, so that references are checked once at the end instead of
            at every step.

        Raises
        ------
        StoreError
            A leaf; then nothing of the transaction is kept.
        """
        if not self._lock.acquire(timeout=self.busy_s):
            raise busy(self.place.shown)
        try:
            with translated(self.place.shown), self.engine.connect() as connection:
                connection.execution_options(**{WRITES: True})
                if alters:
                    _references(connection, on=False)
                try:
                    with connection.begin():
                        yield connection
                        if alters:
                            _check_references(connection, self.place.shown)
                finally:
                    if alters:
                        _references(connection, on=True)
        finally:
            self._lock.release()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Open a reading transaction, which sees one state of the database throughout."""
        with translated(self.place.shown), self.engine.connect() as connection, connection.begin():
            yield connection


def _references(connection: sa.Connection, *, on: bool) -> None:
    # SQLite ignores this setting inside a transaction, so it goes round SQLAlchemy, which begins one.
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _check_references(connection: sa.Connection, where: str) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StoreDamaged("the new tables do not fit together; nothing was changed", where=where, do="report this")


def to_us(instant: dt.datetime) -> int:
    """Return an instant in microseconds since 1970, exactly.

    Raises
    ------
    RangeError
        If the instant has no zone.

    Examples
    --------
    >>> to_us(dt.datetime(1970, 1, 1, 1, tzinfo=dt.UTC))
    3600000000
    """
    if instant.tzinfo is None:
        raise RangeError("an instant needs its zone", where="store", found=str(instant), do="give it in UTC")
    return (instant - _EPOCH) // _MICROSECOND


def from_us(us: int) -> dt.datetime:
    """Return the instant `us` microseconds after 1970, in UTC."""
    return _EPOCH + dt.timedelta(microseconds=us)


def put(connection: sa.Connection, table: sa.Table, key: Mapping[str, object], values: Mapping[str, object]) -> None:
    """Write one row, in place of the row with the same key if there is one."""
    same = sa.and_(*(table.c[name] == value for name, value in key.items()))
    if connection.execute(table.update().where(same).values(**values)).rowcount == 0:
        connection.execute(table.insert().values(**key, **values))


def _engine(place: Place, busy_s: float) -> sa.Engine:
    path = place.path
    if path is None:
        return server_engine(place.url, busy_s)
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        creator=lambda: connect(path, busy_s=busy_s),
        poolclass=sa.QueuePool,
        pool_size=4,
        max_overflow=12,
        pool_timeout=max(busy_s, 1.0),
    )
    sa.event.listen(engine, "connect", _Identity(path).remember)
    sa.event.listen(engine, "checkout", _Identity(path).compare)
    sa.event.listen(engine, "begin", _begin(path))
    return engine


class _Identity:
    """Notices that the file under a pooled connection was replaced (restore) or removed (erase)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def remember(self, _driver: object, record: Any) -> None:
        record.info["file"] = file_id(self._path)

    def compare(self, _driver: object, record: Any, _proxy: object) -> None:
        if record.info.get("file") != file_id(self._path):
            raise sa.exc.DisconnectionError


def file_id(path: Path) -> tuple[int, int] | None:
    """Return what tells this file from another of the same name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _begin(path: Path) -> Callable[[sa.Connection], None]:
    def begin(connection: sa.Connection) -> None:
        if not connection.get_execution_options().get(WRITES, False):
            connection.exec_driver_sql("BEGIN")
            return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        # A restore may have put another file here while we waited for the lock.
        if connection.connection.info.get("file") != file_id(path):
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.rollback()
            connection.invalidate()
            raise busy(str(path))

    return begin
