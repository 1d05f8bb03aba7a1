"""What counts as a sound database of ours."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from noctiflora.core import MigrationNeeded, NotFound, StoreDamaged, StoreError
from noctiflora.store import Store, StoreForeign
from noctiflora.store._tables import HEAD
from noctiflora.store._verify import verify


@pytest.fixture
def closed(path: Path, store: Store, sleep_of: Callable, batch_of: Callable) -> Path:  # type: ignore[type-arg]
    store.imports.save(batch_of("a", *(sleep_of(n) for n in range(300))))
    store.close()
    return path


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_database_says_its_revision_and_is_not_changed(closed: Path) -> None:
    before = closed.read_bytes()
    assert verify(closed) == HEAD
    assert closed.read_bytes() == before


@pytest.mark.parametrize("first", [2, 9, 25])
def test_spoiled_pages_are_damage(closed: Path, spoil: Callable[..., None], first: int) -> None:
    spoil(closed, first=first, last=first + 1)
    with pytest.raises(StoreDamaged):
        verify(closed)


@pytest.mark.parametrize("part", [0.3, 0.7, 0.999])
def test_a_cut_file_is_damage(closed: Path, part: float) -> None:
    closed.write_bytes(closed.read_bytes()[: int(closed.stat().st_size * part)])
    with pytest.raises(StoreDamaged):
        verify(closed)


@pytest.mark.parametrize("content", [b"", b"SQLite", b"date,tst\n2025-01-01,400\n" * 500])
def test_another_file_is_foreign(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(StoreForeign):
        verify(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_foreign(tmp_path: Path) -> None:
    path = tmp_path / "x"
    change(path, "CREATE TABLE alembic_version(version_num)")
    with pytest.raises(StoreForeign, match="another program"):
        verify(path)


@pytest.mark.parametrize(
    ("statement", "leaf"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", MigrationNeeded),
        ("DELETE FROM alembic_version", MigrationNeeded),
        ("INSERT INTO sightings VALUES (99, 'none')", StoreDamaged),
        ("CREATE TRIGGER t AFTER INSERT ON edits BEGIN DELETE FROM edits; END", StoreForeign),
        ("CREATE VIEW v AS SELECT 1", StoreForeign),
        ("PRAGMA application_id = 7", StoreForeign),
    ],
)
def test_what_we_never_write_is_refused(closed: Path, statement: str, leaf: type[StoreError]) -> None:
    change(closed, statement)
    with pytest.raises(leaf):
        verify(closed)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        verify(tmp_path / "gone")
