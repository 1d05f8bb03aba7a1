"""Brings a database to the schema of this version, with a backup before every change."""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from noctiflora.core import StoreDamaged
from noctiflora.store._link import Link
from noctiflora.store._snapshot import free_name, snapshot
from noctiflora.store._tables import APPLICATION_ID, FIRST_TABLES, REVISION, REVISIONS
from noctiflora.store._verify import check_revision, foreign


def current(link: Link) -> str | None:
    """Return the schema revision of an existing database, None for one that is still empty.

    Raises
    ------
    StoreForeign
        If it is another program's.
    StoreDamaged
        If it is ours but says nothing of its schema.
    """
    with link.read() as connection:
        return _current(connection, link.place.shown)


def _current(connection: sa.Connection, where: str) -> str | None:
    tables = set(sa.inspect(connection).get_table_names())
    if connection.dialect.name == "sqlite":
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        acting = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')").first()
        if (mark != APPLICATION_ID and (tables or mark)) or acting:
            raise foreign(where)
    elif tables and not tables >= {REVISION.name, *FIRST_TABLES}:
        raise foreign(where)
    if not tables:
        return None
    found: str | None = None
    if REVISION.name in tables:
        found = connection.execute(sa.select(REVISION.c.version_num)).scalar()
    if found is None:
        raise StoreDamaged("the database does not say which schema it has", where=where, do="restore a backup")
    return found


def bring_up(
    link: Link, found: str | None, *, revisions: Sequence[str] = REVISIONS, folder: Path | None = None
) -> Path | None:
    """Create or migrate the tables if need be, in one transaction.

    Parameters
    ----------
    link : Link
        The open database.
    found : str or None
        What `current` returned.
    revisions : sequence of str
        The schema revisions known, oldest first.
    folder : Path, optional
        Another folder of scripts.

    Returns
    -------
    Path or None
        The backup made before a migration.

    Raises
    ------
    MigrationNeeded
        If a newer version wrote the database.
    StoreError
        A leaf; then the database is as before.
    """
    target = revisions[-1]
    if found == target:
        return None
    if found is not None:
        check_revision(found, link.place.shown, revisions)
    from noctiflora.store._migrate import FOLDER, upgrade

    kept: Path | None = None
    with link.write(alters=True) as connection:
        # Somebody else may have done it while we waited for the lock.
        found = _current(connection, link.place.shown)
        if found == target:
            return None
        path = link.place.path
        if found is not None and path is not None:
            check_revision(found, path, revisions)
            kept = free_name(path, f"before-{target}")
            snapshot(path, kept, busy_s=link.busy_s, revisions=revisions)
        upgrade(connection, target, folder=folder or FOLDER)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    return kept
