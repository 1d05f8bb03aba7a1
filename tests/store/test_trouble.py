"""What the database or the system says becomes one leaf each."""

import errno
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from noctiflora.core import NotFound, StoreBusy, StoreDamaged, StoreError
from noctiflora.store import StoreConflict, StoreForeign, StoreFull, StoreReadOnly, StoreUnreachable
from noctiflora.store._trouble import from_driver, translated

CODES = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_BUSY_SNAPSHOT: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_READONLY_DBMOVED: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_IOERR_FSYNC: StoreUnreachable,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreForeign,
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: StoreConflict,
    sqlite3.SQLITE_ERROR: StoreDamaged,
}


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("said")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(("code", "leaf"), CODES.items())
def test_each_code_has_its_leaf(code: int, leaf: type[StoreError]) -> None:
    with pytest.raises(leaf) as caught, translated("nights.db"):
        raise sqlite_error(code)
    assert type(caught.value) is leaf
    assert "nights.db" in str(caught.value)
    assert caught.value.do
    wrapped = sa.exc.DBAPIError("SELECT 1", None, sqlite_error(code))
    with pytest.raises(leaf), translated("nights.db"):
        raise wrapped


def test_a_file_that_is_gone_is_not_found(tmp_path: Path) -> None:
    error = sqlite_error(sqlite3.SQLITE_CANTOPEN)
    assert type(from_driver(error, str(tmp_path / "gone.db"))) is NotFound
    assert type(from_driver(error, str(tmp_path))) is StoreUnreachable


def test_a_server_is_not_sqlite() -> None:
    assert type(from_driver(ConnectionError("refused"), "postgresql://host")) is StoreUnreachable


@pytest.mark.parametrize(
    ("number", "leaf"),
    [
        (errno.ENOENT, NotFound),
        (errno.EACCES, StoreReadOnly),
        (errno.EROFS, StoreReadOnly),
        (errno.ENOSPC, StoreFull),
        (errno.EDQUOT, StoreFull),
        (errno.ENOTDIR, StoreUnreachable),
    ],
)
def test_each_system_error_has_its_leaf(number: int, leaf: type[StoreError]) -> None:
    with pytest.raises(leaf), translated("nights.db"):
        raise OSError(number, "said")


def test_waiting_for_a_connection_is_busy() -> None:
    with pytest.raises(StoreBusy), translated("nights.db"):
        raise sa.exc.TimeoutError


def test_leaves_pass_unchanged_and_bugs_stay_bugs() -> None:
    inner = StoreConflict("x")
    with pytest.raises(StoreConflict) as caught, translated("nights.db"):
        raise inner
    assert caught.value is inner
    with pytest.raises(KeyError), translated("nights.db"):
        raise KeyError("x")
