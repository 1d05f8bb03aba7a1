"""How a connection is set up, and which journal is used."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from noctiflora.core import StoreBusy
from noctiflora.store._connect import SAFE_WAL, connect, journal_for, settle_journal


@pytest.fixture
def plain_file(tmp_path: Path) -> Path:
    path = tmp_path / "a?b#c%41 d.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t(x)")
    return path


def test_the_durable_settings_read_back(plain_file: Path) -> None:
    with closing(connect(plain_file, busy_s=1.5)) as connection:
        read = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "foreign_keys", "busy_timeout", "trusted_schema", "secure_delete", "temp_store")
        }
        assert connection.isolation_level is None
    assert read == {
        "synchronous": 3,
        "foreign_keys": 1,
        "busy_timeout": 1500,
        "trusted_schema": 0,
        "secure_delete": 1,
        "temp_store": 2,
    }


def test_a_missing_file_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "gone.db", busy_s=0)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("version", "local", "mode"),
    [
        ((3, 40, 1), True, "delete"),
        ((3, 51, 2), True, "delete"),
        (SAFE_WAL, True, "wal"),
        (SAFE_WAL, False, "delete"),
        ((4, 0, 0), True, "wal"),
    ],
)
def test_wal_only_where_it_is_safe(version: tuple[int, int, int], local: bool, mode: str) -> None:
    assert journal_for(version, local=local) == mode


def test_the_mode_is_the_one_read_back(plain_file: Path) -> None:
    assert settle_journal(plain_file, "delete", busy_s=0) == "delete"
    assert settle_journal(plain_file, "wal", busy_s=0) == "wal"
    assert settle_journal(plain_file, "wal", busy_s=0) == "wal"
    assert settle_journal(plain_file, "delete", busy_s=0) == "delete"


def test_leaving_wal_needs_the_file_to_oneself(plain_file: Path) -> None:
    settle_journal(plain_file, "wal", busy_s=0)
    with closing(connect(plain_file, busy_s=0)) as other:
        other.execute("SELECT * FROM t").fetchall()
        with pytest.raises(StoreBusy):
            settle_journal(plain_file, "delete", busy_s=0)
    assert settle_journal(plain_file, "delete", busy_s=0) == "delete"
