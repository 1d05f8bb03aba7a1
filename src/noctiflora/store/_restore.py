"""Puts a backup in the place of the present database."""

import datetime as dt
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.store._connect import connect
from noctiflora.store._errors import StoreForeign
from noctiflora.store._lock import unlock
from noctiflora.store._move import move
from noctiflora.store._place import JOURNALS, place_of, prepare, sync_folder, tighten
from noctiflora.store._seal import Form, check_seal
from noctiflora.store._snapshot import free_name, part_name, sync, write_part
from noctiflora.store._store import BUSY_S, open_store
from noctiflora.store._tables import APPLICATION_ID
from noctiflora.store._trouble import translated
from noctiflora.store._verify import foreign, verify


def restore(
    path: str | Path, location: str | Path, *, passphrase: str | None = None, busy_s: float = BUSY_S
) -> Path | None:
    """Replace the database at `location` by a backup, in one step.

    The backup is checked, copied beside the present database and checked again before anything
    changes. The present database is kept as ``NAME.replaced.bak``, even if it is damaged. Stores
    that are open elsewhere go on with the restored one.

    Parameters
    ----------
    path : str or Path
        The backup; it is not changed.
    location : str or Path
        The SQLite file to replace or create, or the address of a server that holds nothing yet.
    passphrase : str, optional
        Of an encrypted backup; not used for another.
    busy_s : float
        Seconds to wait for another writer.

    Returns
    -------
    Path or None
        Where the replaced database is kept; None if there was none.

    Raises
    ------
    NotFound, StoreForeign, StoreDamaged, MigrationNeeded
        If the backup is missing, not ours, damaged, or newer than this version; the present
        database is untouched.
    RangeError
        If the passphrase is missing or does not open the backup.
    StoreForeign
        If the present database is another program's.
    StoreBusy
        If somebody is writing.
    """
    source, place = Path(path).expanduser().resolve(), place_of(location)
    target = place.path
    if target is None:
        _to_server(source, str(location), passphrase, busy_s)
        return None
    if source == target:
        raise RangeError("the backup is the database itself", where=str(source), do="name a backup")
    form = _checked(source, passphrase, busy_s)
    created = not target.exists()
    prepare(target, own_folder=False)
    try:
        part = _copy(source, target, form, passphrase, busy_s)
    except BaseException:
        if created:
            target.unlink(missing_ok=True)
        raise
    try:
        return _swap(part, target, busy_s)
    finally:
        part.unlink(missing_ok=True)


def _checked(source: Path, passphrase: str | None, busy_s: float) -> Form:
    """Return the form of a backup that is as it was written, and sound as far as it can be read."""
    form = check_seal(source)
    if form is not Form.LOCKED:
        verify(source, busy_s=busy_s)
    elif passphrase is None:
        raise RangeError("this backup is encrypted", where=str(source), do="give its passphrase")
    return form


def _copy(source: Path, target: Path, form: Form, passphrase: str | None, busy_s: float) -> Path:
    """Return a checked readable copy of a backup beside `target`, on the disk."""
    if form is not Form.LOCKED or passphrase is None:
        return write_part(source, target, busy_s=busy_s, mode="ro")
    part = part_name(target)
    try:
        unlock(source, part, passphrase)
        with translated(str(target)):
            sync(part)
        verify(part, busy_s=busy_s)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _to_server(source: Path, address: str, passphrase: str | None, busy_s: float) -> None:
    """Bring a backup to a server that holds nothing yet; the backup itself is never opened for writing."""
    form = _checked(source, passphrase, busy_s)
    with tempfile.TemporaryDirectory(prefix="noctiflora-") as folder:
        # An older backup is brought up to date as a copy.
        part = _copy(source, Path(folder) / "copy.sqlite", form, passphrase, busy_s)
        with open_store(part, now=_now, busy_s=busy_s) as old, open_store(address, now=_now, busy_s=busy_s) as new:
            move(old, new)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _swap(part: Path, target: Path, busy_s: float) -> Path | None:
    with _held(target, busy_s), translated(str(target)):
        kept = None if target.stat().st_size == 0 else free_name(target, "replaced")
        for end in JOURNALS:
            # A journal left here would be played back into the restored database.
            journal = Path(f"{target}{end}")
            if journal.exists():
                journal.replace(f"{kept}{end}") if kept else journal.unlink()
        if kept is not None:
            _keep(target, kept)
        part.replace(target)
        sync_folder(target.parent)
    if kept is not None:
        tighten(kept)
    return kept


def _keep(target: Path, kept: Path) -> None:
    try:
        os.link(target, kept)
    except OSError:
        # No hard links on this disk: for a moment only the kept name exists.
        target.replace(kept)


@contextmanager
def _held(target: Path, busy_s: float) -> Iterator[None]:
    """Keep all others out of the present database, unless it is too damaged to be held."""
    connection: sqlite3.Connection | None = None
    try:
        try:
            with translated(str(target)):
                connection = connect(target, busy_s=busy_s)
                _take(connection, target)
        except StoreDamaged:
            pass
        except StoreForeign:
            if connection is not None and _readable(connection):
                raise
        yield
    finally:
        if connection is not None:
            connection.close()


def _take(connection: sqlite3.Connection, target: Path) -> None:
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if mark != APPLICATION_ID and (mark or tables):
        raise foreign(target)
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    connection.execute("BEGIN EXCLUSIVE")


def _readable(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        return False
    return True
