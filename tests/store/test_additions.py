"""Added trials as documents: all or none, replaced by id, kept with their provenance."""

from typing import Any

import pytest

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.store import AdditionDocument, Store


def test_additions_are_saved_listed_and_replaced(store: Store, clock: Any) -> None:
    body = {"kind": "trial", "n": [1, None, 2.5], "name": "Größe \x00"}
    store.evidence.save({"b": body, "a": {}}, file="new \ud800.json", sha256="0" * 64)
    first, second = store.evidence.list()
    assert (first.addition_id, first.body) == ("a", {})
    assert second == AdditionDocument(addition_id="b", body=body, file="new \ufffd.json", sha256="0" * 64, at=clock.at)
    store.evidence.save({"b": {"kind": "other"}}, file="later.json", sha256="1" * 64)
    assert [(d.addition_id, d.file) for d in store.evidence.list()] == [("a", "new \ufffd.json"), ("b", "later.json")]
    assert store.evidence.remove("a")
    assert not store.evidence.remove("a")


def test_all_or_none(store: Store) -> None:
    with pytest.raises(RangeError, match="JSON"):
        store.evidence.save({"a": {}, "b": {"x": float("nan")}}, file="f", sha256="0" * 64)
    assert store.evidence.list() == ()


def test_a_spoilt_row_is_named(store: Store) -> None:
    store.evidence.save({"a": {}}, file="f", sha256="0" * 64)
    with store.link.write() as connection:
        connection.exec_driver_sql("UPDATE evidence_additions SET body = '{'")
    with pytest.raises(StoreDamaged, match="evidence_additions, a"):
        store.evidence.list()


def test_a_database_of_the_first_schema_is_brought_up(tmp_path: Any, clock: Any) -> None:
    import sqlite3
    from contextlib import closing

    from noctiflora.store import open_store

    path = tmp_path / "old.db"
    open_store(path, now=clock).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE evidence_additions")
        connection.execute("DROP TABLE stool_tests")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    with open_store(path, now=clock) as store:
        assert store.migrated is not None
        store.evidence.save({"a": {}}, file="f", sha256="0" * 64)
        assert len(store.evidence.list()) == 1
