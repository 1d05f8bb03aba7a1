"""Transactions: one writer, all or nothing, and a file that may be replaced under us."""

import datetime as dt
import os
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from noctiflora.core import NotFound, RangeError, StoreBusy, StoreDamaged
from noctiflora.store import Store, open_store
from noctiflora.store._connect import connect
from noctiflora.store._link import from_us, put, to_us
from noctiflora.store._snapshot import snapshot
from noctiflora.store._tables import SETTINGS, SIGHTINGS

Now = Callable[[], dt.datetime]


@given(st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=13))])))
def test_an_instant_keeps_its_microseconds(instant: dt.datetime) -> None:
    assert from_us(to_us(instant)) == instant


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(RangeError, match="zone"):
        to_us(dt.datetime(2025, 1, 1))


def test_a_write_is_kept_or_not_at_all(store: Store) -> None:
    with store.link.write() as connection:
        put(connection, SETTINGS, {"key": "a"}, {"value": "1"})

    def fail() -> None:
        with store.link.write() as connection:
            put(connection, SETTINGS, {"key": "a"}, {"value": "2"})
            put(connection, SETTINGS, {"key": "b"}, {"value": "2"})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert store.settings.all() == {"a": "1"}


def test_pooled_connections_are_durable(path: Path, store: Store) -> None:
    with store.link.read() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_second_process_waits_then_says_busy(path: Path, store: Store) -> None:
    with closing(connect(path, busy_s=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="another process"), store.link.write():
            pass
        assert store.settings.all() == {}, "reading goes on"
    store.settings.save({"a": "1"})


def test_a_second_thread_waits_then_says_busy(store: Store) -> None:
    caught: list[Exception] = []

    def write() -> None:
        try:
            store.settings.save({"a": "1"})
        except StoreBusy as error:
            caught.append(error)

    with store.link.write():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(caught) == 1
    write()
    assert len(caught) == 1


def test_the_write_lock_is_taken_at_the_start(path: Path, store: Store) -> None:
    """Else two writers could both read, and one would fail half way."""
    with store.link.write(), closing(connect(path, busy_s=0)) as other, pytest.raises(Exception, match="locked"):
        other.execute("BEGIN IMMEDIATE")


def test_many_threads_lose_nothing(path: Path, clock: Now) -> None:
    with open_store(path, now=clock, busy_s=60) as store:

        def write(thread: int) -> None:
            for n in range(10):
                store.settings.save({f"{thread}.{n}": "x"})

        threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.settings.all()) == 40


@pytest.mark.skipif(os.name != "posix", reason="permission bits are a thing of POSIX")
def test_the_journal_is_for_the_owner_only(path: Path, store: Store) -> None:
    before = os.umask(0)
    try:
        with store.link.write() as connection:
            put(connection, SETTINGS, {"key": "a"}, {"value": "1"})
            modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"nights.db": 0o600, "nights.db-journal": 0o600}


def test_a_replaced_file_is_noticed(path: Path, store: Store) -> None:
    store.settings.save({"a": "old"})
    copy = path.with_name("copy.db")
    snapshot(path, copy, busy_s=0)
    store.settings.save({"a": "new"})
    copy.replace(path)
    assert store.settings.all() == {"a": "old"}
    store.settings.save({"b": "1"})
    assert store.settings.all() == {"a": "old", "b": "1"}


def test_a_file_replaced_while_waiting_for_the_lock_takes_no_write(path: Path, store: Store) -> None:
    copy = path.with_name("copy.db")
    snapshot(path, copy, busy_s=0)
    with store.link.engine.connect() as waiting:
        waiting.execution_options(noctiflora_writes=True)
        assert waiting.connection.info
        copy.replace(path)
        with pytest.raises(StoreBusy):
            waiting.begin()
    store.settings.save({"a": "1"})
    assert store.settings.all() == {"a": "1"}


def test_a_file_that_is_gone_is_not_made_anew(path: Path, store: Store) -> None:
    path.unlink()
    with pytest.raises(NotFound):
        store.settings.save({"a": "1"})
    assert not path.exists()


def test_altering_checks_references_at_the_end(path: Path, store: Store) -> None:
    orphan = SIGHTINGS.insert().values(import_id=7, identity="none")
    with pytest.raises(StoreDamaged, match="fit together"), store.link.write(alters=True) as connection:
        connection.execute(orphan)
    with pytest.raises(Exception, match="same time"), store.link.write() as connection:
        connection.execute(orphan)
    with store.link.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(SIGHTINGS)).scalar() == 0


def test_two_stores_of_one_process_share_the_file(path: Path, store: Store, clock: Now) -> None:
    with open_store(path, now=clock) as other:
        other.settings.save({"a": "1"})
        assert store.settings.get("a") == "1"
