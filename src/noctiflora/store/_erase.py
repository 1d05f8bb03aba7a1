"""Removes a database with everything that belongs to it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from noctiflora.core import NotFound, StoreError
from noctiflora.store._connect import connect
from noctiflora.store._erase_server import erase_server
from noctiflora.store._place import JOURNALS, place_of, sync_folder
from noctiflora.store._records import Erased
from noctiflora.store._seal import is_locked
from noctiflora.store._store import BUSY_S
from noctiflora.store._tables import APPLICATION_ID
from noctiflora.store._trouble import translated
from noctiflora.store._verify import foreign

_BESIDE = re.compile(
    r"\.(before-\w+|replaced)(-\d+)?\.bak(-journal|-wal|-shm)?"
    r"|(\.(before-\w+|replaced)(-\d+)?\.bak)?\.[0-9a-f]{8}\.part(-journal)?"
)


def erase(location: str | Path, *, copies: bool = False, busy_s: float = BUSY_S) -> Erased:
    """Remove a database, its journals and the backups that were made beside it.

    Parameters
    ----------
    location : str or Path
        The SQLite file, or a server's address: there our tables go, and the database stays.
    copies : bool
        Whether to remove the backups that were made elsewhere too; else they are only named.
    busy_s : float
        Seconds to wait for another writer.

    Returns
    -------
    Erased
        What is gone, and which backups are left.

    Raises
    ------
    NotFound
        If there is nothing.
    StoreForeign
        If the file is no database, or another program's; nothing is removed.
    StoreBusy
        If somebody is writing.
    """
    place = place_of(location)
    path = place.path
    if path is None:
        return erase_server(place, copies=copies, busy_s=busy_s)
    beside = _beside(path)
    if not path.exists() and not beside:
        raise NotFound("there is nothing to erase", where=str(path), do="check the path")
    noted = _noted(path, busy_s) if path.exists() else ()
    elsewhere = [copy for copy in noted if copy not in beside and _marked(copy)]
    doomed = [*beside, *(elsewhere if copies else ()), path, *(Path(f"{path}{end}") for end in JOURNALS)]
    removed = []
    with translated(str(path)):
        for file in doomed:
            if file.is_file():
                file.unlink()
                removed.append(str(file))
        sync_folder(path.parent)
    return Erased(removed=tuple(removed), left=() if copies else tuple(map(str, elsewhere)))


def _beside(path: Path) -> list[Path]:
    """Return our own files beside `path`: backups, unfinished copies, journals without a database."""
    if not path.parent.is_dir():
        return []
    lost = [Path(f"{path}{end}") for end in JOURNALS] if not path.exists() else []
    named = [
        f for f in path.parent.iterdir() if f.name.startswith(path.name) and _BESIDE.fullmatch(f.name[len(path.name) :])
    ]
    return sorted([*named, *(f for f in lost if f.exists())])


def _noted(path: Path, busy_s: float) -> tuple[Path, ...]:
    """Return where the database says its backups are, after making sure that it is ours and idle."""
    # Bare, because a file whose list of tables is damaged must go too.
    with translated(str(path)), closing(connect(path, busy_s=busy_s, bare=True)) as connection:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        if mark != APPLICATION_ID:
            if mark or path.stat().st_size:
                raise foreign(path)
            return ()
        try:
            connection.execute("BEGIN EXCLUSIVE")
            return tuple(Path(row[0]) for row in connection.execute("SELECT path FROM copies ORDER BY path"))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (5, 6):  # busy, locked
                raise
            return ()
        except sqlite3.DatabaseError:
            # Too damaged to be asked; it still carries our mark, so it may go.
            return ()


def _marked(path: Path) -> bool:
    """Return whether a noted backup is still there and still ours."""
    if not path.is_file():
        return False
    if is_locked(path):
        return True
    try:
        with translated(str(path)), closing(connect(path, busy_s=0, mode="ro")) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except StoreError:
        return False
