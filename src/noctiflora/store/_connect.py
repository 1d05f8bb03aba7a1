"""How one connection to an SQLite file is set up.

A database must never be opened as a plain file while a connection may be open: closing any handle
drops all POSIX locks of the process (https://sqlite.org/howtocorrupt.html, 2.2). So everything,
the header included, is asked for through SQLite.
"""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from noctiflora.store._trouble import translated

SAFE_WAL = (3, 51, 3)
"""The first SQLite without the WAL-reset corruption bug."""

_SETTINGS = (
    "PRAGMA foreign_keys=ON",
    # Not FULL: that leaves the end of the journal, which is the commit, to the disk's own time, so a power
    # cut can undo what was acknowledged (https://sqlite.org/pragma.html#pragma_synchronous).
    "PRAGMA synchronous=EXTRA",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    # Sorting must not leave personal data in a temporary file.
    "PRAGMA temp_store=MEMORY",
)


def connect(path: Path, *, busy_s: float, mode: str = "rw", bare: bool = False) -> sqlite3.Connection:
    """Open an existing SQLite file; transactions are begun by hand.

    Parameters
    ----------
    path : Path
        The file; it is never created here.
    busy_s : float
        Seconds to wait for another writer.
    mode : str
        ``"rw"`` or ``"ro"``.
    bare : bool
        Whether to leave our settings out: they read the schema, which a damaged file may not have.

    Raises
    ------
    sqlite3.Error
        Untranslated, because SQLAlchemy calls this too.
    """
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}", uri=True, timeout=busy_s, isolation_level=None, check_same_thread=False
    )
    try:
        for setting in () if bare else _SETTINGS:
            connection.execute(setting)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def journal_for(version: tuple[int, int, int], *, local: bool) -> str:
    """Return the journal mode to use: ``"wal"`` only where it is known to be safe.

    Examples
    --------
    >>> journal_for((3, 40, 1), local=True), journal_for((3, 51, 3), local=True)
    ('delete', 'wal')
    """
    return "wal" if version >= SAFE_WAL and local else "delete"


def settle_journal(path: Path, want: str, *, busy_s: float) -> str:
    """Ask for a journal mode, then return the one SQLite reads back.

    Raises
    ------
    StoreBusy
        If a file in WAL mode must leave it but another process is in the way.
    """
    with translated(str(path)):
        connection = connect(path, busy_s=busy_s)
        try:
            have = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
            if have == want or (want == "delete" and have != "wal"):
                return have
            return str(connection.execute(f"PRAGMA journal_mode={want}").fetchone()[0])
        finally:
            connection.close()
