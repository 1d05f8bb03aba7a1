"""How a PostgreSQL server is spoken to.

Writers take turns by an advisory lock on the schema, as they do on an SQLite file: what one reads
before it writes cannot change under it. Readers see one state throughout and wait for nobody.
"""

from typing import Any

import sqlalchemy as sa

from noctiflora.core import MissingExtra, RangeError
from noctiflora.store._tables import APPLICATION_ID

WRITES = "noctiflora_writes"
"""The execution option of a connection that is to write."""

_DRIVER = "postgresql+psycopg"


def server_engine(address: str, busy_s: float) -> sa.Engine:
    """Return the engine for a server's address; nothing is connected yet.

    Parameters
    ----------
    address : str
        An SQLAlchemy address. Several people share a database by a schema each:
        ``?options=-csearch_path%3Dlena``.
    busy_s : float
        Seconds to wait for another writer, and for the server to answer.

    Raises
    ------
    MissingExtra
        If the driver is not installed.
    RangeError
        If it is another kind of database.
    """
    url = sa.make_url(address)
    if url.get_backend_name() != "postgresql":
        raise RangeError(
            "this kind of database is not known",
            where="db",
            found=url.get_backend_name(),
            do="give the path of a file, or an address that begins with postgresql+psycopg://",
        )
    try:
        engine = sa.create_engine(
            url.set(drivername=_DRIVER),
            pool_pre_ping=True,
            pool_size=4,
            max_overflow=12,
            pool_timeout=max(busy_s, 1.0),
            connect_args={"connect_timeout": max(2, round(busy_s)), "client_encoding": "utf8"},
        )
    except ModuleNotFoundError as error:
        raise MissingExtra("postgres", needed_for="a database on a server") from error
    sa.event.listen(engine, "begin", _begin(busy_s))
    return engine


def _begin(busy_s: float) -> Any:
    wait = f"{max(1, round(1000 * busy_s))}ms"

    def begin(connection: sa.Connection) -> None:
        if not connection.get_execution_options().get(WRITES, False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return
        connection.execute(_SETTINGS, {"wait": wait})
        connection.execute(_TURN, {"mark": APPLICATION_ID})

    return begin


# Durability is ours to ask for, but a stricter setting of the server's stays.
_SETTINGS = sa.text(
    "SELECT set_config('lock_timeout', :wait, true), CASE WHEN current_setting('synchronous_commit') = 'off'"
    " THEN set_config('synchronous_commit', 'on', true) END"
)
_TURN = sa.text("SELECT pg_advisory_xact_lock(:mark, hashtext(current_schema()))")
