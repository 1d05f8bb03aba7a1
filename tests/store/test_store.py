"""Opening: quick, private, and a clear word for everything that can stand there instead."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from noctiflora.core import StoreBusy, StoreDamaged
from noctiflora.store import Store, StoreForeign, StoreReadOnly, StoreUnreachable, open_store
from noctiflora.store._connect import settle_journal


def test_a_new_store_is_empty_and_opens_again(path: Path, clock: Any) -> None:
    with open_store(path, now=clock) as store:
        assert store.migrated is None
        assert store.where == str(path)
        assert store.imports.list() == ()
        store.settings.save({"a": "1"})
    with open_store(f"sqlite:///{path}", now=clock) as store:
        assert store.settings.get("a") == "1"
    assert {f.name for f in path.parent.iterdir()} == {"nights.db"}


@pytest.mark.skipif(os.name != "posix", reason="permission bits are a thing of POSIX")
def test_files_and_a_new_folder_are_private(path: Path, clock: Any) -> None:
    open_store(path, now=clock).close()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    open_store(path, now=clock).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_open_that_finds_the_newest_schema_imports_no_alembic(path: Path, store: Store) -> None:
    code = (
        "import datetime as dt, sys; from noctiflora.store import open_store\n"
        "open_store(sys.argv[1], now=lambda: dt.datetime.now(dt.UTC)).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert store.where == str(path)
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("content", [b"SQLite", b"date,tst\n2025-01-01,400\n" * 500])
def test_another_file_is_left_as_it_is(path: Path, clock: Any, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    path.chmod(0o644)
    with pytest.raises(StoreForeign, match="not a database"):
        open_store(path, now=clock)
    assert path.read_bytes() == content
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program_is_left_as_it_is(path: Path, clock: Any, mode: str) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute("CREATE TABLE imports(x)")
        connection.execute("INSERT INTO imports VALUES (1)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreForeign, match="another program"):
        open_store(path, now=clock)
    assert path.read_bytes() == before


def test_spoiled_pages_are_one_clear_error(
    path: Path, store: Store, clock: Any, spoil: Callable[..., None], sleep_of: Any, batch_of: Any
) -> None:
    store.imports.save(batch_of("a", *(sleep_of(n) for n in range(200))))
    store.close()
    spoil(path, first=3)
    with pytest.raises(StoreDamaged), open_store(path, now=clock) as opened:
        opened.imports.episodes()


def test_a_spoiled_schema_is_one_clear_error(path: Path, store: Store, clock: Any) -> None:
    store.close()
    data = bytearray(path.read_bytes())
    data[100:4096] = b"\xa5" * 3996
    path.write_bytes(bytes(data))
    with pytest.raises(StoreDamaged):
        open_store(path, now=clock)


def test_a_folder_is_refused(tmp_path: Path, clock: Any) -> None:
    with pytest.raises(StoreUnreachable, match="folder"):
        open_store(tmp_path, now=clock)


def test_an_unreachable_folder(tmp_path: Path, clock: Any, not_root: None) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreReadOnly):
            open_store(tmp_path / "new" / "n.db", now=clock)
    finally:
        tmp_path.chmod(0o700)


def test_a_read_only_database_can_be_read_but_not_written(path: Path, store: Store, clock: Any, not_root: None) -> None:
    store.settings.save({"a": "1"})
    store.close()
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with open_store(path, now=clock) as opened, pytest.raises(StoreReadOnly):
            opened.settings.save({"a": "2"})
    finally:
        path.parent.chmod(0o700)


def test_opening_waits_for_a_writer_then_reads(path: Path, store: Store, clock: Any) -> None:
    with store.link.write(), open_store(path, now=clock, busy_s=0) as other:
        assert other.settings.all() == {}
        with pytest.raises(StoreBusy):
            other.settings.save({"a": "1"})


@pytest.mark.skipif(sqlite3.sqlite_version_info >= (3, 51, 3), reason="this SQLite may keep WAL")
def test_wal_is_left_where_it_is_not_safe(path: Path, store: Store, clock: Any) -> None:
    store.settings.save({"a": "1"})
    store.close()
    settle_journal(path, "wal", busy_s=0)
    holder = sqlite3.connect(path)
    holder.execute("SELECT * FROM settings").fetchall()
    with pytest.raises(StoreBusy):
        open_store(path, now=clock, busy_s=0)
    holder.close()
    with open_store(path, now=clock) as opened:
        assert opened.settings.get("a") == "1"
    assert settle_journal(path, "delete", busy_s=0) == "delete"


def test_nothing_of_sqlalchemy_comes_out(store: Store, sleep_of: Any, batch_of: Any) -> None:
    store.imports.save(batch_of("a", sleep_of(0)))
    store.trials.save("t", {}, version=0)
    for value in (*store.imports.list(), *store.imports.episodes(), *store.trials.list()):
        assert type(value).__module__.startswith("noctiflora.")
