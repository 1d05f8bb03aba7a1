"""Whether a file is a sound database of ours: asked of every backup before it counts as one."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from noctiflora.core import MigrationNeeded, NotFound, StoreDamaged
from noctiflora.store._connect import connect
from noctiflora.store._errors import StoreForeign
from noctiflora.store._tables import APPLICATION_ID, REVISIONS
from noctiflora.store._trouble import translated


def verify(path: Path, *, busy_s: float = 10.0, revisions: Sequence[str] = REVISIONS) -> str:
    """Open a database for reading and check all of it.

    Parameters
    ----------
    path : Path
        The file.
    busy_s : float
        Seconds to wait for a writer.
    revisions : sequence of str
        The schema revisions known, oldest first.

    Returns
    -------
    str
        The schema revision it stands at.

    Raises
    ------
    NotFound
        If there is no file.
    StoreForeign
        If it is no database, or another program's.
    StoreDamaged
        If it does not pass its checks.
    MigrationNeeded
        If a newer version wrote it.
    """
    if not path.is_file():
        raise NotFound("there is no such file", where=str(path), do="check the path")
    with translated(str(path)), closing(connect(path, busy_s=busy_s, mode="ro")) as connection:
        if not is_ours(connection):
            raise foreign(path)
        for found in integrity(connection):
            raise StoreDamaged(
                "this database does not pass its check", where=str(path), found=found, do="use another backup"
            )
        return check_revision(revision_of(connection), path, revisions)


def is_ours(connection: sqlite3.Connection) -> bool:
    """Return whether the file carries our mark, with nothing in it that acts by itself."""
    mark: int = connection.execute("PRAGMA application_id").fetchone()[0]
    # We write neither triggers nor views; a file that has them was changed by somebody.
    alive = connection.execute("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()[0]
    return mark == APPLICATION_ID and alive == 0


def integrity(connection: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the pages, indexes or references; empty if nothing is."""
    pages = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
    references = [f"a row of {row[0]} points nowhere" for row in connection.execute("PRAGMA foreign_key_check")]
    return pages + references[:5]


def revision_of(connection: sqlite3.Connection) -> str:
    """Return the noted schema revision; empty if none is noted."""
    table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone() if table else None
    return str(found[0]) if found else ""


def check_revision(found: str, path: Path | str, revisions: Sequence[str]) -> str:
    """Return `found` if it is one of ours.

    Raises
    ------
    MigrationNeeded
        If it is not.
    """
    if found in revisions:
        return found
    raise MigrationNeeded(
        "this database was written by a newer version",
        where=str(path),
        found=f"schema {found or 'without number'}",
        do=f"install the newest Noctiflora; this one reads up to schema {revisions[-1]}",
    )


def foreign(path: Path | str) -> StoreForeign:
    """Return the error for a database of another program."""
    return StoreForeign(
        "this database belongs to another program; it was left as it is",
        where=str(path),
        do="name another file",
    )
