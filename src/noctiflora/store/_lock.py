"""The lock of an encrypted backup: a passphrase, and what it takes to open the file with it.

Argon2id makes a key of the passphrase. The content goes in pieces of 64 KiB through AES-256-GCM in
the STREAM construction: each nonce holds the number of the piece and whether it is the last, and
each piece vouches for the header, so no piece can be changed, dropped, added or moved unnoticed.

Layout: name (24 bytes), version (1), memory in KiB (4), passes (1), lanes (1), salt (16), start of
the nonces (7); the pieces, each with its tag of 16 bytes; the seal of every backup.
"""

import secrets
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from noctiflora.core import RangeError, StoreDamaged
from noctiflora.store._place import create_private
from noctiflora.store._seal import LOCKED, SEAL_BYTES
from noctiflora.store._trouble import translated

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SHORTEST = 12
"""Fewest characters of a passphrase (assumed, 8 to 16; four words are better)."""

_VERSION = 1
_HEADER = struct.Struct(">24sBIBB16s7s")
_MEMORY_KIB, _PASSES, _LANES = 64 * 1024, 3, 4
"""The second choice of RFC 9106, doi:10.17487/RFC9106."""
_MOST_KIB, _MOST_PASSES, _MOST_LANES = 1 << 20, 20, 16
"""A file that asks for more work than this was not made here."""
_PIECE, _TAG = 1 << 16, 16


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short to protect anything.

    Raises
    ------
    RangeError
        If so.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise RangeError(
            f"a passphrase needs {SHORTEST} characters or more", where="passphrase", do="choose four words at random"
        )


def lock(plain: Path, target: Path, passphrase: str) -> None:
    """Write a file encrypted into a new private file, without its seal.

    Parameters
    ----------
    plain : Path
        What is encrypted.
    target : Path
        Empty or not there yet.
    passphrase : str
        At least 12 characters.

    References
    ----------
    .. [1] Hoang, Reyhanitabar, Rogaway, Vizar, Online authenticated-encryption and its
       nonce-reuse misuse-resistance, doi:10.1007/978-3-662-47989-6_24
    .. [2] NIST SP 800-38D (GCM), doi:10.6028/NIST.SP.800-38D
    """
    check_passphrase(passphrase)
    salt, start = secrets.token_bytes(16), secrets.token_bytes(7)
    header = _HEADER.pack(LOCKED, _VERSION, _MEMORY_KIB, _PASSES, _LANES, salt, start)
    cipher = _cipher(passphrase, header)
    create_private(target, exist_ok=True)
    with plain.open("rb") as source, target.open("r+b") as out:
        out.write(header)
        for number, (piece, last) in enumerate(_pieces(source, _PIECE, plain.stat().st_size)):
            out.write(cipher.encrypt(_nonce(start, number, last=last), piece, header))


def unlock(path: Path, target: Path, passphrase: str) -> None:
    """Write the content of an encrypted backup, whose seal was checked, into a new private file.

    Raises
    ------
    RangeError
        If the passphrase does not open it. An honest word: the seal has shown that the file is as it
        was written, unless somebody forged it.
    StoreDamaged
        If a later piece does not open, or a newer version wrote it.
    """
    from cryptography.exceptions import InvalidTag

    with translated(str(path)), path.open("rb") as source, translated(str(target)):
        header = source.read(_HEADER.size)
        cipher, start = _cipher(passphrase, _known(header, path)), header[-7:]
        create_private(target, exist_ok=True)
        rest = path.stat().st_size - SEAL_BYTES - _HEADER.size
        with target.open("r+b") as out:
            for number, (piece, last) in enumerate(_pieces(source, _PIECE + _TAG, rest)):
                try:
                    out.write(cipher.decrypt(_nonce(start, number, last=last), piece, header))
                except InvalidTag:
                    raise _closed(path) if number == 0 else _forged(path) from None


def _pieces(source: BinaryIO, size: int, length: int) -> Iterator[tuple[bytes, bool]]:
    """Yield pieces with whether each is the last; an empty content is one empty piece."""
    done = 0
    while True:
        piece = source.read(min(size, length - done))
        done += len(piece)
        last = done >= length or not piece
        yield piece, last
        if last:
            return


def _nonce(start: bytes, number: int, *, last: bool) -> bytes:
    return start + number.to_bytes(4, "big") + bytes([last])


def _known(header: bytes, path: Path) -> bytes:
    if len(header) == _HEADER.size:
        _, version, memory, passes, lanes, _, _ = _HEADER.unpack(header)
        fits = 8 * lanes <= memory <= _MOST_KIB and 1 <= passes <= _MOST_PASSES and 1 <= lanes <= _MOST_LANES
        if version == _VERSION and fits:
            return header
    raise StoreDamaged(
        "this kind of encrypted backup is not known",
        where=str(path),
        do="if a newer Noctiflora wrote it, install that; else use another backup",
    )


def _cipher(passphrase: str, header: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    _, _, memory, passes, lanes, salt, _ = _HEADER.unpack(header)
    secret = unicodedata.normalize("NFKC", passphrase.strip()).encode("utf-8", "surrogatepass")
    key = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(secret)
    return AESGCM(key)


def _closed(path: Path) -> RangeError:
    return RangeError(
        "this passphrase does not open the backup; nothing was changed",
        where=str(path),
        do="try again; without the passphrase nobody can open it, us included",
    )


def _forged(path: Path) -> StoreDamaged:
    return StoreDamaged(
        "a part of this backup was changed after it was written; nothing was taken from it",
        where=str(path),
        do="use another copy of it, or another backup",
    )
