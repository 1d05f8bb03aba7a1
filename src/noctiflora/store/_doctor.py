"""Looks a database over without changing anything in it."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from noctiflora.core import StoreError
from noctiflora.store._connect import connect, journal_for
from noctiflora.store._doctor_server import examine_server
from noctiflora.store._place import FILE_MODE, FOLDER_MODE, JOURNALS, is_local, place_of, read_mounts
from noctiflora.store._records import Check
from noctiflora.store._store import BUSY_S
from noctiflora.store._tables import HEAD, REVISIONS
from noctiflora.store._trouble import translated
from noctiflora.store._verify import integrity, is_ours, revision_of

_LITTLE_MB = 100
"""Below this much free space imports may fail (assumed; 20 to 500 MB)."""


def doctor(location: str | Path, *, busy_s: float = BUSY_S) -> tuple[Check, ...]:
    """Return what can be said of the health of a database; trouble is a finding, not an error.

    Parameters
    ----------
    location : str or Path
        The SQLite file, or an SQLAlchemy address.
    busy_s : float
        Seconds to wait for a writer.

    Raises
    ------
    RangeError
        If `location` is not the place of a database.
    """
    place = place_of(location)
    path = place.path
    if path is None:
        return examine_server(place, busy_s=busy_s)
    if not path.is_file():
        return (Check(name="database", ok=False, found="no file", do="import something first, or restore a backup"),)
    checks = [Check(name="database", ok=True, found=str(path))]
    try:
        with translated(str(path)), closing(connect(path, busy_s=busy_s)) as connection:
            checks += _inside(connection, path)
    except StoreError as error:
        checks.append(Check(name="content", ok=False, found=str(error), do=error.do or ""))
    return (*checks, *_outside(path))


def _inside(connection: sqlite3.Connection, path: Path) -> list[Check]:
    # With no mark and no table it is a file that was created and not yet filled.
    if not is_ours(connection):
        return [Check(name="owner", ok=False, found="not a database of ours", do="name another file")]
    wrong = integrity(connection)
    found = revision_of(connection)
    ahead = found not in REVISIONS
    mode = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    want = journal_for(sqlite3.sqlite_version_info, local=is_local(path, read_mounts()))
    sound = not (mode == "wal" and want != "wal")
    left = connection.execute("SELECT count(*) FROM stages").fetchone()[0] if found == HEAD else 0
    return [
        Check(name="owner", ok=True, found="ours"),
        Check(
            name="integrity",
            ok=not wrong,
            found="; ".join(wrong) or "pages, indexes and references are sound",
            do="restore a backup" if wrong else "",
        ),
        Check(
            name="schema",
            ok=not ahead,
            found=f"{found or 'none'}, this version uses {HEAD}",
            do="install the newest Noctiflora" if ahead else "",
        ),
        Check(
            name="journal",
            ok=sound,
            found=f"{mode}, wanted {want}",
            do="" if sound else "close every Noctiflora and open the database once",
        ),
        Check(name="unfinished imports", ok=True, found=f"{left}, never shown; the next import clears old ones"),
    ]


def _outside(path: Path) -> list[Check]:
    free_mb = shutil.disk_usage(path.parent).free // 1_000_000
    enough = free_mb >= _LITTLE_MB
    return [
        *_permissions(path),
        Check(name="free space", ok=enough, found=f"{free_mb} MB", do="" if enough else "free some space"),
        Check(name="sqlite", ok=True, found=sqlite3.sqlite_version),
    ]


def _permissions(path: Path) -> list[Check]:
    if os.name != "posix":
        return [Check(name="permissions", ok=None, found="not told on this system")]
    files = [f for f in (path, *(Path(f"{path}{end}") for end in JOURNALS)) if f.exists()]
    files += sorted(path.parent.glob(f"{path.name}.*.bak"))
    open_files = [f.name for f in files if stat.S_IMODE(f.stat().st_mode) & ~FILE_MODE]
    folder = stat.S_IMODE(path.parent.stat().st_mode)
    closed = not folder & ~FOLDER_MODE
    return [
        Check(
            name="file permissions",
            ok=not open_files,
            found=f"others can reach {', '.join(open_files)}" if open_files else "for the owner only",
            do="chmod 600 these files" if open_files else "",
        ),
        Check(
            name="folder permissions",
            # A shared folder is no fault of ours: the files are closed all the same.
            ok=True if closed else None,
            found=f"{folder:04o}",
            do="" if closed else "if the folder is for Noctiflora alone: chmod 700",
        ),
    ]
