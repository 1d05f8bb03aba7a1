"""A backup takes the place of the present database, or nothing happens."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from noctiflora.core import MigrationNeeded, NotFound, RangeError, StoreBusy, StoreDamaged, StoreError
from noctiflora.store import Store, StoreForeign, backup, restore
from noctiflora.store._connect import connect, settle_journal
from noctiflora.store._verify import verify


@pytest.fixture
def saved(store: Store, tmp_path: Path, sleep_of: Any, batch_of: Any) -> Path:
    """Return a backup of an older state than that of the store."""
    store.imports.save(batch_of("a", *(sleep_of(n) for n in range(100))))
    store.settings.save({"state": "old"})
    made = backup(store, tmp_path / "copy.db")
    store.settings.save({"state": "new"})
    return made


def state(path: Path) -> str | None:
    with closing(connect(path, busy_s=0)) as connection:
        found = connection.execute("SELECT value FROM settings WHERE key = 'state'").fetchone()
    return found[0] if found else None


def names(folder: Path) -> set[str]:
    return {f.name for f in folder.iterdir()}


def test_the_present_database_is_replaced_and_kept(saved: Path, path: Path, store: Store) -> None:
    kept = restore(saved, path)
    assert kept == path.with_name("nights.db.replaced.bak")
    assert (state(path), state(kept)) == ("old", "new")
    assert names(path.parent) == {"nights.db", "nights.db.replaced.bak"}
    if os.name == "posix":
        assert {f.stat().st_mode & 0o777 for f in path.parent.iterdir()} == {0o600}
    verify(saved)
    # The store that was open all the time goes on with the restored one.
    assert store.settings.get("state") == "old"
    store.settings.save({"state": "newer"})
    assert (state(path), state(kept)) == ("newer", "new")
    assert restore(kept, path) == path.with_name("nights.db.replaced-2.bak")
    assert state(path) == "new"


def test_restoring_to_a_new_place(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "n.db"
    assert restore(saved, target) is None
    assert state(target) == "old"
    assert names(target.parent) == {"n.db"}


def test_a_journal_left_by_a_lost_database_is_not_played_back(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "n.db"
    for end in ("-journal", "-wal", "-shm"):
        Path(f"{target}{end}").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x01" * 5000)
    assert restore(saved, target) is None
    assert state(target) == "old"
    assert not list(tmp_path.glob("n.db-*"))


def damage(path: Path, kind: str, spoil: Callable[..., None]) -> type[StoreError]:
    if kind == "spoiled":
        spoil(path, first=4)
    elif kind == "cut":
        path.write_bytes(path.read_bytes()[:9000])
    elif kind == "text":
        path.write_bytes(b"no database" * 1000)
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "missing":
        path.unlink()
    else:
        statement = {
            "newer": "UPDATE alembic_version SET version_num = '9999'",
            "foreign": "PRAGMA application_id = 7",
            "trigger": "CREATE TRIGGER t AFTER INSERT ON edits BEGIN DELETE FROM edits; END",
        }[kind]
        # As they would come from another program: such a file has no seal of ours.
        os.truncate(path, path.stat().st_size - path.stat().st_size % 4096)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()
    return {
        "spoiled": StoreDamaged,
        "cut": StoreDamaged,
        "missing": NotFound,
        "newer": MigrationNeeded,
    }.get(kind, StoreForeign)


@pytest.mark.parametrize("kind", ["spoiled", "cut", "text", "empty", "missing", "newer", "foreign", "trigger"])
def test_a_bad_backup_is_refused_and_nothing_is_touched(
    saved: Path, path: Path, store: Store, tmp_path: Path, spoil: Callable[..., None], kind: str
) -> None:
    leaf = damage(saved, kind, spoil)
    before = (path.read_bytes(), path.stat().st_ino, names(path.parent))
    with pytest.raises(leaf):
        restore(saved, path)
    assert (path.read_bytes(), path.stat().st_ino, names(path.parent)) == before
    with pytest.raises(leaf):
        restore(saved, tmp_path / "new.db")
    assert "new.db" not in names(tmp_path)
    assert store.settings.get("state") == "new"


@pytest.mark.parametrize("kind", ["spoiled", "cut", "text"])
def test_a_damaged_database_is_replaced_and_kept_with_its_journal(
    saved: Path, path: Path, store: Store, spoil: Callable[..., None], kind: str
) -> None:
    store.close()
    damage(path, kind, spoil)
    before = path.read_bytes()
    Path(f"{path}-journal").write_bytes(b"rest of a journal")
    kept = restore(saved, path)
    assert kept is not None
    assert kept.read_bytes() == before or kind != "text"
    assert state(path) == "old"
    assert not Path(f"{path}-journal").exists()


def test_the_database_of_another_program_is_not_replaced(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "other.db"
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("CREATE TABLE t(x)")
    before = target.read_bytes()
    with pytest.raises(StoreForeign, match="another program"):
        restore(saved, target)
    assert target.read_bytes() == before
    assert names(tmp_path) == {"data", "copy.db", "other.db"}


def test_a_writer_is_not_cut_off(saved: Path, path: Path, store: Store) -> None:
    with closing(connect(path, busy_s=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            restore(saved, path, busy_s=0)
        other.execute("UPDATE settings SET value = 'written'")
        other.execute("COMMIT")
    assert names(path.parent) == {"nights.db"}
    assert store.settings.get("state") == "written"


def test_what_stands_in_a_write_ahead_log_is_kept_too(saved: Path, path: Path, store: Store) -> None:
    store.close()
    settle_journal(path, "wal", busy_s=0)
    writer = connect(path, busy_s=0)
    writer.execute("UPDATE settings SET value = 'in the log'")
    # Left open: the log is not yet in the file, and the mode cannot be changed.
    with pytest.raises(StoreBusy):
        restore(saved, path, busy_s=0)
    writer.close()
    kept = restore(saved, path)
    assert kept is not None
    assert (state(path), state(kept)) == ("old", "in the log")


def test_without_hard_links_the_old_one_is_kept_too(
    saved: Path, path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    kept = restore(saved, path)
    assert kept is not None
    assert (state(path), state(kept)) == ("old", "new")
    assert store.settings.get("state") == "old"


def test_a_database_is_no_backup_of_itself(path: Path, store: Store) -> None:
    with pytest.raises(RangeError, match="itself"):
        restore(path, path)
    assert store.settings.all() == {}
