"""What is encrypted opens with its passphrase, whole and in order, or not at all."""

import os
from pathlib import Path

import pytest

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.store import _lock
from noctiflora.store._lock import check_passphrase, lock, unlock
from noctiflora.store._seal import SEAL_BYTES, add_seal

WORDS = "four words of ours"
HEAD = _lock._HEADER.size
PIECE = _lock._PIECE + _lock._TAG


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_lock, "_MEMORY_KIB", 64)
    monkeypatch.setattr(_lock, "_PASSES", 1)


def locked(folder: Path, content: bytes) -> Path:
    plain, path = folder / "plain", folder / "locked"
    plain.write_bytes(content)
    lock(plain, path, WORDS)
    add_seal(path)
    return path


@pytest.mark.parametrize("length", [0, 1, 65535, 65536, 65537, 3 * 65536, 200_000])
def test_any_length_comes_back(tmp_path: Path, length: int) -> None:
    content = os.urandom(length)
    path = locked(tmp_path, content)
    unlock(path, tmp_path / "out", f" {WORDS} ")
    assert (tmp_path / "out").read_bytes() == content
    assert content[:32] not in path.read_bytes() or length < 32
    if os.name == "posix":
        assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("out", "locked")} == {0o600}


def test_the_same_content_never_looks_the_same(tmp_path: Path) -> None:
    one = locked(tmp_path, b"x" * 100).read_bytes()
    (tmp_path / "locked").unlink()
    assert locked(tmp_path, b"x" * 100).read_bytes()[31:] != one[31:]


def test_another_passphrase_is_told_from_damage(tmp_path: Path) -> None:
    path = locked(tmp_path, b"x" * 100_000)
    with pytest.raises(RangeError, match="does not open"):
        unlock(path, tmp_path / "out", "four words of yours")


def forge(path: Path, body: bytes) -> None:
    """Write what somebody without the passphrase can: any pieces, with a seal that fits."""
    path.write_bytes(body)
    add_seal(path)


@pytest.mark.parametrize("how", ["swapped", "dropped", "cut", "added", "changed"])
def test_pieces_cannot_be_moved_dropped_or_added_even_by_a_forger(tmp_path: Path, how: str) -> None:
    path = locked(tmp_path, os.urandom(3 * 65536 + 10))
    body = path.read_bytes()[:-SEAL_BYTES]
    head, one, two, three = (body[:HEAD], *(body[HEAD + n * PIECE : HEAD + (n + 1) * PIECE] for n in range(3)))
    last = body[HEAD + 3 * PIECE :]
    forge(
        path,
        {
            "swapped": head + one + three + two + last,
            "dropped": head + one + two + last,
            "cut": head + one + two + three,
            "added": body + b"x" * 20,
            "changed": body[:-1] + bytes([body[-1] ^ 1]),
        }[how],
    )
    with pytest.raises(StoreDamaged, match="changed after"):
        unlock(path, tmp_path / "out", WORDS)


@pytest.mark.parametrize(("at", "value"), [(24, 2), (25, 0xFF), (29, 0), (29, 200), (30, 0), (30, 99)])
def test_a_header_that_asks_for_too_much_is_refused_before_any_work(tmp_path: Path, at: int, value: int) -> None:
    path = locked(tmp_path, b"x")
    body = bytearray(path.read_bytes()[:-SEAL_BYTES])
    body[at] = value
    forge(path, bytes(body))
    with pytest.raises(StoreDamaged, match="not known"):
        unlock(path, tmp_path / "out", WORDS)


def test_a_header_cut_short(tmp_path: Path) -> None:
    path = locked(tmp_path, b"x")
    forge(path, path.read_bytes()[:30])
    with pytest.raises(StoreDamaged, match="not known"):
        unlock(path, tmp_path / "out", WORDS)


@pytest.mark.parametrize("short", ["", "short", " " * 20, "eleven char"])
def test_a_short_passphrase_protects_nothing(tmp_path: Path, short: str) -> None:
    with pytest.raises(RangeError, match="12 characters"):
        check_passphrase(short)
    (tmp_path / "plain").write_bytes(b"x")
    with pytest.raises(RangeError):
        lock(tmp_path / "plain", tmp_path / "out", short)
    assert not (tmp_path / "out").exists()


def test_a_passphrase_typed_on_another_keyboard(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"x")
    lock(tmp_path / "plain", tmp_path / "locked", "vier W\u00f6rter von uns")
    add_seal(tmp_path / "locked")
    unlock(tmp_path / "locked", tmp_path / "out", "vier Wo\u0308rter von uns")
