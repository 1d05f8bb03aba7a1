"""From one schema to the next: a backup first, then all or nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from noctiflora.core import MigrationNeeded, StoreDamaged
from noctiflora.store import Store, StoreForeign, open_store
from noctiflora.store._schema import bring_up, current
from noctiflora.store._tables import HEAD, REVISIONS
from noctiflora.store._verify import verify

LATER = (*REVISIONS, "9999")


@pytest.fixture
def filled(store: Store, sleep_of: Callable[..., Any], batch_of: Callable[..., Any]) -> Store:
    store.imports.save(batch_of("a", sleep_of(0)))
    return store


def test_a_migration_keeps_everything_after_a_checked_backup(filled: Store, path: Path, next_schema: Path) -> None:
    before = filled.imports.episodes()
    kept = bring_up(filled.link, HEAD, revisions=LATER, folder=next_schema)
    assert kept == path.with_name("nights.db.before-9999.bak")
    assert verify(kept) == HEAD
    assert kept.stat().st_mode & 0o077 == 0
    assert current(filled.link) == "9999"
    assert verify(path, revisions=LATER) == "9999"
    assert filled.imports.episodes() == before
    with filled.link.read() as connection:
        assert connection.exec_driver_sql("SELECT extra FROM imports").all() == [(None,)]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_fails_changes_nothing(filled: Store, path: Path, next_schema: Path) -> None:
    script = next_schema / "_9999_next.py"
    script.write_text(script.read_text() + "    op.execute('UPDATE imports SET person = 7')\n    raise KeyError(1)\n")
    before = filled.imports.list()
    with pytest.raises(KeyError):
        bring_up(filled.link, HEAD, revisions=LATER, folder=next_schema)
    assert current(filled.link) == HEAD
    assert filled.imports.list() == before
    verify(path)
    with filled.link.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'more'").scalar() == 0


def test_a_migration_that_leaves_loose_ends_is_taken_back(filled: Store, next_schema: Path) -> None:
    script = next_schema / "_9999_next.py"
    script.write_text(script.read_text() + "    op.execute('DELETE FROM imports')\n")
    with pytest.raises(StoreDamaged, match="fit together"):
        bring_up(filled.link, HEAD, revisions=LATER, folder=next_schema)
    assert len(filled.imports.list()) == 1


def test_no_migration_without_a_sound_backup(
    filled: Store, path: Path, next_schema: Path, spoil: Callable[..., None], clock: Any
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'trials'").fetchone()[0]
    filled.close()
    spoil(path, first=root - 1, last=root)
    before = path.read_bytes()
    with pytest.raises(StoreDamaged):
        bring_up(filled.link, HEAD, revisions=LATER, folder=next_schema)
    filled.close()
    assert path.read_bytes() == before
    assert {f.name for f in path.parent.iterdir()} == {"nights.db"}


def test_somebody_else_may_have_migrated_meanwhile(filled: Store, path: Path, next_schema: Path) -> None:
    bring_up(filled.link, HEAD, revisions=LATER, folder=next_schema)
    assert bring_up(filled.link, HEAD, revisions=LATER, folder=next_schema) is None
    assert len(list(path.parent.glob("*.bak"))) == 1


def test_a_newer_database_is_left_alone(filled: Store, path: Path, next_schema: Path, clock: Any) -> None:
    bring_up(filled.link, HEAD, revisions=LATER, folder=next_schema)
    filled.close()
    before = path.read_bytes()
    with pytest.raises(MigrationNeeded, match="newer version") as caught:
        open_store(path, now=clock)
    assert "9999" in str(caught.value)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "leaf"),
    [
        ("DELETE FROM alembic_version", StoreDamaged),
        ("DROP TABLE alembic_version", StoreDamaged),
        ("PRAGMA application_id = 7", StoreForeign),
        ("CREATE TRIGGER t AFTER INSERT ON edits BEGIN DELETE FROM edits; END", StoreForeign),
    ],
)
def test_what_we_never_write_is_refused(
    store: Store, path: Path, clock: Any, statement: str, leaf: type[Exception]
) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(leaf):
        open_store(path, now=clock)
