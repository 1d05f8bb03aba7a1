"""Looks a database on a server over without changing anything in it."""

import datetime as dt

import sqlalchemy as sa

from noctiflora.core import StoreError
from noctiflora.store._link import Link
from noctiflora.store._place import Place
from noctiflora.store._records import Check
from noctiflora.store._schema import current
from noctiflora.store._tables import EPISODES, HEAD, REVISIONS, SIGHTINGS, STAGES


def examine_server(place: Place, *, busy_s: float) -> tuple[Check, ...]:
    """Return what can be said of the health of a database on a server; trouble is a finding.

    Parameters
    ----------
    place : Place
        The server.
    busy_s : float
        Seconds to wait for an answer.
    """
    link = Link(place, now=lambda: dt.datetime.now(dt.UTC), busy_s=busy_s)
    checks = [Check(name="database", ok=True, found=place.shown)]
    try:
        found = current(link)
        with link.read() as connection:
            checks += _inside(connection, found)
    except StoreError as error:
        checks.append(Check(name="content", ok=False, found=str(error), do=error.do or ""))
    finally:
        link.engine.dispose()
    return tuple(checks)


def _inside(connection: sa.Connection, found: str | None) -> list[Check]:
    version, encoding, flush, commit = connection.exec_driver_sql(
        "SELECT current_setting('server_version'), current_setting('server_encoding'),"
        " current_setting('fsync'), current_setting('synchronous_commit')"
    ).one()
    known = found is None or found in REVISIONS
    checks = [
        Check(name="server", ok=True, found=f"PostgreSQL {version}"),
        Check(
            name="encoding",
            ok=encoding == "UTF8",
            found=encoding,
            do="" if encoding == "UTF8" else "create the database with the encoding UTF8",
        ),
        Check(
            name="durability",
            ok=flush == "on",
            found=f"fsync {flush}, synchronous_commit {commit}",
            do="" if flush == "on" else "set fsync = on: a power cut may lose what was saved",
        ),
        Check(
            name="schema",
            ok=known,
            found=f"{found or 'none yet'}, this version uses {HEAD}",
            do="" if known else "install the newest Noctiflora",
        ),
    ]
    return checks + (_content(connection) if found == HEAD else [])


def _content(connection: sa.Connection) -> list[Check]:
    unseen = ~sa.select(SIGHTINGS.c.identity).where(SIGHTINGS.c.identity == EPISODES.c.identity).exists()
    lost = connection.execute(sa.select(sa.func.count()).select_from(EPISODES).where(unseen)).scalar_one()
    left = connection.execute(sa.select(sa.func.count()).select_from(STAGES)).scalar_one()
    return [
        Check(
            name="integrity",
            ok=lost == 0,
            found=f"{lost} sleeps without their import" if lost else "every sleep has its import",
            do="restore a backup" if lost else "",
        ),
        Check(name="unfinished imports", ok=True, found=f"{left}, never shown; the next import clears old ones"),
    ]
