"""The seal notices what SQLite does not."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from noctiflora.core import NotFound, StoreDamaged
from noctiflora.store import Store, backup, open_store
from noctiflora.store._seal import LOCKED, SEAL_BYTES, Form, add_seal, check_seal, is_locked, unseal
from noctiflora.store._verify import verify
from tests.store.conftest import Clock


@pytest.fixture
def made(store: Store, tmp_path: Path) -> Path:
    store.settings.save({"a": "1"})
    return backup(store, tmp_path / "copy.db")


def test_a_sealed_backup_is_still_a_database(made: Path) -> None:
    assert check_seal(made) is Form.PLAIN
    assert made.stat().st_size % 512 == SEAL_BYTES
    with closing(sqlite3.connect(f"file:{made}?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT value FROM settings").fetchall() == [("1",)]


def test_a_changed_figure_that_sqlite_does_not_see_is_seen(made: Path) -> None:
    data = made.read_bytes()
    at = data.index(b"a1")
    made.write_bytes(data[: at + 1] + b"2" + data[at + 2 :])
    verify(made)
    with pytest.raises(StoreDamaged, match="not as it was written"):
        check_seal(made)


@pytest.mark.parametrize("end", [-1, -40, -63, -65, -5000])
def test_a_cut_end_is_seen(made: Path, end: int) -> None:
    made.write_bytes(made.read_bytes()[:end])
    with pytest.raises(StoreDamaged):
        check_seal(made)


def test_more_at_the_end_is_seen(made: Path) -> None:
    made.write_bytes(made.read_bytes() + b"\0")
    with pytest.raises(StoreDamaged):
        check_seal(made)


def test_a_backup_opened_as_a_database_goes_on_as_one(made: Path, clock: Clock) -> None:
    with open_store(made, now=clock) as store:
        store.settings.save({str(n): "x" * 500 for n in range(50)})
    assert check_seal(made) is Form.BARE
    verify(made)


def test_only_the_seal_is_taken_off(made: Path) -> None:
    size = made.stat().st_size
    unseal(made, busy_s=0)
    assert made.stat().st_size == size - SEAL_BYTES
    unseal(made, busy_s=0)
    assert made.stat().st_size == size - SEAL_BYTES


@pytest.mark.parametrize("content", [b"", b"text", b"x" * 4096, b"SQLite format 3\x00"])
def test_what_has_no_seal_is_left_to_other_checks(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    assert check_seal(path) is Form.BARE
    assert not is_locked(path)


def test_encrypted_ones_need_their_seal(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(LOCKED + b"y" * 1000)
    assert is_locked(path)
    with pytest.raises(StoreDamaged, match="no whole seal"):
        check_seal(path)
    add_seal(path)
    assert check_seal(path) is Form.LOCKED


def test_no_file(tmp_path: Path) -> None:
    assert not is_locked(tmp_path / "gone")
    with pytest.raises(NotFound):
        check_seal(tmp_path / "gone")
    os.mkdir(tmp_path / "folder")
    assert not is_locked(tmp_path / "folder")
