"""One copy, complete or not there."""

import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from noctiflora.core import NotFound, StoreDamaged
from noctiflora.store import Store
from noctiflora.store._connect import connect
from noctiflora.store._snapshot import free_name, snapshot, write_part
from noctiflora.store._verify import verify


def names(folder: Path) -> set[str]:
    return {f.name for f in folder.iterdir()}


def test_a_copy_is_complete_private_and_leaves_nothing_else(path: Path, store: Store, tmp_path: Path) -> None:
    store.settings.save({"a": "1"})
    target = tmp_path / "copies" / "c.db"
    target.parent.mkdir()
    before = os.umask(0)
    try:
        snapshot(path, target, busy_s=0)
    finally:
        os.umask(before)
    verify(target)
    assert names(target.parent) == {"c.db"}
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with closing(connect(target, busy_s=0)) as connection:
        assert connection.execute("SELECT * FROM settings").fetchall() == [("a", "1")]


def test_a_copy_made_while_somebody_writes_holds_what_was_committed(path: Path, store: Store, tmp_path: Path) -> None:
    store.settings.save({"a": "1"})
    with closing(connect(path, busy_s=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE settings SET value = '2'")
        snapshot(path, tmp_path / "c.db", busy_s=0)
    with closing(connect(tmp_path / "c.db", busy_s=0)) as connection:
        assert connection.execute("SELECT value FROM settings").fetchall() == [("1",)]


def test_a_copy_that_fails_its_check_is_removed(path: Path, store: Store, tmp_path: Path) -> None:
    with store.link.write() as connection:
        connection.connection.driver_connection.commit()  # type: ignore[union-attr]
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("INSERT INTO sightings VALUES (99, 'none')")
    before = names(tmp_path)
    with pytest.raises(StoreDamaged, match="points nowhere"):
        write_part(path, tmp_path / "c.db", busy_s=0)
    assert names(tmp_path) == before


def test_a_folder_is_needed(path: Path, store: Store, tmp_path: Path) -> None:
    assert store.where == str(path)
    with pytest.raises(NotFound, match="folder"):
        write_part(path, tmp_path / "no" / "c.db", busy_s=0)


def test_free_names_count_up(tmp_path: Path) -> None:
    path = tmp_path / "n.db"
    assert free_name(path, "replaced").name == "n.db.replaced.bak"
    (tmp_path / "n.db.replaced.bak").touch()
    (tmp_path / "n.db.replaced-2.bak").touch()
    assert free_name(path, "replaced").name == "n.db.replaced-3.bak"
