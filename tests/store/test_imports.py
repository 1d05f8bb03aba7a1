"""Imports: one commit, no repeats, no losses."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from noctiflora.core import StoreBusy, StoreDamaged
from noctiflora.sleep import Episode
from noctiflora.store import Batch, SkippedRow, Store, StoreFull, _imports, open_store
from noctiflora.store._tables import EPISODES, SIGHTINGS, STAGED, STAGES

Make = Callable[..., Episode]
MakeBatch = Callable[..., Batch]


def count(store: Store, table: sa.Table) -> int:
    with store.link.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def test_what_is_saved_is_listed_with_all_that_was_said(store: Store, sleep_of: Make) -> None:
    batch = Batch(
        name="export\udcff.csv",
        sha256="a" * 64,
        format="ring",
        person="lena",
        reading="Europe/Berlin",
        episodes=(sleep_of(1), sleep_of(0)),
        skipped=(SkippedRow(where="line 3", reason="no end\x00", count=2),),
        notes=("zone named",),
    )
    outcome = store.imports.save(batch)
    assert (outcome.already, outcome.n_repeated, outcome.n_withdrawn) == (False, 0, 0)
    assert outcome.text == "2 read: 2 new, 0 replaced, 0 already known"
    (row,) = store.imports.list()
    assert row == outcome.row
    # What no database can hold in a name is shown as the replacement character.
    assert (row.name, row.person, row.reading, row.notes) == (
        "export\ufffd.csv",
        "lena",
        "Europe/Berlin",
        ("zone named",),
    )
    assert row.skipped == (SkippedRow(where="line 3", reason="no end\ufffd", count=2),)
    assert row.at == dt.datetime(2025, 3, 1, 8, 30, 15, 123456, tzinfo=dt.UTC)
    assert store.imports.episodes() == (sleep_of(0), sleep_of(1))
    assert (count(store, STAGES), count(store, STAGED)) == (0, 0)


def test_the_same_content_again_changes_nothing_and_says_so(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    first = store.imports.save(batch_of("a", sleep_of(0)))
    stamp = store.imports.latest()
    again = store.imports.save(batch_of("a", sleep_of(0), sleep_of(1)))
    assert again.already
    assert again.row == first.row
    assert again.text == "already imported on 2025-03-01 as a.csv; nothing changed"
    assert store.imports.episodes() == (sleep_of(0),)
    assert store.imports.latest() == stamp == 1


def test_an_overlapping_export_adds_replaces_or_knows(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    store.imports.save(batch_of("a", sleep_of(0), sleep_of(1)))
    outcome = store.imports.save(batch_of("b", sleep_of(0), sleep_of(1, hours=8), sleep_of(2)))
    row = outcome.row
    assert (row.n_read, row.n_new, row.n_replaced, row.n_known) == (3, 1, 1, 1)
    assert store.imports.episodes() == (sleep_of(0), sleep_of(1, hours=8), sleep_of(2))


def test_the_same_key_of_another_source_is_another_sleep(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    store.imports.save(batch_of("a", sleep_of(0), sleep_of(0, source="watch")))
    assert len(store.imports.episodes()) == 2


def test_a_repeat_within_one_file_counts_once(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    outcome = store.imports.save(batch_of("a", sleep_of(0), sleep_of(0, hours=6)))
    assert (outcome.n_repeated, outcome.row.n_read) == (1, 1)
    assert store.imports.episodes() == (sleep_of(0, hours=6),)


def test_another_reading_takes_the_place_of_the_first(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    store.imports.save(batch_of("a", sleep_of(0), sleep_of(1), reading="Europe/Berlin"))
    store.imports.save(batch_of("b", sleep_of(1)))
    moved = sleep_of(0, key="night 0, as read in Tokyo")
    outcome = store.imports.save(batch_of("a", moved, reading="Asia/Tokyo"))
    assert outcome.n_withdrawn == 1
    # Night 1 stays: the other file has it too.
    assert sorted(e.key for e in store.imports.episodes()) == ["night 0, as read in Tokyo", "night 1"]
    assert [row.reading for row in store.imports.list()] == ["", "Asia/Tokyo"]
    assert count(store, SIGHTINGS) == 2


def test_the_number_of_a_withdrawn_import_is_not_used_again(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    store.imports.save(batch_of("a", sleep_of(0), reading="x"))
    before = store.imports.latest()
    store.imports.save(batch_of("a", sleep_of(0), reading="y"))
    assert store.imports.latest() > before


def test_an_empty_file_is_remembered(store: Store, batch_of: MakeBatch) -> None:
    assert store.imports.latest() == 0
    assert store.imports.save(batch_of("a")).row.n_read == 0
    assert store.imports.save(batch_of("a")).already


def test_since_leaves_out_what_ended_before(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    store.imports.save(batch_of("a", sleep_of(0), sleep_of(1), sleep_of(2)))
    assert store.imports.episodes(since=sleep_of(1).end) == (sleep_of(1), sleep_of(2))


class Stop(Exception):
    """Ends an import in its middle."""


def test_nothing_is_visible_before_the_last_commit(
    path: Path, store: Store, sleep_of: Make, batch_of: MakeBatch, clock: Callable[[], dt.datetime]
) -> None:
    """Another reader looks after every single commit of an import in many pieces."""
    store.imports.save(batch_of("a", sleep_of(0)))
    seen: list[tuple[int, int]] = []

    with open_store(path, now=clock) as other:

        def look(_connection: sa.Connection) -> None:
            with other.link.engine.connect() as connection:
                visible = connection.exec_driver_sql("SELECT count(*) FROM episodes").scalar_one()
                staged = connection.exec_driver_sql("SELECT count(*) FROM staged_episodes").scalar_one()
            seen.append((visible, staged))

        sa.event.listen(store.link.engine, "begin", look)
        nights = [sleep_of(n) for n in range(1, 2 * _imports.CHUNK + 11)]
        store.imports.save(batch_of("b", *nights))
    chunk = _imports.CHUNK
    assert seen == [(1, 0), (1, 0), (1, chunk), (1, 2 * chunk), (1, 2 * chunk + 10)]
    assert len(store.imports.episodes()) == 2 * chunk + 11


def test_an_import_that_fails_leaves_nothing(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    store.imports.save(batch_of("a", sleep_of(0)))

    def stop(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO sightings"):
            raise Stop

    sa.event.listen(store.link.engine, "before_cursor_execute", stop)
    with pytest.raises(Stop):
        store.imports.save(batch_of("b", sleep_of(0, hours=8), sleep_of(1)))
    sa.event.remove(store.link.engine, "before_cursor_execute", stop)
    assert store.imports.episodes() == (sleep_of(0),)
    assert (count(store, STAGES), count(store, STAGED)) == (0, 0)
    assert not store.imports.save(batch_of("b", sleep_of(1))).already


def test_a_full_disk_is_said_and_leaves_nothing(path: Path, store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    """SQLite answers a full disk and a full page count with the same code."""
    store.imports.save(batch_of("a", sleep_of(0)))
    store.link.engine.dispose()

    def shrink(driver: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
        cursor = driver.cursor()
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0] + 5}")

    sa.event.listen(store.link.engine, "connect", shrink)
    with pytest.raises(StoreFull, match="disk is full") as caught:
        store.imports.save(batch_of("b", *(sleep_of(n) for n in range(300))))
    assert caught.value.exit_code == 5
    sa.event.remove(store.link.engine, "connect", shrink)
    store.link.engine.dispose()
    assert store.imports.episodes() == (sleep_of(0),)
    assert len(store.imports.list()) == 1


def test_what_a_dead_import_left_is_cleared_in_time(
    store: Store, sleep_of: Make, batch_of: MakeBatch, clock: Any
) -> None:
    with store.link.write() as connection:
        connection.execute(STAGES.insert().values(id="dead", touched_us=store.link.now_us()))
        row = {"stage_id": "dead", "identity": "i", "digest": "d", "start_us": 0, "end_us": 1, "body": ""}
        connection.execute(STAGED.insert().values(**row))
    store.imports.save(batch_of("a", sleep_of(0)))
    assert count(store, STAGED) == 1, "it might still be alive"
    clock.at += dt.timedelta(microseconds=_imports.LEASE_US + 1)
    store.imports.save(batch_of("b", sleep_of(1)))
    assert (count(store, STAGES), count(store, STAGED)) == (0, 0)
    assert len(store.imports.episodes()) == 2


def test_an_import_whose_stage_was_cleared_says_so(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    removed = False

    def clear(connection: sa.Connection) -> None:
        nonlocal removed
        if not removed and connection.exec_driver_sql("SELECT count(*) FROM staged_episodes").scalar_one():
            removed = True
            connection.exec_driver_sql("DELETE FROM stages")

    sa.event.listen(store.link.engine, "begin", clear)
    with pytest.raises(StoreBusy, match="cleared"):
        store.imports.save(batch_of("a", sleep_of(0)))
    assert removed
    assert store.imports.episodes() == ()


def test_a_row_changed_by_hand_is_damage(store: Store, sleep_of: Make, batch_of: MakeBatch) -> None:
    store.imports.save(batch_of("a", sleep_of(0)))
    with store.link.write() as connection:
        connection.execute(EPISODES.update().values(body="{"))
    with pytest.raises(StoreDamaged, match="cannot be read"):
        store.imports.episodes()


@given(data=st.data())
@settings(max_examples=25)
def test_what_was_saved_last_is_what_is_loaded(
    data: st.DataObject, any_episode: st.SearchStrategy[Episode], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Some files of some sleeps, against a plain dictionary."""
    files = data.draw(st.lists(st.lists(any_episode, max_size=4), min_size=1, max_size=3))
    model: dict[object, Episode] = {}
    path = tmp_path_factory.mktemp("round") / "nights.db"
    with open_store(path, now=lambda: dt.datetime(2025, 1, 1, tzinfo=dt.UTC)) as store:
        for number, episodes in enumerate(files):
            known = len(model)
            outcome = store.imports.save(Batch(name="f", sha256=f"{number:064x}", format="x", episodes=tuple(episodes)))
            model |= {(e.source, e.key or (e.start, e.end)): e for e in episodes}
            assert outcome.row.n_new == len(model) - known
            assert outcome.row.n_read + outcome.n_repeated == len(episodes)
    with open_store(path, now=lambda: dt.datetime(2025, 1, 1, tzinfo=dt.UTC)) as store:
        loaded = store.imports.episodes()
    assert list(loaded) == sorted(loaded, key=lambda e: e.start)
    assert len(loaded) == len(model)
    assert all(model[e.source, e.key or (e.start, e.end)] == e for e in loaded)
