"""What is remembered, and when it is worked out anew."""

import datetime as dt
import os
import threading
from pathlib import Path

import pytest

from noctiflora.actions import _remember
from noctiflora.actions._list_nights import list_nights
from noctiflora.actions._remember import change_stamp, imports_stamp, remember
from noctiflora.sleep import Episode
from noctiflora.store import Batch, open_store

NOW = dt.datetime(2024, 12, 1, 8, tzinfo=dt.UTC)


def batch(day: int) -> Batch:
    end = dt.datetime(2024, 11, day, 6, tzinfo=dt.UTC)
    slept = Episode(
        source="diary", start=end - dt.timedelta(hours=7), end=end, start_offset_min=0, end_offset_min=0,
        zone_basis="record zone", key=str(day),
    )  # fmt: skip
    return Batch(name="x", sha256=f"{day:064x}", format="diary", person="", reading="1", episodes=(slept,))


def test_it_is_worked_out_once_a_stamp_and_store(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    with (
        open_store(tmp_path / "a.sqlite", now=lambda: NOW) as a,
        open_store(tmp_path / "b.sqlite", now=lambda: NOW) as b,
    ):
        assert [remember(a, "x", 1, make), remember(a, "x", 1, make)] == [1, 1]
        assert remember(a, "x", 2, make) == 2
        assert remember(b, "x", 2, make) == 3
        assert remember(a, "y", 2, make) == 4


def test_two_askers_share_one_working_out(tmp_path: Path) -> None:
    made: list[int] = []
    go = threading.Event()

    def make() -> int:
        made.append(1)
        go.wait(10)
        return 7

    with open_store(tmp_path / "a.sqlite", now=lambda: NOW) as store:
        threads = [threading.Thread(target=remember, args=(store, "x", 1, make)) for _ in range(4)]
        for thread in threads:
            thread.start()
        go.set()
        for thread in threads:
            thread.join(10)
    assert len(made) == 1


def test_a_file_just_written_is_never_remembered_and_a_settled_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_remember, "SETTLED_S", 60.0)
    path = tmp_path / "a.sqlite"
    with open_store(path, now=lambda: NOW) as store:
        assert change_stamp(store) != change_stamp(store)
        past = path.stat().st_mtime - 100
        os.utime(path, (past, past))
        first = change_stamp(store)
        assert change_stamp(store) == first
        store.settings.save({"a": "b"})
        assert change_stamp(store) != first


def test_nights_follow_imports_and_corrections_of_any_process(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with open_store(path, now=lambda: NOW) as store, open_store(path, now=lambda: NOW) as other:
        assert list_nights(store).nights == ()
        other.imports.save(batch(4))
        first = list_nights(store)
        assert [n.date.day for n in first.nights] == [4]
        assert list_nights(store) is first
        other.edits.save(dt.date(2024, 11, 4), "tst_min", 300.0)
        assert list_nights(store).nights[0].tst_min == 300.0
        before = imports_stamp(store)
        other.imports.save(batch(9))
        assert imports_stamp(store) != before
        assert [n.date.day for n in list_nights(store, since=dt.date(2024, 11, 5)).nights] == [9]
