"""Stool tests as documents: once per content, replaced by a newer reading."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.store import StoolDocument, Store, open_store


def test_the_same_file_is_kept_once_and_read_anew_by_newer_readers(store: Store, clock: Any) -> None:
    body = {"unit": "reads", "values": [1, 2.5, None], "name": "Größe"}
    assert store.stools.save(body, name="a \ud800.csv", sha256="0" * 64, reading="1")
    assert not store.stools.save({}, name="b.csv", sha256="0" * 64, reading="1")
    (kept,) = store.stools.list()
    assert kept == StoolDocument(sha256="0" * 64, name="a \ufffd.csv", reading="1", body=body, at=clock.at)
    assert store.stools.save({}, name="b.csv", sha256="0" * 64, reading="2")
    assert [(d.name, d.body) for d in store.stools.list()] == [("b.csv", {})]
    assert store.stools.remove("0" * 64)
    assert not store.stools.remove("0" * 64)


def test_what_is_no_json_is_refused_and_not_kept(store: Store) -> None:
    with pytest.raises(RangeError, match="JSON"):
        store.stools.save({"x": float("inf")}, name="f", sha256="0" * 64, reading="1")
    assert store.stools.list() == ()


def test_a_spoilt_row_is_named(store: Store) -> None:
    store.stools.save({}, name="f.csv", sha256="0" * 64, reading="1")
    with store.link.write() as connection:
        connection.exec_driver_sql("UPDATE stool_tests SET body = '{'")
    with pytest.raises(StoreDamaged, match=r"stool_tests, f\.csv"):
        store.stools.list()


def test_a_database_of_the_second_schema_is_brought_up(tmp_path: Any, clock: Any) -> None:
    path = tmp_path / "old.db"
    open_store(path, now=clock).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE stool_tests")
        connection.execute("UPDATE alembic_version SET version_num = '0002'")
        connection.commit()
    with open_store(path, now=clock) as store:
        assert store.migrated is not None
        assert store.stools.list() == ()
