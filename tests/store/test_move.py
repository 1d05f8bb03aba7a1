"""Moving everything: both ways, verified, all or nothing."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.sleep import Episode
from noctiflora.store import Store, TableSum, _move, backup, move, open_store, restore, sums
from noctiflora.store._tables import EPISODES
from tests import postgres

Make = Callable[..., Any]
NIGHT = dt.date(2025, 1, 2)


@pytest.fixture
def filled(store: Store, sleep_of: Make, batch_of: Make) -> Store:
    store.imports.save(batch_of("a", *(sleep_of(n) for n in range(30))))
    store.imports.save(batch_of("b", *(sleep_of(n) for n in range(20, 50))))
    store.edits.save(NIGHT, "tst_min", 400.5)
    store.settings.save({"zone": "Europe/Berlin", "\u00fc": "\U0001f319"})
    return store


def test_there_and_back_is_the_same(filled: Store, address: str, tmp_path: Path, clock: Any, batch_of: Make) -> None:
    with open_store(address, now=clock) as far, open_store(tmp_path / "back.db", now=clock) as back:
        carried = move(filled, far)
        assert {s.table: s.n_rows for s in carried}["episodes"] == 50
        assert move(far, back) == carried == sums(filled) == sums(far) == sums(back)
        assert back.imports.episodes() == filled.imports.episodes()
        for store in (far, back):
            # New rows are numbered after those that came.
            assert store.imports.save(batch_of("c")).row.import_id == 3


def test_one_changed_character_changes_the_figures(filled: Store) -> None:
    before = sums(filled)
    with filled.link.write() as connection:
        first = connection.execute(sa.select(EPISODES.c.identity).limit(1)).scalar_one()
        connection.execute(EPISODES.update().where(EPISODES.c.identity == first).values(end_us=EPISODES.c.end_us + 1))
    after = sums(filled)
    assert [s.table for s, t in zip(before, after, strict=True) if s != t] == ["episodes"]
    assert [s.n_rows for s in before] == [s.n_rows for s in after]


def test_what_arrives_changed_is_not_kept(
    filled: Store, tmp_path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(_connection: sa.Connection, table: sa.Table) -> TableSum:
        return TableSum(table=table.name, n_rows=0, digest="")

    with open_store(tmp_path / "other.db", now=clock) as other:
        monkeypatch.setattr(_move, "table_sum", wrong)
        with pytest.raises(StoreDamaged, match="not what was sent"):
            move(filled, other)
        monkeypatch.undo()
        assert all(s.n_rows == 0 for s in sums(other))
        assert move(filled, other) == sums(filled)


def test_nothing_is_overwritten(filled: Store, tmp_path: Path, clock: Any) -> None:
    with open_store(tmp_path / "other.db", now=clock) as other:
        other.settings.save({"mine": "1"})
        with pytest.raises(RangeError, match="already holds"):
            move(filled, other)
        assert other.settings.all() == {"mine": "1"}
    with pytest.raises(RangeError, match="same database"):
        move(filled, filled)


def test_a_backup_of_a_server_is_a_file_that_any_database_takes(
    filled: Store, address: str, tmp_path: Path, clock: Any, server: str
) -> None:
    copy = tmp_path / "copy.db"
    with open_store(address, now=clock) as far:
        move(filled, far)
        assert backup(far, copy) == copy
    assert {p.name for p in tmp_path.iterdir() if p.is_file()} == {"copy.db"}
    with pytest.raises(RangeError, match="already holds"):
        restore(copy, address)
    with postgres.database(server, "empty", template="ready") as empty:
        assert restore(copy, empty) is None
        with open_store(empty, now=clock) as again:
            assert again.imports.episodes() == filled.imports.episodes()
    assert restore(copy, tmp_path / "file.db") is None
    with open_store(tmp_path / "file.db", now=clock) as file:
        assert file.edits.all() == filled.edits.all()


@settings(max_examples=10)
@given(data=st.data())
def test_any_sleep_arrives_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    any_episode: st.SearchStrategy[Episode],
    batch_of: Make,
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    batch = batch_of("a", *data.draw(st.lists(any_episode, max_size=4)))

    def now() -> dt.datetime:
        return dt.datetime(2025, 3, 1, tzinfo=dt.UTC)

    with open_store(folder / "a.db", now=now) as one, open_store(folder / "b.db", now=now) as two:
        one.imports.save(batch)
        assert move(one, two) == sums(one)
        assert two.imports.episodes() == one.imports.episodes()
