"""The seal of an order: a public commitment, with the order itself encrypted to the helper's passphrase.

The commitment is SHA-256 over a canonical text that anybody can write down again once the order is
open: four lines with the version, the fingerprint of the plan, the letters of the order and a random
nonce. The nonce hides the order from guessing; the plan's fingerprint binds the order to the plan.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from noctiflora.core import FormatError, RangeError
from noctiflora.trial._schedule import Arm
from noctiflora.trial._seal_order import order_text, read_order

NONCE_BYTES, SALT_BYTES, IV_BYTES, KEY_BYTES = 32, 16, 12, 32
SHORTEST = 12
"""Fewest characters of a passphrase (assumed, 8 to 16; four words are better)."""
LARGEST_KIB, MOST_PASSES, MOST_LANES = 1 << 20, 20, 16
"""A seal that asks for more work than this was not made here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """How much work one try at the passphrase costs; Argon2id, the second choice of RFC 9106."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The order with the nonce of its commitment."""

    arms: tuple[Arm, ...]
    nonce: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What the person may hold: it tells nothing of the order without the passphrase.

    Parameters
    ----------
    commitment : str
        64 hexadecimal digits.
    salt, iv, ciphertext : bytes
        All of a length that depends on the number of periods alone.
    cost : Cost
        Of one try.
    """

    commitment: str
    salt: bytes
    iv: bytes
    ciphertext: bytes
    cost: Cost


def commitment(order: Order, plan: bytes) -> str:
    """Return the SHA-256 that binds an order to a plan's fingerprint, 64 hexadecimal digits."""
    lines = ("noctiflora order 1", plan.hex(), order_text(order.arms), order.nonce.hex())
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode("ascii")).hexdigest()


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too short to keep an order.

    Raises
    ------
    RangeError
        If so.
    """
    if len(passphrase.strip()) < SHORTEST:
        raise RangeError(
            f"a passphrase needs {SHORTEST} characters or more",
            where="passphrase",
            do="the helper chooses four words that the other does not know",
        )


def seal_order(
    arms: tuple[Arm, ...],
    passphrase: str,
    plan: bytes,
    *,
    random_bytes: Callable[[int], bytes],
    cost: Cost = Cost(),
) -> tuple[Sealed, Order]:
    """Seal an order.

    Parameters
    ----------
    arms : tuple of Arm
        The order.
    passphrase : str
        The helper's, at least 12 characters.
    plan : bytes
        Fingerprint of the plan; the seal opens with this very plan only.
    random_bytes : callable
        Returns so many random bytes; `secrets.token_bytes` in earnest.
    cost : Cost
        Of one try at the passphrase.

    Returns
    -------
    tuple of Sealed and Order
        What is kept, and what the envelope holds.

    Raises
    ------
    RangeError
        If the passphrase is too short.

    References
    ----------
    .. [1] RFC 9106 (Argon2), doi:10.17487/RFC9106
    .. [2] NIST SP 800-38D (GCM), doi:10.6028/NIST.SP.800-38D
    """
    check_passphrase(passphrase)
    order = Order(arms=arms, nonce=random_bytes(NONCE_BYTES))
    salt, iv = random_bytes(SALT_BYTES), random_bytes(IV_BYTES)
    plain = f"{order_text(arms)}\n{order.nonce.hex()}".encode("ascii")
    ciphertext = AESGCM(_key(passphrase, salt, cost)).encrypt(iv, plain, plan)
    return Sealed(commitment=commitment(order, plan), salt=salt, iv=iv, ciphertext=ciphertext, cost=cost), order


def open_seal(sealed: Sealed, passphrase: str, plan: bytes) -> Order:
    """Open a seal and check the order against the commitment.

    Raises
    ------
    RangeError
        If the passphrase is another one.
    FormatError
        If what was sealed is not what was committed to.
    """
    cost = sealed.cost
    if not (8 <= cost.memory_kib <= LARGEST_KIB and 1 <= cost.passes <= MOST_PASSES and 1 <= cost.lanes <= MOST_LANES):
        raise FormatError("this seal was not made here", where="seal, cost", found=str(cost), do="restore a backup")
    try:
        plain = AESGCM(_key(passphrase, sealed.salt, cost)).decrypt(sealed.iv, sealed.ciphertext, plan)
    except (InvalidTag, ValueError):
        raise RangeError(
            "this passphrase does not open the seal, which stays closed",
            where="passphrase",
            do="let the helper try again; if it is lost: noctiflora trial stop --key-lost",
        ) from None
    text, _, nonce = plain.decode("ascii").partition("\n")
    order = Order(arms=read_order(text), nonce=bytes.fromhex(nonce))
    verify_order(order, sealed.commitment, plan)
    return order


def verify_order(order: Order, committed: str, plan: bytes) -> None:
    """Refuse an order that is not the one committed to.

    Raises
    ------
    FormatError
        If so.
    """
    if not hmac.compare_digest(commitment(order, plan), committed):
        raise FormatError(
            "this order is not the one that was committed to at the start",
            where="commitment",
            do="the trial cannot be read as randomised; restore a backup from before",
        )


def _key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    secret = unicodedata.normalize("NFKC", passphrase.strip()).encode("utf-8")
    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=max(cost.memory_kib, 8 * cost.lanes),
    )
    return kdf.derive(secret)
