"""Moves everything a person keeps to another database."""

import datetime as dt
from collections.abc import Callable

from noctiflora.store import Store, TableSum, move, open_store


def move_store(store: Store, location: str, *, now: Callable[[], dt.datetime]) -> tuple[TableSum, ...]:
    """Copy everything to an empty database, a file or a server, and compare count and hash.

    Parameters
    ----------
    store : Store
        The present one; it stays as it is.
    location : str
        Path of an SQLite file, or the address of a PostgreSQL server.
    now : callable
        Returns the present instant, with a zone.

    Returns
    -------
    tuple of TableSum
        What was carried, table by table.

    Raises
    ------
    RangeError
        If it is the same database, or the other one holds something.
    StoreError
        A leaf; then nothing is kept there.
    """
    with open_store(location, now=now) as target:
        return move(store, target)
