"""Removes our tables from a database server."""

import datetime as dt
from pathlib import Path

import sqlalchemy as sa

from noctiflora.core import NotFound
from noctiflora.store._link import Link
from noctiflora.store._place import Place
from noctiflora.store._records import Erased
from noctiflora.store._schema import current
from noctiflora.store._tables import COPIES, METADATA, REVISION


def erase_server(place: Place, *, copies: bool, busy_s: float) -> Erased:
    """Drop every table of ours in one transaction; the database and what others keep in it stay.

    Parameters
    ----------
    place : Place
        The server.
    copies : bool
        Whether to remove the backups that were made as files.
    busy_s : float
        Seconds to wait for another writer.

    Raises
    ------
    NotFound
        If there is nothing.
    StoreForeign
        If the tables there are another program's.
    """
    link = Link(place, now=lambda: dt.datetime.now(dt.UTC), busy_s=busy_s)
    try:
        if current(link) is None:
            raise NotFound("there is nothing to erase", where=place.shown, do="check the address")
        with link.write() as connection:
            noted = [Path(p) for p in connection.execute(sa.select(COPIES.c.path).order_by(COPIES.c.path)).scalars()]
            METADATA.drop_all(connection)
            connection.exec_driver_sql(f"DROP TABLE {REVISION.name}")
    finally:
        link.engine.dispose()
    found = [path for path in noted if path.is_file()]
    for path in found if copies else ():
        path.unlink()
    removed = (place.shown, *(str(path) for path in found if copies))
    return Erased(removed=removed, left=() if copies else tuple(map(str, found)))
