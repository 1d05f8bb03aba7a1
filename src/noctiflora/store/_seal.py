"""The seal of a backup: its last 64 bytes, by which any later change of it is noticed.

A seal is 24 bytes of name, 8 bytes of length, 32 bytes of SHA-256 over all before it. SQLite's own
check does not see a changed figure inside a row; this does. SQLite reads a database with a seal
behind it as if there were none, so a plain backup stays a database that any tool opens.

The seal has no key: it finds damage, not a forger. Encrypted backups are proof against both.
"""

import enum
import hashlib
import hmac
import os
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from noctiflora.core import NotFound, StoreDamaged
from noctiflora.store._connect import connect
from noctiflora.store._trouble import translated

SEAL_BYTES = 64
LOCKED = b"Noctiflora locked backup"
"""How an encrypted backup begins."""

_NAME = b"Noctiflora backup seal 1"
_SQLITE = b"SQLite format 3\x00"
_BLOCK = 1 << 20
_SMALLEST_PAGE = 512


class Form(enum.Enum):
    """What a file that is to be restored looks like."""

    PLAIN = "a database with a seal"
    LOCKED = "an encrypted backup"
    BARE = "without a seal: a database that was kept, a backup of an older version, or another file"


def add_seal(path: Path) -> None:
    """Close a finished file with a seal, on the disk when this returns.

    Raises
    ------
    OSError
        Untranslated, because the caller knows which name to tell.
    """
    with path.open("r+b") as file:
        length, digest = _digest(file, None)
        file.write(_NAME + length.to_bytes(8, "big") + digest)
        file.flush()
        os.fsync(file.fileno())


def check_seal(path: Path) -> Form:
    """Return what form a backup has, after comparing it with its seal.

    Raises
    ------
    NotFound
        If there is no file.
    StoreDamaged
        If it is not as it was written.
    """
    if not path.is_file():
        raise NotFound("there is no such file", where=str(path), do="check the path")
    with translated(str(path)), path.open("rb") as file:
        head, seal = file.read(100), _last(file)
        form = Form.LOCKED if head.startswith(LOCKED) else Form.PLAIN
        if not seal.startswith(_NAME):
            if form is Form.LOCKED or _odd_size(head, path.stat().st_size):
                raise _changed(path, "no whole seal at its end")
            return Form.BARE
        length, digest = _digest(file, path.stat().st_size - SEAL_BYTES)
    if not hmac.compare_digest(seal, _NAME + length.to_bytes(8, "big") + digest):
        raise _changed(path, "another checksum")
    return form


def is_locked(path: Path) -> bool:
    """Return whether a file begins as an encrypted backup; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(LOCKED)) == LOCKED
    except OSError:
        return False


def unseal(path: Path, *, busy_s: float) -> None:
    """Take the seal off a backup that is opened as a database: from now on it changes.

    Raises
    ------
    StoreError
        A leaf, where somebody is writing.
    """
    if path.stat().st_size % _SMALLEST_PAGE != SEAL_BYTES:
        return
    with translated(str(path)), closing(connect(path, busy_s=busy_s)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        length = pages * connection.execute("PRAGMA page_size").fetchone()[0]
        if path.stat().st_size == length + SEAL_BYTES:
            # By its name: closing a second handle would drop the lock that is held.
            os.truncate(path, length)
        connection.execute("ROLLBACK")


def _digest(file: BinaryIO, length: int | None) -> tuple[int, bytes]:
    """Return how much was read from the start, and its hash; the file stands behind it then."""
    hashed, done = hashlib.sha256(), 0
    file.seek(0)
    while block := file.read(_BLOCK if length is None else min(_BLOCK, length - done)):
        hashed.update(block)
        done += len(block)
    return done, hashed.digest()


def _last(file: BinaryIO) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - SEAL_BYTES))
    return file.read(SEAL_BYTES)


def _odd_size(head: bytes, size: int) -> bool:
    """Return whether this begins as a database but does not end with a whole page."""
    if not head.startswith(_SQLITE) or len(head) < 100:
        return False
    # In the header 1 stands for 65536 (https://sqlite.org/fileformat2.html, 1.3.2).
    page = int.from_bytes(head[16:18], "big")
    return size % (65536 if page == 1 else max(page, _SMALLEST_PAGE)) != 0


def _changed(path: Path, found: str) -> StoreDamaged:
    return StoreDamaged(
        "this backup is not as it was written",
        where=str(path),
        found=found,
        do="use another copy of it, or another backup",
    )
