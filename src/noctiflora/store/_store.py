"""The store: one open database with a door for each kind of thing it keeps."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, final

from noctiflora.core import StoreBusy
from noctiflora.store._additions import Additions
from noctiflora.store._answers import Answers
from noctiflora.store._connect import journal_for, settle_journal
from noctiflora.store._diary import Diary
from noctiflora.store._edits import Edits
from noctiflora.store._imports import Imports
from noctiflora.store._link import Link
from noctiflora.store._place import is_local, place_of, prepare, read_mounts, tighten
from noctiflora.store._schema import bring_up, current
from noctiflora.store._seal import unseal
from noctiflora.store._settings import Settings
from noctiflora.store._stools import Stools
from noctiflora.store._trials import Trials

BUSY_S = 10.0
"""Seconds to wait for another writer."""


@final
class Store:
    """An open database; made by `open_store`, closed on leaving a ``with`` block.

    Parameters
    ----------
    link : Link
        The open database.
    migrated : Path or None
        The backup made before a migration, if there was one.
    """

    def __init__(self, link: Link, *, migrated: Path | None = None) -> None:
        self.link = link
        self.migrated = migrated
        self.imports = Imports(link)
        self.edits = Edits(link)
        self.diary = Diary(link)
        self.answers = Answers(link)
        self.settings = Settings(link)
        self.trials = Trials(link)
        self.evidence = Additions(link)
        self.stools = Stools(link)

    @property
    def where(self) -> str:
        """Path or address of the database, without a password."""
        return self.link.place.shown

    def close(self) -> None:
        """Give back all connections."""
        self.link.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(
    location: str | Path, *, now: Callable[[], dt.datetime], own_folder: bool = False, busy_s: float = BUSY_S
) -> Store:
    """Open a database; create it, or bring its schema up to date, where needed.

    Parameters
    ----------
    location : str or Path
        The SQLite file, or an SQLAlchemy address.
    now : callable
        Returns the present instant, with a zone.
    own_folder : bool
        Whether the file's folder is Noctiflora's own, to be closed to others (0700). A folder that
        is created here is closed in any case; any other is left as it is.
    busy_s : float
        Seconds to wait for another writer.

    Returns
    -------
    Store
        To be closed by the caller.

    Raises
    ------
    StoreForeign
        If the file is no database, or another program's.
    MigrationNeeded
        If a newer version wrote it.
    StoreError
        Another leaf, where file, folder, disk or lock are in the way.
    """
    place = place_of(location)
    if place.path is not None:
        prepare(place.path, own_folder=own_folder)
    link = Link(place, now=now, busy_s=busy_s)
    try:
        found = current(link)
        if place.path is not None:
            # The mode can only be changed by the one who has the file to oneself.
            link.engine.dispose()
            unseal(place.path, busy_s=busy_s)
            _settle(place.path, busy_s)
        kept = bring_up(link, found)
        if place.path is not None:
            tighten(place.path)
    except BaseException:
        link.engine.dispose()
        raise
    return Store(link, migrated=kept)


def _settle(path: Path, busy_s: float) -> None:
    version = sqlite3.sqlite_version_info
    want = journal_for(version, local=is_local(path, read_mounts()))
    have = settle_journal(path, want, busy_s=busy_s)
    if want == "delete" and have == "wal":
        raise StoreBusy(
            "the database is in a mode that is not safe here, while another process keeps it open",
            where=str(path),
            found="write-ahead log",
            do="close every other Noctiflora, then try again",
        )
