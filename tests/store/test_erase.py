"""Erasing removes all that is ours and nothing else."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from noctiflora.core import NotFound, StoreBusy
from noctiflora.store import Store, StoreForeign, backup, erase, open_store, restore
from noctiflora.store._connect import connect
from noctiflora.store._snapshot import snapshot


def names(folder: Path) -> set[str]:
    return {f.name for f in folder.iterdir()}


def test_everything_beside_goes_and_the_rest_stays(path: Path, store: Store, tmp_path: Path) -> None:
    elsewhere = backup(store, tmp_path / "copy.db")
    restore(elsewhere, path)
    snapshot(path, path.with_name("nights.db.before-0002.bak"), busy_s=0)
    for rest in (".0badcafe.part", ".before-0002-2.bak.0badcafe.part", ".replaced.bak-journal"):
        path.with_name(path.name + rest).touch()
    others = {"nights.db.txt", "nights.db2", "other.db", "nights.db.mine.bak", "my nights.db.replaced.bak"}
    for other in others:
        path.with_name(other).write_text("kept")
    store.close()
    erased = erase(path)
    assert names(path.parent) == others
    assert {Path(f).name for f in erased.removed} == {
        "nights.db",
        "nights.db.replaced.bak",
        "nights.db.replaced.bak-journal",
        "nights.db.before-0002.bak",
        "nights.db.0badcafe.part",
        "nights.db.before-0002-2.bak.0badcafe.part",
    }
    assert erased.left == (str(elsewhere),)


def test_backups_elsewhere_are_named_or_removed_on_request(
    path: Path, store: Store, tmp_path: Path, clock: Any
) -> None:
    kept, gone, changed = (backup(store, tmp_path / n) for n in ("kept.db", "gone.db", "changed.db"))
    gone.unlink()
    changed.write_text("the person put something else here")
    store.close()
    erased = erase(path)
    assert erased.left == (str(kept),)
    assert kept.exists()
    with open_store(path, now=clock) as again:
        other = backup(again, tmp_path / "other.db")
    erased = erase(path, copies=True)
    assert not other.exists()
    assert str(other) in erased.removed
    assert erased.left == ()
    assert changed.read_text() == "the person put something else here"


def test_a_database_that_is_gone_still_leaves_traces_to_erase(path: Path, store: Store) -> None:
    store.close()
    path.replace(path.with_name("nights.db.replaced.bak"))
    Path(f"{path}-journal").write_text("personal")
    erase(path)
    assert names(path.parent) == set()
    with pytest.raises(NotFound):
        erase(path)


def test_another_file_stays(tmp_path: Path) -> None:
    text, database = tmp_path / "text", tmp_path / "other.db"
    text.write_text("no database at all" * 100)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE copies(path)")
    for file in (text, database):
        before = file.read_bytes()
        with pytest.raises(StoreForeign):
            erase(file)
        assert file.read_bytes() == before


def test_a_file_never_filled_goes(tmp_path: Path) -> None:
    empty = tmp_path / "n.db"
    empty.touch()
    assert erase(empty).removed == (str(empty),)


def test_a_writer_is_not_cut_off(path: Path, store: Store) -> None:
    with closing(connect(path, busy_s=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            erase(path, busy_s=0)
    assert path.exists()
    assert store.settings.all() == {}


def test_a_damaged_one_goes_too(path: Path, store: Store, spoil: Callable[..., None]) -> None:
    store.close()
    spoil(path, first=1)
    erase(path)
    assert names(path.parent) == set()


def test_an_open_store_does_not_bring_it_back(path: Path, store: Store) -> None:
    store.settings.save({"a": "1"})
    erase(path)
    with pytest.raises(NotFound):
        store.settings.get("a")
    assert names(path.parent) == set()
