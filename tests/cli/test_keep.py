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


def test_an_encrypted_backup_comes_back_with_its_passphrase_alone(run: Run, filled: Path, tmp_path: Path) -> None:
    db, copy, key = ("--db", str(filled)), tmp_path / "copy.backup", tmp_path / "key"
    key.write_text("four words of ours\n")
    before = run("nights", "--format", "json", *db).out
    made = run("backup", str(copy), "--passphrase-file", str(key), *db)
    assert (made.code, "encrypted" in made.out) == (0, True), made
    assert b"SQLite" not in copy.read_bytes()
    other = tmp_path / "other"
    other.write_text("four words of yours\n")
    wrong = run("restore", str(copy), "--passphrase-file", str(other), *db)
    assert (wrong.code, "does not open" in wrong.err, "Traceback" in wrong.err) == (3, True, False)
    assert run("nights", "--format", "json", *db).out == before
    assert run("erase", "--yes", *db).code == 0
    assert run("restore", str(copy), "--passphrase-file", str(key), *db).code == 0
    assert run("nights", "--format", "json", *db).out == before


def test_the_passphrase_is_asked_for_without_being_shown(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object, object]] = []

    def prompt(text: str, *, hide_input: bool, confirmation_prompt: bool) -> str:
        asked.append((text, hide_input, confirmation_prompt))
        return "four words of ours"

    monkeypatch.setattr("typer.prompt", prompt)
    copy = tmp_path / "copy.backup"
    assert run("backup", str(copy), "--passphrase", "--db", str(filled)).code == 0
    assert run("restore", str(copy), "--db", str(tmp_path / "new.sqlite")).code == 0
    assert asked == [(_keep.ASK, True, True), (_keep.ASK, True, False)]


@pytest.mark.parametrize(
    ("words", "code", "said"), [("short", 3, "12 characters"), ("", 3, "12 characters"), (None, 3, "cannot be read")]
)
def test_a_bad_passphrase_writes_no_backup(
    run: Run, filled: Path, tmp_path: Path, words: str | None, code: int, said: str
) -> None:
    key, copy = tmp_path / "key", tmp_path / "copy.backup"
    if words is not None:
        key.write_text(words)
    refused = run("backup", str(copy), "--passphrase-file", str(key), "--db", str(filled))
    assert (refused.code, said in refused.err) == (code, True), refused
    assert not copy.exists()


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_damaged_backup_is_store_trouble(run: Run, filled: Path, tmp_path: Path, encrypted: bool) -> None:
    copy, key = tmp_path / "copy.backup", tmp_path / "key"
    key.write_text("four words of ours")
    how = ("--passphrase-file", str(key)) if encrypted else ()
    assert run("backup", str(copy), *how, "--db", str(filled)).code == 0
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(bytes(content))
    refused = run("restore", str(copy), *how, "--db", str(tmp_path / "new.sqlite"))
    assert (refused.code, "not as it was written" in refused.err) == (5, True), refused
    assert len(refused.err.strip().splitlines()) <= 3
    assert not (tmp_path / "new.sqlite").exists()


def test_a_backup_into_no_folder_is_store_trouble(run: Run, filled: Path, tmp_path: Path) -> None:
    refused = run("backup", str(tmp_path / "no" / "copy.backup"), "--db", str(filled))
    assert (refused.code, "no such folder" in refused.err) == (5, True), refused


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
