"""Backup, restore, erase and doctor at the command line."""

from pathlib import Path

import pytest

from noctiflora.cli import _keep
from tests import postgres
from tests.cli.conftest import Run


def test_a_backup_brings_everything_back(run: Run, filled: Path, tmp_path: Path) -> None:
    db, copy = ("--db", str(filled)), tmp_path / "copy.backup"
    before = run("nights", "--format", "json", *db).out
    assert run("backup", str(copy), *db).code == 0
    assert run("erase", "--yes", *db).code == 0
    assert not filled.exists()
    assert run("restore", str(copy), *db).code == 0
    assert run("nights", "--format", "json", *db).out == before


def test_erase_asks_for_the_word(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_keep.typer, "prompt", lambda *_, **__: "yes")
    assert "Nothing was removed" in run("erase", "--db", str(filled)).out
    assert filled.exists()


def test_doctor_finds_a_sound_database_sound(run: Run, filled: Path) -> None:
    assert run("doctor", "--db", str(filled)).code == 0


@pytest.mark.parametrize("content", [b"", b"not a database, by far not a database" * 40])
def test_a_file_that_is_no_database_is_store_trouble(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(content)
    ended = run("doctor", "--db", str(path))
    assert ended.code == 5
    refused = run("restore", str(path), "--db", str(tmp_path / "y.sqlite"))
    assert refused.code == 5
    assert not (tmp_path / "y.sqlite").exists()


def test_everything_moves_to_a_server_and_works_there(run: Run, filled: Path, server: str) -> None:
    db = ("--db", str(filled))
    before = run("nights", "--format", "json", *db).out
    with postgres.database(server, "cli") as address:
        moved = run("move", address, *db)
        assert (moved.code, "All of it arrived" in moved.out) == (0, True), moved
        assert run("nights", "--format", "json", "--db", address).out == before
        assert run("doctor", "--db", address).code == 0
        again = run("move", address, *db)
        assert again.code == 3
        assert "already holds" in again.err
    assert run("nights", "--format", "json", *db).out == before
