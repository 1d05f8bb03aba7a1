"""One changed bit anywhere in a backup, plain or encrypted, is noticed before anything is restored."""

import random
from pathlib import Path

import pytest

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.store import backup, open_store, restore
from noctiflora.store._seal import SEAL_BYTES
from tests import postgres
from tests.store import durable

FORMS = ("plain", "encrypted")


def made(folder: Path, form: str) -> Path:
    db = folder / "nights.db"
    for number in (1, 2):
        durable.save(db, number)
    durable._cheaper()
    with open_store(db, now=durable.now) as store:
        return backup(store, folder / "b.backup", passphrase=durable.PASSPHRASE if form == "encrypted" else None)


def flip(path: Path, n: int) -> int:
    """Flip one bit at `n` places, the first and last bytes among them; return how many were noticed."""
    content, chance, noticed = path.read_bytes(), random.Random(20250301), 0
    ends = [
        0,
        15,
        16,
        17,
        23,
        24,
        40,
        99,
        100,
        len(content) - 1,
        len(content) - SEAL_BYTES,
        len(content) - SEAL_BYTES - 1,
    ]
    places = [*ends, *(chance.randrange(len(content)) for _ in range(n - len(ends)))]
    target = path.with_name("new.db")
    for place in places:
        bad = bytearray(content)
        bad[place] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(bad))
        try:
            restore(path, target, passphrase=durable.PASSPHRASE)
        except StoreDamaged as error:
            noticed += "not as it was written" in str(error)
        assert not target.exists()
    path.write_bytes(content)
    restore(path, target, passphrase=durable.PASSPHRASE)
    assert durable.batches(target) == {1, 2}
    return noticed


@pytest.mark.parametrize("form", FORMS)
def test_30_flips(form: str, tmp_path: Path) -> None:
    assert flip(made(tmp_path, form), 30) == 30


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_1000_flips(form: str, tmp_path: Path) -> None:
    assert flip(made(tmp_path, form), 1000) == 1000


def test_a_wrong_or_missing_passphrase_is_not_called_damage(tmp_path: Path) -> None:
    path = made(tmp_path, "encrypted")
    before = durable.batches(tmp_path / "nights.db")
    for wrong in (None, "", "five words of somebody else"):
        with pytest.raises(RangeError, match=r"encrypted|does not open"):
            restore(path, tmp_path / "nights.db", passphrase=wrong)
    assert durable.batches(tmp_path / "nights.db") == before
    assert {f.name for f in tmp_path.iterdir()} == {"nights.db", "b.backup"}


def test_nothing_readable_is_in_an_encrypted_backup(tmp_path: Path) -> None:
    content = made(tmp_path, "encrypted").read_bytes()
    assert b"SQLite" not in content
    assert b"ring" not in content
    assert b"episodes" not in content


@pytest.mark.parametrize("form", FORMS)
def test_a_backup_of_a_server_is_a_file_of_the_same_kind(form: str, server: str, tmp_path: Path) -> None:
    words = durable.PASSPHRASE if form == "encrypted" else None
    durable._cheaper()
    with postgres.database(server, f"flips_{form}") as address, open_store(address, now=durable.now) as store:
        store.imports.save(durable.batch_of(1))
        path = backup(store, tmp_path / "s.backup", passphrase=words)
    restore(path, tmp_path / "here.db", passphrase=words)
    assert durable.batches(tmp_path / "here.db") == {1}
    with postgres.database(server, f"flips_{form}_again") as address:
        restore(path, address, passphrase=words)
        with open_store(address, now=durable.now) as store:
            assert [row.name for row in store.imports.list()] == ["1"]
    assert {f.name for f in tmp_path.iterdir()} == {"s.backup", "here.db"}
