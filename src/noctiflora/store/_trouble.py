"""One place where what a database says becomes one of our errors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from noctiflora.core import NotFound, StoreBusy, StoreDamaged, StoreError
from noctiflora.store._errors import StoreConflict, StoreForeign, StoreFull, StoreReadOnly, StoreUnreachable

_BUSY, _LOCKED, _PERM, _READONLY, _IOERR = 5, 6, 3, 8, 10
_CORRUPT, _FULL, _CANTOPEN, _AUTH, _CONSTRAINT, _NOTADB = 11, 13, 14, 23, 19, 26


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn database and file errors raised inside into leaves of StoreError.

    Parameters
    ----------
    where : str
        Path or address to name in the message.

    Raises
    ------
    StoreError
        One leaf per kind of trouble.
    """
    try:
        yield
    except StoreError:
        raise
    except sa.exc.DBAPIError as error:
        raise from_driver(error.orig, where) from error
    except sqlite3.Error as error:
        raise from_driver(error, where) from error
    except sa.exc.TimeoutError as error:
        raise busy(where) from error
    except OSError as error:
        raise from_system(error, where) from error


def busy(where: str) -> StoreBusy:
    """Return the error for a database that another holds."""
    return StoreBusy(
        "another process is writing to the database",
        where=where,
        do="wait a moment, or close the other Noctiflora, then try again",
    )


def from_driver(error: BaseException | None, where: str) -> StoreError:
    """Return the leaf for an error of the database driver."""
    if not isinstance(error, sqlite3.Error):
        return from_server(error, where)
    said = str(error)
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (_BUSY, _LOCKED):
        return busy(where)
    if code == _CANTOPEN:
        return _cannot_open(where, said)
    if code not in _LEAVES:
        return StoreDamaged(
            "the database does not answer as it should",
            where=where,
            found=said,
            do="run the doctor; if it finds damage, restore a backup",
        )
    leaf, what, do = _LEAVES[code]
    return leaf(what, where=where, found=said, do=do)


def from_server(error: BaseException | None, where: str) -> StoreError:
    """Return the leaf for an error of a database server.

    The five letters of its state are those of https://www.postgresql.org/docs/current/errcodes-appendix.html;
    a connection that was never made has none.
    """
    state = str(getattr(error, "sqlstate", None) or "")
    said = " ".join(str(error).split())
    if state in _TAKEN:
        return busy(where)
    for beginning, code in _STATES.items():
        if state.startswith(beginning):
            leaf, what, do = _LEAVES[code]
            return leaf(what, where=where, found=said, do=do)
    return StoreUnreachable(
        "the database server refused", where=where, found=said, do="check the server and its address, then try again"
    )


def from_system(error: OSError, where: str) -> StoreError:
    """Return the leaf for an error of the operating system."""
    said = error.strerror or type(error).__name__
    if isinstance(error, FileNotFoundError):
        return NotFound("there is no such file", where=where, do="check the path")
    if isinstance(error, PermissionError) or error.errno == 30:  # EROFS
        leaf, what, do = _LEAVES[_READONLY]
        return leaf(what, where=where, found=said, do=do)
    if error.errno in (27, 28, 122):  # EFBIG, ENOSPC, EDQUOT
        leaf, what, do = _LEAVES[_FULL]
        return leaf(what, where=where, found=said, do=do)
    return StoreUnreachable(
        "the file or folder cannot be used", where=where, found=said, do="check the path and the disk"
    )


def _cannot_open(where: str, said: str) -> StoreError:
    if "://" not in where and not Path(where).exists():
        return NotFound("there is no database here any more", where=where, do="open it anew, or restore a backup")
    return StoreUnreachable(
        "the database cannot be opened", where=where, found=said, do="check the path and its permissions"
    )


_READ_ONLY = (
    StoreReadOnly,
    "the database cannot be written",
    "check who owns the file and its folder, or name another with --db",
)
_LEAVES: dict[int, tuple[type[StoreError], str, str]] = {
    _PERM: _READ_ONLY,
    _READONLY: _READ_ONLY,
    _AUTH: _READ_ONLY,
    _FULL: (StoreFull, "the disk is full; nothing of this was saved", "free some space and try again"),
    _IOERR: (StoreUnreachable, "the disk could not be read or written", "check the disk and try again"),
    _CORRUPT: (StoreDamaged, "the database is damaged", "restore a backup; keep the damaged file until that is done"),
    _NOTADB: (StoreForeign, "this file is not a database", "name another file with --db, or restore a backup"),
    _CONSTRAINT: (StoreConflict, "the same thing was saved by another at the same time", "load it again and repeat"),
}

_TAKEN = frozenset({"55P03", "40001", "40P01", "57014"})
"""Lock not available, serialisation failure, deadlock, statement timeout."""

_STATES = {"25006": _READONLY, "42501": _PERM, "53100": _FULL, "XX": _CORRUPT, "58": _IOERR, "23": _CONSTRAINT}
